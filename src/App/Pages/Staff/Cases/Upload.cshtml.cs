using Kyodo.App.Components;
using Kyodo.Cases;
using Kyodo.Cases.Files;
using Kyodo.Common;
using Kyodo.Questions;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>A workbook handed in: first what it would do and all that is wrong with it, then, on confirmation, the doing.</summary>
[UploadLimit]
public sealed class UploadModel(AppDb db, TimeProvider clock, Database database) : InquiryPage(db, clock)
{
    /// <summary>A field that two have changed: as it was downloaded, as it is now, as the file says.</summary>
    public sealed record Conflict(Question Question, string Downloaded, string Now, string Uploaded);

    [FromRoute(Name = "key")]
    public string? Key { get; set; }

    public UnitImport? Import { get; private set; }

    public IReadOnlyList<(Case Known, IReadOnlyList<Conflict> Fields)> Conflicts { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        if (Key is null)
            return Page();
        if (await Held.LookAsync(Key) is not { } content)
            return DoneAt(Address, "この読み込みは、もう取り込んだか、時間がたったため取り消されています。下の事例を確かめてください。");
        await CheckAsync(content);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(IFormFile? file)
    {
        if (!await FindInquiryAsync())
            return NotFound();
        if (file is null)
            return Refused(StatusCodes.Status422UnprocessableEntity, new Refusal("ファイルが選ばれていません。書いた回答票（.xlsx）を選んでください。"));
        if (file.Length > UploadLimitAttribute.FileBytes)
            return Refused(StatusCodes.Status413PayloadTooLarge, new Refusal($"ファイルが大きすぎます（{UploadLimitAttribute.FileBytes >> 20} MBまで）。画像などを外すか、行を分けてください。"));
        var content = new byte[file.Length];
        await using (var stream = file.OpenReadStream())
            await stream.ReadExactlyAsync(content);
        try
        {
            CaseFile.RequireKind(content, file.FileName);
        }
        catch (Refusal wrongKind)
        {
            return Refused(StatusCodes.Status415UnsupportedMediaType, wrongKind);
        }
        await CheckAsync(content);
        if (Import!.HasErrors)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        return Redirect($"{Address}/upload/{await Held.HoldAsync(content, Now)}");
    }

    public async Task<IActionResult> OnPostConfirmAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        if (await Held.TakeAsync(Key) is not { } content)
            return DoneAt(Address, "この読み込みは、もう取り込んだか、時間がたったため取り消されています。下の事例を確かめてください。");
        var import = await UnitImport.CheckAsync(Db, Inquiry, content, Context.Municipalities, Me, Now, await ReadingAsync());
        var (added, changed) = (import.Sheets.Sum(sheet => sheet.NewCases), import.Sheets.Sum(sheet => sheet.ChangedCases));
        await import.SaveAsync(Db, "workbook", Me, Now);
        return DoneAt(Address, $"回答票を取り込みました（新しい事例{added}件、変わった事例{changed}件）。");
    }

    public async Task<IActionResult> OnPostCancelAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        await Held.TakeAsync(Key);
        return DoneAt(Address, "読み込みをやめました。何も保存していません。");
    }

    public override Task LoadAsync()
    {
        Key = null;
        return FindInquiryAsync();
    }

    public string TextOf(Question question, Answers answers) =>
        answers[question.Key] is { } value ? string.Join('\n', new AnswerToShow(question, value, Context.Forms).Lines) : "（なし）";

    // A list of the unit's own: by the mapping of last time, else by a guess, both shown on the page.
    private async Task<ForeignReading> ReadingAsync() => new() { Remembered = await Db.RememberedMappingsAsync(Inquiry.UnitId, Round.ProgrammeKey) };

    private HeldUploads Held => new(database.DataFolder, Me.PersonId!.Value, InquiryId);

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Refused(int status, Refusal refusal)
    {
        (Refusal, Response.StatusCode) = (refusal, status);
        return Page();
    }

    private async Task CheckAsync(byte[] content)
    {
        Import = await UnitImport.CheckAsync(Db, Inquiry, content, Context.Municipalities, Me, Now, await ReadingAsync());
        var conflicts = new List<(Case, IReadOnlyList<Conflict>)>();
        foreach (var sheet in Import.Sheets)
        {
            foreach (var change in sheet.Changes.Where(change => change.IsStale))
            {
                var json = await Db.Set<CaseVersion>().AsNoTracking().Where(v => v.CaseId == change.Known!.Id && v.Version == change.SeenVersion).Select(v => v.AnswersJson).FirstOrDefaultAsync();
                var downloaded = json is null ? Answers.None : Answers.Parse(json);
                conflicts.Add((change.Known!,
                [
                    .. sheet.Inquiry.Round.Questionnaire.Questions.Where(q => change.DifferingKeys.Contains(q.Key))
                        .Select(q => new Conflict(q, TextOf(q, downloaded), TextOf(q, change.Known!.Answers), TextOf(q, change.Uploaded))),
                ]));
            }
        }
        Conflicts = conflicts;
    }
}
