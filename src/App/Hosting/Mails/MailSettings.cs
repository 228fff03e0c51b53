using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kyodo.Common;
using MailKit.Security;
using MimeKit;

namespace Kyodo.App.Hosting.Mails;

/// <summary>How mails go out, read from the configuration and checked once, with a sentence on what is wrong.</summary>
public sealed record MailSettings
{
    private const int DefaultPort = 587;
    private const int DefaultPortOfTls = 465;

    public required MailboxAddress From { get; init; }

    /// <summary>Where answers go; null: to the people of the partnership division.</summary>
    public MailboxAddress? ReplyTo { get; init; }

    /// <summary>The folder for .eml files, relative to the data folder; null: by SMTP.</summary>
    public string? Folder { get; init; }

    public string Host { get; init; } = "";

    public int Port { get; init; }

    public SecureSocketOptions Tls { get; init; }

    public string? User { get; init; }

    public string Password { get; init; } = "";

    /// <summary>Certificates that are trusted besides the system's: a mail server inside a government has one of its own.</summary>
    public X509Certificate2Collection? Trusted { get; init; }

    public TimeSpan Timeout { get; init; }

    /// <summary>What links in mails begin with, without a slash at its end; null: mails have no links.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>The settings; null where neither a server nor a folder is set. Throws a <see cref="Refusal"/> that names the wrong key.</summary>
    public static MailSettings? Read(IConfiguration configuration)
    {
        var (folder, host) = (Text("Mail:Folder"), Text("Mail:Host"));
        if (folder is null && host is null)
            return null;
        var tls = (Text("Mail:Tls") ?? "starttls").ToUpperInvariant() switch
        {
            "STARTTLS" or "TRUE" => SecureSocketOptions.StartTls,
            "TLS" => SecureSocketOptions.SslOnConnect,
            "NONE" or "FALSE" => SecureSocketOptions.None,
            var other => throw new Refusal($"設定 Mail:Tls の「{other}」は使えません。starttls、tls、none のどれかにしてください。"),
        };
        var user = Text("Mail:User");
        if (user is not null && tls is SecureSocketOptions.None && folder is null)
            throw new Refusal("設定 Mail:Tls が none のときは、Mail:User を使えません。パスワードが暗号化されずに流れます。");
        var passwordFile = Text("Mail:PasswordFile");
        return new MailSettings
        {
            From = Address("Mail:From") ?? new MailboxAddress("Kyodo", "kyodo@localhost"),
            ReplyTo = Address("Mail:ReplyTo"),
            Folder = folder,
            Host = host ?? "",
            Port = Number("Mail:Port", tls is SecureSocketOptions.SslOnConnect ? DefaultPortOfTls : DefaultPort, 65535),
            Tls = tls,
            User = user,
            Password = passwordFile is null ? configuration["Mail:Password"] ?? "" : ReadFile("Mail:PasswordFile", passwordFile, File.ReadAllText).Trim(),
            Trusted = Text("Mail:Ca") is { } ca ? ReadFile("Mail:Ca", ca, Certificates) : null,
            Timeout = TimeSpan.FromSeconds(Number("Mail:TimeoutSeconds", 30, 600)),
            PublicUrl = Url(),
        };

        string? Text(string key) => string.IsNullOrWhiteSpace(configuration[key]) ? null : configuration[key]!.Trim();

        MailboxAddress? Address(string key) =>
            Text(key) is not { } text ? null
            : !text.Any(char.IsControl) && MailboxAddress.TryParse(text, out var address) && address.Address.Contains('@', StringComparison.Ordinal) ? address
            : throw new Refusal($"設定 {key} の「{text}」は、メールアドレスとして読めません。");

        int Number(string key, int otherwise, int most) =>
            Text(key) is not { } text ? otherwise
            : int.TryParse(text, out var number) && number > 0 && number <= most ? number
            : throw new Refusal($"設定 {key} の「{text}」は、1から{most}までの数にしてください。");

        string? Url() =>
            Text("Kyodo:PublicUrl") is not { } text ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url.GetLeftPart(UriPartial.Path).TrimEnd('/')
            : throw new Refusal($"設定 Kyodo:PublicUrl の「{text}」は、https: で始まるアドレスにしてください。");
    }

    private static X509Certificate2Collection Certificates(string file)
    {
        var found = new X509Certificate2Collection();
        found.ImportFromPemFile(file);
        return found;
    }

    private static T ReadFile<T>(string key, string file, Func<string, T> read)
    {
        try
        {
            return read(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new Refusal($"設定 {key} のファイル「{file}」を読めません。場所と権限を確かめてください。");
        }
    }
}
