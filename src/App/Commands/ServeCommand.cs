using System.CommandLine;
using Kyodo.App.Hosting;
using Kyodo.Storage;

namespace Kyodo.App.Commands;

internal static class ServeCommand
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    public static Option<string> Urls() => new("--urls") { Description = "待ち受けるアドレス / address to listen on", DefaultValueFactory = _ => DefaultUrl };

    public static Command Create()
    {
        var urls = Urls();
        var command = new Command("serve", Words.Say("ウェブの画面を動かす", "run the web program")) { urls };
        command.SetAction(async (parsed, stop) =>
        {
            var database = CommonOptions.DatabaseOf(parsed);
            await database.MigrateAsync(stop);
            await RunAsync(database, parsed.GetValue(urls)!, stop);
            return 0;
        });
        return command;
    }

    public static async Task RunAsync(Database database, string urls, CancellationToken stop)
    {
        using var serving = ServingLock.Hold(database.DataFolder);
        await using var app = WebHost.Build(database, ["--urls", urls, "--shutdownTimeoutSeconds", "10"]);
        await app.StartAsync(stop);
        Console.WriteLine(Words.Say($"動いています: {urls}（止めるには Ctrl+C）", $"Serving {urls} (Ctrl+C to stop)"));
        await app.WaitForShutdownAsync(stop);
    }
}
