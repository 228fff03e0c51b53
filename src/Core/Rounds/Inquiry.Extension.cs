using Kyodo.Common;

namespace Kyodo.Rounds;

/// <summary>期限の延長: one unit's later deadline, with its reason.</summary>
public sealed partial class Inquiry
{
    public DateOnly? ExtendedTo { get; private set; }

    public string? ExtensionReason { get; private set; }

    /// <summary>The deadline of this unit.</summary>
    public DateOnly Due => ExtendedTo ?? OwnDue ?? Round.Due;

    /// <summary>The last day for this unit: one that was sent back stays in the time for corrections, also while it writes them.</summary>
    public DateOnly LastDay
    {
        get
        {
            var last = ReturnedBecause is null ? Round.LastNew : Round.LastCorrection;
            return Due > last ? Due : last;
        }
    }

    public string? WhyNotExtend(Actor by) =>
        !by.Is(Role.Coordinator) && !IsRelayedBy(by) ? "期限を延ばせるのは、協働の担当課と、再照会した組織の担当者です。"
        : Round.Status is not RoundStatus.Open ? $"この照会は「{RoundStates.Name(Round.Status)}」です。"
        : InquiryStates.IsGone(Status) ? $"この照会は「{InquiryStates.Name(Status)}」です。"
        : !InquiryStates.IsAwaited(Status) ? "回答は届いています。"
        : null;

    /// <summary>Gives the unit until <paramref name="to"/>. A unit above gives no later day than it has itself.</summary>
    public void Extend(DateOnly to, string reason, Actor by, DateTimeOffset now, IEnumerable<string> addresses)
    {
        Refusal.If(WhyNotExtend(by));
        if (to <= Due)
            throw new Refusal($"延ばす先の日は、いまの期限（{PartialDate.Of(Due).Japanese}）より後にしてください。");
        if (to < now.DayInJapan())
            throw new Refusal("延ばす先の日が、もう過ぎています。");
        if (!by.Is(Role.Coordinator) && to > Parent!.Due)
            throw new Refusal($"あなたの組織の回答期限（{PartialDate.Of(Parent.Due).Japanese}）より後には延ばせません。協働の担当課（{Round.OfficerInCharge}）に頼んでください。");
        if (TextForms.Clean(reason) is not { Length: > 0 and <= MostReason } clean)
            throw new Refusal($"期限を延ばす理由を{MostReason}字以内で書いてください。");
        (ExtendedTo, ExtensionReason) = (to, clean);
        Happened(by, now, "inquiry-extend", $"{PartialDate.Of(to).Japanese}まで: {clean}");
        foreach (var address in addresses)
            Tell(this.MailOf(MailKind.Extended, address, $"extended/{Id}/{to:yyyy-MM-dd}", now, ("理由", clean)) with { Calendar = () => DeadlineCalendar.Of(this, now) });
    }
}
