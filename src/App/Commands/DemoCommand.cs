using System.CommandLine;
using System.Diagnostics;
using Kyodo.App.Hosting;
using Kyodo.App.Hosting.Mails;
using Kyodo.Common;
using Kyodo.Samples;
using Kyodo.Storage;

namespace Kyodo.App.Commands;

/// <summary>A new data folder with the sample prefecture, its year carried through by the verbs that people use.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var urls = ServeCommand.Urls();
        var noServe = new Option<bool>("--no-serve") { Description = Words.Say("つくるだけで、画面は動かさない", "make the data and do not serve") };
        var withoutPdf = new Option<bool>("--without-pdf") { Description = Words.Say("PDFの事例集をつくらない", "do not draw the PDF casebooks") };
        var command = new Command("demo", Words.Say("見本の県をつくり、画面を動かす", "make the sample prefecture and serve it")) { urls, noServe, withoutPdf };
        command.SetAction(async (parsed, stop) =>
        {
            var clock = Stopwatch.StartNew();
            var database = CommonOptions.DatabaseOf(parsed);
            await PrepareAsync(database, stop);
            await using (var app = WebHost.Build(database, []))
            {
                var drawing = app.Services.GetRequiredService<Casebook.EditionDrawing>();
                var year = new SampleYear(database, (draft, folder) => drawing.WriteAllAsync(draft, folder, SamplePrefecture.Name, !parsed.GetValue(withoutPdf), stop),
                    what => Terminal.Say(parsed, $"[{clock.Elapsed.TotalSeconds,5:0.0} s] {what}"));
                await year.CarryThroughAsync();
                await year.OpenRoundToTryAsync(TimeProvider.System.GetUtcNow());
                await app.Services.GetRequiredService<MailSender>().SendWaitingAsync(stop);
            }
            PrintSignIns(parsed);
            Terminal.Finish(parsed, new { data = database.DataFolder, seconds = Math.Round(clock.Elapsed.TotalSeconds, 1) },
                Words.Say($"見本の県ができました（{clock.Elapsed.TotalSeconds:0.0}秒）: {database.DataFolder}", $"The sample prefecture is ready ({clock.Elapsed.TotalSeconds:0.0} s): {database.DataFolder}"));
            // What a whole year and two casebooks took is given back before the long time of serving.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            if (!parsed.GetValue(noServe))
                await ServeCommand.RunAsync(database, parsed.GetValue(urls)!, stop);
            return 0;
        });
        return command;
    }

    private static async Task PrepareAsync(Database database, CancellationToken stop)
    {
        ServingLock.RefuseIfServing(database.DataFolder);
        var mark = Path.Combine(database.DataFolder, "demo.txt");
        if (Directory.Exists(database.DataFolder) && Directory.EnumerateFileSystemEntries(database.DataFolder).Any())
        {
            // Only what a demo made is thrown away for a new one.
            if (!File.Exists(mark))
                throw new Refusal(Words.Say($"{database.DataFolder} は空ではありません。demo は新しいフォルダーにつくります。--data で別の場所を指定してください。", $"{database.DataFolder} is not empty. demo makes a new folder: name another one with --data."));
            Directory.Delete(database.DataFolder, recursive: true);
        }
        Directory.CreateDirectory(database.DataFolder);
        await File.WriteAllTextAsync(mark, Words.Say("見本のデータです。demo を実行すると作り直されます。\n", "Sample data: made anew by demo.\n"), stop);
        await File.WriteAllTextAsync(Path.Combine(database.DataFolder, "appsettings.json"), """
            {
              "Mail": { "Folder": "mail", "From": "kyodo@kumamoto.example" }
            }

            """, stop);
        await database.MigrateAsync(stop);
        await using var db = database.Open();
        if (database.IsPostgres && (await db.HomeCodeAsync(stop)).Length > 0)
            throw new Refusal(Words.Say("そのPostgreSQLのデータベースにはもうデータがあります。空のデータベースを指定してください。", "That PostgreSQL database already holds data. Name an empty one."));
    }

    private static void PrintSignIns(ParseResult parsed)
    {
        if (parsed.GetValue(CommonOptions.AsJson))
            return;
        Console.WriteLine(Words.Say($"サインイン（パスワードはすべて {SamplePrefecture.Password}）:", $"Sign-ins (the password of all is {SamplePrefecture.Password}):"));
        foreach (var (email, who) in SamplePrefecture.SignIns)
            Console.WriteLine($"  {email,-34} {who}");
    }
}
