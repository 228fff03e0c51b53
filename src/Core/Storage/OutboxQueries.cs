using Kyodo.Mails;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Storage;

/// <summary>
/// What a sender does with the outbox. Each is one UPDATE that wins rows or does not: of two senders at the same moment one has each mail, and
/// who lost a lease, because it ran out, can no longer say what became of the mail.
/// </summary>
public static class OutboxQueries
{
    public static IQueryable<OutboxMail> Waiting(this IQueryable<OutboxMail> mails) => mails.Where(m => m.SentAt == null && m.DiedAt == null && m.GivenUpAt == null);

    public static IQueryable<OutboxMail> Dead(this IQueryable<OutboxMail> mails) => mails.Where(m => m.DiedAt != null && m.GivenUpAt == null && m.SentAt == null);

    /// <summary>Takes mails that are due, the oldest first; none when nothing is.</summary>
    public static async Task<IReadOnlyList<OutboxMail>> LeaseMailsAsync(this AppDb db, string token, DateTimeOffset now, TimeSpan lease, int atMost, CancellationToken stop = default)
    {
        var until = now + lease;
        var due = db.Outbox.Waiting().Where(m => (m.NextAttemptAt == null || m.NextAttemptAt <= now) && (m.LeasedUntil == null || m.LeasedUntil < now)).OrderBy(m => m.Id).Take(atMost).Select(m => m.Id);
        // To look takes no lock; an update takes SQLite's only one, and there is mostly nothing to send.
        if (!await due.AnyAsync(stop))
            return [];
        // The lease is asked of the row itself once more: PostgreSQL looks at it again after waiting for another sender's update.
        var won = await db.Outbox.Waiting().Where(m => due.Contains(m.Id) && (m.LeasedUntil == null || m.LeasedUntil < now))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.LeaseToken, token).SetProperty(m => m.LeasedUntil, until), stop);
        return won == 0 ? [] : await db.Outbox.AsNoTracking().Waiting().Where(m => m.LeaseToken == token).OrderBy(m => m.Id).ToListAsync(stop);
    }

    /// <summary>More time for a mail that is held; false when another sender has it.</summary>
    public static async Task<bool> KeepLeaseAsync(this AppDb db, OutboxMail mail, DateTimeOffset now, TimeSpan lease, CancellationToken stop = default)
    {
        var until = now + lease;
        return await Held(db, mail).ExecuteUpdateAsync(set => set.SetProperty(m => m.LeasedUntil, until), stop) == 1;
    }

    public static async Task<bool> MarkSentAsync(this AppDb db, OutboxMail mail, DateTimeOffset now, CancellationToken stop = default) =>
        await Held(db, mail).ExecuteUpdateAsync(
            // A link that opens a door is of use to one person only: once it is on its way, it stands nowhere here.
            set => set.SetProperty(m => m.SentAt, now).SetProperty(m => m.Page, m => m.Kind != null && MailKinds.OpeningDoors.Contains(m.Kind.Value) ? null : m.Page).SetProperty(m => m.LastError, (string?)null).SetProperty(m => m.LeaseToken, (string?)null).SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null),
            stop) == 1;

    /// <summary>Refused: for good, or once more. After <see cref="OutboxMail.MostAttempts"/> it is a dead letter.</summary>
    public static Task MarkRefusedAsync(this AppDb db, OutboxMail mail, string why, bool forGood, DateTimeOffset now, CancellationToken stop = default)
    {
        var attempts = mail.Attempts + 1;
        DateTimeOffset? died = forGood || attempts >= OutboxMail.MostAttempts ? now : null;
        DateTimeOffset? next = died is null ? now + OutboxMail.DelayAfter(attempts) : null;
        return FreeAsync(db, mail, attempts, why, died, next, stop);
    }

    /// <summary>The server could not be reached: nothing is wrong with the mail, so it waits without counting an attempt.</summary>
    public static Task PutBackAsync(this AppDb db, OutboxMail mail, string why, DateTimeOffset next, CancellationToken stop = default) =>
        FreeAsync(db, mail, mail.Attempts, why, null, next, stop);

    private static Task<int> FreeAsync(AppDb db, OutboxMail mail, int attempts, string why, DateTimeOffset? died, DateTimeOffset? next, CancellationToken stop)
    {
        var kept = why.Length > 400 ? why[..400] : why;
        return Held(db, mail).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.Attempts, attempts).SetProperty(m => m.LastError, kept).SetProperty(m => m.DiedAt, died).SetProperty(m => m.NextAttemptAt, next)
                .SetProperty(m => m.LeaseToken, (string?)null).SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null),
            stop);
    }

    private static IQueryable<OutboxMail> Held(AppDb db, OutboxMail mail) => db.Outbox.Where(m => m.Id == mail.Id && m.LeaseToken == mail.LeaseToken && m.SentAt == null);
}
