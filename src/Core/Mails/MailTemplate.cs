using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Mails;

/// <summary>A kind's text as the partnership division wrote it: for all rounds, or for one. Without a row the default stands.</summary>
public sealed class MailTemplate : Record
{
    private MailTemplate()
    {
    }

    public MailTemplate(MailKind kind, long? roundId) => (Key, Kind, RoundId) = (KeyOf(kind, roundId), kind, roundId);

    /// <summary>The kind and, for one round's text, the round: <c>Returned</c> or <c>Returned/12</c>. Two people who write the same one at once make one row.</summary>
    public string Key { get; private set; } = "";

    public MailKind Kind { get; private set; }

    public long? RoundId { get; private set; }

    public string Subject { get; private set; } = "";

    public string Body { get; private set; } = "";

    public MailText Text => new(Subject, Body);

    public override string AuditName => $"mail-template/{Key}";

    public static string KeyOf(MailKind kind, long? roundId) => roundId is null ? $"{kind}" : $"{kind}/{roundId}";

    public static string? WhyNotWrite(Actor by) => by.Is(Role.Coordinator) ? null : "メールの文を変えられるのは、協働の担当課だけです。";

    public void Write(MailText text, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotWrite(by));
        (Subject, Body) = text.Checked(Kind);
        Happened(by, now, "mail-template-written", Subject);
    }

    /// <summary>To be removed with it: the default, or the text for all rounds, stands again.</summary>
    public void GiveUp(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotWrite(by));
        Happened(by, now, "mail-template-default", Subject);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<MailTemplate>
    {
        public void Configure(EntityTypeBuilder<MailTemplate> builder)
        {
            builder.ToTable("mail_templates");
            builder.HasKey(t => t.Key);
            builder.Property(t => t.Key).HasMaxLength(60);
            builder.Property(t => t.Subject).HasMaxLength(200);
            builder.Property(t => t.Body).HasMaxLength(4000);
            builder.Ignore(t => t.Text);
        }
    }
}
