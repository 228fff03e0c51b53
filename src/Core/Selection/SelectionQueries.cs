using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Organizations;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Selection;

/// <summary>How far the judging of a selection is, and, once it may be seen, what came out.</summary>
/// <param name="Judgements">All of them; their points are nobody's to read before <see cref="IsShown"/>.</param>
public sealed record SelectionView(BestSelection Selection, IReadOnlyList<Nomination> Nominations, IReadOnlyList<Judgement> Judgements, bool IsShown)
{
    public IReadOnlyList<Nomination> Entered => [.. Nominations.Where(one => one.Status is not NominationStatus.Withdrawn)];

    /// <summary>What still counts: of entries that stand, by jurors that did not step back.</summary>
    public IReadOnlyList<Judgement> Standing => [.. Judgements.Where(one => one.Nomination.Status is not NominationStatus.Withdrawn && one.Status is not JudgementStatus.SteppedBack)];

    public int Submitted => Standing.Count(one => one.Status is JudgementStatus.Submitted);

    /// <summary>Entries with fewer submitted marks than an entry should have at least.</summary>
    public int JudgedByFew => Entered.Count(entry => Standing.Count(one => one.NominationId == entry.Id && one.Status is JudgementStatus.Submitted) < BestSelection.FewestJurors);

    /// <summary>Null as long as the jurors are blind.</summary>
    public Ranking? Ranking => field ??= IsShown ? Rank() : null;

    private Ranking Rank() => Kyodo.Selection.Ranking.Of(Selection.Criteria, [.. Standing.Where(one => one.Status is JudgementStatus.Submitted).Select(one => (one.NominationId, one.Juror + "#" + one.PersonId, one.Points))]);
}

public static class SelectionQueries
{
    extension(AppDb db)
    {
        public DbSet<BestSelection> Selections => db.Set<BestSelection>();

        public DbSet<Nomination> Nominations => db.Set<Nomination>();

        public DbSet<Judgement> Judgements => db.Set<Judgement>();
    }

    /// <summary>Begins the selection of a programme's year and tells every department that has evaluated cases.</summary>
    public static async Task<BestSelection> OpenSelectionAsync(this AppDb db, string programme, FiscalYear year, DateOnly nominateUntil, DateOnly scoreUntil, int placesOfUnit, int jurorsOfEntry, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        Refusal.If(BestSelection.WhyNotOpen(by));
        Refusal.If(BestSelection.WhyNotDates(nominateUntil, scoreUntil, now));
        Refusal.If(placesOfUnit is < 1 or > 20 ? "推薦枠は、1から20までにしてください。どの部局にも一つはあります。" : jurorsOfEntry is < BestSelection.FewestJurors or > 20 ? $"1事例の審査員は、{BestSelection.FewestJurors}人から20人までにしてください。" : null);
        await using var transaction = await db.BeginAloneAsync(stop);
        if (await db.Selections.AnyAsync(s => s.ProgrammeKey == programme && s.Year == year, stop))
            throw new Refusal($"{year.Japanese}の選定は、もう始まっています。");
        var units = await db.Evaluations.Where(e => e.Call.ProgrammeKey == programme && e.Call.Year == year).Select(e => e.UnitId).Distinct().ToListAsync(stop);
        if (units.Count == 0)
            throw new Refusal($"{year.Japanese}の協働評価がまだありません。評価を終えた事例が選定の対象です。");
        var selection = new BestSelection(programme, year, nominateUntil, scoreUntil, placesOfUnit, jurorsOfEntry, by, now);
        db.Add(selection);
        var names = await db.OrgUnits.Where(u => units.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, stop);
        var respondents = await db.MailAddressesAsync(Role.Respondent, units, now.DayInJapan(), stop);
        foreach (var unit in units)
        {
            var words = new Dictionary<string, string>(StringComparer.Ordinal) { ["組織"] = names[unit], ["年度"] = year.Japanese, ["件数"] = $"{placesOfUnit}", ["期限"] = PartialDate.Of(nominateUntil).Japanese };
            foreach (var address in respondents[unit].Distinct(StringComparer.OrdinalIgnoreCase))
                selection.Tell(address, MailKind.NominationAsked, words, $"unit/{unit}");
        }
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return selection;
    }

    /// <summary>Why a case cannot be put forward by this person now; null where it can.</summary>
    public static string? WhyNotNominate(BestSelection selection, Candidate candidate, IReadOnlyCollection<Nomination> entered, Actor by, DateTimeOffset now)
    {
        var byOffice = by.Is(Role.Coordinator);
        return !byOffice && !by.Is(Role.Respondent, candidate.Unit.Id) ? "推薦できるのは、事例を担当する組織と協働の担当課だけです。"
            : !SelectionStates.Selections.Allows(selection.Status, SelectionVerb.Nominate) ? "審査が始まったあとは、推薦できません。"
            : !byOffice && !selection.IsNominating(now) ? $"推薦の期限（{PartialDate.Of(selection.NominateUntil).Japanese}）を過ぎています。"
            : entered.Any(one => one.CaseId == candidate.CaseId && one.Status is NominationStatus.Entered) ? "もう推薦されています。"
            : candidate.WhyNot is { } not ? $"選定の対象ではありません。{not}"
            : !byOffice && entered.Count(one => one.UnitId == candidate.Unit.Id && !one.ByOffice && one.Status is NominationStatus.Entered) >= selection.PlacesOfUnit ? $"推薦枠（{selection.PlacesOfUnit}件）を使っています。替えるときは、先に一つを取り下げてください。"
            : null;
    }

    /// <summary>Puts a case forward: for its department by a respondent, or by the secretariat. Null when the case is not there for this person.</summary>
    public static async Task<Nomination?> NominateAsync(this AppDb db, Candidates candidates, long selectionId, string caseId, string? reason, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        if (await db.Selections.FirstOrDefaultAsync(s => s.Id == selectionId, stop) is not { } selection
            || (await candidates.OfAsync(db, selection.ProgrammeKey, selection.Year, stop)).FirstOrDefault(one => one.CaseId == caseId) is not { } candidate
            || !(by.Is(Role.Coordinator) || by.Is(Role.Respondent, candidate.Unit.Id)))
            return null;
        var entered = await db.Nominations.Where(n => n.SelectionId == selectionId).ToListAsync(stop);
        Refusal.If(WhyNotNominate(selection, candidate, entered, by, now));
        reason = reason?.Trim() ?? "";
        var wrong = reason.Length == 0 ? "推薦する理由を書いてください。" : Nomination.TooLong(reason);
        if (wrong is not null)
            throw new Refusal(wrong, [new Problem(Severity.Error, wrong, Field: $"reason-{caseId}")]);
        var one = await db.Set<Cases.Case>().FirstAsync(c => c.Id == caseId, stop);
        var nomination = new Nomination(selection, one, await db.OrgUnits.FirstAsync(u => u.Id == candidate.Unit.Id, stop), candidate.FormNo, by.Is(Role.Coordinator), reason, by, now);
        db.Add(nomination);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return nomination;
    }

    /// <summary>The selection with its entries and judgements as they may be seen now.</summary>
    public static async Task<SelectionView?> SelectionViewAsync(this AppDb db, long id, DateTimeOffset now, CancellationToken stop = default)
    {
        if (await db.Selections.FirstOrDefaultAsync(s => s.Id == id, stop) is not { } selection)
            return null;
        var nominations = await db.Nominations.Include(n => n.Selection).Include(n => n.Unit).Where(n => n.SelectionId == id).OrderBy(n => n.Unit.Order).ThenBy(n => n.CaseTitle).ToListAsync(stop);
        var judgements = await db.Judgements.Include(j => j.Nomination).Where(j => j.Nomination.SelectionId == id).OrderBy(j => j.PersonId).ToListAsync(stop);
        return new SelectionView(selection, nominations, judgements, IsShown(selection, judgements, now));
    }

    /// <summary>The marks may be seen once all are in, the day has passed, or it was decided.</summary>
    public static bool IsShown(BestSelection selection, IReadOnlyCollection<Judgement> judgements, DateTimeOffset now)
    {
        var standing = judgements.Where(one => one.Nomination.Status is not NominationStatus.Withdrawn && one.Status is not JudgementStatus.SteppedBack).ToList();
        return selection.Status is SelectionStatus.Decided || (selection.Status is SelectionStatus.Scoring && standing.Count > 0 && (now.DayInJapan() > selection.ScoreUntil || standing.TrueForAll(one => one.Status is JudgementStatus.Submitted)));
    }

    /// <summary>One juror's judgement, theirs alone; null where it is somebody else's.</summary>
    public static Task<Judgement?> JudgementAsync(this AppDb db, string id, Actor by, CancellationToken stop = default) =>
        db.Judgements.Include(j => j.Nomination).ThenInclude(n => n.Selection).Include(j => j.Nomination).ThenInclude(n => n.Unit).FirstOrDefaultAsync(j => j.Id == id && j.PersonId == by.PersonId, stop);
}
