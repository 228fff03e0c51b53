using Kyodo.Common;

namespace Kyodo.Rounds;

/// <summary>通知文: tells the units what became of their answers, once they have been published.</summary>
public sealed partial class Round
{
    public Letter Notice { get; private set; } = new();

    public DateTimeOffset? NoticeSentAt { get; private set; }

    public string? WhyNotWriteNotice(Actor by) =>
        !by.Is(Role.Coordinator) ? "通知文を書けるのは、協働の担当課だけです。"
        : Status is RoundStatus.Draft ? "送付していない照会の結果は、通知できません。"
        : NoticeSentAt is { } at ? $"{at.JapaneseMinute()}に通知しました。"
        : null;

    public void WriteNotice(Letter notice, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotWriteNotice(by));
        Notice = notice.Checked("通知文");
        Happened(by, now, "notice-written");
    }

    /// <param name="isPublished">Has a revision been released? Rounds do not know of editions.</param>
    public string? WhyNotNotify(bool isPublished, Actor by) =>
        WhyNotWriteNotice(by)
        ?? (!isPublished ? "まだ公表していません。公表したあとに通知できます。" : Notice.Missing is { } missing ? $"通知文の{missing}を書いて保存してください。" : null);

    /// <summary>Sends the notice to all units of the round, those asked by a relay too.</summary>
    public void Notify(bool isPublished, Actor by, DateTimeOffset now, ILookup<long, string> respondents)
    {
        Refusal.If(WhyNotNotify(isPublished, by));
        NoticeSentAt = now;
        Happened(by, now, "notice-sent", Notice.Number);
        foreach (var inquiry in Inquiries.Where(i => !InquiryStates.IsGone(i.Status)))
            inquiry.TellResult(Notice, now, respondents[inquiry.UnitId]);
    }
}
