using System.CommandLine;
using Kyodo.App.Hosting;
using Kyodo.App.Hosting.Mails;

namespace Kyodo.App.Commands;

/// <summary><c>mail send</c>: does the work that is due and sends what waits in the outbox, once. <c>mail test</c>: tries the settings.</summary>
internal static class MailCommand
{
    public static Command Create() => new("mail", Words.Say("メール", "mail")) { Send(), Test() };

    private static Command Send()
    {
        var send = new Command("send", Words.Say("期限のお知らせなどを用意し、送信待ちのメールを送る", "queue what is due and send what waits in the outbox"));
        send.SetAction(async (parsed, stop) =>
        {
            var database = await CommonOptions.ExistingAsync(parsed, stop);
            await using var app = WebHost.Build(database, []);
            var due = await app.Services.GetRequiredService<DueWorkRunner>().RunAsync(stop);
            var sender = app.Services.GetRequiredService<MailSender>();
            var sent = await sender.SendWaitingAsync(stop);
            var left = sender.WhyNotSend is { } why ? $" {why}" : "";
            Terminal.Finish(parsed, new { due, sent }, Words.Say($"新しいお知らせ {due}件、送ったメール {sent}通。{left}", $"{due} new occasions, {sent} mails sent.{left}"));
            return 0;
        });
        return send;
    }

    private static Command Test()
    {
        var address = new Argument<string>("ADDRESS") { Description = Words.Say("宛先", "recipient") };
        var test = new Command("test", Words.Say("試験のメールを1通送る", "send one mail to try the settings")) { address };
        test.SetAction(async (parsed, stop) =>
        {
            await using var app = WebHost.Build(CommonOptions.DatabaseOf(parsed), []);
            var to = parsed.GetValue(address)!;
            await app.Services.GetRequiredService<MailSender>().SendTestAsync(to);
            Terminal.Finish(parsed, new { to }, Words.Say($"{to} に送りました。", $"Sent to {to}."));
            return 0;
        });
        return test;
    }
}
