using Kyodo.Mails;
using Kyodo.Rounds;
using Kyodo.Storage;
using MimeKit;
using MimeKit.Text;

namespace Kyodo.App.Hosting.Mails;

/// <summary>A row of the outbox as a message. The same row makes the same Message-ID, by which a receiver tells a repeat from a new mail.</summary>
internal static class MailMessage
{
    /// <summary>Throws <see cref="ParseException"/> where the address is none.</summary>
    public static MimeMessage Of(OutboxMail mail, MailSettings settings, IEnumerable<MailboxAddress> replyTo)
    {
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = mail.QueuedAt,
            MessageId = $"outbox-{mail.Id}-{mail.QueuedAt.ToUnixTimeMilliseconds():x}@{settings.From.Domain}",
            Body = Body(mail, BodyText(mail, settings.PublicUrl)),
        };
        message.From.Add(settings.From);
        message.ReplyTo.AddRange(settings.ReplyTo is { } one ? [one] : replyTo);
        message.To.Add(To(mail.To));
        // No out-of-office answer to a program.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    public static string BodyText(OutboxMail mail, string? publicUrl) => MailText.WithLink(mail.Body, publicUrl is null || mail.Page is null ? null : publicUrl + mail.Page);

    public static MailboxAddress To(string address) =>
        !address.Any(char.IsControl) && MailboxAddress.TryParse(address, out var found) && found.Address.Contains('@', StringComparison.Ordinal)
            ? found
            : throw new ParseException($"「{address}」は、メールアドレスとして読めません。", 0, 0);

    private static MimeEntity Body(OutboxMail mail, string words)
    {
        var text = new TextPart(TextFormat.Plain) { Text = words };
        if (mail.Calendar is null)
            return text;
        var calendar = new TextPart("calendar") { Text = mail.Calendar, ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = DeadlineCalendar.FileName } };
        calendar.ContentType.Parameters["method"] = "PUBLISH";
        return new Multipart("mixed") { text, calendar };
    }
}
