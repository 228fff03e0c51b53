using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Editions;
using Kyodo.Evaluation;
using Kyodo.Organizations;
using Kyodo.Selection;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Samples;

/// <summary>
/// The best PS projects of FY2007, chosen in the next spring: departments put forward, the secretariat adds two that are buried, five jurors
/// judge of whom one steps back from one entry, and each entrant is told why. What came of it is public by revision 2.
/// </summary>
public sealed partial class SampleYear
{
    private const int Chosen = 5;

    private static readonly DateTimeOffset SelectionOpened = JapanTime.At(new DateOnly(2008, 5, 12), 10);
    private static readonly DateTimeOffset JudgingBegun = JapanTime.At(new DateOnly(2008, 6, 2), 9);
    private static readonly DateTimeOffset SelectionDecided = JapanTime.At(new DateOnly(2008, 6, 23), 15);
    private static readonly DateTimeOffset ReleasedAgain = JapanTime.At(new DateOnly(2008, 6, 30), 10);

    // In points of five: one is lenient, one strict, the others much alike.
    private static readonly int[] Leniency = [0, 1, -1, 0, 0];

    private async Task SelectBestAsync()
    {
        Say("優良事例を選定しています（平成19年度 ps）");
        var candidates = new Candidates(new EvaluatedProjects());
        var selection = await PutForwardAsync(candidates);
        await using (var db = database.Open())
            await db.BeginScoringAsync(selection, (await db.JurorsAsync(JudgingBegun.DayInJapan())).Select(juror => juror.Id).ToHashSet(), null, await CoordinatorAsync(db), JudgingBegun);
        await JudgeAllAsync(selection);
        var best = await DecideBestAsync(selection);
        Say($"優良事例を選びました（{best}件）");
    }

    /// <summary>Revision 2 of PS FY2007: what both sides let be public of their evaluation, and the best cases.</summary>
    public async Task ReleaseWhatWasLearntAsync()
    {
        Say("第2版を公表しています（ps、協働評価と優良事例）");
        await using var db = database.Open();
        var table = await db.CompileAsync("ps", Year);
        await db.ReleaseAsync(table, new EditionShelf(database.DataFolder), new ReleaseWish(Erratum: "【追加】相手方が公表に同意した協働評価と、選定した優良事例を加えました。事例の内容は第1版と同じです（見本）。", Remark: Remark), writeFiles, await CoordinatorAsync(db), ReleasedAgain);
    }

    // 県民連携事業 takes nominations while whoever looks tries it; none can be put forward before its evaluations have opened.
    private async Task OpenSelectionToTryAsync(DateTimeOffset now)
    {
        await using var db = database.Open();
        await db.OpenSelectionAsync("zero-budget", Year, OfficeDays.OnOrAfter(now.DayInJapan().AddDays(60)), OfficeDays.OnOrAfter(now.DayInJapan().AddDays(90)), 2, 3, await CoordinatorAsync(db), now);
    }

    private async Task<long> PutForwardAsync(Candidates candidates)
    {
        await using var db = database.Open();
        var coordinator = await CoordinatorAsync(db);
        var selection = (await db.OpenSelectionAsync("ps", Year, new DateOnly(2008, 5, 30), new DateOnly(2008, 6, 20), 2, 3, coordinator, SelectionOpened)).Id;
        var all = await candidates.OfAsync(db, "ps", Year);
        foreach (var (unit, i) in all.Where(one => one.IsEligible).GroupBy(one => one.Unit.Code).Select((unit, i) => (unit, i)))
        {
            // Every sixth department lets it pass.
            if (i % 6 == 5)
                continue;
            db.ChangeTracker.Clear();
            var one = unit.OrderByDescending(candidate => candidate.Mean).ThenBy(candidate => candidate.Title, StringComparer.Ordinal).First();
            await db.NominateAsync(candidates, selection, one.CaseId, "計画のときから一緒に話し合い、役割を文書で分け合っている。ほかの部局でも使える進め方である（見本）。", await RespondentAsync(db, unit.Key), SelectionOpened.AddDays(2 + i));
        }
        db.ChangeTracker.Clear();
        var entered = (await db.Nominations.Select(n => n.CaseId).ToListAsync()).ToHashSet(StringComparer.Ordinal);
        foreach (var buried in Buried.Among(all, entered, readings: null).Take(2))
        {
            db.ChangeTracker.Clear();
            await db.NominateAsync(candidates, selection, buried.Candidate.CaseId, $"{string.Join("、", buried.Reasons)}（見本）。", coordinator, SelectionOpened.AddDays(18));
        }
        return selection;
    }

    private async Task JudgeAllAsync(long selection)
    {
        await using var db = database.Open();
        var jurors = (await db.JurorsAsync(JudgingBegun.DayInJapan())).ConvertAll(juror => juror.Id);
        var steppedBack = false;
        // Who steps back gives work to another: asked again until nothing is left.
        while (await db.Judgements.Where(j => j.Nomination.SelectionId == selection && (j.Status == JudgementStatus.Asked || j.Status == JudgementStatus.Writing)).OrderBy(j => j.Nomination.CaseTitle).ThenBy(j => j.PersonId).FirstOrDefaultAsync() is { } next)
        {
            var (id, juror) = (next.Id, jurors.IndexOf(next.PersonId));
            db.ChangeTracker.Clear();
            var by = (await db.ActorAsync(next.PersonId, JudgingBegun.DayInJapan()))!;
            var at = JudgingBegun.AddDays(1 + (juror * 2)).AddHours(2);
            if (!steppedBack && juror == 3)
            {
                steppedBack = true;
                await db.StepBackAsync(id, "理事をしている団体が相手方です（見本）。", by, at);
                db.ChangeTracker.Clear();
                continue;
            }
            var judgement = (await db.JudgementAsync(id, by))!;
            var dice = new Dice(Dice.Mix(Seed, (ulong)judgement.Nomination.CaseTitle.Sum(c => c)) ^ (ulong)juror);
            // How good it is hangs on the case, how it is told on the juror.
            var worth = 3 + ((judgement.Nomination.CaseTitle.Sum(c => c) % 5) switch { 0 => 1, 1 => -1, _ => 0 });
            var points = judgement.Selection.Criteria.ToDictionary(criterion => criterion.Key, criterion => (string?)(criterion.IsCollaboration && judgement.ProposedCollaboration is { } proposed ? $"{proposed}"
                : $"{Math.Clamp(worth + Leniency[juror] + (dice.Chance(30) ? 1 : 0) - (dice.Chance(30) ? 1 : 0), SelectionCriterion.Lowest, SelectionCriterion.Highest)}"), StringComparer.Ordinal);
            judgement.Write(points, dice.Chance(50) ? "役割の分け方が具体的で、ほかの地域でもまねができる（見本）。" : "成果の数字がもう少しあると、よさが伝わる（見本）。", null, by, at);
            judgement.Submit(by, at.AddMinutes(20));
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }
    }

    private async Task<int> DecideBestAsync(long selection)
    {
        await using var db = database.Open();
        var view = (await db.SelectionViewAsync(selection, SelectionDecided))!;
        var ranked = view.Ranking!.Entries;
        var dissenting = view.Standing.First(one => one.NominationId == ranked[^1].NominationId);
        dissenting.Disagree("点数は低いが、始めたばかりの団体と組んだことは評価したい（見本）。", (await db.ActorAsync(dissenting.PersonId, JudgingBegun.DayInJapan()))!, SelectionDecided.AddDays(-1), view.IsShown);
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        var verdicts = ranked.Select((row, i) => new Verdict(row.NominationId, i < Chosen, i < Chosen
            ? "計画の段階から対等に話し合い、双方の評価も一致している。役割の分け方が具体的で、ほかの地域でも取り入れられる（見本）。"
            : "協働の進め方は双方が評価している。成果を示す数字がそろえば、来年度の選定で改めて見たい（見本）。")).ToList();
        await db.DecideAsync(selection, verdicts, null, await CoordinatorAsync(db), SelectionDecided);
        return Math.Min(Chosen, ranked.Count);
    }
}
