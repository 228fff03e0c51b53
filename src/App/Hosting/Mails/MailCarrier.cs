using Kyodo.Storage;
using MimeKit;

namespace Kyodo.App.Hosting.Mails;

/// <summary>Brings messages away, one after the other; by SMTP or into a folder.</summary>
internal abstract class MailCarrier : IAsyncDisposable
{
    public static MailCarrier Of(MailSettings settings, string dataFolder) =>
        settings.Folder is { } folder ? new FolderCarrier(Path.Combine(dataFolder, folder)) : new SmtpCarrier(settings);

    /// <summary>Returns when the message has been taken over. Throws a <see cref="MailTrouble"/> otherwise.</summary>
    public abstract Task CarryAsync(MimeMessage message, OutboxMail mail);

    public abstract ValueTask DisposeAsync();
}

internal enum TroubleKind
{
    /// <summary>This mail will never be taken.</summary>
    ForGood,

    /// <summary>This mail is not taken now.</summary>
    ForNow,

    /// <summary>No mail can go out now; nothing is wrong with this one.</summary>
    ServerAway,
}

internal sealed class MailTrouble(TroubleKind kind, string words, Exception? inner = null) : Exception(words, inner)
{
    public TroubleKind Kind => kind;
}

/// <summary>Each mail as a file by the number of its row: written again, it is the same file.</summary>
internal sealed class FolderCarrier(string folder) : MailCarrier
{
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public override async Task CarryAsync(MimeMessage message, OutboxMail mail)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var file = Path.Combine(folder, $"{mail.Id:000000}.eml");
            await using (var stream = File.Create(file + ".part"))
                await message.WriteToAsync(stream);
            File.Move(file + ".part", file, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MailTrouble(TroubleKind.ServerAway, $"メールのフォルダーに書けません（{problem.Message}）。", problem);
        }
    }
}
