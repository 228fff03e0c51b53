using Kyodo.App.Components;
using Kyodo.Cases;
using Kyodo.Cases.Files;
using Kyodo.Common;
using Kyodo.Questions;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>A workbook handed in: first what it would do and all that is wrong with it, then, on confirmation, the doing.</summary>
[UploadLimit]
public sealed class UploadModel(AppDb db, TimeProvider clock, Database database) : InquiryPage(db, clock)
{
    private const string Gone = "この読み込みは、もう取り込んだか、時間がたったため取り消されています。下の事例を確かめてください。";

    private ForeignReading? _reading;
    private MergeChoices _choices = MergeChoices.None;

    [FromRoute(Name = "key")]
    public string? Key { get; set; }

    public UnitImport? Import { get; private set; }

    /// <summary>How a list of the unit's own was read; null for files of ours.</summary>
    public MappedFile? Mapped => Import?.Sheets[0].Mapped;

    public bool LeavesOut { get; private set; }

    public bool Remembers { get; private set; } = true;

    public bool CanConfirm => Key is not null && Import is { } import && (import.HasErrors ? import.WhyNotLeaveOut is null && import.Sheets.Any(sheet => sheet.Changes.Count > 0) : !import.ChangesNothing || import.Stale.Any());

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        if (Key is null)
            return Page();
        if (await Held.LookAsync(Key) is not { } content)
            return DoneAt(Address, Gone);
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
        // Held even when something is wrong: its columns may be chosen again, or its wrong rows left out.
        if (!Import!.HasErrors || Mapped is not null || Import.WhyNotLeaveOut is null)
            Key = await Held.HoldAsync(content, Now);
        return Import.HasErrors && Mapped is null ? Unsaved() : Redirect($"{Address}/upload/{Key}");
    }

    /// <summary>Reads the held list again, by the columns that were chosen.</summary>
    public async Task<IActionResult> OnPostMapAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        if (await Held.LookAsync(Key) is not { } content)
            return DoneAt(Address, Gone);
        await CheckAsync(content);
        if (Mapped is not { } drawn)
            return Redirect($"{Address}/upload/{Key}");
        try
        {
            _reading = UploadForm.Reading(Request.Form, drawn, Questions);
            await CheckAsync(content);
        }
        catch (Refusal impossible)
        {
            _reading = null;
            await CheckAsync(content);
            return Refused(StatusCodes.Status422UnprocessableEntity, impossible);
        }
        await Held.KeepMappingAsync(Key!, Mapped!.Mapping);
        return Redirect($"{Address}/upload/{Key}#columns");
    }

    public async Task<IActionResult> OnPostConfirmAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        if (await Held.LookAsync(Key) is not { } content)
            return DoneAt(Address, Gone);
        (LeavesOut, Remembers) = (Request.Form["leave-out"] == "true", Request.Form["remember"] == "true");
        _choices = UploadForm.Choices(Request.Form);
        if (Request.Form["pick-all"].FirstOrDefault() is { } side)
            _choices = await AllAsync(content, side == UploadForm.File);
        await CheckAsync(content);
        if (Request.Form.ContainsKey("pick-all"))
            return Page();
        if (Import!.HasErrors && !LeavesOut)
            return Refused(StatusCodes.Status422UnprocessableEntity, new Refusal("直すところがあるため、何も保存していません。Excelで直すか、「誤りのある行を除いて取り込む」を選んでください。"));
        var whyNot = (Import.HasErrors ? Import.WhyNotLeaveOut : null) ?? Import.Stale.Select(one => one.WhyNotMerge).FirstOrDefault(why => why is not null);
        if (whyNot is not null)
            return Refused(StatusCodes.Status422UnprocessableEntity, new Refusal(whyNot));
        if (await Held.TakeAsync(Key) is null)
            return DoneAt(Address, Gone);
        var (added, changed) = (Import.Sheets.Sum(sheet => sheet.NewCases), Import.Sheets.Sum(sheet => sheet.ChangedCases));
        try
        {
            await Import.SaveAsync(Db, "workbook", Me, Now, LeavesOut, Remembers);
        }
        catch
        {
            await Held.PutBackAsync(Key!, content);
            throw;
        }
        var left = LeavesOut ? Import.Sheets.Sum(sheet => sheet.Check.RefusedRows.Count) : 0;
        return DoneAt(Address, $"回答票を取り込みました（新しい事例{added}件、変わった事例{changed}件{(left > 0 ? $"、誤りのため除いた行{left}行" : "")}）。");
    }

    public async Task<IActionResult> OnPostCancelAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        await Held.TakeAsync(Key);
        return DoneAt(Address, "読み込みをやめました。何も保存していません。");
    }

    public override async Task LoadAsync()
    {
        await FindInquiryAsync();
        if (await Held.LookAsync(Key) is { } content)
            await CheckAsync(content);
        else
            Key = null;
    }

    public string TextOf(Question question, Answers answers) =>
        answers[question.Key] is { } value ? string.Join('\n', new AnswerToShow(question, value, Context.Forms).Lines) : "（なし）";

    // A list of the unit's own: as it was corrected, else by the mapping of last time, else by a guess; all shown on the page.
    private async Task<ForeignReading> ReadingAsync() =>
        _reading ?? (await Held.MappingAsync(Key) is { } corrected ? new ForeignReading(corrected) : new ForeignReading { Remembered = await Db.RememberedMappingsAsync(Inquiry.UnitId, Round.ProgrammeKey) });

    private async Task<MergeChoices> AllAsync(byte[] content, bool file)
    {
        await CheckAsync(content);
        return new(Import!.Stale.ToDictionary(one => one.Known.Id, one => new CaseChoices(one.Known.Version, one.Conflicts.ToDictionary(key => key, _ => file, StringComparer.Ordinal)), StringComparer.Ordinal));
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Unsaved()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private HeldUploads Held => new(database.DataFolder, Me.PersonId!.Value, InquiryId);

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Refused(int status, Refusal refusal)
    {
        (Refusal, Response.StatusCode) = (refusal, status);
        return Page();
    }

    private async Task CheckAsync(byte[] content) =>
        Import = await UnitImport.CheckAsync(Db, Inquiry, content, Context.Municipalities, Me, Now, await ReadingAsync(), _choices);
}
