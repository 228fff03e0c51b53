using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Editions.Files;
using Kyodo.Federation;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Commands;

/// <summary><c>federate</c>: other governments' published editions, from their files or from their site.</summary>
internal static partial class FederateCommand
{
    private static readonly Actor Operator = CommonOptions.Operator(new Duty(Role.Administrator, 0));

    public static Command Create() => new("federate", Words.Say("ほかの団体の年度版を取り込む", "take in other governments' published editions")) { Add(), Take(), Refresh(), List() };

    private static Option<string> Code() => new("--government") { Required = true, Description = Words.Say("全国地方公共団体コード（6桁）", "its six-digit government code") };

    private static Command Add()
    {
        var code = Code();
        var name = new Option<string>("--name") { Required = true, Description = Words.Say("団体の名前", "its name") };
        var address = new Option<string?>("--address") { Description = Words.Say("公表サイトの所在（catalog.jsonld のあるところ）", "where its public site begins (catalog.jsonld stands there)") };
        var credit = new Option<string?>("--credit") { Description = Words.Say("出典の書き方", "how it wants to be named") };
        var command = new Command("add", Words.Say("団体を登録する", "enter a government")) { code, name, address, credit };
        command.SetAction(async (parsed, stop) =>
        {
            await using var db = (await CommonOptions.ExistingAsync(parsed, stop)).Open();
            var government = await db.FederateAsync(parsed.GetValue(code)!, parsed.GetValue(name)!, parsed.GetValue(address), parsed.GetValue(credit), Operator, Now, stop);
            Terminal.Finish(parsed, new { government = government.Code }, Words.Say($"{government.Name}を登録しました。", $"Entered {government.Code}."));
            return 0;
        });
        return command;
    }

    private static Command Take()
    {
        var place = new Argument<string>("PLACE") { Description = Words.Say("年度版のフォルダー（いくつも入ったフォルダーでもよい）か、CSV", "a folder of editions, or a plain CSV") };
        var code = Code();
        var programme = new Option<string?>("--programme") { Description = Words.Say("CSVのとき: 制度の短い名前", "of a CSV: the programme's short name") };
        var name = new Option<string?>("--name") { Description = Words.Say("CSVのとき: 制度の名前", "of a CSV: the programme's name") };
        var year = new Option<int?>("--year") { Description = Words.Say("CSVのとき: 年度（西暦）", "of a CSV: fiscal year") };
        var licence = new Option<string?>("--licence") { Description = Words.Say("CSVのとき: 利用条件（例: CC BY 4.0）", "of a CSV: its licence") };
        var mapping = new Option<FileInfo?>("--mapping") { Description = Words.Say($"CSVのとき: 見出しの対応のJSON（{string.Join("、", ForeignList.Parts)}）。省くと推し量る", "of a CSV: a JSON object from part to header; guessed when left out") };
        var command = new Command("take", Words.Say("ファイルから取り込む", "take in from files")) { place, code, programme, name, year, licence, mapping };
        command.SetAction(async (parsed, stop) =>
        {
            await using var db = (await CommonOptions.ExistingAsync(parsed, stop)).Open();
            var government = await FindAsync(db, parsed.GetValue(code)!, stop);
            var source = parsed.GetValue(place)!;
            if (Directory.Exists(source))
                return Tell(parsed, await db.TakeInAllAsync(government, EditionsBelow(source), InFolder(source), Path.GetFileName(Path.GetFullPath(source).TrimEnd(Path.DirectorySeparatorChar)), Operator, Now, stop));
            if (!File.Exists(source))
                throw new Refusal(Words.Say($"フォルダーもファイルもありません: {source}", $"There is neither a folder nor a file: {source}"));
            if (parsed.GetValue(programme) is not { } key || parsed.GetValue(year) is not { } asked || parsed.GetValue(licence) is not { } terms)
                throw new Refusal(Words.Say("CSVには --programme、--name、--year、--licence を付けてください。", "A CSV needs --programme, --name, --year and --licence."));
            var about = new ForeignListAbout(key, parsed.GetValue(name) ?? key, new FiscalYear(asked), terms);
            var read = ForeignList.Read(await ReadAsync(source, ForeignList.LargestFile, stop), about, Mapping(parsed.GetValue(mapping)), government.Code, Now);
            var result = await db.TakeInAsync(government, read, Path.GetFileName(source), Operator, Now, stop);
            return Tell(parsed, [new LookedAt($"{key}/{asked}", result, null)]);
        });
        return command;
    }

    private static Command Refresh()
    {
        var code = new Option<string?>("--government") { Description = Words.Say("この団体だけ。省くと、所在のあるすべて", "only this one; all that have an address when left out") };
        var command = new Command("refresh", Words.Say("公表サイトを見に行き、新しい版を取り込む", "look at their sites and take in what is new")) { code };
        command.SetAction(async (parsed, stop) =>
        {
            var database = await CommonOptions.ExistingAsync(parsed, stop);
            await using var app = WebHost.Build(database, []);
            var sites = app.Services.GetRequiredService<ForeignSites>();
            await using var db = database.Open();
            var wanted = parsed.GetValue(code) is { } one ? [await FindAsync(db, one, stop)] : await db.FederatedGovernments.Where(g => !g.IsEnded && g.Address != "").OrderBy(g => g.Code).ToListAsync(stop);
            var looked = new List<LookedAt>();
            foreach (var government in wanted)
            {
                Refusal.If(government.WhyNotLook(Operator));
                looked.AddRange((await db.LookAtAsync(government, sites.Below(government.Address), government.Address, Operator, Now, stop)).Select(edition => edition with { Edition = $"{government.Code} {edition.Edition}" }));
            }
            return Tell(parsed, looked);
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", Words.Say("登録した団体と年度版の数", "the governments entered, with their editions"));
        command.SetAction(async (parsed, stop) =>
        {
            await using var db = (await CommonOptions.ExistingAsync(parsed, stop)).Open();
            var editions = db.FederatedEditions;
            var all = await db.FederatedGovernments.AsNoTracking().OrderBy(g => g.Code)
                .Select(g => new { g.Code, g.Name, g.Address, g.IsEnded, Editions = editions.Count(e => e.GovernmentId == g.Id), Cases = editions.Where(e => e.GovernmentId == g.Id).Sum(e => e.CaseCount) }).ToListAsync(stop);
            foreach (var one in all)
                Terminal.Say(parsed, $"{one.Code} {one.Name} {one.Editions}版 {one.Cases}件 {one.Address}{(one.IsEnded ? " （掲載を終えた）" : "")}");
            Terminal.Finish(parsed, all, Words.Say($"{all.Count}団体", $"{all.Count} governments"));
            return 0;
        });
        return command;
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static async Task<FederatedGovernment> FindAsync(Storage.AppDb db, string code, CancellationToken stop) => await db.FederatedGovernmentAsync(code, stop)
        ?? throw new Refusal(Words.Say($"コード{code}の団体は登録されていません。federate add で登録してください。", $"No government {code} is entered: federate add."));

    /// <summary>Every folder that holds a public edition, newest revision of each: the folder itself, or <c>editions/ps/2007/r2</c> below it.</summary>
    private static List<string> EditionsBelow(string folder)
    {
        var found = Directory.EnumerateFiles(folder, Manifest.FileName, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 8, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(file => File.Exists(Path.Combine(Path.GetDirectoryName(file)!, CasesJson.FileName)))
            .Select(file => Path.GetRelativePath(folder, Path.GetDirectoryName(file)!).Replace('\\', '/')).Select(path => path == "." ? "" : path)
            // A whole data folder holds the editions for staff beside those for everybody.
            .Where(path => !path.Split('/').Contains("staff"))
            .GroupBy(path => Revision().Replace(path, "r")).Select(revisions => revisions.MaxBy(path => Revision().Match(path) is { Success: true } no ? int.Parse(no.Groups["no"].Value, CultureInfo.InvariantCulture) : 0)!)
            .Order(StringComparer.Ordinal).ToList();
        return found.Count > 0 ? found : throw new Refusal(Words.Say($"{folder} に年度版（manifest.json と cases.json）がありません。", $"There is no edition (manifest.json and cases.json) in {folder}."));
    }

    [GeneratedRegex(@"(?<=^|/)r(?<no>[0-9]{1,3})(?=/|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Revision();

    private static ReadForeign InFolder(string folder) => (path, most, stop) => ReadAsync(Path.Combine(folder, path), most, stop);

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(string file, int most, CancellationToken stop) => !File.Exists(file) ? throw new Refusal($"{file} がありません。")
        : new FileInfo(file).Length > most ? throw new Refusal($"{file} は大きすぎます（{most:N0}バイトまで）。")
        : await File.ReadAllBytesAsync(file, stop);

    private static Dictionary<string, string>? Mapping(FileInfo? file)
    {
        if (file is null)
            return null;
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file.FullName));
        }
        catch (JsonException)
        {
            throw new Refusal(Words.Say($"{file.FullName} が読めません。{{\"title\": \"事業名\"}} のように書いてください。", $"{file.FullName} cannot be read. Write it like {{\"title\": \"事業名\"}}."));
        }
    }

    private static int Tell(ParseResult parsed, IReadOnlyList<LookedAt> looked)
    {
        foreach (var wrong in looked.Where(one => one.Wrong is not null))
            Console.Error.WriteLine($"{wrong.Edition}: {wrong.Wrong}");
        Terminal.Finish(parsed, new { taken = looked.Count(one => one.Result is TakenIn.New or TakenIn.Replaced), unchanged = looked.Count(one => one.Result is TakenIn.Unchanged), refused = looked.Where(one => one.Wrong is not null).Select(one => new { one.Edition, one.Wrong }) }, TakingIn.Words(looked));
        return looked.Any(one => one.Wrong is not null) ? 1 : 0;
    }
}
