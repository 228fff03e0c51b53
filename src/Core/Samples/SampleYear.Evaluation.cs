using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Evaluation.Door;
using Kyodo.Organizations;
using Kyodo.Partners;
using Kyodo.Scores;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Samples;

/// <summary>
/// The PS projects of FY2007 evaluated by both sides at the year's end: most partners answer, some on paper or in Excel, some not at all; some
/// differ by two steps or more, and several of those are talked about. Only partners that are 見本: nothing is invented for a real one.
/// </summary>
public sealed partial class SampleYear
{
    private const string Sample = "見本";
    private const int Seed = 2007;

    private static readonly DateTimeOffset EvaluationBegun = JapanTime.At(new DateOnly(2008, 2, 12), 10);
    private static readonly DateOnly EvaluationDue = new(2008, 3, 7);
    private static readonly DateTimeOffset EvaluationOpened = JapanTime.At(new DateOnly(2008, 3, 8), 6);

    private static readonly string[] Grounds =
        ["打合せの記録を双方で持っている（見本）", "役割分担の表を一緒に作った（見本）", "当日の人手が足りなかった（見本）", "連絡が担当者どうしに限られていた（見本）", "参加者のアンケートで確かめた（見本）", "次の年の話まではできなかった（見本）"];

    private async Task EvaluateAsync()
    {
        Say("協働評価をしています（平成19年度 ps、見本の相手方だけ）");
        var full = await BeginEvaluationAsync();
        await using var db = database.Open();
        var evaluations = await db.Evaluations.AsNoTracking().WithSides().OrderBy(e => e.CaseTitle).ToListAsync();
        foreach (var (evaluation, i) in evaluations.Select((evaluation, i) => (evaluation, i)))
        {
            var dice = new Dice(Dice.Mix(Seed, (ulong)i));
            await AnswerSideAsync(evaluation, evaluation.Government, dice, i, apart: false);
            foreach (var side in evaluation.Partners)
            {
                // Every eighth says nothing, and one that has no address sends paper.
                if (dice.Chance(14))
                    continue;
                await AnswerSideAsync(evaluation, side, dice, i, apart: i % 4 == 0);
            }
        }
        await using (var due = database.Open())
            await due.OpenDueEvaluationsAsync(EvaluationOpened);
        await ReflectAsync();
        await ConsentAsync();
        Say($"協働評価を終えました（{evaluations.Count}事業、全項目版{full}）");
    }

    // Three projects whose partners are invited today, so that whoever looks can be a unit and a partner for themselves.
    private async Task OpenEvaluationToTryAsync(DateTimeOffset now)
    {
        await using var db = database.Open();
        var by = await CoordinatorAsync(db);
        var chosen = (await db.PlanEvaluationsAsync("zero-budget", Year, EvaluationPhase.Closing)).Cases
            .Where(one => one.Partners.Count > 0 && one.Partners.All(partner => partner.Name.Contains(Sample, StringComparison.Ordinal))).DistinctBy(one => one.Unit.Id).Take(3).ToList();
        var register = await db.FindOrEnterAllAsync(chosen.SelectMany(one => one.Partners).Select(p => (p.Name, p.Kind, p.Number)), by, now);
        foreach (var (partner, i) in register.Values.Distinct().OrderBy(p => p.Name, StringComparer.Ordinal).Select((partner, i) => (partner, i)))
            partner.Reach($"otameshi-{i + 1}@partner.example", by, now);
        await db.SaveChangesAsync();
        var ids = chosen.Select(one => one.Case.Id).ToHashSet(StringComparer.Ordinal);
        await db.OpenEvaluationsAsync("zero-budget", Year, EvaluationPhase.Closing, null, OfficeDays.OnOrAfter(now.DayInJapan().AddDays(30)), new HashSet<string>(), by, now, only: one => ids.Contains(one.Case.Id));
    }

    private async Task<int> BeginEvaluationAsync()
    {
        await using var db = database.Open();
        var by = await CoordinatorAsync(db);
        var plan = await db.PlanEvaluationsAsync("ps", Year, EvaluationPhase.Closing);
        var invented = plan.Cases.Where(one => one.Partners.Count > 0 && one.Partners.All(partner => partner.Name.Contains(Sample, StringComparison.Ordinal))).ToList();
        var register = await db.FindOrEnterAllAsync(invented.SelectMany(one => one.Partners).Select(p => (p.Name, p.Kind, p.Number)), by, EvaluationBegun);
        foreach (var (partner, i) in register.Values.Distinct().OrderBy(p => p.Name, StringComparer.Ordinal).Select((partner, i) => (partner, i)))
        {
            if (i % 20 != 7)
                partner.Reach($"mihon-{i + 1}@partner.example", by, EvaluationBegun);
        }
        await db.SaveChangesAsync();
        var full = invented.Where((_, i) => i % 6 == 0).Select(one => one.Case.Id).ToHashSet(StringComparer.Ordinal);
        var chosen = invented.Select(one => one.Case.Id).ToHashSet(StringComparer.Ordinal);
        await db.OpenEvaluationsAsync("ps", Year, EvaluationPhase.Closing, null, EvaluationDue, full, by, EvaluationBegun, only: one => chosen.Contains(one.Case.Id));
        return full.Count;
    }

    private async Task AnswerSideAsync(CaseEvaluation evaluation, EvaluationSide side, Dice dice, int order, bool apart)
    {
        var at = EvaluationBegun.AddDays(1 + (order % 20)).AddMinutes(dice.Below(400));
        var (typed, k) = (new List<TypedMark>(), 0);
        foreach (var (criterion, _) in evaluation.Asked)
        {
            // Both saw the same year: they agree more often than not, and where they do not, on one or two criteria.
            var together = 3 + (((order * 7) + k) % 5 == 0 ? -1 : ((order + k) % 3 == 0 ? 1 : 0));
            var score = apart && k % 5 == 1 ? Math.Max(1, together - 2) : Math.Clamp(together + (dice.Chance(25) ? 1 : 0) - (dice.Chance(20) ? 1 : 0), 1, 4);
            if (!apart && evaluation.Sides.Count > 1 && order % 4 == 0 && k % 5 == 1)
                score = 4;
            var mark = dice.Chance(4) ? Mark.CannotJudge : dice.Chance(3) ? Mark.NotApplicable : Mark.Of(score);
            typed.Add(new TypedMark(criterion.No, mark.Sign.ToString(), dice.Chance(30) ? dice.Of(Grounds) : ""));
            k++;
        }
        await using var db = database.Open();
        if (side.Kind is SideKind.Government)
        {
            var unit = await db.OrgUnits.Where(u => u.Id == evaluation.UnitId).Select(u => u.Code).SingleAsync();
            var by = await RespondentAsync(db, unit);
            await SendAsync(by);
            return;
        }
        var partner = await db.Partners.AsNoTracking().SingleAsync(p => p.Id == side.PartnerId);
        if (partner.Email is null)
        {
            var channel = order % 2 == 0 ? AnswerChannel.Paper : AnswerChannel.Workbook;
            await db.ReceiveAsync(side.Id, channel, typed, "またご一緒したいです（見本）。", await CoordinatorAsync(db), at);
            return;
        }
        await SendAsync(PartnerDoor.ActorFor(partner.Id, partner.Name));

        async Task SendAsync(Actor by)
        {
            await db.AnswerAsync(side.Id, typed, null, dice.Chance(25) ? "来年度も、早い時期から一緒に計画したいです（見本）。" : null, by, at);
            db.ChangeTracker.Clear();
            await db.SubmitAsync(side.Id, by, at.AddMinutes(6));
        }
    }

    // Of the projects on which both sides see something differently, every other has met; the rest wait.
    private async Task ReflectAsync()
    {
        await using var db = database.Open();
        var apart = (await db.Evaluations.WithSides().Where(e => e.Status == EvaluationStatus.Opened).OrderBy(e => e.CaseTitle).ToListAsync()).Where(e => e.Flagged().Count > 0).ToList();
        foreach (var (evaluation, i) in apart.Select((evaluation, i) => (evaluation, i)).Where(pair => pair.i % 2 == 0))
        {
            var at = EvaluationOpened.AddDays(5 + i).AddHours(8);
            var unit = await db.OrgUnits.Where(u => u.Id == evaluation.UnitId).Select(u => u.Code).SingleAsync();
            var by = await RespondentAsync(db, unit);
            foreach (var criterion in evaluation.Flagged())
            {
                evaluation.Reflect(new Reflection(criterion.No, "取組みの目的は、双方とも大事だと思っている（見本）。", "行政は文書で伝えたと考え、相手方は相談される前に決まっていたと感じていた（見本）。",
                    "予算の時期と、団体が計画を立てる時期がずれていた（見本）。", "次の年度は、予算を決める前の秋に一度集まる（見本）。"), by, at);
            }
            evaluation.Meet(at.DayInJapan(), $"{evaluation.Unit.Name} 2人、{string.Join("、", evaluation.Partners.Where(side => side.HasAnswered).Select(side => side.Name))} 各2人", "答えの違った項目を一つずつ読み合わせ、理由を出し合った（見本）。",
                ["秋の打合せを1回ふやす（見本）", "役割分担の表を、始まる前に双方で確かめる（見本）"], by, at);
            evaluation.Confirm(evaluation.Government, by, at.AddDays(1));
            // One partner has not yet looked at what was written.
            if (i % 6 != 4)
            {
                foreach (var side in evaluation.Partners.Where(side => side.HasAnswered))
                    evaluation.Confirm(side, PartnerDoor.ActorFor(side.PartnerId!, side.Name), at.AddDays(2));
            }
        }
        if (apart.Count > 0)
            apart[0].GradeAs(ThirdPartyGrade.A, "協働事業審査会（見本）", "違いを隠さずに話し合い、次の改善を決めている（見本）。", await CoordinatorAsync(db), EvaluationOpened.AddDays(30));
        await db.SaveChangesAsync();
    }

    // Most let their scores be public, some their words too, some nothing; a few have not decided.
    private async Task ConsentAsync()
    {
        await using var db = database.Open();
        var sides = await db.EvaluationSides.AsNoTracking().Where(s => s.Kind == SideKind.Partner && s.PartnerId != null).OrderBy(s => s.Evaluation.CaseTitle).ThenBy(s => s.Order)
            .Select(s => new { s.PartnerId, s.Name, s.Status, s.Evaluation.CaseId }).ToListAsync();
        var ids = sides.Select(s => s.CaseId).Distinct().ToList();
        var versions = await db.Set<Kyodo.Cases.Case>().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Version);
        foreach (var (side, i) in sides.Select((side, i) => (side, i)))
        {
            var (by, at) = (PartnerDoor.ActorFor(side.PartnerId!, side.Name), EvaluationOpened.AddDays(10).AddMinutes(i));
            if (side.Status is SideStatus.Submitted && i % 9 != 8)
                db.Add(new PartnerConsent(side.PartnerId!, side.CaseId, versions[side.CaseId], scores: i % 7 != 6, words: i % 3 != 2 && i % 7 != 6, silence: false, AnswerChannel.Web, by, at));
            if (i % 4 != 0)
                continue;
            var confirmation = new PartnerConfirmation(side.PartnerId!, side.CaseId);
            confirmation.Say([new("title", TextVerdict.Right, ""), new("summary", i % 16 == 0 ? TextVerdict.Correct : TextVerdict.Right, i % 16 == 0 ? "参加者の数は、団体の名簿の数に直してください（見本）。" : ""), new("roles", i % 20 == 0 ? TextVerdict.DidNotKnow : TextVerdict.Right, "")],
                versions[side.CaseId], by, at.AddMinutes(3));
            db.Add(confirmation);
        }
        await db.SaveChangesAsync();
    }
}
