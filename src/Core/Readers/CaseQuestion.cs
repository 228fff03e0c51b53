using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Readers;

/// <summary>事例への質問: what somebody on the staff asks the unit in charge. All staff read the question and its answer.</summary>
public sealed class CaseQuestion : Record
{
    public const int MostText = 1000;
    public const int MostAnswer = 2000;

    private CaseQuestion()
    {
    }

    /// <param name="addresses">Mail addresses of those who answer for the unit in charge.</param>
    public CaseQuestion(PublishedCase one, OrgUnit? unit, string askedFrom, string? text, Actor by, DateTimeOffset now, IEnumerable<string> addresses)
    {
        Refusal.If(WhyNotAsk(by));
        if (TextForms.Clean(text) is not { Length: > 0 and <= MostText } clean)
            throw new Refusal($"質問を{MostText}字以内で書いてください。");
        (CaseId, CaseTitle, Unit, UnitId, UnitName) = (one.CaseId, one.Title, unit, unit?.Id, one.UnitName);
        (Text, PersonId, AskedBy, AskedFrom, AskedAt) = (clean, by.PersonId, by.Name, askedFrom, now);
        Happened(by, now, "case-question", clean);
        foreach (var address in addresses)
            Tell(MailOf(MailKind.CaseQuestionAsked, address, $"case-question/{one.CaseId}/{by.PersonId}/{now.ToUnixTimeMilliseconds()}"));
    }

    public long Id { get; private set; }

    public string CaseId { get; private set; } = "";

    public string CaseTitle { get; private set; } = "";

    public long? UnitId { get; private set; }

    public OrgUnit? Unit { get; private set; }

    /// <summary>The unit in charge as the edition names it.</summary>
    public string UnitName { get; private set; } = "";

    public string Text { get; private set; } = "";

    public long? PersonId { get; private set; }

    public string AskedBy { get; private set; } = "";

    /// <summary>The unit of the one who asks.</summary>
    public string AskedFrom { get; private set; } = "";

    public DateTimeOffset AskedAt { get; private set; }

    public string? Answer { get; private set; }

    public string? AnsweredBy { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public override string AuditName => $"case-question/{Id}";

    public override MailPlace PlaceOfMails() => new($"/staff/casebook/cases/{CaseId}", null, null);

    public static string? WhyNotAsk(Actor by) => by.Duties.Count > 0 ? null : "質問できるのは、庁内の職員だけです。";

    public string? WhyNotAnswer(Actor by) => ReaderRules.IsInCharge(UnitId, by) ? null : $"答えられるのは、{UnitName}の担当者と協働の担当課だけです。";

    /// <summary>Answers, or puts an answer right; the one who asked gets a mail.</summary>
    /// <param name="asker">The mail address of the one who asked; null where they are gone.</param>
    public void Reply(string? answer, Actor by, DateTimeOffset now, string? asker)
    {
        Refusal.If(WhyNotAnswer(by));
        if (TextForms.Clean(answer) is not { Length: > 0 and <= MostAnswer } clean)
            throw new Refusal($"答えを{MostAnswer}字以内で書いてください。");
        if (clean == Answer)
            return;
        (Answer, AnsweredBy, AnsweredAt) = (clean, by.Name, now);
        Happened(by, now, "case-question-answered", clean);
        if (asker is not null)
            Tell(MailOf(MailKind.CaseQuestionAnswered, asker, $"case-question/{Id}/answered/{now.ToUnixTimeMilliseconds()}"));
    }

    private Mail MailOf(MailKind kind, string to, string once) => new(to, kind, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["事例"] = CaseTitle,
        ["組織"] = UnitName,
        ["質問者"] = AskedFrom.Length > 0 ? $"{AskedFrom} {AskedBy}" : AskedBy,
        ["質問"] = Text,
        ["答え"] = Answer ?? "",
    }, once);

    internal sealed class Mapping : IEntityTypeConfiguration<CaseQuestion>
    {
        public void Configure(EntityTypeBuilder<CaseQuestion> builder)
        {
            builder.ToTable("case_questions");
            builder.Property(q => q.CaseId).HasMaxLength(PublicId.Length);
            builder.Property(q => q.CaseTitle).HasMaxLength(200);
            builder.Property(q => q.UnitName).HasMaxLength(100);
            builder.Property(q => q.Text).HasMaxLength(MostText);
            builder.Property(q => q.AskedBy).HasMaxLength(60);
            builder.Property(q => q.AskedFrom).HasMaxLength(100);
            builder.Property(q => q.Answer).HasMaxLength(MostAnswer);
            builder.Property(q => q.AnsweredBy).HasMaxLength(60);
            builder.HasOne(q => q.Unit).WithMany().HasForeignKey(q => q.UnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(q => q.CaseId);
            builder.HasIndex(q => q.AskedAt);
        }
    }
}
