using Kyodo.Common;
using Kyodo.Organizations;

namespace Kyodo.Rounds;

/// <summary>再照会: a unit asks the units below it, and checks what they answer on its way up.</summary>
public sealed partial class Inquiry
{
    private const int MostMessage = 2000;

    /// <summary>The inquiry that it was relayed from, in the same round; null where the partnership division asked the unit itself.</summary>
    public long? ParentId { get; private set; }

    public Inquiry? Parent { get; private set; }

    public List<Inquiry> Relayed { get; } = [];

    /// <summary>While it awaits a check: the inquiry whose unit looks at it now.</summary>
    public long? CheckerId { get; private set; }

    public Inquiry? Checker { get; private set; }

    /// <summary>The units through which it came down, the nearest first: they may read it. Null where it came down through none.</summary>
    public List<long>? UpperUnitIds { get; private set; }

    /// <summary>What the relaying unit wrote to those below.</summary>
    public string? Message { get; private set; }

    /// <summary>The deadline that the relaying unit has set for those below, where it is not the round's.</summary>
    public DateOnly? OwnDue { get; private set; }

    /// <summary>Does any unit below answer through this one? What was taken back does not count.</summary>
    public bool HasRelayed => Relayed.Exists(one => one.Status is not InquiryStatus.Withdrawn);

    /// <summary>Has all that was relayed reached the partnership division?</summary>
    public bool AllRelayedArrived => Relayed.TrueForAll(one => !InquiryStates.IsAwaited(one.Status));

    /// <summary>Is it somebody's who answers for the unit that relayed it?</summary>
    public bool IsRelayedBy(Actor by) => UpperUnitIds is [var nearest, ..] && by.Is(Role.Respondent, nearest);

    public string? WhyNotRelay(Actor by, DateTimeOffset now) =>
        !MayBeAnsweredBy(by) ? "再照会できるのは、照会先の担当者です。"
        : Round.Status is not RoundStatus.Open ? $"この照会は「{RoundStates.Name(Round.Status)}」のため、再照会できません。"
        : InquiryStates.WhyNot(Status, InquiryVerb.Relay) ?? WhyAbolished(by, now) ?? WhyTooLate(now);

    /// <summary>Why it cannot be relayed to this unit. The round must be read with all its inquiries.</summary>
    public string? WhyNotRelayTo(OrgUnit below) =>
        !below.IsBelow(UnitId) ? $"{below.Name}は、{Unit.Name}の下の組織ではありません。"
        : !below.StandsIn(Round.Year) ? $"{below.Name}は{Round.Year.Japanese}の組織ではありません。"
        : Round.Inquiries.Find(one => one.UnitId == below.Id) is { } theirs && !IsWithdrawnFrom(theirs) ? $"{below.Name}には、この照会がもう届いています（{InquiryStates.Name(theirs.Status)}）。"
        : null;

    /// <summary>Asks units below, each by a mail. The round must be read with all its inquiries.</summary>
    /// <param name="ownDue">A deadline of the unit's own, not after its own; null takes the unit's.</param>
    public void Relay(IReadOnlyList<OrgUnit> below, string? message, DateOnly? ownDue, Actor by, DateTimeOffset now, ILookup<long, string> respondents)
    {
        Refusal.If(WhyNotRelay(by, now));
        if (below.Count == 0)
            throw new Refusal("再照会する組織を1つ以上選んでください。");
        foreach (var unit in below)
            Refusal.If(WhyNotRelayTo(unit));
        if (ownDue > Due)
            throw new Refusal($"下の組織の期限は、あなたの組織の回答期限（{PartialDate.Of(Due).Japanese}）より後にはできません。");
        if (ownDue < now.DayInJapan())
            throw new Refusal("下の組織の期限が、もう過ぎた日になっています。");
        var clean = TextForms.Clean(message);
        if (clean.Length > MostMessage)
            throw new Refusal($"下の組織への伝言は{MostMessage}字以内で書いてください。");
        Move(InquiryVerb.Relay, by, now, string.Join("、", below.Select(unit => unit.Name)));
        ReceivedAt ??= now;
        foreach (var unit in below)
            SendBelow(unit, clean.Length > 0 ? clean : null, ownDue ?? Due, by, now, respondents[unit.Id]);
    }

    public string? WhyNotWithdraw(Actor by) =>
        ParentId is null && Parent is null ? "取り下げられるのは、再照会したものだけです。"
        : !by.Is(Role.Coordinator) && !IsRelayedBy(by) ? "再照会を取り下げられるのは、再照会した組織の担当者と、協働の担当課です。"
        : Round.Status is not RoundStatus.Open ? $"この照会は「{RoundStates.Name(Round.Status)}」のため、取り下げられません。"
        : InquiryStates.WhyNot(Status, InquiryVerb.Withdraw);

    /// <summary>再照会の取下げ: the unit below need not answer, as long as it has not begun. It can be asked again.</summary>
    public void Withdraw(Actor by, DateTimeOffset now, IEnumerable<string> addresses)
    {
        Refusal.If(WhyNotWithdraw(by));
        Move(InquiryVerb.Withdraw, by, now, Parent!.Unit.Name);
        foreach (var address in addresses)
            Tell(this.MailOf(MailKind.Withdrawn, address, $"withdrawn/{Id}/{now.ToUnixTimeSeconds()}", now, ("上位", Parent.Unit.Name)));
    }

    public string? WhyNotCheck(Actor by) => WhyNotCheck(InquiryVerb.Check, by);

    /// <summary>点検済み: moves it to the next unit above, or, from the topmost, to the partnership division.</summary>
    /// <param name="respondents">Mail addresses by unit, of the <see cref="NextCheckingUnitId"/>.</param>
    public void Check(Actor by, DateTimeOffset now, ILookup<long, string>? respondents = null)
    {
        Refusal.If(WhyNotCheck(by));
        var next = Checker!.Parent;
        Move(next is null ? InquiryVerb.Check : InquiryVerb.CheckUpward, by, now, Checker.Unit.Name);
        if (next is not null)
        {
            AskForCheck(next, now, respondents?[next.UnitId]);
            return;
        }
        (CheckerId, Checker) = (null, null);
        AnsweredAt = now;
    }

    /// <summary>The unit that would check after the one whose turn it is; null when it would have arrived.</summary>
    public long? NextCheckingUnitId => Checker?.Parent?.UnitId;

    public string? WhyNotReturnFromCheck(Actor by) => WhyNotCheck(InquiryVerb.CheckReturn, by);

    /// <summary>The unit above asks for a correction; it goes through approval and check again.</summary>
    public void ReturnFromCheck(string reason, Actor by, DateTimeOffset now, IEnumerable<string> addresses)
    {
        Refusal.If(WhyNotReturnFromCheck(by));
        Return(InquiryVerb.CheckReturn, by, now, reason, addresses);
    }

    private bool IsWithdrawnFrom(Inquiry theirs) => theirs.Status is InquiryStatus.Withdrawn && (theirs.Parent == this || theirs.ParentId == Id);

    private void AskForCheck(Inquiry upper, DateTimeOffset now, IEnumerable<string>? addresses)
    {
        (CheckerId, Checker) = (upper.Id, upper);
        // Returned and handed in again, it is checked again.
        foreach (var address in addresses ?? [])
            Tell(this.CheckMailOf(address, $"check/{Id}/{upper.Id}/{SubmittedAt?.ToUnixTimeSeconds()}", now));
    }

    private string? WhyNotCheck(InquiryVerb verb, Actor by) =>
        InquiryStates.WhyNot(Status, verb) is { } why ? why
        : Checker is null || (!by.Is(Role.Respondent, Checker.UnitId) && !by.Is(Role.Coordinator)) ? $"点検できるのは、{Checker?.Unit.Name}の担当者です。"
        : null;

    private void SendBelow(OrgUnit unit, string? message, DateOnly due, Actor by, DateTimeOffset now, IEnumerable<string> addresses)
    {
        var again = Round.Inquiries.Find(one => one.UnitId == unit.Id);
        var one = again ?? new Inquiry(unit) { Round = Round, Parent = this, ParentId = Id, UpperUnitIds = [UnitId, .. UpperUnitIds ?? []] };
        (one.Message, one.OwnDue) = (message, due == Round.Due ? null : due);
        if (again is null)
        {
            Round.Inquiries.Add(one);
            Relayed.Add(one);
        }
        one.Send(by, now, addresses, one.MailOf(MailKind.Relayed, "", $"relay/{Id}/{unit.Id}{(again is null ? "" : $"/{now.ToUnixTimeSeconds()}")}", now,
            ("上位", Unit.Name), ("伝言", message ?? ""), ("本文", Round.Letter.Body)));
    }
}
