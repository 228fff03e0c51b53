using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace Kyodo.App.Tests.Mails;

/// <summary>
/// A mail server on this computer, as much of RFC 5321 as a sender meets: EHLO, STARTTLS, MAIL, RCPT, DATA with dots taken off, RSET, NOOP, QUIT.
/// What it answers to each step can be told; an empty answer closes the connection without a word.
/// </summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly ConcurrentQueue<Received> _received = new();
    private readonly Task _accepting;
    private int _connections;

    public SmtpServer(int port = 0, X509Certificate2? certificate = null)
    {
        Certificate = certificate;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public X509Certificate2? Certificate { get; }

    /// <summary>The answer to a step - <c>RCPT</c> with its line, <c>END</c> for a message that has come whole - or null for yes; "" hangs up.</summary>
    public Func<string, string, string?> Answer { get; set; } = (_, _) => null;

    public TimeSpan Slowness { get; set; }

    public int Connections => _connections;

    public IReadOnlyList<Received> Mails => [.. _received];

    public sealed record Received(string From, string To, string Source, bool Encrypted)
    {
        public MimeMessage Message => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(Source)));
    }

    public static X509Certificate2 MakeCertificate(string host = "localhost")
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_sessions);
        _stop.Dispose();
        Certificate?.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _sessions.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        Interlocked.Increment(ref _connections);
        try
        {
            using (client)
                await TalkAsync(client.GetStream());
        }
        catch (Exception end) when (end is IOException or OperationCanceledException)
        {
        }
        catch (System.Security.Authentication.AuthenticationException)
        {
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        var encrypted = false;
        var (from, to) = ("", "");
        var reader = new StreamReader(stream, Encoding.UTF8);
        async Task SayAsync(string words) => await stream.WriteAsync(Encoding.ASCII.GetBytes(words + "\r\n"), _stop.Token);
        await SayAsync("220 test ESMTP");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var step = line.Split(' ', ':')[0].ToUpperInvariant();
            if (Answer(step, line) is { } told)
            {
                if (told.Length == 0)
                    return;
                await SayAsync(told);
                continue;
            }
            switch (step)
            {
                case "EHLO":
                    await SayAsync("250-test");
                    if (Certificate is not null && !encrypted)
                        await SayAsync("250-STARTTLS");
                    await SayAsync("250 8BITMIME");
                    break;
                case "STARTTLS":
                    await SayAsync("220 go on");
                    var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(Certificate!, false, false);
                    (stream, encrypted) = (secure, true);
                    reader = new StreamReader(stream, Encoding.UTF8);
                    break;
                case "MAIL":
                    from = line[(line.IndexOf('<') + 1)..line.IndexOf('>')];
                    await SayAsync("250 ok");
                    break;
                case "RCPT":
                    to = line[(line.IndexOf('<') + 1)..line.IndexOf('>')];
                    await SayAsync("250 ok");
                    break;
                case "DATA":
                    await SayAsync("354 go on");
                    var source = new StringBuilder();
                    while (await reader.ReadLineAsync(_stop.Token) is { } part && part != ".")
                        source.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                    await Task.Delay(Slowness, _stop.Token);
                    var end = Answer("END", to);
                    if (end is null)
                        _received.Enqueue(new Received(from, to, source.ToString(), encrypted));
                    if (end is "")
                        return;
                    await SayAsync(end ?? "250 taken");
                    break;
                case "QUIT":
                    await SayAsync("221 bye");
                    return;
                default:
                    await SayAsync("250 ok");
                    break;
            }
        }
    }
}
