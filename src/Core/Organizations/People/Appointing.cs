using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Organizations.People;

/// <summary>Roles given and ended.</summary>
public static class Appointing
{
    /// <summary>The person with all roles of all times, and what is kept of them; null when there is none.</summary>
    public static Task<Person?> PersonAsync(this AppDb db, long id, CancellationToken stop = default) => db.Whole().FirstOrDefaultAsync(p => p.Id == id, stop);

    public static Task<Person?> PersonAsync(this AppDb db, string email, CancellationToken stop = default)
    {
        var key = TextForms.Fold(email).ToUpperInvariant();
        return db.Whole().FirstOrDefaultAsync(p => p.NormalizedUserName == key, stop);
    }

    internal static IQueryable<Person> Whole(this AppDb db) =>
        db.People.Include(p => p.File).Include(p => p.Appointments).ThenInclude(a => a.Unit).Include(p => p.Appointments).ThenInclude(a => a.ActsFor!).ThenInclude(a => a.Person).AsSplitQuery();

    public static Task GiveAsync(this AppDb db, long personId, Grant grant, Actor by, DateTimeOffset now, CancellationToken stop = default) =>
        db.AloneAsync(now.DayInJapan(), async () => (await db.KnownAsync(personId, stop)).Give(grant, by, now), stop);

    /// <summary>The last day of a role, its proxies' with it. One that has not begun goes as if it had never been given.</summary>
    public static Task EndAsync(this AppDb db, long personId, long appointmentId, DateOnly last, Actor by, DateTimeOffset now, CancellationToken stop = default) =>
        db.AloneAsync(now.DayInJapan(), async () =>
        {
            var person = await db.KnownAsync(personId, stop);
            var appointment = person.Appointments.Find(a => a.Id == appointmentId) ?? throw new Refusal("その役割は、もうありません。いまの状態を確かめてください。");
            Refusal.If(WhyNotEnd(appointment, last, by, now.DayInJapan()));
            person.Note(by, now, last < appointment.From ? "appointment-cancelled" : "appointment-ended", $"{appointment.Words}（{PartialDate.Of(last).Japanese}まで）");
            await db.CutAsync(appointment, last.AddDays(1), stop);
        }, stop);

    public static string? WhyNotEnd(Appointment appointment, DateOnly last, Actor by, DateOnly today) =>
        PeopleRules.WhyNotAdminister(by)
        ?? (appointment.Until is { } until && until <= last ? $"もう、{PartialDate.Of(until).Japanese}で終わることになっています。"
            : last < appointment.From && appointment.From <= today ? $"最後の日は、はじめの日（{PartialDate.Of(appointment.From!.Value).Japanese}）より前にはできません。"
            : null);

    public static Task UnlockAsync(this AppDb db, long personId, Actor by, DateTimeOffset now, CancellationToken stop = default) =>
        db.AloneAsync(now.DayInJapan(), async () =>
        {
            Refusal.If(PeopleRules.WhyNotAdminister(by));
            var person = await db.KnownAsync(personId, stop);
            (person.LockoutEnd, person.AccessFailedCount) = (null, 0);
            person.Note(by, now, "person-unlocked");
        }, stop);

    internal static void Give(this Person person, Grant grant, Actor by, DateTimeOffset now)
    {
        Refusal.If(PeopleRules.WhyNotGive(person, grant, by, now.DayInJapan()));
        person.Appoint(grant.Unit, grant.Role, grant.Period);
        person.Note(by, now, "appointment-given", grant.Words);
    }

    /// <summary>Takes the days from <paramref name="day"/> on off an appointment, and off those who act for it.</summary>
    internal static async Task CutAsync(this AppDb db, Appointment appointment, DateOnly day, CancellationToken stop)
    {
        foreach (var one in (await db.Appointments.Where(a => a.ActsForId == appointment.Id).ToListAsync(stop)).Append(appointment))
        {
            if (one.Period.Before(day) is { } left)
                one.Until = left.Until;
            else
                db.Remove(one);
        }
    }

    internal static async Task<Person> KnownAsync(this AppDb db, long id, CancellationToken stop) => await db.PersonAsync(id, stop) ?? throw new Refusal("その人は登録されていません。");
}
