using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Kyodo.Storage;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Kyodo.App.Hosting.Mails;

/// <summary>
/// One connection for many mails, opened by the first. When it breaks in the middle of a mail, that mail is tried once more on a new one: a
/// server that had taken it and could not say so gets it twice, with the same Message-ID.
/// </summary>
internal sealed class SmtpCarrier(MailSettings settings) : MailCarrier
{
    private SmtpClient? _client;

    public override async Task CarryAsync(MimeMessage message, OutboxMail mail)
    {
        for (var attempt = 1; ; attempt++)
        {
            var client = await ConnectedAsync();
            try
            {
                using var limit = new CancellationTokenSource(3 * settings.Timeout);
                await client.SendAsync(message, limit.Token);
                return;
            }
            catch (SmtpCommandException refused)
            {
                if (refused.StatusCode is SmtpStatusCode.ServiceNotAvailable)
                    Break();
                throw Refused(refused);
            }
            catch (Exception broken) when (IsBreak(broken))
            {
                Break();
                if (attempt > 1)
                    throw new MailTrouble(TroubleKind.ForNow, $"送っている途中で接続が切れました（{broken.Message}）。", broken);
            }
            catch (Exception unfit) when (unfit is NotSupportedException or ServiceNotAuthenticatedException)
            {
                throw unfit is NotSupportedException
                    ? new MailTrouble(TroubleKind.ForGood, $"メールサーバーが扱えない宛先か本文です（{unfit.Message}）。", unfit)
                    : new MailTrouble(TroubleKind.ServerAway, "メールサーバーがサインインを求めています。設定 Mail:User を確かめてください。", unfit);
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_client is { IsConnected: true } client)
        {
            try
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
                await client.DisconnectAsync(quit: true, limit.Token);
            }
            catch (Exception problem) when (IsBreak(problem) || problem is SmtpCommandException)
            {
                // Every mail has been taken; a farewell that fails changes nothing.
            }
        }
        Break();
    }

    private async Task<SmtpClient> ConnectedAsync()
    {
        if (_client is { IsConnected: true } open)
            return open;
        Break();
        // A private authority seldom publishes what it has revoked; the system's authorities do.
        var client = new SmtpClient { Timeout = (int)settings.Timeout.TotalMilliseconds, CheckCertificateRevocation = settings.Trusted is null };
        if (settings.Trusted is { } trusted)
            client.ServerCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(certificate, errors, trusted);
        try
        {
            using var limit = new CancellationTokenSource(2 * settings.Timeout);
            await client.ConnectAsync(settings.Host, settings.Port, settings.Tls, limit.Token);
            if (settings.User is { } user)
                await client.AuthenticateAsync(user, settings.Password, limit.Token);
            return _client = client;
        }
        catch (Exception problem) when (IsBreak(problem) || problem is SslHandshakeException or AuthenticationException or SmtpCommandException or NotSupportedException)
        {
            client.Dispose();
            var place = $"{settings.Host}:{settings.Port}";
            throw new MailTrouble(TroubleKind.ServerAway, problem switch
            {
                SslHandshakeException => $"メールサーバー（{place}）の証明書を信頼できません。庁内の認証局のときは、その証明書を設定 Mail:Ca に置いてください。",
                AuthenticationException => $"メールサーバー（{place}）にサインインできません。設定 Mail:User と Mail:Password を確かめてください。",
                NotSupportedException => $"メールサーバー（{place}）は STARTTLS を使えません。設定 Mail:Tls を確かめてください。",
                SmtpCommandException refused => $"メールサーバー（{place}）が受け付けません（{Said(refused)}）。",
                _ => $"メールサーバー（{place}）につながりません（{problem.Message}）。",
            }, problem);
        }
    }

    private void Break()
    {
        _client?.Dispose();
        _client = null;
    }

    private static bool IsBreak(Exception problem) =>
        problem is IOException or SocketException or SmtpProtocolException or ServiceNotConnectedException or OperationCanceledException or TimeoutException;

    private static MailTrouble Refused(SmtpCommandException refused)
    {
        var code = (int)refused.StatusCode;
        var what = refused.ErrorCode switch
        {
            SmtpErrorCode.RecipientNotAccepted => "宛先が受け取られませんでした",
            SmtpErrorCode.SenderNotAccepted => "差出人（Mail:From）が受け取られませんでした",
            _ => "メールが受け取られませんでした",
        };
        // 530 and its like speak of our sign-in, not of this mail.
        var kind = code is 530 or 534 or 535 or 538 ? TroubleKind.ServerAway : code >= 500 ? TroubleKind.ForGood : TroubleKind.ForNow;
        return new MailTrouble(kind, $"{what}（{Said(refused)}）。", refused);
    }

    private static string Said(SmtpCommandException refused) => $"{(int)refused.StatusCode} {refused.Message.ReplaceLineEndings(" ")}".Trim();

    // By the system's authorities or by ours; a wrong name is never right.
    private static bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors, X509Certificate2Collection trusted)
    {
        if (errors is SslPolicyErrors.None)
            return true;
        if (certificate is null || errors is not SslPolicyErrors.RemoteCertificateChainErrors)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var one = new X509Certificate2(certificate);
        return chain.Build(one);
    }
}
