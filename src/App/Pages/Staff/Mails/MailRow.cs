using Kyodo.App.Components;
using Kyodo.Common;
using Kyodo.Storage;

namespace Kyodo.App.Pages.Staff.Mails;

/// <summary>One mail in a list.</summary>
public sealed record MailRow(long Id, string To, string Subject, DateTimeOffset QueuedAt, DateTimeOffset? SentAt, DateTimeOffset? DiedAt, DateTimeOffset? GivenUpAt, DateTimeOffset? NextAttemptAt, int Attempts, string? LastError)
{
    public MailStatus Status =>
        SentAt is not null ? MailStatus.Sent
        : GivenUpAt is not null ? MailStatus.GivenUp
        : DiedAt is not null ? MailStatus.Dead
        : MailStatus.Waiting;

    public StatusMark Mark => MarkOf(Status);

    /// <summary>What became of it, in words.</summary>
    public string Fate => Status switch
    {
        MailStatus.Sent => $"{SentAt!.Value.JapaneseMinute()}に送りました",
        MailStatus.Dead => $"{LastError}",
        MailStatus.GivenUp => $"{GivenUpAt!.Value.JapaneseMinute()}に送るのをやめました",
        _ when string.IsNullOrEmpty(LastError) => "まもなく送ります",
        _ => $"{LastError}{(NextAttemptAt is { } next ? $"{next.JapaneseMinute()}に、もう一度送ります。" : "")}",
    };

    public static StatusMark MarkOf(MailStatus status) => status switch
    {
        MailStatus.Sent => new("status-accepted", "送信済み"),
        MailStatus.Dead => new("status-overdue", "送れません"),
        MailStatus.GivenUp => new("status-nil", "やめた"),
        _ => new("status-awaiting", "送信待ち"),
    };

    public static IQueryable<MailRow> Of(IQueryable<OutboxMail> mails) =>
        mails.Select(m => new MailRow(m.Id, m.To, m.Subject, m.QueuedAt, m.SentAt, m.DiedAt, m.GivenUpAt, m.NextAttemptAt, m.Attempts, m.LastError));
}
