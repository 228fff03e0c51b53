using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Training;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Samples;

// A workplace course of FY2007 and a seminar in each bureau, with who came; and one session that can be registered for today.
public sealed partial class SampleYear
{
    private static readonly DateTimeOffset TrainingPlanned = At(6, 20, 9);

    private async Task TrainAsync()
    {
        Say("研修を開いています");
        await HoldAsync("協働のはじめの一歩（見本）", CourseKind.Workplace, null, "県庁 会議室（見本）", At(7, 24, 13), ["doboku", "nosei", "kyoiku", "kankyoseikatsu", "kenkofukushi", "partnership"]);
        var day = 0;
        foreach (var bureau in await BureausAsync())
        {
            await using var db = database.Open();
            var below = await db.OrgUnits.Where(u => u.Code == bureau || u.Parent!.Code == bureau).OrderBy(u => u.Order).Select(u => u.Code).Take(6).ToListAsync();
            await HoldAsync("NPOと行政の協働セミナー（見本）", CourseKind.Seminar, bureau, "地域振興局 大会議室（見本）", At(9, 3, 13).AddDays(day++), below);
        }
    }

    private async Task HoldAsync(string title, CourseKind kind, string? unit, string venue, DateTimeOffset at, IReadOnlyList<string> units)
    {
        await using var db = database.Open();
        var officer = await db.ActorAsync($"training@{SamplePrefecture.Domain}", TrainingPlanned.DayInJapan());
        var session = new TrainingSession(new SessionPlan(title, kind, at, 150, venue, 40, at.AddDays(-7).DayInJapan()), unit is null ? null : await db.OrgUnits.SingleAsync(u => u.Code == unit), officer, TrainingPlanned);
        db.Add(session);
        await db.SaveChangesAsync();
        foreach (var code in units)
        {
            foreach (var end in new[] { "", "-approver" })
                await db.RegisterForTrainingAsync(session.Id, await db.ActorAsync($"{code}{end}@{SamplePrefecture.Domain}", TrainingPlanned.DayInJapan()), TrainingPlanned.AddDays(3));
        }
        session.Conclude(officer, at.AddHours(3));
        await db.SaveChangesAsync();
        foreach (var (one, no) in (await db.TrainingRegistrations.Include(r => r.Session).Where(r => r.SessionId == session.Id).OrderBy(r => r.Id).ToListAsync()).Select((one, no) => (one, no)))
            one.Mark(no % 5 != 4, officer, at.AddHours(4));
        await db.SaveChangesAsync();
    }

    private async Task PlanTrainingToTryAsync(DateTimeOffset now)
    {
        await using var db = database.Open();
        var officer = await db.ActorAsync($"training@{SamplePrefecture.Domain}", now.DayInJapan());
        var day = OfficeDays.OnOrAfter(now.DayInJapan().AddDays(21));
        var session = new TrainingSession(new SessionPlan("協働を書く・読む（見本・お試し用）", CourseKind.Workplace, JapanTime.At(day, 13, 30), 120, "県庁 会議室（見本）", 3, OfficeDays.OnOrAfter(now.DayInJapan().AddDays(14))), null, officer, now);
        db.Add(session);
        await db.SaveChangesAsync();
        foreach (var name in new[] { "nosei", "kyoiku", "keisatsu", "somu" })
            await db.RegisterForTrainingAsync(session.Id, await db.ActorAsync($"{name}@{SamplePrefecture.Domain}", now.DayInJapan()), now);
    }
}
