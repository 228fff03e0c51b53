using System.Net;
using System.Text.Json.Nodes;
using Deque.AxeCore.Playwright;
using Kyodo.App.Hosting;
using Kyodo.App.Tests.Browser;
using Kyodo.App.Tests.Commands;
using Kyodo.App.Tests.Editions;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Federation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Kyodo.App.Tests.Federation;

/// <summary>One government's released files on another's site: by files, by address, and with bad intent.</summary>
public sealed class FederationTests(DemoFolder demo, Chromium chromium) : IClassFixture<DemoFolder>, IClassFixture<Chromium>
{
    [Fact]
    public async Task A_neighbours_released_editions_stand_in_one_search_under_its_name()
    {
        var neighbour = await NeighbourAsync("130");
        await using var world = await EditionWorld.BeginAsync(demo);
        Assert.Equal(0, (await Ran.KyodoAsync("federate", "add", "--government", "400009", "--name", "福岡県", "--credit", "福岡県県民協働課", "--data", world.Folder)).ExitCode);
        var taken = await Ran.KyodoAsync("federate", "take", Path.Combine(neighbour, "editions"), "--government", "400009", "--json", "--data", world.Folder);
        Assert.Equal((0, 0), (taken.ExitCode, taken.Json.GetProperty("refused").GetArrayLength()));
        var again = await Ran.KyodoAsync("federate", "take", Path.Combine(neighbour, "editions"), "--government", "400009", "--json", "--data", world.Folder);
        Assert.Equal((0, taken.Json.GetProperty("taken").GetInt32()), (again.ExitCode, again.Json.GetProperty("unchanged").GetInt32()));
        await world.LookAsync();
        using var reader = world.Visit();
        using var answer = await reader.GetAsync("/api/v1/cases?government=400009&size=100");
        var list = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(130, list["total"]!.GetValue<int>());
        var page = list["items"]![0]!["url"]!.GetValue<string>();
        page = page[page.IndexOf("/g/", StringComparison.Ordinal)..];
        Assert.StartsWith("/g/400009/editions/", page, StringComparison.Ordinal);
        var shown = await reader.PageAsync(page);
        Assert.Contains("福岡県県民協働課", shown.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("CC BY 4.0", shown.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("福岡県", (await reader.PageAsync("/cases")).QuerySelector(".facets-wide")!.TextContent, StringComparison.Ordinal);
        foreach (var width in new[] { 1280, 360 })
            await LookAtAsync(world, width, [page, $"/en{page}", page[..page.IndexOf("/cases/", StringComparison.Ordinal)], "/g/400009", "/en/g/400009", "/editions", "/cases?government=400009"]);
        // What is not there is not there.
        foreach (var path in new[] { "/g/400008", "/g/..%2f", "/g/400009/editions/ps/9999", page[..^1] + "l", page.Replace("400009", "130001", StringComparison.Ordinal) })
        {
            using var missing = await reader.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        }
        using var coordinator = await world.CoordinatorAsync();
        using (var ended = await coordinator.SubmitAsync("/staff/federation", "/staff/federation?handler=End", ("code", "400009")))
            Assert.Equal(HttpStatusCode.Found, ended.StatusCode);
        await world.LookAsync();
        using (var gone = await reader.GetAsync(page))
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(0, (await Ran.KyodoAsync("verify", "--data", world.Folder)).ExitCode);
    }

    [Fact]
    public async Task A_site_is_looked_at_by_its_address_only_where_it_is_not_within_this_network()
    {
        await using var neighbour = await EditionWorld.BeginAsync(demo);
        var own = await NeighbourAsync("20");
        var site = neighbour.Address.ToString().TrimEnd('/');
        // A government never takes in its own editions.
        Assert.Equal(1, (await Ran.KyodoAsync("federate", "add", "--government", "430005", "--name", "熊本県", "--address", site, "--data", own)).ExitCode);
        Assert.Equal(0, (await Ran.KyodoAsync("federate", "add", "--government", "400009", "--name", "福岡県", "--address", site, "--data", own)).ExitCode);
        var refused = await Ran.KyodoAsync("federate", "refresh", "--data", own);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("庁内のネットワーク", refused.Errors, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(own, "appsettings.json"), """{"Federation":{"AllowPrivateAddresses":true}}""", TestContext.Current.CancellationToken);
        var looked = await Ran.KyodoAsync("federate", "refresh", "--json", "--data", own);
        Assert.Equal(0, looked.ExitCode);
        Assert.True(looked.Json.GetProperty("taken").GetInt32() >= 3);
        await using var db = new Kyodo.Storage.Database(own, null).Open();
        await using var theirs = neighbour.Database.Open();
        Assert.Equal(await theirs.LatestCases.CountAsync(TestContext.Current.CancellationToken), await db.FederatedCases.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Hostile_texts_are_shown_as_texts_and_wrong_files_are_refused_on_the_page()
    {
        await using var world = await EditionWorld.BeginAsync(demo);
        using var coordinator = await world.CoordinatorAsync();
        using (var wrong = await coordinator.SubmitAsync("/staff/federation", "/staff/federation", ("code", "400008"), ("name", "<b>福岡県</b>")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.Contains("検査数字", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        using (var right = await coordinator.SubmitAsync("/staff/federation", "/staff/federation", ("code", "400009"), ("name", "<b>福岡県</b>")))
            Assert.Equal(HttpStatusCode.Found, right.StatusCode);
        var files = new Kyodo.Core.Tests.Federation.ForeignFiles();
        files.First["title"] = "<img src=x onerror=alert(1)>";
        using (var refused = await UploadAsync(coordinator, files.Manifest(sha256: new string('0', 64)), files.CasesFile))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("中身が目録と違います", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        using (var taken = await UploadAsync(coordinator, files.Manifest(), files.CasesFile))
            Assert.Equal(HttpStatusCode.Found, taken.StatusCode);
        await world.LookAsync();
        using var reader = world.Visit();
        var page = await reader.PageAsync("/g/400009/editions/ps/2008/cases/fkka00000001");
        Assert.Equal("<img src=x onerror=alert(1)>", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("<script>alert(1)</script>", page.QuerySelector(".story")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.QuerySelectorAll("script"), script => script.TextContent.Contains("alert", StringComparison.Ordinal));
        Assert.Empty(page.QuerySelectorAll("[onerror]"));
        await LookAtAsync(world, 360, ["/g/400009/editions/ps/2008/cases/fkka00000001"]);
        using var unit = world.Visit();
        await unit.SignInAsync(Kyodo.App.Tests.World.SampleWorld.EmailOf("doboku"), Kyodo.Samples.SamplePrefecture.Password);
        using var hidden = await unit.GetAsync("/staff/federation");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("192.168.0.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("203.0.113.5", false)]
    [InlineData("172.32.0.1", false)]
    [InlineData("2001:db8::1", false)]
    public void Addresses_within_a_network_are_known(string address, bool isPrivate) => Assert.Equal(isPrivate, ForeignSites.IsPrivate(IPAddress.Parse(address)));

    [Fact]
    public async Task What_never_ends_is_cut_off()
    {
        await using var neighbour = await EditionWorld.BeginAsync(demo);
        using var sites = new ForeignSites(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Federation:AllowPrivateAddresses", "true")]).Build());
        var read = sites.Below(neighbour.Address.ToString().TrimEnd('/'));
        Assert.Contains("大きすぎます", (await Assert.ThrowsAsync<Refusal>(() => read("catalog.jsonld", 100, TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
        Assert.Contains("404", (await Assert.ThrowsAsync<Refusal>(() => read("no-such", 100, TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
    }

    private static async Task<string> NeighbourAsync(string cases)
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("kyodo-neighbour-").FullName, "data");
        Assert.Equal(0, (await Ran.KyodoAsync("generate", "--cases", cases, "--seed", "77", "--data", folder)).ExitCode);
        return folder;
    }

    private static async Task<HttpResponseMessage> UploadAsync(Kyodo.App.Tests.World.Visitor visitor, ReadOnlyMemory<byte> manifest, ReadOnlyMemory<byte> cases)
    {
        var token = (await visitor.PageAsync("/staff/federation")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" },
            { new StringContent("400009"), "code" },
            { new ReadOnlyMemoryContent(manifest), "manifest", "manifest.json" },
            { new ReadOnlyMemoryContent(cases), "cases", "cases.json" },
        };
        return await visitor.SendAsync("/staff/federation?handler=Take", form);
    }

    private async Task LookAtAsync(EditionWorld world, int width, string[] paths)
    {
        await using var context = await chromium.OpenAsync(world.Address, width);
        var page = await context.NewPageAsync();
        var wrong = new List<string>();
        foreach (var path in paths)
        {
            Assert.Equal(200, (await page.GotoAsync(path))!.Status);
            wrong.AddRange((await page.RunAxe()).Violations.Select(v => $"{path}: {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var whole && whole > width)
                wrong.Add($"{path}: {whole} px wide in a window of {width} px");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
