using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Storage;
using MimeKit;

namespace Kyodo.App.Hosting.Mails;

/// <summary>
/// Sends what waits in the outbox, on every node: each mail is leased before it goes, and only who holds the lease may mark it. A node that
/// dies between the server's yes and the mark is the one way to a repeat; it has the same Message-ID.
/// </summary>
public sealed class MailSender(Database database, IConfiguration configuration, TimeProvider clock, ILogger<MailSender> log) : BackgroundService
{
    private const int AtOnce = 20;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseOfServer = TimeSpan.FromMinutes(1);

    private readonly Lazy<(MailSettings? Settings, string? Wrong)> _settings = new(() =>
    {
        try
        {
            return (MailSettings.Read(configuration), null);
        }
        catch (Refusal wrong)
        {
            return (null, wrong.Message);
        }
    });

    public MailSettings? Settings => _settings.Value.Settings;

    /// <summary>Why no mail can go out, whatever its address; null when mails go.</summary>
    public string? WhyNotSend =>
        _settings.Value.Wrong ?? (Settings is null ? "メールサーバーがまだ設定されていません（Mail:Host か Mail:Folder）。メールは送信待ちのまま残ります。" : null);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_settings.Value.Wrong is { } wrong)
            log.LogError("No mail can be sent: {Wrong}", wrong);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendWaitingAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                log.LogError(problem, "The outbox could not be read; trying again.");
            }
            try
            {
                await Task.Delay(Pause, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Sends all that is due; the number sent. Where nothing is set, mails wait.</summary>
    public async Task<int> SendWaitingAsync(CancellationToken stop)
    {
        if (Settings is not { } settings)
            return 0;
        var sent = 0;
        await using var carrier = MailCarrier.Of(settings, database.DataFolder);
        IReadOnlyList<MailboxAddress>? replyTo = null;
        while (!stop.IsCancellationRequested)
        {
            await using var db = database.Open();
            var mails = await db.LeaseMailsAsync(Guid.NewGuid().ToString("N"), clock.GetUtcNow(), Lease, AtOnce, stop);
            if (mails.Count == 0)
                break;
            replyTo ??= await DivisionAsync(db, stop);
            for (var i = 0; i < mails.Count; i++)
            {
                // What has begun is finished; the rest is put back for whoever comes next.
                if (stop.IsCancellationRequested)
                {
                    await PutBackAsync(db, mails.Skip(i), mails[i].LastError ?? "", TimeSpan.Zero);
                    break;
                }
                try
                {
                    if (!await StillMineAsync(db, mails[i], settings))
                        continue;
                    await carrier.CarryAsync(MailMessage.Of(mails[i], settings, replyTo), mails[i]);
                    if (!await db.MarkSentAsync(mails[i], clock.GetUtcNow(), CancellationToken.None))
                        log.LogWarning("Mail {Id} was sent and its lease had run out: it may be sent again, with the same Message-ID.", mails[i].Id);
                    sent++;
                }
                catch (ParseException wrong)
                {
                    await db.MarkRefusedAsync(mails[i], wrong.Message, forGood: true, clock.GetUtcNow(), CancellationToken.None);
                }
                catch (MailTrouble trouble) when (trouble.Kind is not TroubleKind.ServerAway)
                {
                    await db.MarkRefusedAsync(mails[i], trouble.Message, trouble.Kind is TroubleKind.ForGood, clock.GetUtcNow(), CancellationToken.None);
                }
                catch (MailTrouble trouble)
                {
                    log.LogWarning("Mails wait: {Trouble}", trouble.Message);
                    await PutBackAsync(db, mails.Skip(i), trouble.Message, PauseOfServer);
                    return sent;
                }
            }
        }
        return sent;
    }

    /// <summary>One mail to try the settings with, outside of the outbox. Throws a <see cref="Refusal"/> that says what is wrong.</summary>
    public async Task SendTestAsync(string address)
    {
        Refusal.If(WhyNotSend);
        try
        {
            await using var carrier = MailCarrier.Of(Settings!, database.DataFolder);
            var mail = OutboxMail.Test(address, clock.GetUtcNow());
            await carrier.CarryAsync(MailMessage.Of(mail, Settings!, []), mail);
        }
        catch (Exception problem) when (problem is MailTrouble or ParseException)
        {
            throw new Refusal(problem.Message);
        }
    }

    // A slow server may use up a lease that many mails share.
    private async Task<bool> StillMineAsync(AppDb db, OutboxMail mail, MailSettings settings)
    {
        var now = clock.GetUtcNow();
        return now + (10 * settings.Timeout) < mail.LeasedUntil || await db.KeepLeaseAsync(mail, now, Lease);
    }

    private async Task PutBackAsync(AppDb db, IEnumerable<OutboxMail> mails, string why, TimeSpan pause)
    {
        var next = clock.GetUtcNow() + pause;
        foreach (var mail in mails)
            await db.PutBackAsync(mail, why, next, CancellationToken.None);
    }

    private async Task<IReadOnlyList<MailboxAddress>> DivisionAsync(AppDb db, CancellationToken stop)
    {
        var addresses = await db.CoordinatorAddressesAsync(clock.GetUtcNow().DayInJapan(), stop);
        return [.. addresses.Where(address => !address.Any(char.IsControl) && MailboxAddress.TryParse(address, out _)).Take(5).Select(MailboxAddress.Parse)];
    }
}
