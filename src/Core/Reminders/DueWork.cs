using System.Globalization;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Reminders;

/// <summary>
/// What time alone brings about: reminders before a deadline, a word when it has passed, one to the superiors later, and the week's digest.
/// Running it again, on another node or with another clock, sends nothing twice: whatever has happened has its <see cref="Occasion"/>.
/// </summary>
public static class DueWork
{
    /// <summary>Queues the mails that are due; how many occasions there were.</summary>
    public static async Task<int> RunDueWorkAsync(this AppDb db, DateTimeOffset now, CancellationToken stop = default)
    {
        var happened = 0;
        var rounds = await db.Rounds.Where(r => r.Status == RoundStatus.Open).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(stop);
        foreach (var round in rounds)
            happened += await RemindAsync(db, round, now, stop);
        return happened + await db.SendDigestAsync(now, stop);
    }

    private static async Task<int> RemindAsync(AppDb db, long roundId, DateTimeOffset now, CancellationToken stop)
    {
        var awaited = await db.Inquiries.AsNoTrackingWithIdentityResolution()
            .Include(i => i.Unit).Include(i => i.Checker).ThenInclude(i => i!.Unit).Include(i => i.Round).ThenInclude(r => r.Programme)
            .Where(i => i.RoundId == roundId && InquiryStates.Awaited.Contains(i.Status))
            .ToListAsync(stop);
        if (awaited.Count == 0)
            return 0;
        var gone = (await db.Set<Occasion>().Where(o => o.RoundId == roundId).Select(o => o.Name).ToListAsync(stop)).ToHashSet(StringComparer.Ordinal);
        var due = awaited.SelectMany(inquiry => DueFor(inquiry, gone, now).Select(what => (Inquiry: inquiry, What: what))).ToList();
        if (due.Count == 0)
            return 0;
        var people = await db.ThoseAwaitedAsync(due.ConvertAll(d => d.Inquiry), now.DayInJapan(), stop);
        var happened = 0;
        foreach (var (inquiry, what) in due)
        {
            var addresses = (what.Kind is MailKind.Escalation ? people.Above(inquiry) : people.Of(inquiry)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            if (addresses.Count == 0)
                continue;
            db.Add(Occasion.Of(what.Name, inquiry.PlaceOfMails(), addresses.Select(to => inquiry.ReminderOf(what.Kind, to, what.Name, now)), what.Verb, now));
            happened++;
        }
        await db.SaveChangesAsync(stop);
        return happened;
    }

    /// <summary>What an inquiry that is still awaited must be told now, and has not been told.</summary>
    internal static IEnumerable<(string Name, MailKind Kind, string Verb)> DueFor(Inquiry inquiry, IReadOnlySet<string> gone, DateTimeOffset now)
    {
        var (today, due, plan) = (now.DayInJapan(), inquiry.Due, inquiry.Round.Reminders);
        string Named(string what) => $"{what}/{inquiry.Id}/{due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        if (today <= due)
        {
            // Of several stages that have come at once the most urgent speaks for all, and after it no less urgent one does.
            var sent = inquiry.Round.OpenedAt?.DayInJapan() ?? DateOnly.MinValue;
            var come = plan.DaysBefore.Where(days => OfficeDays.OnOrBefore(due.AddDays(-days)) is var day && day <= today && day > sent).DefaultIfEmpty(-1).Min();
            if (come >= 0 && !Enumerable.Range(0, come + 1).Any(days => gone.Contains(Stage(days))))
                yield return (Stage(come), today == due ? MailKind.DueToday : MailKind.Reminder, "inquiry-reminded");
            yield break;
        }
        if (today >= OfficeDays.OnOrAfter(due.AddDays(1)) && !gone.Contains(Named("overdue")))
            yield return (Named("overdue"), MailKind.Overdue, "inquiry-overdue");
        if (plan.EscalateAfter is { } after && today >= OfficeDays.OnOrAfter(due.AddDays(after)) && !gone.Contains(Named("escalated")))
            yield return (Named("escalated"), MailKind.Escalation, "inquiry-escalated");

        string Stage(int days) => $"{Named("before")}/{days:00}";
    }
}
