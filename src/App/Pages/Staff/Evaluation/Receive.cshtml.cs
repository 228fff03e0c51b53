using Kyodo.App.Pages.Shared.Evaluation;
using Kyodo.App.Pages.Staff.Cases;
using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Staff.Evaluation;

/// <summary>A partner's paper or workbook, as staff enter it.</summary>
[UploadLimit]
public sealed class ReceiveModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute(Name = "id")]
    public string Id { get; set; } = "";

    [FromRoute(Name = "side")]
    public string SideId { get; set; } = "";

    public EvaluationSide Side { get; private set; } = null!;

    public DateTimeOffset At => Now;

    public EvaluationForm Sheet => new(Side, null, $"/staff/evaluation/{Id}/receive/{SideId}", Refusal, Refusal is null ? new Dictionary<string, string>() : EvaluationForm.TypedIn(Request), IsFromPaper: true);

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await FindAsync())
            return NotFound();
        var (marks, _, words) = EvaluationForm.Read(Request.Form);
        return await TakeAsync(AnswerChannel.Paper, marks, words);
    }

    public async Task<IActionResult> OnPostWorkbookAsync(IFormFile? file)
    {
        if (!await FindAsync())
            return NotFound();
        if (file is not { Length: > 0 })
            throw new Refusal("ファイルを選んでください。");
        await using var stream = file.OpenReadStream();
        var (marks, words) = SideWorkbook.Read(stream, Side);
        return await TakeAsync(AnswerChannel.Workbook, marks, words);
    }

    public override Task LoadAsync() => FindAsync();

    private async Task<IActionResult> TakeAsync(AnswerChannel channel, IReadOnlyList<TypedMark> marks, string? words)
    {
        Db.ChangeTracker.Clear();
        return await Db.ReceiveAsync(SideId, channel, marks, words, Me, Now) is null ? NotFound() : DoneAt($"/staff/evaluation/{Id}", $"{EvaluationStates.Name(channel)}として受け取りました。");
    }

    private async Task<bool> FindAsync()
    {
        if (await Db.EvaluationSideAsync(SideId, Me) is not { } found || found.EvaluationId != Id || found.Kind is not Kyodo.Scores.SideKind.Partner)
            return false;
        Side = found;
        return true;
    }
}
