using System.Text;
using Kyodo.App.Hosting.Mails;
using Kyodo.App.Pages.Portal.Data;
using Kyodo.App.Pages.Staff.Cases;
using Kyodo.Organizations.People;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Staff.People;

/// <summary>Many handovers by CSV, shown before they are done.</summary>
[UploadLimit]
public sealed class HandoverModel(AppDb db, TimeProvider clock, MailSender sender) : PeoplePage(db, clock, sender)
{
    public HandoverImport? Import { get; private set; }

    public void OnGet()
    {
    }

    public IActionResult OnGetTemplate()
    {
        var csv = new CsvText(HandoverImport.Headers);
        csv.Row("taro@pref.example.jp", "hanako@pref.example.jp", "2026-04-01", "", "");
        return File(csv.Take(), CsvText.Type, "hikitsugi.csv");
    }

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken stop)
    {
        Import = await HandoverImport.CheckAsync(Db, await UploadedCsv.ReadAsync(file, stop), Me, stop);
        if (Import.Problems.Count > 0)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public async Task<IActionResult> OnPostConfirmAsync([FromForm] string? csv, CancellationToken stop)
    {
        var import = await HandoverImport.SaveAsync(Db, Encoding.UTF8.GetBytes(csv ?? ""), Me, Now, stop);
        return DoneAt("/staff/people", $"{import.Lines.Count}件を引き継ぎました。");
    }

    public override Task LoadAsync() => Task.CompletedTask;
}
