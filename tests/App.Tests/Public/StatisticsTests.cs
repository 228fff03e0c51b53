using AngleSharp.Dom;
using Kyodo.App.Tests.World;
using Kyodo.Core.Tests.Storage;
using Xunit;

namespace Kyodo.App.Tests.Public;

/// <summary>The table of the prefecture's document, figure by figure.</summary>
public sealed class StatisticsTests(SampleWorlds worlds)
{
    // FY2002 to FY2007. ― is "did not exist", … is "not collected"; neither is 0.
    private static readonly Dictionary<string, string[]> Document = new(StringComparer.Ordinal)
    {
        ["ps 1"] = ["0", "3", "3", "3", "3", "4"],
        ["ps 2"] = ["2", "6", "9", "26", "29", "29"],
        ["ps 3"] = ["1", "15", "22", "28", "19", "22"],
        ["ps 4"] = ["0", "0", "1", "3", "1", "1"],
        ["ps 5"] = ["0", "0", "3", "5", "6", "6"],
        ["ps 6"] = ["1", "2", "6", "6", "9", "11"],
        ["ps 7"] = ["1", "7", "12", "3", "3", "3"],
        ["ps 0"] = ["5", "33", "56", "74", "70", "76"],
        ["zero-budget 1"] = ["―", "―", "―", "―", "…", "47"],
        ["zero-budget 2"] = ["―", "―", "―", "―", "…", "55"],
        ["zero-budget 3"] = ["―", "―", "―", "―", "…", "39"],
        ["zero-budget 0"] = ["―", "―", "―", "―", "151", "141"],
    };

    [Theory, ClassData(typeof(EngineData))]
    public async Task The_csv_holds_every_figure_of_the_document_and_says_what_each_is(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = world.Visit();
        var text = await (await visitor.GetAsync("/statistics/trend.csv")).Content.ReadAsByteArrayAsync();
        Assert.True(text.AsSpan().StartsWith("\uFEFF"u8), "UTF-8 with BOM");
        var lines = System.Text.Encoding.UTF8.GetString(text).TrimStart('\uFEFF').Split("\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("programme,form_no,form,fiscal_year,count,state,note", lines[0]);
        var rows = lines.Skip(1).Select(line => line.Split(',')).ToList();
        Assert.Equal(Document.Count * 6, rows.Count(row => row[0] is "ps" or "zero-budget"));
        // The municipalities' cases stand beside the document's figures, never among them.
        Assert.Equal(8 * 6, rows.Count(row => row[0] is "municipal"));
        foreach (var (key, figures) in Document)
        {
            var own = rows.Where(row => $"{row[0]} {row[1]}" == key).OrderBy(row => row[3], StringComparer.Ordinal).ToList();
            Assert.Equal(["2002", "2003", "2004", "2005", "2006", "2007"], own.Select(row => row[3]));
            Assert.Equal(figures.Select(figure => figure is "―" or "…" ? "" : figure), own.Select(row => row[4]));
            Assert.Equal(figures.Select((figure, i) => figure == "―" ? "not_existing" : figure == "…" ? "not_collected" : i == 5 ? "released" : "recorded"), own.Select(row => row[5]));
            Assert.Contains("見本", own[5][6], StringComparison.Ordinal);
        }
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task The_page_shows_the_documents_table_and_its_footnote(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = world.Visit();
        var page = await visitor.PageAsync("/statistics");
        var rows = page.QuerySelector("table.stat")!.QuerySelectorAll("tbody tr:not(.group)").Select(Figures).ToList();
        Assert.Equal([.. Document.Take(8).Select(row => string.Join(' ', row.Value)), string.Join(' ', Document["zero-budget 0"])], rows);
        Assert.Contains("平成17年度までは、PSプロジェクトに熊本型県民連携事業の一部が含まれている", page.Body!.TextContent, StringComparison.Ordinal);
    }

    // Of a figure that is none, the words for those who do not see the sign are left out.
    private static string Figures(IElement row) => string.Join(' ', row.QuerySelectorAll("td").Select(cell => (cell.QuerySelector("[aria-hidden]") ?? cell).TextContent.Trim()));
}
