using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Kyodo.App.Tests.World;
using Kyodo.Core.Tests.Storage;
using Kyodo.Editions;
using Kyodo.Statistics;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Public;

/// <summary>The tables beside the trend: page, CSV and JSON say the same, and every number leads to as many cases as it says.</summary>
public sealed partial class StatisticsTablesTests(SampleWorlds worlds)
{
    public static TheoryData<Engine, string> Tables
    {
        get
        {
            var data = new TheoryData<Engine, string>();
            foreach (var engine in Enum.GetValues<Engine>())
            {
                foreach (var table in StatisticsTables.All)
                    data.Add(engine, table.Key);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Tables))]
    public async Task The_page_the_csv_and_the_json_hold_the_same_figures(Engine engine, string table)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = world.Visit();
        var csv = await CsvAsync(visitor, $"/statistics/{table}.csv");
        var json = JsonNode.Parse(await (await visitor.GetAsync($"/statistics/{table}.json")).Content.ReadAsStringAsync())!["figures"]!.AsArray();
        Assert.Equal(csv.Count, json.Count);
        foreach (var (row, figure) in csv.Zip(json))
        {
            Assert.Equal(row["value"], figure!["value"]?.ToJsonString() ?? "");
            Assert.Equal(row["state"], figure["state"]!.GetValue<string>());
            // A number is a number; one that is not there says why.
            Assert.Equal(row["state"] is "released" or "recorded", row["value"].Length > 0);
        }
        Assert.Contains(csv, row => row["state"] == "released");
        Assert.Contains(csv, row => row["state"] == "not_existing");
        Assert.Contains(csv, row => row["state"] == "not_collected");
        Assert.Equal(csv.Count, csv.Select(row => (row["programme"], row["measure"], row["item"], row["fiscal_year"])).Distinct().Count());
        var page = await visitor.PageAsync($"/statistics/{table}");
        Assert.NotNull(page.QuerySelector("svg title"));
        Assert.NotNull(page.QuerySelector($"a[href='/statistics/{table}.csv']"));
        Assert.Empty(page.QuerySelectorAll("[style]"));
        Assert.NotNull((await visitor.PageAsync($"/en/statistics/{table}")).QuerySelector($"a[href='/en/statistics/{table}.json']"));
    }

    [Theory, MemberData(nameof(Tables))]
    public async Task Each_number_leads_to_as_many_cases_as_it_says(Engine engine, string table)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = world.Visit();
        var links = (await visitor.PageAsync($"/statistics/{table}")).QuerySelectorAll("table.stat td a").Where(link => !link.GetAttribute("href")!.EndsWith("/2007", StringComparison.Ordinal)).ToList();
        Assert.True(links.Count > 0 || table == "responses", $"{table} has no link");
        foreach (var link in links.DistinctBy(link => link.GetAttribute("href")).Where((_, i) => i % 5 == 0))
        {
            var list = await visitor.PageAsync(link.GetAttribute("href")!);
            Assert.Equal(link.TextContent, list.QuerySelector(".result-count strong")!.TextContent);
        }
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Rows_that_share_out_the_cases_add_up_to_the_document(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = world.Visit();
        foreach (var (programme, all) in new[] { ("ps", 76), ("zero-budget", 141) })
        {
            int Sum(IEnumerable<Dictionary<string, string>> rows) => rows.Where(row => row["programme"] == programme && row["fiscal_year"] == "2007" && row["measure"] == "cases" && row["item"] != "total").Sum(row => row["value"].Length == 0 ? 0 : int.Parse(row["value"], System.Globalization.CultureInfo.InvariantCulture));
            foreach (var table in new[] { "status", "forms" })
                Assert.Equal(all, Sum(await CsvAsync(visitor, $"/statistics/{table}.csv")));
            Assert.Equal(all, Sum(await CsvAsync(visitor, "/statistics/departments.csv")) + Sum(await CsvAsync(visitor, "/statistics/bureaus.csv")));
        }
        // 平成19年度 76 projects, 20 of them new, as the document says.
        Assert.Contains(await CsvAsync(visitor, "/statistics/status.csv"), row => row is { } r && (r["programme"], r["item"], r["fiscal_year"], r["value"]) == ("ps", "new", "2007", "20"));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task How_the_round_went_is_published_as_a_whole_and_by_unit_only_to_the_staff(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = world.Visit();
        var asked = (await CsvAsync(visitor, "/statistics/responses.csv")).Where(row => row["programme"] == "ps" && row["fiscal_year"] == "2007").ToDictionary(row => row["item"], row => row["value"]);
        Assert.True(Number(asked["asked"]) >= Number(asked["answered"]) && Number(asked["answered"]) > 0);
        Assert.InRange(Number(asked["response"]), 0, 100);
        var whole = await (await visitor.GetAsync("/editions/ps/2007/r1/round.json")).Content.ReadAsStringAsync();
        Assert.DoesNotContain("doboku", whole, StringComparison.Ordinal);
        using var staff = await world.SignInAsync("coordinator");
        Assert.Contains("doboku", await (await staff.GetAsync("/staff/casebook/ps/2007/r1/round.json")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var page = await staff.PageAsync("/staff/statistics/ps/2007");
        Assert.Contains("土木部", page.Body!.TextContent, StringComparison.Ordinal);
        using var none = await staff.GetAsync("/staff/statistics/ps/1999");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Theory]
    [InlineData("/statistics/nothing")]
    [InlineData("/statistics/nothing.csv")]
    [InlineData("/statistics/nothing.json")]
    [InlineData("/en/statistics/nothing")]
    [InlineData("/statistics/STATUS2")]
    [InlineData("/map/9999")]
    [InlineData("/map/0")]
    [InlineData("/map/99999999999")]
    [InlineData("/editions/ps/2007/budget/nothing")]
    [InlineData("/editions/ps/9999/budget/zero")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        using var visitor = (await worlds.OnAsync(Engine.Sqlite)).Visit();
        using var answer = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task The_map_counts_each_place_as_its_list_does(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = world.Visit();
        var page = await visitor.PageAsync("/map/2007");
        Assert.Equal(48, page.QuerySelectorAll("svg.map-tiles > a, svg.map-tiles > g").Length);
        Assert.Equal(10, page.QuerySelectorAll(".map-table tr.total").Length);
        foreach (var link in page.QuerySelectorAll(".map-table td a").Where((_, i) => i % 12 == 0))
            Assert.Equal(link.TextContent, (await visitor.PageAsync(link.GetAttribute("href")!)).QuerySelector(".result-count strong")!.TextContent);
        // The picture says the same as the table.
        var spoken = page.QuerySelectorAll("svg.map-tiles > a").ToDictionary(link => link.QuerySelector("title")!.TextContent.Split(' ')[0], link => link.QuerySelector("title")!.TextContent.Split(' ')[1], StringComparer.Ordinal);
        foreach (var row in page.QuerySelectorAll(".map-table tr:not(.total)").Where(row => row.QuerySelector("td a") is not null))
            Assert.Equal($"{row.QuerySelector("td a")!.TextContent}件", spoken[row.QuerySelector("th")!.TextContent]);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Cases_are_compared_by_their_address_and_what_is_wrong_with_it_is_said(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        await using var db = world.Open();
        var ids = await db.LatestCases.OrderBy(c => c.Year).ThenBy(c => c.RevisionId).ThenBy(c => c.Order).Select(c => c.CaseId).Take(5).ToListAsync();
        using var visitor = world.Visit();
        async Task<(HttpStatusCode Status, IDocument Page)> CompareAsync(params string[] asked)
        {
            using var answer = await visitor.GetAsync($"/compare?{string.Join('&', asked.Select(id => $"id={Uri.EscapeDataString(id)}"))}");
            return (answer.StatusCode, new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()));
        }
        for (var count = 2; count <= 4; count++)
        {
            var (status, page) = await CompareAsync([.. ids.Take(count)]);
            Assert.Equal((HttpStatusCode.OK, count), (status, page.QuerySelectorAll(".compare thead th").Length));
            Assert.All(page.QuerySelectorAll(".compare tbody tr"), row => Assert.Equal(count, row.QuerySelectorAll("td").Length));
            Assert.Null(page.QuerySelector(".notice"));
        }
        var (none, empty) = await CompareAsync();
        Assert.Equal(HttpStatusCode.OK, none);
        Assert.NotNull(empty.QuerySelector(".empty"));
        var (one, single) = await CompareAsync(ids[0]);
        Assert.Equal(HttpStatusCode.OK, one);
        Assert.NotNull(single.QuerySelector(".case-lines a"));
        var (five, most) = await CompareAsync([.. ids]);
        Assert.Equal((HttpStatusCode.BadRequest, 4), (five, most.QuerySelectorAll(".compare thead th").Length));
        Assert.Contains("4件まで", most.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        var (unknown, rest) = await CompareAsync(ids[0], "<script>alert(1)</script>", ids[1]);
        Assert.Equal((HttpStatusCode.NotFound, 2), (unknown, rest.QuerySelectorAll(".compare thead th").Length));
        Assert.Empty(rest.QuerySelectorAll("script:not([src]):not([type='application/ld+json'])"));
        var (twice, same) = await CompareAsync(ids[0], ids[0]);
        Assert.Equal((HttpStatusCode.OK, 1), (twice, same.QuerySelectorAll(".compare thead th").Length));
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<List<Dictionary<string, string>>> CsvAsync(Visitor visitor, string path)
    {
        var bytes = await (await visitor.GetAsync(path)).Content.ReadAsByteArrayAsync();
        Assert.True(bytes.AsSpan().StartsWith("\uFEFF"u8), "UTF-8 with BOM");
        var lines = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => Cell().Matches(line).Select(cell => cell.Groups["text"].Value.Trim('"')).ToList()).ToList();
        Assert.Equal(["programme", "measure", "item", "name", "fiscal_year", "value", "unit", "state", "note"], lines[0]);
        Assert.All(lines, line => Assert.Equal(lines[0].Count, line.Count));
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal))];
    }

    // No figure's name or note holds a quotation mark or a line break.
    [GeneratedRegex("(?<=^|,)(?<text>\"[^\"]*\"|[^,]*)(?=,|$)", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Cell();
}
