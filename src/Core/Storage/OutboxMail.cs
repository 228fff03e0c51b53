using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Storage;

/// <summary>A mail that waits in the same database as the change it tells of, so that neither is ever without the other.</summary>
public sealed class OutboxMail
{
    private OutboxMail()
    {
    }

    internal OutboxMail(Mail mail, DateTimeOffset now)
    {
        // A subject is one line, and the names in it may be long.
        var subject = mail.Subject.ReplaceLineEndings(" ");
        (To, Subject, Body, Once, QueuedAt) = (mail.To, subject.Length <= 200 ? subject : subject[..199] + "…", mail.Body, mail.Once, now);
    }

    public long Id { get; private set; }

    public string To { get; private set; } = "";

    public string Subject { get; private set; } = "";

    public string Body { get; private set; } = "";

    public string Once { get; private set; } = "";

    public DateTimeOffset QueuedAt { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    public DateTimeOffset? LeasedUntil { get; private set; }

    public int Attempts { get; private set; }

    public string? LastError { get; private set; }

    public void MarkSent(DateTimeOffset now) => (SentAt, LeasedUntil, LastError) = (now, null, null);

    public void MarkFailed(string error) => (Attempts, LastError) = (Attempts + 1, error.Length > 400 ? error[..400] : error);

    internal sealed class Mapping : IEntityTypeConfiguration<OutboxMail>
    {
        public void Configure(EntityTypeBuilder<OutboxMail> builder)
        {
            builder.ToTable("outbox_mails");
            builder.Property(m => m.To).HasMaxLength(254);
            builder.Property(m => m.Subject).HasMaxLength(200);
            builder.Property(m => m.Once).HasMaxLength(120);
            builder.HasIndex(m => new { m.Once, m.To }).IsUnique();
            builder.HasIndex(m => m.SentAt);
        }
    }
}
