using Kyodo.Common;
using Kyodo.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Rounds;

/// <summary>照会先: what one unit has been asked in one round, with its own status and dates.</summary>
public sealed partial class Inquiry : Record
{
    private const int MostReason = 400;

    private Inquiry()
    {
    }

    internal Inquiry(OrgUnit unit)
    {
        (Unit, UnitId) = (unit, unit.Id);
    }

    public long Id { get; private set; }

    public long RoundId { get; private set; }

    public Round Round { get; private set; } = null!;

    public long UnitId { get; private set; }

    public OrgUnit Unit { get; private set; } = null!;

    public InquiryStatus Status { get; private set; }

    /// <summary>該当なし, with its reason: an answer like any other.</summary>
    public string? NilReason { get; private set; }

    public DateTimeOffset? ReceivedAt { get; private set; }

    public DateTimeOffset? SubmittedAt { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    public DateTimeOffset? TouchedAt { get; private set; }

    /// <summary>What was said when it was last sent back or asked back.</summary>
    public string? ReturnedBecause { get; private set; }

    public override string AuditName => $"inquiry/{Id}";

    public override MailPlace PlaceOfMails() => new($"/staff/cases/{Id}", RoundId, Id);

    public bool IsEditable => InquiryStates.IsEditable(Status);

    public bool IsLate(DateOnly today) => Due < today && InquiryStates.IsAwaited(Status);

    public bool MayBeAnsweredBy(Actor by) => by.Is(Role.Respondent, UnitId) || by.Is(Role.Coordinator);

    internal void Send(Actor by, DateTimeOffset now, IEnumerable<string> addresses, Mail draft)
    {
        Move(InquiryVerb.Send, by, now);
        foreach (var address in addresses)
            Tell(draft with { To = address });
    }

    public string? WhyNotReceive(Actor by) =>
        !MayBeAnsweredBy(by) ? "受取の記録は、照会先の担当者が行います。" : InquiryStates.WhyNot(Status, InquiryVerb.Receive);

    public void Receive(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotReceive(by));
        Move(InquiryVerb.Receive, by, now);
        ReceivedAt = now;
    }

    public string? WhyNotAnswer(Actor by, DateTimeOffset now) =>
        !MayBeAnsweredBy(by) ? "回答できるのは、照会先の担当者です。"
        : Round.Status is not RoundStatus.Open ? $"この照会は「{RoundStates.Name(Round.Status)}」のため、回答を変えられません。"
        : InquiryStates.WhyNot(Status, InquiryVerb.Answer) ?? WhyAbolished(by, now) ?? WhyTooLate(now);

    /// <summary>A case was written or changed. The first touch also counts as the receipt.</summary>
    public void MarkAnswering(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotAnswer(by, now));
        if (Status is not InquiryStatus.Answering)
            Move(InquiryVerb.Answer, by, now);
        ReceivedAt ??= now;
        TouchedAt = now;
    }

    /// <summary>The verb under which the audit trail keeps a file that was taken in.</summary>
    public const string FileTaken = "file-taken";

    /// <summary>A file of cases was taken in as a whole; its hash knows it again when it comes twice.</summary>
    public void TakeFile(int rows, string hash, Actor by, DateTimeOffset now)
    {
        MarkAnswering(by, now);
        Happened(by, now, FileTaken, $"{rows}行 sha256:{hash}");
    }

    public void SayNil(string reason, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotAnswer(by, now));
        if (TextForms.Clean(reason) is not { Length: > 0 and <= 400 } clean)
            throw new Refusal("該当なしの理由を400字以内で書いてください。例: 今年度は協働で行う予算事業がありません。");
        MarkAnswering(by, now);
        NilReason = clean;
        Happened(by, now, "nil-return", clean);
    }

    public void WithdrawNil(Actor by, DateTimeOffset now)
    {
        MarkAnswering(by, now);
        NilReason = null;
    }

    public string? WhyNotSubmit(Actor by, DateTimeOffset now, int cases) =>
        !MayBeAnsweredBy(by) ? "提出できるのは、照会先の担当者です。"
        : Round.Status is not RoundStatus.Open ? $"この照会は「{RoundStates.Name(Round.Status)}」のため、提出できません。"
        : (InquiryStates.WhyNot(Status, InquiryVerb.Submit) ?? WhyAbolished(by, now) ?? WhyTooLate(now)) is { } why ? why
        : cases == 0 && NilReason is null && HasRelayed && !AllRelayedArrived
            ? $"再照会した回答がまだそろっていません（{string.Join("、", Relayed.Where(one => InquiryStates.IsAwaited(one.Status)).Select(one => one.Unit.Name).Take(3))}）。そろえば、自分の組織の事例がなくても提出できます。"
        : cases == 0 && NilReason is null && !HasRelayed ? "事例が1件もありません。事例を書くか、「該当なし」を理由とともに回答してください。"
        : cases > 0 && NilReason is not null ? "事例があるのに「該当なし」になっています。どちらかを取り消してください。"
        : null;

    public void MarkAwaitingApproval(Actor by, DateTimeOffset now, int cases)
    {
        Refusal.If(WhyNotSubmit(by, now, cases));
        Move(InquiryVerb.Submit, by, now);
        SubmittedAt = now;
    }

    public void MarkRecalled(Actor by, DateTimeOffset now) => Move(InquiryVerb.Recall, by, now);

    public void MarkSentBack(Actor by, DateTimeOffset now, string reason, IEnumerable<string> addresses) => Return(InquiryVerb.SendBack, by, now, reason, addresses);

    /// <summary>Approved: it has arrived, or it waits for the unit above that relayed it.</summary>
    /// <param name="checkers">Mail addresses of those who answer for that unit.</param>
    public void MarkAnswered(Actor by, DateTimeOffset now, IEnumerable<string>? checkers = null)
    {
        if (ParentId is null)
        {
            Move(InquiryVerb.Approve, by, now);
            AnsweredAt = now;
            return;
        }
        Move(InquiryVerb.ApproveUpward, by, now);
        AskForCheck(Parent!, now, checkers);
    }

    public string? WhyNotAskBack(Actor by) =>
        !by.Is(Role.Coordinator) ? "再照会できるのは、協働の担当課だけです。" : InquiryStates.WhyNot(Status, InquiryVerb.AskBack);

    /// <summary>The partnership division asks the unit to look again.</summary>
    public void AskBack(string reason, Actor by, DateTimeOffset now, IEnumerable<string> addresses)
    {
        Refusal.If(WhyNotAskBack(by));
        Return(InquiryVerb.AskBack, by, now, reason, addresses);
    }

    public string? WhyNotAccept(Actor by) =>
        !by.Is(Role.Coordinator) ? "受理できるのは、協働の担当課だけです。" : InquiryStates.WhyNot(Status, InquiryVerb.Accept);

    public void Accept(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotAccept(by));
        Move(InquiryVerb.Accept, by, now);
        AcceptedAt = now;
    }

    public string? WhyNotUnaccept(Actor by) =>
        !by.Is(Role.Coordinator) ? "受理を取り消せるのは、協働の担当課だけです。" : InquiryStates.WhyNot(Status, InquiryVerb.Unaccept);

    /// <summary>Takes the acceptance back; the reply stands as it arrived.</summary>
    public void Unaccept(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotUnaccept(by));
        Move(InquiryVerb.Unaccept, by, now);
        AcceptedAt = null;
    }

    public string? WhyNotRemind(Actor by) =>
        !by.Is(Role.Coordinator) && !IsRelayedBy(by) ? "催促できるのは、協働の担当課と、再照会した組織の担当者です。"
        : Round.Status is not RoundStatus.Open ? $"この照会は「{RoundStates.Name(Round.Status)}」です。"
        : InquiryStates.IsGone(Status) ? $"この照会は「{InquiryStates.Name(Status)}」です。"
        : !InquiryStates.IsAwaited(Status) ? "回答は届いています。"
        : null;

    /// <summary>Asks those who have not answered yet; once a day at most.</summary>
    public void Remind(Actor by, DateTimeOffset now, IEnumerable<string> addresses)
    {
        Refusal.If(WhyNotRemind(by));
        foreach (var address in addresses)
            Tell(this.ReminderOf(MailKind.Asked, address, AskedOnce(now.DayInJapan()), now));
        Happened(by, now, "inquiry-remind");
    }

    /// <summary>Names the one reminder of a day.</summary>
    internal string AskedOnce(DateOnly day) => $"remind/{Id}/{day:yyyy-MM-dd}";

    internal void TellResult(Letter notice, DateTimeOffset now, IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
            Tell(this.MailOf(MailKind.ResultNotice, address, $"round-notice/{RoundId}/{UnitId}", now, ("本文", notice.Body), ("担当", notice.Contact)));
    }

    private string? WhyTooLate(DateTimeOffset now) => now.DayInJapan() > LastDay
        ? $"回答の受付は{PartialDate.Of(LastDay).Japanese}で終わりました。協働の担当課（{Round.OfficerInCharge}）に連絡してください。書いたものは残っています。"
        : null;

    private void Return(InquiryVerb verb, Actor by, DateTimeOffset now, string reason, IEnumerable<string> addresses)
    {
        if (TextForms.Clean(reason) is not { Length: > 0 and <= 2000 } clean)
            throw new Refusal("どこをどう直してほしいかを、2000字以内で書いてください。");
        Move(verb, by, now, clean);
        ReturnedBecause = clean;
        (CheckerId, Checker) = (null, null);
        foreach (var address in addresses)
            Tell(this.MailOf(MailKind.Returned, address, $"returned/{Id}/{now.ToUnixTimeSeconds()}", now, ("理由", clean)));
    }

    private void Move(InquiryVerb verb, Actor by, DateTimeOffset now, string? reason = null)
    {
        Refusal.If(InquiryStates.WhyNot(Status, verb));
        Status = InquiryStates.Table.After(Status, verb)!.Value;
        TouchedAt = now;
        Happened(by, now, $"inquiry-{verb.ToString().ToLowerInvariant()}", reason);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Inquiry>
    {
        public void Configure(EntityTypeBuilder<Inquiry> builder)
        {
            builder.ToTable("inquiries");
            builder.Property(i => i.NilReason).HasMaxLength(400);
            builder.Property(i => i.ReturnedBecause).HasMaxLength(2000);
            builder.HasOne(i => i.Round).WithMany(r => r.Inquiries).HasForeignKey(i => i.RoundId);
            builder.HasOne(i => i.Unit).WithMany().HasForeignKey(i => i.UnitId).OnDelete(DeleteBehavior.Restrict);
            builder.Property(i => i.Message).HasMaxLength(MostMessage);
            builder.Property(i => i.ExtensionReason).HasMaxLength(MostReason);
            builder.Property(i => i.PassedOnBecause).HasMaxLength(MostReason);
            builder.HasOne(i => i.Parent).WithMany(i => i.Relayed).HasForeignKey(i => i.ParentId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(i => i.Checker).WithMany().HasForeignKey(i => i.CheckerId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(i => i.PassedFrom).WithMany().HasForeignKey(i => i.PassedFromId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(i => new { i.RoundId, i.UnitId }).IsUnique();
        }
    }
}
