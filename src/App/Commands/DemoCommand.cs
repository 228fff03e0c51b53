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
            await NewFolder.PrepareAsync(database, "demo", stop);
            await using (var app = WebHost.Build(database, []))
            {
                var drawing = app.Services.GetRequiredService<Casebook.EditionDrawing>();
                var year = new SampleYear(database, (draft, folder) => drawing.WriteAllAsync(draft, folder, SamplePrefecture.Name, !parsed.GetValue(withoutPdf), stop),
                    what => Terminal.Say(parsed, $"[{clock.Elapsed.TotalSeconds,5:0.0} s] {what}"));
                await year.CarryThroughAsync();
                await year.ReleaseWhatWasLearntAsync();
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

    private static void PrintSignIns(ParseResult parsed)
    {
        if (parsed.GetValue(CommonOptions.AsJson))
            return;
        Console.WriteLine(Words.Say($"サインイン（パスワードはすべて {SamplePrefecture.Password}）:", $"Sign-ins (the password of all is {SamplePrefecture.Password}):"));
        foreach (var (email, who) in SamplePrefecture.SignIns)
            Console.WriteLine($"  {email,-34} {who}");
    }
}
