using System.CommandLine;
using System.Diagnostics;
using Kyodo.App.Casebook;
using Kyodo.App.Hosting;
using Kyodo.Samples;
using Kyodo.Search;

namespace Kyodo.App.Commands;

/// <summary><c>generate</c>: a large believable data set, released, to see how the program bears a load.</summary>
internal static class GenerateCommand
{
    private const int MostCases = 2_000_000;

    public static Command Create()
    {
        var cases = new Option<int>("--cases") { Description = Words.Say("事例の数（例: 100000）", "number of cases, for example 100000"), Required = true };
        var seed = new Option<ulong>("--seed") { Description = Words.Say("同じ数からは同じデータができる", "the same seed makes the same data"), DefaultValueFactory = _ => 1 };
        cases.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostCases)
                result.AddError(Words.Say($"--cases は1から{Words.Number(MostCases)}までです。", $"--cases is from 1 to {Words.Number(MostCases)}."));
        });
        var command = new Command("generate", Words.Say("負荷を試すための大きな見本をつくる", "make a large data set for load tests")) { cases, seed };
        command.SetAction(async (parsed, stop) =>
        {
            var clock = Stopwatch.StartNew();
            var database = CommonOptions.DatabaseOf(parsed);
            await NewFolder.PrepareAsync(database, "generate", stop);
            void Tell(string what) => Terminal.Say(parsed, $"[{clock.Elapsed.TotalSeconds,5:0.0} s] {what}");
            await using (var app = WebHost.Build(database, []))
            {
                var drawing = app.Services.GetRequiredService<EditionDrawing>();
                var years = new GeneratedYears(database, (draft, folder) => drawing.WriteAllAsync(draft, folder, SamplePrefecture.Name, withPdf: false, stop), Tell);
                await years.EnterAsync(parsed.GetValue(cases), parsed.GetValue(seed), stop);
                Tell(Words.Say("検索の索引を作っています", "building the search index"));
                await app.Services.GetRequiredService<SearchIndex>().BuildAsync(stop);
            }
            Terminal.Finish(parsed, new { data = database.DataFolder, cases = parsed.GetValue(cases), seed = parsed.GetValue(seed), seconds = Math.Round(clock.Elapsed.TotalSeconds, 1) },
                Words.Say($"{Words.Number(parsed.GetValue(cases))}件の見本ができました（{clock.Elapsed.TotalSeconds:0.0}秒）: {database.DataFolder}", $"{Words.Number(parsed.GetValue(cases))} cases are ready ({clock.Elapsed.TotalSeconds:0.0} s): {database.DataFolder}"));
            return 0;
        });
        return command;
    }
}
