using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Readers;
using Kyodo.Selection;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Selection;

/// <summary>One selection from the first nomination to the decision: what may be done next, and why not yet.</summary>
public sealed class DeskModel(AppDb db, TimeProvider clock, Candidates candidates) : StaffPage(db, clock)
{
    [FromRoute(Name = "id")]
    public long Id { get; set; }

    public DateTimeOffset At => Now;

    public SelectionView View { get; private set; } = null!;

    public BestSelection Selection => View.Selection;

    public string Programme { get; private set; } = "";

    /// <summary>Does a released revision hold what was decided?</summary>
    public bool IsPublished { get; private set; }

    public IReadOnlyList<Candidate> All { get; private set; } = [];

    public IReadOnlyList<BuriedCase> Buried { get; private set; } = [];

    public IReadOnlyList<Person> Jurors { get; private set; } = [];

    /// <summary>Departments that have eligible cases and have put none forward.</summary>
    public IReadOnlyList<string> Silent { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public Task<IActionResult> OnPostWeighAsync([FromForm] long version) => ChangeAsync(version, selection => selection.Weigh([.. selection.Criteria.Select(criterion => int.TryParse(Request.Form[$"w.{criterion.Key}"], out var weight) ? weight : 0)], Me, Now), "配点を変えました。");

    public Task<IActionResult> OnPostMoveAsync([FromForm] long version, [FromForm] string? nominate, [FromForm] string? score) =>
        ChangeAsync(version, selection => selection.Move(selection.Status is SelectionStatus.Nominating ? IndexModel.Day(nominate, "推薦の期限", "nominate") : selection.NominateUntil, IndexModel.Day(score, "審査の期限", "score"), Me, Now), "期限を変えました。");

    public async Task<IActionResult> OnPostNominateAsync([FromForm] string? caseId, CancellationToken stop) =>
        await Db.NominateAsync(candidates, Id, caseId ?? "", Request.Form[$"reason-{caseId}"], Me, Now, stop) is { } one ? DoneAt($"/staff/selection/{Id}#nominations", $"「{one.CaseTitle}」を事務局から推薦しました。") : NotFound();

    public async Task<IActionResult> OnPostTakeBackAsync([FromForm] string? nomination, CancellationToken stop)
    {
        if (await Db.Nominations.Include(n => n.Selection).Include(n => n.Unit).FirstOrDefaultAsync(n => n.Id == nomination && n.SelectionId == Id, stop) is not { } one)
            return NotFound();
        one.TakeBack(Request.Form[$"back-{nomination}"], Me, Now);
        await Db.SaveChangesAsync(stop);
        return DoneAt($"/staff/selection/{Id}#nominations", $"「{one.CaseTitle}」を取り下げました。");
    }

    public async Task<IActionResult> OnPostBeginAsync([FromForm] List<long> juror, [FromForm] string? why, CancellationToken stop) =>
        await Db.BeginScoringAsync(Id, juror.ToHashSet(), why, Me, Now, stop) is null ? NotFound() : DoneAt($"/staff/selection/{Id}", "審査を始め、審査員へのお願いを送信の列に入れました。");

    public async Task<IActionResult> OnPostDecideAsync([FromForm] List<string> best, [FromForm] string? why, CancellationToken stop)
    {
        var verdicts = Request.Form.Where(field => field.Key.StartsWith("reason-", StringComparison.Ordinal)).Select(field => new Verdict(field.Key["reason-".Length..], best.Contains(field.Key["reason-".Length..]), field.Value.ToString())).ToList();
        return await Db.DecideAsync(Id, verdicts, why, Me, Now, stop) is null ? NotFound() : DoneAt($"/staff/selection/{Id}", "決定しました。結果と理由を、各組織に送る列に入れました。公表は、年度版の次の版で行います。");
    }

    public string Typed(string field) => Refusal is not null && Request.HasFormContentType ? Request.Form[field].ToString() : "";

    public bool Ticked(string field, string value) => Refusal is not null && Request.HasFormContentType && Request.Form[field].Contains(value);

    public bool IsConflict(Person juror) => View.Entered.Any(entry => Judging.IsOfTheUnit(juror, entry.UnitId, Today));

    public override Task LoadAsync() => FindAsync();

    private async Task<IActionResult> ChangeAsync(long version, Action<BestSelection> verb, string done)
    {
        if (await Db.Selections.FirstOrDefaultAsync(s => s.Id == Id) is not { } selection)
            return NotFound();
        Expect(selection, version);
        verb(selection);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/selection/{Id}", done);
    }

    private async Task<bool> FindAsync()
    {
        if (await Db.SelectionViewAsync(Id, Now) is not { } view)
            return false;
        View = view;
        Programme = await Db.Programmes.Where(p => p.Key == Selection.ProgrammeKey).Select(p => p.NameJa).FirstOrDefaultAsync() ?? Selection.ProgrammeKey;
        IsPublished = Selection.Status is SelectionStatus.Decided && await Db.LatestBests().AnyAsync(b => b.Revision.ProgrammeKey == Selection.ProgrammeKey && b.Revision.Year == Selection.Year);
        if (Selection.Status is not SelectionStatus.Nominating)
            return true;
        All = await candidates.OfAsync(Db, Selection.ProgrammeKey, Selection.Year);
        var ids = All.Select(one => one.CaseId).ToList();
        var readings = await Db.CaseReadings.Where(r => ids.Contains(r.CaseId)).GroupBy(r => r.CaseId).Select(g => new { g.Key, Times = g.Sum(r => r.Times) }).ToDictionaryAsync(r => r.Key, r => r.Times, StringComparer.Ordinal);
        Buried = Kyodo.Selection.Buried.Among(All, View.Entered.Select(one => one.CaseId).ToHashSet(StringComparer.Ordinal), readings.Count > 0 ? readings : null);
        Jurors = await Db.JurorsAsync(Today);
        var spoken = View.Entered.Where(one => !one.ByOffice).Select(one => one.UnitId).ToHashSet();
        Silent = [.. All.Where(one => one.IsEligible && !spoken.Contains(one.Unit.Id)).Select(one => one.Unit.Name).Distinct()];
        return true;
    }
}
