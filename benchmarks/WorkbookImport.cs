using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Kyodo.Cases.Files;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Samples;
using Kyodo.Storage;
using Kyodo.Workbooks;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Benchmarks;

/// <summary>A unit's workbook of 220 rows: read only (the baseline), checked, and checked and saved.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 2, iterationCount: 9)]
[MemoryDiagnoser]
public class WorkbookImport
{
    private const int Rows = 220;
    private static readonly FiscalYear Year = new(2026);
    private static readonly DateTimeOffset Now = JapanTime.At(new DateOnly(2026, 4, 10), 10);

    private string _folder = "";
    private byte[] _workbook = [];
    private Database _database = null!;
    private int _turn;

    [GlobalSetup]
    public async Task MakeRoundAsync()
    {
        _folder = Directory.CreateTempSubdirectory("kyodo-benchmark").FullName;
        var empty = new Database(Path.Combine(_folder, "empty"), null);
        await empty.MigrateAsync();
        await using var db = empty.Open();
        await SamplePrefecture.EnterAsync(db, Now);
        var by = await db.ActorAsync($"coordinator@{SamplePrefecture.Domain}", Now.DayInJapan());
        var programme = await db.ProgrammeAsync("ps");
        var unit = await db.OrgUnits.FirstAsync(u => u.Code == "doboku");
        var round = new Round(programme, Year, Phase.StartOfYear, by, Now);
        round.Describe(round.Title, new Letter { Number = "1", Date = Now.DayInJapan(), Sender = "s", Officer = "o", Body = "b" }, Now.DayInJapan(), Now.DayInJapan(), Now.DayInJapan(), by, Now);
        round.Ask([unit], by, Now);
        db.Rounds.Add(round);
        await db.SaveChangesAsync();
        round.Open(by, Now, Array.Empty<string>().ToLookup(_ => unit.Id));
        await db.SaveChangesAsync();
        using var output = new MemoryStream();
        var context = new ReadingContext(Year, programme.FormsIn(Year), await db.MunicipalityNamesAsync(Year));
        UnitWorkbook.Write(output, unit.Code, unit.Name, Year, [new UnitSheet("ps", programme.NameJa, programme.Questionnaire.Questions, context, [.. Enumerable.Range(1, Rows).Select(Row)])], Now);
        _workbook = output.ToArray();
    }

    [GlobalCleanup]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [IterationSetup]
    public void FreshRecords()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var folder = Path.Combine(_folder, $"turn{++_turn}");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_folder, "empty")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        _database = new Database(folder, null);
    }

    [Benchmark(Baseline = true)]
    public int Read()
    {
        using var stream = new MemoryStream(_workbook);
        return WorkbookReader.Read(stream).Sheets.Sum(sheet => sheet.Rows.Count);
    }

    [Benchmark]
    public Task<int> Check() => ImportAsync(save: false);

    [Benchmark]
    public Task<int> CheckAndSave() => ImportAsync(save: true);

    private async Task<int> ImportAsync(bool save)
    {
        await using var db = _database.Open();
        var by = await db.ActorAsync($"doboku@{SamplePrefecture.Domain}", Now.DayInJapan());
        var inquiry = await db.InquiryAsync("ps", Year, "doboku");
        var import = await CaseImport.CheckAsync(db, inquiry, _workbook, await db.MunicipalityNamesAsync(Year), by, Now);
        if (import.Check.Accepted != Rows)
            throw new InvalidOperationException(string.Join('\n', import.Check.Problems.Take(3)));
        if (save)
        {
            await import.SaveAsync(db, "workbook", by, Now);
        }
        return import.Check.Accepted;
    }

    internal static UnitSheetRow Row(int number) => new(null, null, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["title"] = $"川と道をきれいにする活動 {number}（見本）",
        ["summary"] = $"県と地域の団体が、{number}番目の区間で清掃と花植えを続けています。",
        ["place"] = "山鹿市、菊池市",
        ["unit_contact.unit"] = "土木部 道路保全課",
        ["unit_contact.phone"] = "096-000-0000",
        ["form"] = "2 事業協定",
        ["form.also"] = "3、6",
        ["partners"] = $"川の会{number}（見本）\n花の会{number}（見本）",
        ["partners.kind"] = "ボランティア団体\n地域団体",
        ["roles.government"] = "用具の貸し出し\nごみの運搬",
        ["roles.partner"] = "清掃と花植え\n参加の呼びかけ",
        ["period.from"] = "平成19年4月1日",
        ["reason"] = string.Concat(Enumerable.Repeat("川沿いのごみが増え、地域だけでは手が足りなくなっていた。", 5)),
        ["purpose"] = "住民が誇れる水辺を、行政と一緒に保つ。",
        ["content"] = string.Concat(Enumerable.Repeat("毎月1回、両岸2kmを清掃し、春と秋に花を植える。", 10)),
        ["theme"] = "環境、まちづくり",
        ["declared"] = "継続",
        ["spread"] = "同じ形の協定を、ほかの区間にも広げられる。",
        ["indicators"] = "参加者（人）: H16=120、H17=180、H18=260",
        ["self_check"] = "計画段階から一緒に考えた\n他の地域・分野に広げられる",
        ["budget.initial"] = "1,200",
        ["budget.source"] = "一般財源",
    });
}
