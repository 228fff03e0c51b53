using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Selection;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Jury;

/// <summary>One entry as its juror judges it: the case, what both sides said, the criteria.</summary>
public sealed class JudgeModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute(Name = "id")]
    public string Id { get; set; } = "";

    public Judgement Mine { get; private set; } = null!;

    public Kyodo.Cases.Case Case { get; private set; } = null!;

    /// <summary>Both sides' answers, opened; null where there are none.</summary>
    public EvaluationView? Evaluation { get; private set; }

    public bool IsShown { get; private set; }

    public DateTimeOffset At => Now;

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await FindAsync())
            return NotFound();
        await WriteAsync();
        Mine.Submit(Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt("/staff/jury", $"「{Mine.Nomination.CaseTitle}」の採点を提出しました。");
    }

    public async Task<IActionResult> OnPostSaveAsync()
    {
        if (!await FindAsync())
            return NotFound();
        await WriteAsync();
        return DoneAt($"/staff/jury/{Id}", "途中まで保存しました。");
    }

    public async Task<IActionResult> OnPostRecallAsync()
    {
        if (!await FindAsync())
            return NotFound();
        Mine.Recall(Me, Now, IsShown);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/jury/{Id}", "直せるようになりました。終わったら、もう一度提出してください。");
    }

    public async Task<IActionResult> OnPostStepBackAsync([FromForm] string? conflict, CancellationToken stop) =>
        await Db.StepBackAsync(Id, conflict, Me, Now, stop) is null ? NotFound() : DoneAt("/staff/jury", "利害関係の申出を受け付けました。この事例の採点は、ほかの審査員が行います。");

    public async Task<IActionResult> OnPostDissentAsync([FromForm] string? dissent)
    {
        if (!await FindAsync())
            return NotFound();
        Mine.Disagree(dissent, Me, Now, IsShown);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/jury/{Id}", "少数意見を保存しました。");
    }

    public string PointsOf(SelectionCriterion criterion, int place) =>
        Typed($"p.{criterion.Key}") ?? (Mine.Points[place] is not Judgement.NotGiven and var given ? given.ToString() : criterion.IsCollaboration && Mine.Status is JudgementStatus.Asked && Mine.ProposedCollaboration is { } proposed ? $"{proposed}" : "");

    /// <summary>What was typed before a refusal; null where nothing was.</summary>
    public string? Typed(string field) => Refusal is not null && Request.HasFormContentType && Request.Form.ContainsKey(field) ? Request.Form[field].ToString() : null;

    public override Task LoadAsync() => FindAsync();

    // Kept before it is sent: what is still missing must not cost what was chosen.
    private async Task WriteAsync()
    {
        Mine.Write(Mine.Selection.Criteria.Where(criterion => Request.Form.ContainsKey($"p.{criterion.Key}")).ToDictionary(criterion => criterion.Key, criterion => (string?)Request.Form[$"p.{criterion.Key}"].ToString(), StringComparer.Ordinal), Request.Form["words"], Request.Form["collaboration"], Me, Now);
        await Db.SaveChangesAsync();
    }

    private async Task<bool> FindAsync()
    {
        if (await Db.JudgementAsync(Id, Me) is not { } mine)
            return false;
        Mine = mine;
        Case = await Db.Set<Kyodo.Cases.Case>().AsNoTracking().FirstAsync(c => c.Id == mine.Nomination.CaseId);
        var evaluation = await Db.Evaluations.AsNoTracking().WithSides().Where(e => e.CaseId == Case.Id && e.Status != EvaluationStatus.Answering).OrderByDescending(e => e.Call.Phase).FirstOrDefaultAsync();
        Evaluation = evaluation is null ? null : EvaluationView.Of(evaluation, Me);
        var all = await Db.Judgements.AsNoTracking().Include(j => j.Nomination).Where(j => j.Nomination.SelectionId == mine.Nomination.SelectionId).ToListAsync();
        IsShown = SelectionQueries.IsShown(mine.Selection, all, Now);
        return true;
    }
}
