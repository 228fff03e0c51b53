using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Rounds;

/// <summary>送付の予約: a draft with a time. Until then it is a draft like any other, but for its text, which stays as it was looked at.</summary>
public sealed partial class Round
{
    public DateTimeOffset? SendAt { get; private set; }

    /// <summary>In whose name it will be sent.</summary>
    public long? ScheduledById { get; private set; }

    /// <summary>Why it could not be sent when its time had come.</summary>
    public string? SendProblem { get; private set; }

    /// <summary>Plans the sending, or moves it to another time.</summary>
    public void Schedule(DateTimeOffset at, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotOpen(by));
        if (at <= now)
            throw new Refusal($"予約の時刻（{at.JapaneseMinute()}）は、いまより後にしてください。");
        if (at.DayInJapan() > Due)
            throw new Refusal($"予約の日が、回答期限（{PartialDate.Of(Due).Japanese}）より後です。");
        (SendAt, ScheduledById, SendProblem) = (at, by.PersonId, null);
        Happened(by, now, "round-schedule", at.JapaneseMinute());
    }

    public string? WhyNotUnschedule(Actor by) =>
        !by.Is(Role.Coordinator) ? "予約を取り消せるのは、協働の担当課だけです。"
        : Status is not RoundStatus.Draft ? $"この照会は「{RoundStates.Name(Status)}」です。"
        : SendAt is null ? "予約はありません。"
        : null;

    public void Unschedule(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotUnschedule(by));
        SendAt = null;
        Happened(by, now, "round-unschedule");
    }

    private void FailToSend(string why, DateTimeOffset now)
    {
        (SendAt, SendProblem) = (null, why);
        Happened(Actor.Program, now, "round-not-sent", why);
    }

    private bool IsDueToSend(DateTimeOffset now) => Status is RoundStatus.Draft && SendAt <= now;

    /// <summary>The rounds whose time has come.</summary>
    public static Task<List<long>> DueToSendAsync(AppDb db, DateTimeOffset now, CancellationToken stop = default) =>
        db.Rounds.Where(r => r.Status == RoundStatus.Draft && r.SendAt <= now).OrderBy(r => r.SendAt).Select(r => r.Id).ToListAsync(stop);

    /// <summary>
    /// Sends a round whose time has come, in the name of the one who planned it. Of two nodes that try at once, the second finds it sent.
    /// </summary>
    public static async Task<bool> SendScheduledAsync(AppDb db, long id, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        if (await db.Rounds.WithInquiries().FirstOrDefaultAsync(r => r.Id == id, stop) is not { } round || !round.IsDueToSend(now))
            return false;
        var today = now.DayInJapan();
        var by = round.ScheduledById is { } person ? await db.ActorAsync(person, today, stop) : null;
        var respondents = await db.MailAddressesAsync(Role.Respondent, round.Inquiries.Select(i => i.UnitId), today, stop);
        var why = round.WhyNotOpen(by ?? Actor.Program);
        if (why is null)
            round.Open(by!, now, respondents);
        else
            round.FailToSend(why, now);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return why is null;
    }
}
