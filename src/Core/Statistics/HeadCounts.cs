using System.Globalization;
using Kyodo.Common;

namespace Kyodo.Statistics;

/// <summary>
/// 職員数: how many people work in a unit in a fiscal year, where the operator has said so in the data folder
/// (<c>head-counts.csv</c>: <c>unit_code,fiscal_year,head_count</c>). What is not said is not known.
/// </summary>
public sealed class HeadCounts
{
    public const string FileName = "head-counts.csv";

    /// <summary>住民の数 by municipality: <c>municipality,fiscal_year,residents</c>.</summary>
    public const string ResidentsFileName = "residents.csv";

    private readonly Dictionary<(string Unit, FiscalYear Year), int> _counts = [];

    /// <summary>Lines that could not be read, in words.</summary>
    public IReadOnlyList<string> Problems { get; }

    private HeadCounts(string name, string example, IEnumerable<string> lines)
    {
        var problems = new List<string>();
        foreach (var (line, no) in lines.Select((line, i) => (line.Trim(), i + 1)).Where(l => l.Item1.Length > 0 && l.Item2 > 1))
        {
            if (line.Split(',') is [var unit, var year, var count] && FiscalYear.TryParse(year, out var y)
                && int.TryParse(count.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var people) && people > 0 && _counts.TryAdd((unit.Trim(), y), people))
                continue;
            problems.Add($"{name}の{no}行目「{(line.Length > 60 ? line[..60] : line)}」を読めません。{example}のように、1つの年度に1行で書いてください。");
        }
        Problems = problems;
    }

    public int? Of(string unit, FiscalYear year) => _counts.TryGetValue((unit, year), out var count) ? count : null;

    public static HeadCounts Read(string dataFolder) => Read(dataFolder, FileName, "組織コード、年度、1以上の人数を「doboku,2007,820」");

    public static HeadCounts ReadResidents(string dataFolder) => Read(dataFolder, ResidentsFileName, "市町村名、年度、1以上の人数を「熊本市,2007,660000」");

    private static HeadCounts Read(string dataFolder, string name, string example)
    {
        var file = Path.Combine(dataFolder, name);
        return new HeadCounts(name, example, File.Exists(file) ? File.ReadLines(file) : []);
    }

    public bool Knows(string unit) => _counts.Keys.Any(key => key.Unit == unit);

    /// <summary>Cases for each ten thousand people; null where their number is not known.</summary>
    public decimal? PerTenThousand(string unit, FiscalYear year, int cases) => Of(unit, year) is { } people ? Math.Round(10_000m * cases / people, 4) : null;

    /// <summary>Cases for each hundred people; null where the head count is not known.</summary>
    public decimal? PerHundred(string unit, FiscalYear year, int cases) => Of(unit, year) is { } people ? Math.Round(100m * cases / people, 4) : null;
}
