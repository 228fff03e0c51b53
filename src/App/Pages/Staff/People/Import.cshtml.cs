using System.Text;
using Kyodo.App.Hosting.Mails;
using Kyodo.App.Pages.Portal.Data;
using Kyodo.App.Pages.Staff.Cases;
using Kyodo.Common;
using Kyodo.Organizations.People;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Staff.People;

/// <summary>People by CSV: each cell is looked at and shown; on confirmation the same text comes again, is looked at again, and saved as one.</summary>
[UploadLimit]
public sealed class ImportModel(AppDb db, TimeProvider clock, MailSender sender) : PeoplePage(db, clock, sender)
{
    public const int LinesShown = 500;

    public PeopleImport? Import { get; private set; }

    public void OnGet()
    {
    }

    public IActionResult OnGetTemplate()
    {
        var csv = new CsvText(PeopleImport.Headers);
        csv.Row("見本 太郎", "taro@pref.example.jp", "doboku", "回答担当", "2026-04-01", "");
        return File(csv.Take(), CsvText.Type, "riyosha.csv");
    }

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken stop)
    {
        Import = await PeopleImport.CheckAsync(Db, await UploadedCsv.ReadAsync(file, stop), Me, Today, stop);
        if (Import.Problems.Count > 0)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public async Task<IActionResult> OnPostConfirmAsync([FromForm] string? csv, CancellationToken stop)
    {
        var import = await PeopleImport.SaveAsync(Db, Encoding.UTF8.GetBytes(csv ?? ""), Me, Now, stop);
        return DoneAt("/staff/people", $"{import.Lines.Count}件の役割を登録しました。新しい{import.NewPeople}人への招待のメールを、送信の列に入れました。");
    }

    public override Task LoadAsync() => Task.CompletedTask;
}

/// <summary>A small file out of a form.</summary>
internal static class UploadedCsv
{
    public static async Task<byte[]> ReadAsync(IFormFile? file, CancellationToken stop)
    {
        if (file is null)
            throw new Refusal("ファイルが選ばれていません。書いたCSVを選んでください。");
        using var content = new MemoryStream();
        await file.CopyToAsync(content, stop);
        return content.ToArray();
    }
}
