using Kyodo.Storage;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Kyodo.App.Hosting;

/// <summary>
/// Sends what waits in the outbox: by SMTP, or, with <c>Mail:Folder</c> set, as .eml files. A mail is leased before it is sent, so that two
/// nodes do not send it twice; its Message-ID comes from its row.
/// </summary>
public sealed class MailSender(Database database, IConfiguration configuration, TimeProvider clock, ILogger<MailSender> log) : BackgroundService
{
    private const int AtOnce = 50;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendWaitingAsync(stoppingToken);
                await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception problem)
            {
                log.LogError(problem, "The outbox could not be read; trying again.");
                await Task.Delay(Pause, clock, CancellationToken.None);
            }
        }
    }

    /// <summary>Sends all that waits; the number sent. Where neither a server nor a folder is set, mails wait.</summary>
    public async Task<int> SendWaitingAsync(CancellationToken stop)
    {
        var (folder, host) = (configuration["Mail:Folder"], configuration["Mail:Host"]);
        if (folder is null && host is null)
            return 0;
        var sent = 0;
        while (await LeaseNextAsync(stop) is { Count: > 0 } mails)
        {
            using var smtp = folder is null ? await ConnectAsync(host!, stop) : null;
            foreach (var mail in mails)
            {
                await using var db = database.Open();
                var kept = await db.Outbox.FirstAsync(m => m.Id == mail.Id, stop);
                try
                {
                    var message = Message(mail);
                    if (smtp is not null)
                        await smtp.SendAsync(message, stop);
                    else
                        await WriteAsync(message, Path.Combine(database.DataFolder, folder!), mail.Id, stop);
                    kept.MarkSent(clock.GetUtcNow());
                    sent++;
                }
                catch (Exception problem) when (problem is not OperationCanceledException)
                {
                    kept.MarkFailed(problem.Message);
                }
                await db.SaveChangesAsync(stop);
            }
            if (sent == 0)
                break;
        }
        return sent;
    }

    private async Task<List<OutboxMail>> LeaseNextAsync(CancellationToken stop)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var now = clock.GetUtcNow();
        var ids = await db.Outbox.Where(m => m.SentAt == null && m.Attempts < 10 && (m.LeasedUntil == null || m.LeasedUntil < now)).OrderBy(m => m.Id).Take(AtOnce).Select(m => m.Id).ToListAsync(stop);
        await db.Outbox.Where(m => ids.Contains(m.Id) && (m.LeasedUntil == null || m.LeasedUntil < now)).ExecuteUpdateAsync(m => m.SetProperty(one => one.LeasedUntil, now + Lease), stop);
        var mails = await db.Outbox.AsNoTracking().Where(m => ids.Contains(m.Id)).OrderBy(m => m.Id).ToListAsync(stop);
        await transaction.CommitAsync(stop);
        return mails;
    }

    private async Task<SmtpClient> ConnectAsync(string host, CancellationToken stop)
    {
        var smtp = new SmtpClient();
        await smtp.ConnectAsync(host, configuration.GetValue("Mail:Port", 587), configuration.GetValue("Mail:Tls", true) ? SecureSocketOptions.StartTls : SecureSocketOptions.None, stop);
        if (configuration["Mail:User"] is { } user)
            await smtp.AuthenticateAsync(user, configuration["Mail:Password"] ?? "", stop);
        return smtp;
    }

    private MimeMessage Message(OutboxMail mail)
    {
        var from = MailboxAddress.Parse(configuration["Mail:From"] ?? "kyodo@localhost");
        var message = new MimeMessage { Subject = mail.Subject, Date = mail.QueuedAt, MessageId = $"outbox-{mail.Id}@{from.Domain}", Body = new TextPart("plain") { Text = mail.Body } };
        message.From.Add(from);
        message.To.Add(MailboxAddress.Parse(mail.To));
        return message;
    }

    private static async Task WriteAsync(MimeMessage message, string folder, long id, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{id:000000}.eml");
        await using (var stream = File.Create(file + ".part"))
            await message.WriteToAsync(stream, stop);
        File.Move(file + ".part", file, overwrite: true);
    }
}
