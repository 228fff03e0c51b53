using System.Net;
using System.Text;
using System.Text.Json;
using Kyodo.App.Tests.World;
using Kyodo.Core.Tests.Storage;
using Kyodo.Organizations;
using Kyodo.Reorganizations;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Organizations;

/// <summary>An administrator reorganises through the pages; citizens see figures by the organisation of then and of now.</summary>
public sealed class OrganizationPagesTests(SampleWorlds worlds)
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task A_change_set_from_excel_is_rehearsed_applied_and_undone(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var administrator = await world.SignInAsync("administrator");
        using var begun = await administrator.SubmitAsync("/staff/organizations", "/staff/organizations", ("title", "令和9年4月の機構改革（見本）"), ("on", "令和9年4月1日"));
        var page = begun.Headers.Location!.ToString();
        Assert.StartsWith("/staff/organizations/changes/", page, StringComparison.Ordinal);

        // As Excel saves it in Japan, with a unit that is not there.
        using (var read = await UploadAsync(administrator, page, "変更,変更前コード,変更後コード,名称,上の組織コード,種類\r\n分割,keisatsu,keisatsu-a,警察本部甲（見本）,,\r\n分割,keisatsu,keisatsu-b,警察本部乙（見本）,,\r\n廃止,nai,,,,\r\n"))
            Assert.Equal(HttpStatusCode.Found, read.StatusCode);
        var wrong = await administrator.PageAsync(page);
        Assert.Contains("変更前の組織「nai」はありません", wrong.QuerySelector("#rehearsal")!.TextContent, StringComparison.Ordinal);
        Assert.Null(wrong.QuerySelector("form[action*='handler=Apply']"));
        var version = wrong.QuerySelector("input[name=version]")!.GetAttribute("value")!;
        using (var early = await administrator.SubmitAsync(page, $"{page}?handler=Apply", ("version", version)))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, early.StatusCode);

        using (var read = await UploadAsync(administrator, page, "変更,変更前コード,変更後コード,名称\r\n分割,keisatsu,keisatsu-a,警察本部甲（見本）\r\n分割,keisatsu,keisatsu-b,警察本部乙（見本）\r\n"))
            Assert.Equal(HttpStatusCode.Found, read.StatusCode);
        var right = await administrator.PageAsync(page);
        Assert.Contains("警察本部（令和8年度 まで）→ 警察本部甲（見本）、警察本部乙（見本）", right.QuerySelector("#rehearsal")!.TextContent, StringComparison.Ordinal);
        version = right.QuerySelector("form[action*='handler=Apply'] input[name=version]")!.GetAttribute("value")!;
        // Somebody else has not changed it meanwhile: with an older version nothing is applied.
        using (var stale = await administrator.SubmitAsync(page, $"{page}?handler=Apply", ("version", "1")))
            Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        using (var applied = await administrator.SubmitAsync(page, $"{page}?handler=Apply", ("version", version)))
            Assert.Equal(HttpStatusCode.Found, applied.StatusCode);
        Assert.Contains("警察本部甲（見本）", (await administrator.PageAsync("/staff/organizations?year=2027")).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("警察本部甲（見本）", (await administrator.PageAsync("/staff/organizations?year=2026")).QuerySelector("tbody")!.QuerySelectorAll("th").Select(th => th.TextContent));
        using (var wordless = await administrator.SubmitAsync(page, $"{page}?handler=Undo", ("reason", " ")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wordless.StatusCode);
        using (var undone = await administrator.SubmitAsync(page, $"{page}?handler=Undo", ("reason", "議会で見送り（見本）")))
            Assert.Equal(HttpStatusCode.Found, undone.StatusCode);
        await using var db = world.Open();
        Assert.False(await db.OrgUnits.AnyAsync(u => u.Code.StartsWith("keisatsu-"), TestContext.Current.CancellationToken));
        using var dropped = await administrator.SubmitAsync(page, $"{page}?handler=Drop", ("version", (await administrator.PageAsync(page)).QuerySelector("form[action*='handler=Drop'] input[name=version]")!.GetAttribute("value")!));
        Assert.Equal("/staff/organizations", dropped.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Who_is_no_administrator_reads_and_changes_nothing()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        using var coordinator = await world.SignInAsync("coordinator");
        var page = await coordinator.PageAsync("/staff/organizations");
        Assert.Null(page.QuerySelector("form[action='/staff/organizations']"));
        using (var refused = await coordinator.SubmitAsync("/staff/rounds/new", "/staff/organizations", ("title", "改革"), ("on", "2027-04-01")))
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        using var unit = await world.SignInAsync("doboku");
        using var foreign = await unit.GetAsync("/staff/organizations");
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Figures_stand_by_the_organisation_of_then_or_of_now(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var reader = world.Visit();
        var (then, now) = (await CountsAsync(reader, "departments", "then"), await CountsAsync(reader, "departments", "now"));
        Assert.True(then["総合政策局"] > 0 && then["地域振興部"] > 0);
        Assert.Equal(then["総合政策局"] + then["地域振興部"], now["見本企画振興部（見本）"]);
        Assert.False(now.ContainsKey("総合政策局"));
        Assert.Equal(then["計"], now["計"]);
        Assert.Equal(then, await CountsAsync(reader, "departments", null));
        var (places, merged) = (await CountsAsync(reader, "municipalities", "then"), await CountsAsync(reader, "municipalities", "now"));
        Assert.Equal(places["熊本市"] + places.GetValueOrDefault("富合町") + places.GetValueOrDefault("城南町") + places.GetValueOrDefault("植木町"), merged["熊本市"]);
        // Each figure leads to its cases, those of two units of then too.
        var link = (await reader.PageAsync("/statistics/departments?org=now")).QuerySelectorAll("table.stat tbody tr").First(tr => tr.QuerySelector("th")!.TextContent == "見本企画振興部（見本）").QuerySelector("a")!.GetAttribute("href")!;
        Assert.Contains($"{then["総合政策局"] + then["地域振興部"]}件", (await reader.PageAsync(link)).Body!.TextContent, StringComparison.Ordinal);
        foreach (var (path, status) in new[] { ("/api/v1/statistics/departments?org=tomorrow", HttpStatusCode.BadRequest), ("/statistics/forms.csv?org=now", HttpStatusCode.BadRequest), ("/statistics/departments?org=x", HttpStatusCode.NotFound) })
        {
            using var answer = await reader.GetAsync(path);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    /// <summary>Cases of both programmes in FY2007, by name.</summary>
    private static async Task<Dictionary<string, decimal>> CountsAsync(Visitor reader, string table, string? org)
    {
        using var answer = await reader.GetAsync($"/api/v1/statistics/{table}{(org is null ? "" : $"?org={org}")}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("figures").EnumerateArray()
            .Where(f => f.GetProperty("fiscal_year").GetInt32() == 2007 && f.GetProperty("programme").GetString() == "ps" && f.GetProperty("measure").GetString() == "cases" && f.GetProperty("value").ValueKind is JsonValueKind.Number)
            .GroupBy(f => f.GetProperty("name_ja").GetString()!).ToDictionary(g => g.Key, g => g.Sum(f => f.GetProperty("value").GetDecimal()), StringComparer.Ordinal);
    }

    private static async Task<HttpResponseMessage> UploadAsync(Visitor visitor, string page, string csv)
    {
        var form = (await visitor.PageAsync(page)).QuerySelector("form[action*='handler=Upload']")!;
        using var content = new MultipartFormDataContent
        {
            { new StringContent(form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent(form.QuerySelector("input[name=version]")!.GetAttribute("value")!), "version" },
            { new ByteArrayContent(CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetBytes(csv)), "file", "kikoukaikaku.csv" },
        };
        return await visitor.SendAsync($"{page}?handler=Upload", content);
    }
}
