using System.Net;
using System.Text.Json;
using Kyodo.App.Tests.World;
using Kyodo.Core.Tests.Storage;
using Kyodo.Editions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Public;

/// <summary>What readers and programs find, and that nothing they type breaks it. The same on both engines.</summary>
public sealed class SearchTests(SampleWorlds worlds)
{
    [Fact]
    public async Task Both_engines_find_the_same()
    {
        string[] queries = ["清掃", "ボランティア 道路", "高齢者の見守り", "平成19年度 森", "「ボランティア」 -道路", "まちづくり", "花 川"];
        var found = new List<List<string>>();
        foreach (var engine in Enum.GetValues<Engine>())
        {
            using var visitor = (await worlds.OnAsync(engine)).Visit();
            var titles = new List<string>();
            // Each world has its own ids, which settle the order of what is equally good: a list that is whole is compared.
            foreach (var query in queries)
                titles.AddRange((await JsonAsync(visitor, $"/api/v1/cases?size=100&q={Uri.EscapeDataString(query)}")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()!).Order(StringComparer.Ordinal));
            found.Add(titles);
        }
        Assert.NotEmpty(found[0]);
        Assert.All(found, titles => Assert.Equal(found[0], titles));
    }

    [Theory]
    [InlineData("ロードクリーン", "ﾛｰﾄﾞ・ｸﾘｰﾝ")]
    [InlineData("ボランティア", "ぼらんてぃあ")]
    [InlineData("ボランティア", "ボランテイア")]
    [InlineData("NPO", "ｎｐｏ")]
    public async Task It_is_found_however_it_is_written(string one, string other)
    {
        using var visitor = (await worlds.OnAsync(Engine.Sqlite)).Visit();
        var ids = await IdsAsync(visitor, $"q={Uri.EscapeDataString(one)}&size=100");
        Assert.NotEmpty(ids);
        Assert.Equal(ids, await IdsAsync(visitor, $"q={Uri.EscapeDataString(other)}&size=100"));
    }

    [Fact]
    public async Task Quoted_words_stand_in_every_case_found_and_excluded_ones_in_none()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        using var visitor = world.Visit();
        await using var db = world.Open();
        var texts = await db.LatestCases.ToDictionaryAsync(c => c.CaseId, c => $"{c.Title}\n{c.Summary}\n{c.AnswersJson}");
        var with = await IdsAsync(visitor, $"q={Uri.EscapeDataString("「美化協定」")}&size=100");
        Assert.NotEmpty(with);
        Assert.All(with, id => Assert.Contains("美化協定", texts[id], StringComparison.Ordinal));
        var without = await IdsAsync(visitor, $"q={Uri.EscapeDataString("ボランティア -道路")}&size=100");
        Assert.NotEmpty(without);
        Assert.All(without, id => Assert.DoesNotContain("道路", texts[id], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("平成19年度")]
    [InlineData("H19")]
    [InlineData("ｈ１９ 清掃")]
    [InlineData("2007年度")]
    public async Task A_year_is_read_in_both_calendars(string query)
    {
        using var visitor = (await worlds.OnAsync(Engine.Sqlite)).Visit();
        var page = await visitor.PageAsync($"/cases?q={Uri.EscapeDataString(query)}");
        Assert.Contains("平成19年度（2007年度）の事例からさがしました", page.QuerySelector(".how-read")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.QuerySelectorAll(".case-card"));
    }

    [Theory]
    [InlineData("「ありえない言葉の列」 清掃", "囲んだ言葉をそのまま含む事例はありませんでした")]
    [InlineData("清掃 蜃気楼蜃気楼", "すべての言葉に合う事例はありませんでした")]
    public async Task What_fits_in_part_is_better_than_nothing_and_the_page_says_so(string query, string said)
    {
        using var visitor = (await worlds.OnAsync(Engine.Sqlite)).Visit();
        var page = await visitor.PageAsync($"/cases?q={Uri.EscapeDataString(query)}");
        Assert.NotEmpty(page.QuerySelectorAll(".case-card"));
        Assert.Contains(said, page.QuerySelector(".how-read")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sort=newest")]
    [InlineData("sort=title")]
    [InlineData("q=%E3%83%9C%E3%83%A9%E3%83%B3%E3%83%86%E3%82%A3%E3%82%A2")]
    [InlineData("q=%E3%83%9C%E3%83%A9%E3%83%B3%E3%83%86%E3%82%A3%E3%82%A2&sort=title&programme=ps")]
    public async Task Whoever_walks_on_reads_every_case_once(string query)
    {
        using var visitor = (await worlds.OnAsync(Engine.Sqlite)).Visit();
        var (address, ids, total) = ($"/api/v1/cases?{query}&size=7", new List<string>(), -1);
        while (address is not null)
        {
            var list = await JsonAsync(visitor, address);
            total = list.GetProperty("total").GetInt32();
            ids.AddRange(list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            address = list.TryGetProperty("next", out var next) ? next.GetString() : null;
            Assert.True(ids.Count <= total, address);
        }
        Assert.Equal((total, total), (ids.Count, ids.Distinct().Count()));
        Assert.Equal(ids.Take(21), [.. await IdsAsync(visitor, $"{query}&size=7&page=1"), .. await IdsAsync(visitor, $"{query}&size=7&page=2"), .. await IdsAsync(visitor, $"{query}&size=7&page=3")]);
    }

    [Fact]
    public async Task A_facet_counts_what_choosing_it_leaves()
    {
        using var visitor = (await worlds.OnAsync(Engine.Sqlite)).Visit();
        var facets = (await JsonAsync(visitor, "/api/v1/cases?programme=ps&size=1")).GetProperty("facets");
        foreach (var facet in new[] { "programme", "year", "form", "partner", "theme", "municipality", "unit", "bureau", "status" })
        {
            foreach (var value in facets.GetProperty(facet).EnumerateArray().Take(3))
            {
                var programme = facet == "programme" ? "" : "programme=ps&";
                var total = (await JsonAsync(visitor, $"/api/v1/cases?{programme}size=1&{facet}={Uri.EscapeDataString(value.GetProperty("value").GetString()!)}")).GetProperty("total").GetInt32();
                if (facet is not "form" || value.GetProperty("programme").GetString() == "ps")
                    Assert.Equal(value.GetProperty("count").GetInt32(), total);
            }
        }
        Assert.False(facets.TryGetProperty("best", out _));
    }

    [Fact]
    public async Task Suggestions_begin_with_what_is_typed()
    {
        using var visitor = (await worlds.OnAsync(Engine.Sqlite)).Visit();
        var items = (await JsonAsync(visitor, $"/api/v1/suggestions?q={Uri.EscapeDataString("ろーど")}")).GetProperty("items").EnumerateArray().ToList();
        Assert.Contains(items, item => item.GetProperty("text").GetString()!.StartsWith("ロードクリーン", StringComparison.Ordinal));
        foreach (var item in items)
        {
            using var there = await visitor.GetAsync(item.GetProperty("url").GetString()!);
            Assert.Equal(HttpStatusCode.OK, there.StatusCode);
        }
        Assert.Empty((await JsonAsync(visitor, "/api/v1/suggestions")).GetProperty("items").EnumerateArray());
    }

    public static TheoryData<string> Hostile =>
    [
        new string('道', 3500), new string('a', 10_000), "!\"#$%&'()=~|`{+*}<>?_", "「「「」」", "\"\"\"", "\"", "「", "-", "- -", "--", "-「", "' OR 1=1; DROP TABLE cases;--", "title:清掃 AND (道路 OR 川)^2 ~1 *", "清掃*", "NEAR(a b)", "col:\\",
        "😀🧹", "👨‍👩‍👧‍👦", "\uD83D", "\uDC00清掃", "\uFFFE\uFFFF", "\0\u0001", "〇", "㍻㍼㍽", "ー", "ーー", "・", "々", "が", "\u202E清掃", "9999年度", "平成99年", "H0", "令元元元", "<script>alert(1)</script>", "%00%zz", "../../etc/passwd", "𠮷野家",
    ];

    [Theory, MemberData(nameof(Hostile))]
    public async Task Nothing_that_is_typed_breaks_the_search(string typed)
    {
        using var visitor = (await worlds.OnAsync(Engine.Sqlite)).Visit();
        var escaped = Escaped(typed);
        foreach (var path in new[] { $"/cases?q={escaped}", $"/en/cases?q={escaped}&view=table", $"/api/v1/cases?q={escaped}", $"/api/v1/suggestions?q={escaped}", $"/cases.csv?q={escaped}", $"/cases?theme={escaped}&form={escaped}&partner={escaped}&year={escaped}", $"/api/v1/cases?sort={escaped}&size={escaped}&page={escaped}" })
        {
            using var answer = await visitor.GetAsync(path);
            Assert.True(answer.StatusCode is HttpStatusCode.OK, $"{path[..Math.Min(80, path.Length)]} answered {(int)answer.StatusCode}");
            Assert.DoesNotContain("<script>alert", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/cases?page=1000000000", 200)]
    [InlineData("/cases?page=99999999999999999999", 200)]
    [InlineData("/cases?page=-1", 200)]
    [InlineData("/cases?year=9999", 200)]
    [InlineData("/api/v1/cases?page=1000000000", 200)]
    [InlineData("/api/v1/cases?page=2147483647&size=100", 200)]
    [InlineData("/api/v1/cases?size=0", 200)]
    [InlineData("/api/v1/cases?size=99999999", 200)]
    [InlineData("/api/v1/cases?after=nowhere", 400)]
    [InlineData("/api/v1/cases?after=000000000000", 400)]
    [InlineData("/api/v1/cases/000000000000", 404)]
    [InlineData("/api/v1/cases/%F0%9F%98%80", 404)]
    [InlineData("/api/v1/statistics/no-such-table", 404)]
    [InlineData("/api/v1/nothing", 404)]
    [InlineData("/cases/000000000000", 404)]
    [InlineData("/cases/' OR 1=1", 404)]
    [InlineData("/editions/ps/9999", 404)]
    [InlineData("/editions/ps/99999999999", 404)]
    [InlineData("/editions/ps/0", 404)]
    [InlineData("/editions/ps/2007/r999999", 404)]
    [InlineData("/editions/ps/2007/r1/cases/000000000000", 404)]
    [InlineData("/editions/ps/9999/r1/cases/000000000000", 404)]
    [InlineData("/partners/000000000000", 404)]
    public async Task What_is_not_there_is_said_so(string path, int status)
    {
        using var visitor = (await worlds.OnAsync(Engine.Sqlite)).Visit();
        using var answer = await visitor.GetAsync(path);
        Assert.Equal(status, (int)answer.StatusCode);
        if (status >= 400 && path.StartsWith("/api/", StringComparison.Ordinal))
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/api/v1/cases?q=%E6%B8%85%E6%8E%83")]
    [InlineData("/api/v1/editions")]
    [InlineData("/api/v1/statistics/trend")]
    [InlineData("/api/v1/suggestions?q=%E6%B8%85")]
    [InlineData("/openapi/v1.json")]
    public async Task Any_site_may_read_and_whoever_has_it_is_told_so(string path)
    {
        using var visitor = (await worlds.OnAsync(Engine.Sqlite)).Visit();
        for (var turn = 0; turn < 2; turn++)
        {
            using var answer = await visitor.GetAsync(path);
            Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
            using var again = await visitor.GetAsync(path, answer.Headers.ETag!);
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal("", await again.Content.ReadAsStringAsync());
        }
        using var preflight = await visitor.SendAsync(HttpMethod.Options, "/api/v1/cases");
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
    }

    private static string Escaped(string typed) => string.Concat(typed.Select(c => char.IsSurrogate(c) ? Lone(c) : Uri.EscapeDataString(c.ToString())));

    // As a broken program sends it: half a character, in three bytes.
    private static string Lone(char c) => $"%{0xE0 | (c >> 12):X2}%{0x80 | ((c >> 6) & 63):X2}%{0x80 | (c & 63):X2}";

    private static async Task<IReadOnlyList<string>> IdsAsync(Visitor visitor, string query) =>
        [.. (await JsonAsync(visitor, $"/api/v1/cases?{query}")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    private static async Task<JsonElement> JsonAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path} answered {(int)answer.StatusCode}");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }
}
