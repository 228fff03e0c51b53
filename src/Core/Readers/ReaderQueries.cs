using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Organizations;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Readers;

public static class ReaderQueries
{
    /// <summary>So many voices a case takes in a day: the rest would bury the ones that count.</summary>
    public const int MostVoicesADay = 30;

    // Turning pages is one visit.
    private static readonly TimeSpan OneVisit = TimeSpan.FromMinutes(30);

    extension(AppDb db)
    {
        public DbSet<CaseVoice> CaseVoices => db.Set<CaseVoice>();

        public DbSet<CaseUse> CaseUses => db.Set<CaseUse>();

        public DbSet<CaseQuestion> CaseQuestions => db.Set<CaseQuestion>();

        public DbSet<CaseReading> CaseReadings => db.Set<CaseReading>();
    }

    /// <summary>The voices that somebody may read: those about their units' cases; all of them for those who see all units.</summary>
    public static IQueryable<CaseVoice> SeenBy(this IQueryable<CaseVoice> voices, Actor by)
    {
        if (by.SeesAllUnits)
            return voices;
        var units = by.Duties.Where(duty => duty.Role is Role.Respondent or Role.Approver).Select(duty => duty.UnitId).ToList();
        return voices.Where(v => v.UnitId != null && units.Contains(v.UnitId.Value));
    }

    public static Task<OrgUnit?> UnitInChargeAsync(this AppDb db, PublishedCase one, CancellationToken stop = default) =>
        db.OrgUnits.FirstOrDefaultAsync(u => u.Code == one.UnitCode, stop);

    /// <summary>Takes what a reader says of a case; said twice within a day in the same words it is taken once.</summary>
    public static async Task SayAsync(this AppDb db, PublishedCase one, VoiceKind? kind, string? text, DateTimeOffset now, CancellationToken stop = default)
    {
        if (CaseVoice.WhyNotSay(kind, text) is { Count: > 0 } wrong)
            throw new Refusal("送れませんでした", wrong);
        var (clean, yesterday) = (TextForms.Clean(text), now - TimeSpan.FromDays(1));
        // Alone: a flood that comes in at once must not pass the count together.
        await using var transaction = await db.BeginAloneAsync(stop);
        var today = await db.CaseVoices.Where(v => v.CaseId == one.CaseId && v.SaidAt > yesterday).Select(v => v.Text).ToListAsync(stop);
        if (clean.Length > 0 && today.Contains(clean))
            return;
        if (today.Count >= MostVoicesADay)
            throw new Refusal("この事例には今日たくさんの声が届いたため、いまは受け取れません。明日、もう一度お送りください。");
        db.Add(new CaseVoice(one, await db.UnitInChargeAsync(one, stop), kind!.Value, clean, now));
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    /// <summary>Records that a unit used a case; once for each case of its own, or once without.</summary>
    public static async Task<CaseUse> UseAsync(this AppDb db, PublishedCase one, OrgUnit unit, string? note, PublishedCase? own, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        var use = new CaseUse(one, unit, note, own, by, now);
        await using var transaction = await db.BeginAloneAsync(stop);
        if (await db.CaseUses.AnyAsync(u => u.ProjectId == use.ProjectId && u.UnitId == unit.Id && u.OwnProjectId == use.OwnProjectId && u.TakenBackAt == null, stop))
            throw new Refusal($"{unit.Name}は、この事業を参考にしたことをもう記録しています。書き直すときは、いちど取り消してください。");
        db.Add(use);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return use;
    }

    /// <summary>Notes that the casebook was opened; when the visit before began, or null on the first.</summary>
    public static async Task<DateTimeOffset?> VisitCasebookAsync(this AppDb db, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        if (by.PersonId is not { } person)
            return null;
        var (at, before) = (now.UtcDateTime, (now - OneVisit).UtcDateTime);
        await db.WithoutWaitingForDiskAsync(() => db.Database.ExecuteSqlAsync($"""
            INSERT INTO casebook_visits (person_id, before_at, seen_at) VALUES ({person}, NULL, {at})
            ON CONFLICT (person_id) DO UPDATE SET
                before_at = CASE WHEN casebook_visits.seen_at < {before} THEN casebook_visits.seen_at ELSE casebook_visits.before_at END,
                seen_at = excluded.seen_at
            """, stop), stop);
        return await db.Set<CasebookVisit>().AsNoTracking().Where(v => v.PersonId == person).Select(v => v.BeforeAt).FirstOrDefaultAsync(stop);
    }

    /// <summary>Counts one opening of a case for the unit; of several units of a person the first counts.</summary>
    public static async Task CountReadingAsync(this AppDb db, string caseId, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        if (by.Duties.Count == 0)
            return;
        var (month, unit) = (MonthOf(now.DayInJapan()), by.UnitIds.Min());
        await db.WithoutWaitingForDiskAsync(() => db.Database.ExecuteSqlAsync($"""
            INSERT INTO case_readings (month, unit_id, case_id, times) VALUES ({month}, {unit}, {caseId}, 1)
            ON CONFLICT (month, unit_id, case_id) DO UPDATE SET times = case_readings.times + 1
            """, stop), stop);
    }

    /// <summary>200705 for any day of May 2007.</summary>
    public static int MonthOf(DateOnly day) => (day.Year * 100) + day.Month;
}
