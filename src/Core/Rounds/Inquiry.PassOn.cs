using Kyodo.Common;
using Kyodo.Organizations;

namespace Kyodo.Rounds;

/// <summary>移送: the wrong unit was asked, or the unit is no more; another one takes the inquiry over.</summary>
public sealed partial class Inquiry
{
    /// <summary>The inquiry that was passed on to this unit.</summary>
    public long? PassedFromId { get; private set; }

    public Inquiry? PassedFrom { get; private set; }

    /// <summary>Why it was passed on to this unit.</summary>
    public string? PassedOnBecause { get; private set; }

    /// <summary>Has the unit ended while the round went on?</summary>
    public bool IsAbolished(DateOnly today) => Unit.LastYear < FiscalYear.Of(today) || Unit.LastYear < Round.Year;

    public string? WhyNotPassOn(Actor by, DateTimeOffset now) =>
        !MayBeAnsweredBy(by) ? "移送できるのは、照会先の担当者です。"
        : Round.Status is not RoundStatus.Open ? $"この照会は「{RoundStates.Name(Round.Status)}」のため、移送できません。"
        : InquiryStates.WhyNot(Status, InquiryVerb.PassOn) ?? WhyAbolished(by, now);

    /// <summary>Why this unit cannot take it. The round must be read with all its inquiries.</summary>
    public string? WhyNotPassOnTo(OrgUnit other) =>
        other.Id == UnitId ? "移送先には、別の組織を選んでください。"
        : !other.StandsIn(Round.Year) ? $"{other.Name}は{Round.Year.Japanese}の組織ではありません。"
        : Round.Inquiries.Find(one => one.UnitId == other.Id) is not { } theirs || MayGoBackTo(theirs) ? null
        : $"{other.Name}には、この照会がもう届いています（{InquiryStates.Name(theirs.Status)}）。移送はいりません。";

    /// <summary>
    /// Hands the inquiry to another unit, with what was relayed from it; the unit that it came from takes its own up again. The round must
    /// be read with all its inquiries.
    /// </summary>
    /// <returns>The inquiry of the other unit.</returns>
    public Inquiry PassOn(OrgUnit other, string reason, Actor by, DateTimeOffset now, IEnumerable<string> addresses)
    {
        Refusal.If(WhyNotPassOn(by, now));
        Refusal.If(WhyNotPassOnTo(other));
        if (TextForms.Clean(reason) is not { Length: > 0 and <= MostReason } clean)
            throw new Refusal($"移送する理由を{MostReason}字以内で書いてください。例: この事業は{other.Name}が担当しています。");
        Move(InquiryVerb.PassOn, by, now, $"{other.Name}へ: {clean}");
        var theirs = Round.Inquiries.Find(one => one.UnitId == other.Id) ?? NewFor(other);
        (theirs.PassedFrom, theirs.PassedOnBecause) = (this, clean);
        foreach (var below in Round.Inquiries.Where(one => one.UpperUnitIds?.Contains(UnitId) is true))
            below.FollowTo(this, theirs);
        theirs.TakeOver(by, now, addresses, theirs.MailOf(MailKind.PassedOn, "", $"passed-on/{Id}/{now.ToUnixTimeSeconds()}", now,
            ("移送元", Unit.Name), ("理由", clean), ("本文", Round.Letter.Body)));
        return theirs;
    }

    private bool MayGoBackTo(Inquiry theirs) => theirs.Status is InquiryStatus.PassedOn && theirs == PassedFrom;

    private Inquiry NewFor(OrgUnit other)
    {
        var one = new Inquiry(other)
        {
            Round = Round,
            Parent = Parent,
            ParentId = ParentId,
            UpperUnitIds = UpperUnitIds is null ? null : [.. UpperUnitIds],
            Message = Message,
            OwnDue = OwnDue,
            ExtendedTo = ExtendedTo,
            ExtensionReason = ExtensionReason,
        };
        Round.Inquiries.Add(one);
        return one;
    }

    private void TakeOver(Actor by, DateTimeOffset now, IEnumerable<string> addresses, Mail draft)
    {
        Move(Status is InquiryStatus.Prepared ? InquiryVerb.Send : InquiryVerb.PassBack, by, now);
        foreach (var address in addresses)
            Tell(draft with { To = address });
    }

    // What came down through the unit now comes down through the one that took over.
    private void FollowTo(Inquiry before, Inquiry after)
    {
        UpperUnitIds = [.. UpperUnitIds!.Select(id => id == before.UnitId ? after.UnitId : id)];
        if (Parent == before)
            Parent = after;
        if (Checker == before)
            Checker = after;
    }

    private string? WhyAbolished(Actor by, DateTimeOffset now) => IsAbolished(now.DayInJapan()) && !by.Is(Role.Coordinator)
        ? $"{Unit.Name}は{Unit.LastYear!.Value.Japanese}までの組織です。この照会は、協働の担当課（{Round.OfficerInCharge}）が後継の組織へ移送します。書いたものは残っています。"
        : null;
}
