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

    private readonly Dictionary<(string Unit, FiscalYear Year), int> _counts = [];

    /// <summary>Lines that could not be read, in words.</summary>
    public IReadOnlyList<string> Problems { get; }

    private HeadCounts(IEnumerable<string> lines)
    {
        var problems = new List<string>();
        foreach (var (line, no) in lines.Select((line, i) => (line.Trim(), i + 1)).Where(l => l.Item1.Length > 0 && l.Item2 > 1))
        {
            if (line.Split(',') is [var unit, var year, var count] && FiscalYear.TryParse(year, out var y)
                && int.TryParse(count.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var people) && people > 0 && _counts.TryAdd((unit.Trim(), y), people))
                continue;
            problems.Add($"{FileName}の{no}行目「{(line.Length > 60 ? line[..60] : line)}」を読めません。組織コード、年度、1以上の人数を「doboku,2007,820」のように、1つの組織と年度に1行で書いてください。");
        }
        Problems = problems;
    }

    public int? Of(string unit, FiscalYear year) => _counts.TryGetValue((unit, year), out var count) ? count : null;

    public static HeadCounts Read(string dataFolder)
    {
        var file = Path.Combine(dataFolder, FileName);
        return new HeadCounts(File.Exists(file) ? File.ReadLines(file) : []);
    }

    /// <summary>Cases for each hundred people; null where the head count is not known.</summary>
    public decimal? PerHundred(string unit, FiscalYear year, int cases) => Of(unit, year) is { } people ? Math.Round(100m * cases / people, 4) : null;
}
