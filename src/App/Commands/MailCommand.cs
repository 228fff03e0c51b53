using System.CommandLine;
using Kyodo.App.Hosting;

namespace Kyodo.App.Commands;

/// <summary><c>mail send</c>: sends what waits in the outbox, once.</summary>
internal static class MailCommand
{
    public static Command Create()
    {
        var send = new Command("send", Words.Say("送信待ちのメールを送る", "send what waits in the outbox"));
        send.SetAction(async (parsed, stop) =>
        {
            var database = await CommonOptions.ExistingAsync(parsed, stop);
            await using var app = WebHost.Build(database, []);
            var sent = await app.Services.GetRequiredService<MailSender>().SendWaitingAsync(stop);
            Terminal.Finish(parsed, new { sent }, Words.Say($"{sent}通を送りました。", $"{sent} mails sent."));
            return 0;
        });
        return new Command("mail", Words.Say("メール", "mail")) { send };
    }
}
