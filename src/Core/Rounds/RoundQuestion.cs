using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Rounds;

/// <summary>問い合わせ: what a unit asks about a round. The question and its answer are read by all units of the round.</summary>
public sealed class RoundQuestion : Record
{
    private const int MostText = 1000;
    private const int MostAnswer = 2000;

    private RoundQuestion()
    {
    }

    /// <param name="coordinators">Mail addresses of those who answer.</param>
    public RoundQuestion(Inquiry inquiry, string? text, bool isAnonymous, Actor by, DateTimeOffset now, IEnumerable<string> coordinators)
    {
        Refusal.If(WhyNotAsk(inquiry, by));
        if (TextForms.Clean(text) is not { Length: > 0 and <= MostText } clean)
            throw new Refusal($"問い合わせを{MostText}字以内で書いてください。");
        (RoundId, Inquiry, InquiryId, IsAnonymous, Text, AskedBy, AskedAt) = (inquiry.RoundId, inquiry, inquiry.Id, isAnonymous, clean, by.Name, now);
        Happened(by, now, "round-question", clean);
        foreach (var address in coordinators)
            Tell(inquiry.MailOf(MailKind.QuestionAsked, address, $"round-question/{InquiryId}/asked/{now.ToUnixTimeMilliseconds()}", now, ("質問", clean), ("質問者", by.Name)));
    }

    public long Id { get; private set; }

    public long RoundId { get; private set; }

    public Round Round { get; private set; } = null!;

    public long InquiryId { get; private set; }

    public Inquiry Inquiry { get; private set; } = null!;

    /// <summary>The other units read 「照会先」 in place of the unit's name.</summary>
    public bool IsAnonymous { get; private set; }

    public string Text { get; private set; } = "";

    public string AskedBy { get; private set; } = "";

    public DateTimeOffset AskedAt { get; private set; }

    public string? Answer { get; private set; }

    public string? AnsweredBy { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public override string AuditName => $"round-question/{Id}";

    // Before it is answered those hear of it who answer; then the one who asked.
    public override MailPlace PlaceOfMails() => Answer is null ? new($"/staff/rounds/{RoundId}/questions", RoundId, InquiryId) : Inquiry.PlaceOfMails();

    public static string? WhyNotAsk(Inquiry inquiry, Actor by) =>
        !inquiry.MayBeAnsweredBy(by) ? "問い合わせできるのは、照会先の担当者です。"
        : inquiry.Round.Status is not RoundStatus.Open ? $"この照会は「{RoundStates.Name(inquiry.Round.Status)}」です。協働の担当課（{inquiry.Round.OfficerInCharge}）に連絡してください。"
        : null;

    public string? WhyNotAnswer(Actor by) => by.Is(Role.Coordinator) ? null : "答えられるのは、協働の担当課だけです。";

    /// <summary>Answers, or puts an answer right; the unit that asked gets a mail.</summary>
    public void Reply(string? answer, Actor by, DateTimeOffset now, IEnumerable<string> addresses)
    {
        Refusal.If(WhyNotAnswer(by));
        if (TextForms.Clean(answer) is not { Length: > 0 and <= MostAnswer } clean)
            throw new Refusal($"答えを{MostAnswer}字以内で書いてください。");
        if (clean == Answer)
            return;
        (Answer, AnsweredBy, AnsweredAt) = (clean, by.Name, now);
        Happened(by, now, "round-question-answered", clean);
        foreach (var address in addresses)
            Tell(Inquiry.MailOf(MailKind.QuestionAnswered, address, $"round-question/{Id}/{now.ToUnixTimeSeconds()}", now, ("質問", Text), ("答え", clean)));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<RoundQuestion>
    {
        public void Configure(EntityTypeBuilder<RoundQuestion> builder)
        {
            builder.ToTable("round_questions");
            builder.Property(q => q.Text).HasMaxLength(MostText);
            builder.Property(q => q.AskedBy).HasMaxLength(60);
            builder.Property(q => q.Answer).HasMaxLength(MostAnswer);
            builder.Property(q => q.AnsweredBy).HasMaxLength(60);
            builder.HasOne(q => q.Round).WithMany().HasForeignKey(q => q.RoundId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(q => q.Inquiry).WithMany().HasForeignKey(q => q.InquiryId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
