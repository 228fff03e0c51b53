using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Organizations.People;

/// <summary>
/// 不在・代理: for some days another person of the unit has the duties of one who is away, as appointments of their own that say for whom. The one
/// who is away keeps theirs: they may come back early.
/// </summary>
public static class Proxies
{
    private const int LongestDays = 366;

    /// <summary>Those who act for the person, today or later.</summary>
    public static Task<List<Appointment>> ProxiesOfAsync(this AppDb db, long personId, DateOnly today, CancellationToken stop = default) =>
        db.Appointments.AsNoTracking().Include(a => a.Person).Include(a => a.Unit).Where(a => a.ActsFor!.PersonId == personId && a.Until >= today).OrderBy(a => a.From).ThenBy(a => a.Id).ToListAsync(stop);

    public static string? WhyNot(Person absent, Person proxy, Period period, Actor by, DateOnly today) =>
        PeopleRules.WhyNotGive(proxy, by)
        ?? (absent.Id == proxy.Id ? "本人は代理になれません。"
            : period.From is not { } from || period.Until is not { } until ? "不在のはじめの日とおわりの日を書いてください。"
            : period.IsBackwards ? "おわりの日が、はじめの日より前になっています。"
            : until < today ? "おわりの日が、もう過ぎています。"
            : until.DayNumber - from.DayNumber >= LongestDays ? "不在の期間は1年までです。それより長いときは、引き継いでください。"
            : Seats(absent, proxy, period).Count == 0 ? $"{proxy.Name}さんは、その期間、{absent.Name}さんと同じ組織にいないか、もう同じ役割を持っています。代理は、同じ組織の人から選んでください（審査員の役割は代理できません）。"
            : null);

    /// <summary>What the proxy would act as: the absent person's duties in units where the proxy works on all those days.</summary>
    public static IReadOnlyList<(Appointment Appointment, Period Days)> Seats(Person absent, Person proxy, Period period) =>
    [
        .. from a in absent.Appointments
           where a.ActsFor is null && a.Role is not Role.Juror && a.Period.Overlaps(period)
           let days = a.Period.And(period)!.Value
           let own = proxy.Appointments.FindAll(mine => mine.ActsFor is null && mine.UnitId == a.UnitId && mine.Period.Covers(days))
           where own.Count > 0 && !own.Exists(mine => mine.Role == a.Role)
           select (a, days),
    ];

    public static Task ArrangeProxyAsync(this AppDb db, long absentId, long proxyId, Period period, Actor by, DateTimeOffset now, CancellationToken stop = default) =>
        db.AloneAsync(now.DayInJapan(), async () =>
        {
            var (absent, proxy) = (await db.KnownAsync(absentId, stop), await db.KnownAsync(proxyId, stop));
            Refusal.If(WhyNot(absent, proxy, period, by, now.DayInJapan()));
            if ((await db.ProxiesOfAsync(absentId, period.From!.Value, stop)).Find(a => a.Period.Overlaps(period)) is { } other)
                throw new Refusal($"その期間には、もう{other.Person.Name}さんの代理があります（{other.Period.Japanese}）。");
            if ((await db.ProxiesOfAsync(proxyId, period.From!.Value, stop)).Find(a => a.Period.Overlaps(period)) is { } away)
                throw new Refusal($"{proxy.Name}さんも、その期間に不在です（{away.Period.Japanese}）。");
            var seats = Seats(absent, proxy, period);
            foreach (var (appointment, days) in seats)
                proxy.Appoint(appointment.Unit, appointment.Role, days, appointment);
            var words = string.Join("、", seats.Select(seat => $"{seat.Appointment.Words}（{seat.Days.Japanese}）"));
            absent.Note(by, now, "absence-arranged", $"代理 {proxy.Name}: {words}");
            proxy.Note(by, now, "proxy-arranged", $"{absent.Name}の代理: {words}");
        }, stop);
}
