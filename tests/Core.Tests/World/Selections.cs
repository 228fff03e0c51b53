using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Evaluation.Door;
using Kyodo.Organizations;
using Kyodo.Selection;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Core.Tests.World;

/// <summary>The best cases of the year: what may be put forward, jurors at their marks, the secretariat's decision.</summary>
internal static class Selections
{
    public static readonly DateOnly NominateUntil = new(2007, 6, 15);
    public static readonly DateOnly ScoreUntil = new(2007, 6, 29);

    // Of its own for each engine: compiled queries belong to one model.
    public static Candidates Candidates => new(new EvaluatedProjects());

    extension(Office office)
    {
        /// <summary>Accepted projects (事業0, 事業1, ...) of 土木部, each evaluated by both sides alike, its partner content that it be published.</summary>
        public async Task<IReadOnlyList<Case>> EvaluatedAsync(int count)
        {
            var cases = await office.AcceptedAsync([.. Enumerable.Repeat(1, count)]);
            await office.OpenEvaluationsAsync();
            foreach (var one in await office.Db.Evaluations.AsNoTracking().WithSides().ToListAsync())
            {
                foreach (var side in one.Sides)
                    await office.AnswerAsync(side, "3");
                foreach (var side in one.Partners)
                    await office.ConsentAsync(side.PartnerId!, one.CaseId, side.Name);
            }
            office.Db.ChangeTracker.Clear();
            return [.. cases.OrderBy(one => one.Title, StringComparer.Ordinal)];
        }

        public async Task ConsentAsync(string partner, string caseId, string name, bool scores = true)
        {
            await using var db = office.OpenAnother();
            db.Add(new PartnerConsent(partner, caseId, 1, scores, words: false, silence: scores, AnswerChannel.Web, PartnerDoor.ActorFor(partner, name), office.Now));
            await db.SaveChangesAsync();
        }

        /// <summary>Jurors from outside, 審査1 and on.</summary>
        public async Task<IReadOnlyList<Actor>> JurorsAsync(int count)
        {
            for (var no = 1; no <= count; no++)
                await office.AppointAsync($"juror-{no}", $"審査{no}", ("partnership", Role.Juror));
            return await Task.WhenAll(Enumerable.Range(1, count).Select(async no =>
            {
                await using var db = office.OpenAnother();
                return await db.ActorAsync($"juror-{no}@pref.kumamoto.example", office.Now.DayInJapan());
            }));
        }

        public async Task AppointAsync(string name, string shown, params (string Unit, Role Role)[] duties)
        {
            await using var db = office.OpenAnother();
            var person = new Person($"{name}@pref.kumamoto.example", shown);
            foreach (var (unit, role) in duties)
                person.Appoint(await db.OrgUnits.SingleAsync(u => u.Code == unit), role);
            db.Add(person);
            await db.SaveChangesAsync();
        }

        public async Task<BestSelection> OpenSelectionAsync(int places = 2, Actor? by = null)
        {
            await using var db = office.OpenAnother();
            return await db.OpenSelectionAsync("ps", Office.Year, NominateUntil, ScoreUntil, places, BestSelection.FewestJurors, by ?? office.Coordinator, office.Now);
        }

        public async Task<Nomination?> NominateAsync(BestSelection selection, Case one, Actor? by = null, string reason = "役割の分け方が手本になる。")
        {
            await using var db = office.OpenAnother();
            return await db.NominateAsync(Candidates, selection.Id, one.Id, reason, by ?? office.Respondent, office.Now);
        }

        public async Task<BestSelection?> BeginScoringAsync(BestSelection selection, IReadOnlyList<Actor> jurors, string? why = null, Actor? by = null)
        {
            await using var db = office.OpenAnother();
            return await db.BeginScoringAsync(selection.Id, jurors.Select(juror => juror.PersonId!.Value).ToHashSet(), why, by ?? office.Coordinator, office.Now);
        }

        /// <summary>A selection whose jurors have been asked: entries of 事業0 and on, all by the secretariat.</summary>
        public async Task<(BestSelection Selection, IReadOnlyList<Actor> Jurors)> JudgingAsync(int entries = 2, int jurors = 3)
        {
            var cases = await office.EvaluatedAsync(entries);
            var selection = await office.OpenSelectionAsync();
            foreach (var one in cases)
                await office.NominateAsync(selection, one, office.Coordinator);
            var asked = await office.JurorsAsync(jurors);
            await office.BeginScoringAsync(selection, asked, jurors < BestSelection.FewestJurors ? "審査員を頼めなかった。" : null);
            return (selection, asked);
        }

        public async Task<SelectionView> ViewAsync(BestSelection selection)
        {
            await using var db = office.OpenAnother();
            return (await db.SelectionViewAsync(selection.Id, office.Now))!;
        }

        /// <summary>The juror's marks for the entry: the same for each criterion, or one digit each; sent unless told.</summary>
        public async Task JudgeAsync(Judgement asked, Actor by, string points, bool sends = true)
        {
            await using var db = office.OpenAnother();
            var mine = (await db.JudgementAsync(asked.Id, by))!;
            mine.Write(Typed(mine, points), "講評", "現地を見たため。", by, office.Now);
            if (sends)
                mine.Submit(by, office.Now);
            await db.SaveChangesAsync();
        }

        /// <summary>Everybody sends what <paramref name="points"/> tells for entry and juror.</summary>
        public async Task JudgeAllAsync(BestSelection selection, IReadOnlyList<Actor> jurors, Func<string, string, string> points)
        {
            foreach (var one in (await office.ViewAsync(selection)).Standing.Where(one => one.Status is not JudgementStatus.Submitted))
            {
                var by = jurors.Single(juror => juror.PersonId == one.PersonId);
                await office.JudgeAsync(one, by, points(one.Nomination.CaseTitle, by.Name));
            }
        }

        public async Task<SelectionView?> DecideAsync(BestSelection selection, IEnumerable<string> best, string? why = null, Actor? by = null, string reason = "進め方が手本になる。")
        {
            await using var db = office.OpenAnother();
            var entered = await db.Nominations.Where(n => n.SelectionId == selection.Id && n.Status != NominationStatus.Withdrawn).ToListAsync();
            return await db.DecideAsync(selection.Id, [.. entered.Select(one => new Verdict(one.Id, best.Contains(one.CaseTitle), reason))], why, by ?? office.Coordinator, office.Now);
        }
    }

    public static Dictionary<string, string?> Typed(Judgement judgement, string points) =>
        judgement.Selection.Criteria.Select((criterion, place) => (criterion.Key, Point: points.Length == 1 ? points : points[place].ToString())).ToDictionary(one => one.Key, one => (string?)one.Point.Trim(), StringComparer.Ordinal);
}
