using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Reminders;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Training;

/// <summary>申込みとキャンセル待ち: whoever comes looks, decides and writes alone, so that fifty at once never take more than the places.</summary>
public static class Registering
{
    /// <summary>Those about to take part are reminded when this many days are left.</summary>
    public const int RemindDaysBefore = 3;

    extension(AppDb db)
    {
        public DbSet<TrainingSession> TrainingSessions => db.Set<TrainingSession>();

        public DbSet<TrainingRegistration> TrainingRegistrations => db.Set<TrainingRegistration>();
    }

    /// <summary>Registers the one who acts: with a place while there is one, else waiting. Null where there is no such session.</summary>
    public static async Task<TrainingRegistration?> RegisterForTrainingAsync(this AppDb db, string sessionId, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        if (await db.TrainingSessions.FirstOrDefaultAsync(s => s.Id == sessionId, stop) is not { } session)
            return null;
        Refusal.If(session.WhyNotRegister(now));
        if (by.PersonId is not { } personId || await db.People.Where(p => p.Id == personId).Select(p => p.Email).FirstOrDefaultAsync(stop) is not { } email)
            throw new Refusal("研修に申し込めるのは、登録された職員だけです。");
        var taken = await db.TrainingRegistrations.Where(r => r.SessionId == sessionId && (r.Status == RegistrationStatus.Registered || r.Status == RegistrationStatus.Waiting))
            .Select(r => new { r.PersonId, r.Status }).ToListAsync(stop);
        Refusal.If(taken.Exists(one => one.PersonId == personId) ? "もう申し込んでいます。" : null);
        // Whoever comes while others wait stands behind them.
        var waits = taken.Exists(one => one.Status is RegistrationStatus.Waiting) || taken.Count >= session.Places;
        var registration = new TrainingRegistration(session, personId, by.Name, email, by.UnitIds.Select(id => (long?)id).FirstOrDefault(), waits, by, now);
        db.Add(registration);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return registration;
    }

    /// <summary>Takes a registration back; the first who waits gets the place. Null where there is none.</summary>
    public static async Task<TrainingRegistration?> CancelTrainingAsync(this AppDb db, string number, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        if (await db.TrainingRegistrations.Include(r => r.Session).FirstOrDefaultAsync(r => r.Number == number, stop) is not { } registration)
            return null;
        registration.Cancel(by, now);
        await db.SaveChangesAsync(stop);
        await MoveUpAsync(db, registration.Session, by, now, stop);
        await transaction.CommitAsync(stop);
        return registration;
    }

    /// <summary>Changes day, venue or places; more places go to those who wait. Null where there is no such session.</summary>
    public static async Task<TrainingSession?> ChangeTrainingAsync(this AppDb db, string sessionId, SessionPlan plan, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        if (await db.TrainingSessions.FirstOrDefaultAsync(s => s.Id == sessionId, stop) is not { } session)
            return null;
        var before = (session.StartsAt, session.Minutes, session.Venue);
        session.Change(plan, await db.TrainingRegistrations.CountAsync(r => r.SessionId == sessionId && r.Status == RegistrationStatus.Registered, stop), by, now);
        if (before != (session.StartsAt, session.Minutes, session.Venue))
        {
            var coming = await db.TrainingRegistrations.Include(r => r.Session).Where(r => r.SessionId == sessionId && r.Status == RegistrationStatus.Registered).OrderBy(r => r.Id).ToListAsync(stop);
            var emails = await EmailsAsync(db, coming, stop);
            foreach (var one in coming)
                one.TellChanged(emails[one.PersonId], now);
        }
        await db.SaveChangesAsync(stop);
        await MoveUpAsync(db, session, by, now, stop);
        await transaction.CommitAsync(stop);
        return session;
    }

    /// <summary>Calls a session off and tells all who registered or wait. Null where there is no such session.</summary>
    public static async Task<TrainingSession?> CallOffTrainingAsync(this AppDb db, string sessionId, string? reason, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        if (await db.TrainingSessions.FirstOrDefaultAsync(s => s.Id == sessionId, stop) is not { } session)
            return null;
        session.CallOff(reason, by, now);
        var told = await db.TrainingRegistrations.Include(r => r.Session).Where(r => r.SessionId == sessionId && (r.Status == RegistrationStatus.Registered || r.Status == RegistrationStatus.Waiting)).OrderBy(r => r.Id).ToListAsync(stop);
        var emails = await EmailsAsync(db, told, stop);
        foreach (var one in told)
            one.TellCalledOff(emails[one.PersonId]);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return session;
    }

    /// <summary>Queues the reminders of sessions that are near; how many sessions there were. Running it again sends nothing twice.</summary>
    public static async Task<int> RemindOfTrainingAsync(this AppDb db, DateTimeOffset now, CancellationToken stop = default)
    {
        var until = JapanTime.At(now.DayInJapan().AddDays(RemindDaysBefore + 1), 0);
        var near = await db.TrainingSessions.Where(s => s.Status == SessionStatus.Open && s.StartsAt > now && s.StartsAt < until).OrderBy(s => s.StartsAt).ToListAsync(stop);
        var happened = 0;
        foreach (var session in near)
        {
            var name = $"training/{session.Id}/{session.StartsAt.DayInJapan():yyyy-MM-dd}";
            if (await db.Set<Occasion>().AnyAsync(o => o.Name == name, stop))
                continue;
            var coming = await db.TrainingRegistrations.Include(r => r.Session).Where(r => r.SessionId == session.Id && r.Status == RegistrationStatus.Registered).OrderBy(r => r.Id).ToListAsync(stop);
            if (coming.Count == 0)
                continue;
            var emails = await EmailsAsync(db, coming, stop);
            db.Add(Occasion.Of(name, session.PlaceOfMails(), coming.Select(one => one.MailOf(MailKind.TrainingReminded, emails[one.PersonId], name)), "training-reminded", now));
            await db.SaveChangesAsync(stop);
            happened++;
        }
        return happened;
    }

    private static async Task MoveUpAsync(AppDb db, TrainingSession session, Actor by, DateTimeOffset now, CancellationToken stop)
    {
        // A place that falls free within the last hours is given too: nobody is left standing before an empty chair.
        var free = session.Places - await db.TrainingRegistrations.CountAsync(r => r.SessionId == session.Id && r.Status == RegistrationStatus.Registered, stop);
        var next = free <= 0 ? [] : await db.TrainingRegistrations.Include(r => r.Session).Where(r => r.SessionId == session.Id && r.Status == RegistrationStatus.Waiting).OrderBy(r => r.Id).Take(free).ToListAsync(stop);
        var emails = await EmailsAsync(db, next, stop);
        foreach (var one in next)
            one.MoveUp(emails[one.PersonId], by, now);
        await db.SaveChangesAsync(stop);
    }

    private static async Task<Dictionary<long, string>> EmailsAsync(AppDb db, List<TrainingRegistration> registrations, CancellationToken stop)
    {
        var ids = registrations.ConvertAll(one => one.PersonId);
        return await db.People.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Email!, stop);
    }
}
