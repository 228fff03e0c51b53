using System.Globalization;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Reminders;

/// <summary>週のまとめ: on Monday morning the partnership division reads where its open rounds stand.</summary>
public static class Digest
{
    private const int MostNames = 20;

    private static readonly TimeOnly At = new(8, 30);

    /// <summary>Queues this week's digest when it is due; 1 when it was.</summary>
    public static async Task<int> SendDigestAsync(this AppDb db, DateTimeOffset now, CancellationToken stop = default)
    {
        var monday = LastMonday(now);
        var name = $"digest/{monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        var since = JapanTime.At(monday, At.Hour, At.Minute);
        // After the clock has gone back, a week whose digest has not been sent is an old one.
        if (await db.Set<Occasion>().AnyAsync(o => o.Name.StartsWith("digest/") && o.Name.CompareTo(name) >= 0, stop)
            || !await db.Rounds.AnyAsync(r => r.Status == RoundStatus.Open && r.OpenedAt < since, stop))
            return 0;
        var coordinators = await db.CoordinatorAddressesAsync(now.DayInJapan(), stop);
        if (coordinators.Count == 0)
            return 0;
        var words = new Dictionary<string, string>(StringComparer.Ordinal) { ["日付"] = PartialDate.Of(now.DayInJapan()).Japanese, ["まとめ"] = await db.DigestAsync(now, stop) };
        db.Add(Occasion.Of(name, new MailPlace("/staff/rounds", null, null), coordinators.Select(to => new Mail(to, MailKind.Digest, words, name)), "digest-sent", now));
        await db.SaveChangesAsync(stop);
        return 1;
    }

    /// <summary>The open rounds in words: states, questions without an answer, who is late, which mails did not go out.</summary>
    public static async Task<string> DigestAsync(this AppDb db, DateTimeOffset now, CancellationToken stop = default)
    {
        var today = now.DayInJapan();
        var inquiries = await db.Inquiries.AsNoTrackingWithIdentityResolution().Include(i => i.Unit).Include(i => i.Round)
            .Where(i => i.Round.Status == RoundStatus.Open && i.Status != InquiryStatus.Prepared)
            .OrderBy(i => i.Round.Id).ThenBy(i => i.Unit.Order)
            .ToListAsync(stop);
        var unanswered = await db.Set<RoundQuestion>().Where(q => q.Answer == null).GroupBy(q => q.RoundId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(q => q.Key, q => q.Count, stop);
        var lines = new List<string>();
        foreach (var round in inquiries.GroupBy(i => i.RoundId))
        {
            lines.Add($"■ {round.First().Round.Title}（期限 {PartialDate.Of(round.First().Round.Due).Japanese}、{round.Count()}組織）");
            lines.Add($"　{string.Join("、", round.GroupBy(i => i.Status).OrderBy(g => g.Key).Select(g => $"{InquiryStates.Name(g.Key)} {g.Count()}"))}");
            var late = round.Where(i => i.IsLate(today)).Select(i => i.Unit.Name).ToList();
            if (unanswered.TryGetValue(round.Key, out var questions))
                lines.Add($"　答えていない問い合わせ {questions}件");
            if (late.Count > 0)
                lines.Add($"　期限を過ぎた組織（{late.Count}）: {string.Join("、", late.Take(MostNames))}{(late.Count > MostNames ? $"、ほか{late.Count - MostNames}組織" : "")}");
            lines.Add("");
        }
        var dead = await db.Outbox.Dead().CountAsync(stop);
        var stuck = await db.Outbox.Waiting().CountAsync(m => m.LastError != null, stop);
        lines.Add(dead + stuck == 0 ? "送れなかったメールはありません。" : $"送れなかったメール {dead}通、送り直しているメール {stuck}通（「送信状況」の画面で確かめてください）");
        return string.Join('\n', lines);
    }

    // The last Monday, half past eight in Japan, that has come.
    private static DateOnly LastMonday(DateTimeOffset now)
    {
        var today = now.DayInJapan();
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return JapanTime.At(monday, At.Hour, At.Minute) <= now ? monday : monday.AddDays(-7);
    }
}
