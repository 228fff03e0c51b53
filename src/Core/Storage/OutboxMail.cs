using Kyodo.Common;
using Kyodo.Mails;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Storage;

public enum MailStatus
{
    Waiting,
    Sent,
    Dead,
    GivenUp,
}

/// <summary>A mail that waits in the same database as the change it tells of, so that neither is ever without the other.</summary>
public sealed class OutboxMail : Record
{
    /// <summary>A mail that was refused for a time so often is dead.</summary>
    public const int MostAttempts = 8;

    private static readonly TimeSpan[] Delays =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12)];

    private OutboxMail()
    {
    }

    internal OutboxMail(Mail mail, MailText text, MailPlace place, DateTimeOffset now)
    {
        // A subject is one line, and the names in it may be long.
        var subject = OneLine(text.Subject);
        (To, Subject, Body, Once, QueuedAt) = (mail.To, subject.Length <= 200 ? subject : subject[..199] + "…", text.Body, mail.Once, now);
        (Kind, Page, RoundId, InquiryId, Calendar) = (mail.Kind, place.Page, place.RoundId, place.InquiryId, mail.Calendar?.Invoke());
    }

    public long Id { get; private set; }

    public MailKind? Kind { get; private set; }

    public string To { get; private set; } = "";

    public string Subject { get; private set; } = "";

    /// <summary>With <see cref="MailText.LinkPlace"/> where the address of the page comes.</summary>
    public string Body { get; private set; } = "";

    /// <summary>The page that the mail leads to, as a path.</summary>
    public string? Page { get; private set; }

    public long? RoundId { get; private set; }

    public long? InquiryId { get; private set; }

    /// <summary>An iCalendar text that goes with it.</summary>
    public string? Calendar { get; private set; }

    public string Once { get; private set; } = "";

    public DateTimeOffset QueuedAt { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>Refused for good, or too often: a dead letter, until somebody sends it again or gives it up.</summary>
    public DateTimeOffset? DiedAt { get; private set; }

    public DateTimeOffset? GivenUpAt { get; private set; }

    public DateTimeOffset? LeasedUntil { get; private set; }

    /// <summary>Who holds the lease: only the holder may say what became of the mail.</summary>
    public string? LeaseToken { get; private set; }

    public DateTimeOffset? NextAttemptAt { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Why it has not gone out yet, in words.</summary>
    public string? LastError { get; private set; }

    public MailStatus Status =>
        SentAt is not null ? MailStatus.Sent
        : GivenUpAt is not null ? MailStatus.GivenUp
        : DiedAt is not null ? MailStatus.Dead
        : MailStatus.Waiting;

    public override string AuditName => $"mail/{Id}";

    /// <summary>A mail by which an operator tries the settings; it is never kept.</summary>
    public static OutboxMail Test(string to, DateTimeOffset now) =>
        new(new Mail(to, "", "", "test"), new MailText("【試験】協働 Kyodo からのメール", "このメールが読めれば、メールの設定は正しくできています。\n"), default, now);

    /// <summary>How long to wait after so many attempts, 1 or more: minutes at first, half a day at last.</summary>
    public static TimeSpan DelayAfter(int attempts) => Delays[Math.Clamp(attempts, 1, Delays.Length) - 1];

    public string? WhyNotRetry(Actor by) => WhyNotDecide(by);

    public void Retry(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotRetry(by));
        (DiedAt, Attempts, NextAttemptAt, LeasedUntil, LeaseToken) = (null, 0, null, null, null);
        Happened(by, now, "mail-retried", LastError);
    }

    public string? WhyNotGiveUp(Actor by) => WhyNotDecide(by);

    public void GiveUp(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotGiveUp(by));
        GivenUpAt = now;
        Happened(by, now, "mail-given-up", LastError);
    }

    private string? WhyNotDecide(Actor by) =>
        !by.Is(Role.Coordinator) && !by.Is(Role.Administrator) ? "メールを送り直せるのは、協働の担当課と管理者だけです。"
        : Status is not MailStatus.Dead ? "送れなかったメールではありません。"
        : null;

    // Nothing in a name may begin a header of its own.
    private static string OneLine(string text) => string.Concat(text.ReplaceLineEndings(" ").Select(c => char.IsControl(c) ? ' ' : c)).Trim();

    internal sealed class Mapping : IEntityTypeConfiguration<OutboxMail>
    {
        public void Configure(EntityTypeBuilder<OutboxMail> builder)
        {
            builder.ToTable("outbox_mails");
            builder.Property(m => m.To).HasMaxLength(254);
            builder.Property(m => m.Subject).HasMaxLength(200);
            builder.Property(m => m.Once).HasMaxLength(120);
            builder.Property(m => m.Page).HasMaxLength(200);
            builder.Property(m => m.LeaseToken).HasMaxLength(32);
            builder.Property(m => m.LastError).HasMaxLength(400);
            builder.Ignore(m => m.Status);
            builder.HasIndex(m => new { m.Once, m.To }).IsUnique();
            builder.HasIndex(m => m.SentAt);
            builder.HasIndex(m => m.RoundId);
            builder.HasIndex(m => m.InquiryId);
        }
    }
}
