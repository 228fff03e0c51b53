using System.Net;
using Kyodo.App.Tests.World;
using Kyodo.Core.Tests.Storage;
using Kyodo.Partners;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Partners;

/// <summary>The register at its pages: entered once, changed, merged and split.</summary>
public sealed class PartnerPagesTests(SampleWorlds worlds)
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task A_coordinator_enters_changes_merges_and_splits(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var coordinator = await world.SignInAsync("coordinator");
        const string form = "/staff/partners/new";
        var first = await EnteredAsync(("name", "見本 台帳の会"), ("kind", "NPO法人"), ("municipality", "熊本市"));
        using (var asked = await coordinator.SubmitAsync(form, form, ("name", "ＮＰＯ法人 見本台帳の会"), ("kind", "NPO法人")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.StatusCode);
            var text = await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains("法人格のほかは同じ名前", text, StringComparison.Ordinal);
            Assert.Contains("value=\"ＮＰＯ法人 見本台帳の会\"", text, StringComparison.Ordinal);
        }
        using (var typing = await coordinator.GetAsync($"{form}?handler=Similar&name=見本台帳"))
            Assert.Contains(first, await typing.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var second = await EnteredAsync(("name", "ＮＰＯ法人 見本台帳の会"), ("kind", "NPO法人"), ("another", "true"));
        using (var changed = await coordinator.SubmitAsync(first, $"{first}?handler=Describe", ("version", await VersionAsync(first)), ("name", "見本 台帳の会"), ("kind", "ボランティア団体"), ("phone", "096-000-0000")))
            Assert.Equal(HttpStatusCode.Found, changed.StatusCode);
        using (var stale = await coordinator.SubmitAsync(first, $"{first}?handler=Describe", ("version", "1"), ("name", "見本 台帳の会"), ("kind", "企業・商店")))
            Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        using (var consent = await coordinator.SubmitAsync(first, $"{first}?handler=Consent", ("item", "phone"), ("given-by", "見本 代表"), ("given-on", "2026-05-01"), ("channel", "Paper")))
            Assert.Equal(HttpStatusCode.Found, consent.StatusCode);
        Assert.Contains("いま公表してよいのは、電話です。", (await coordinator.PageAsync(first)).Body!.TextContent, StringComparison.Ordinal);
        using (var merged = await coordinator.SubmitAsync(second, $"{second}?handler=Merge", ("into", first.Split('/')[^1]), ("reason", "同じ代表者")))
            Assert.Equal(HttpStatusCode.Found, merged.StatusCode);
        Assert.Contains("に統合されています", (await coordinator.PageAsync(second)).Body!.TextContent, StringComparison.Ordinal);
        var id = (await coordinator.PageAsync(first)).QuerySelector("input[name=merge]")!.GetAttribute("value")!;
        using (var wordless = await coordinator.SubmitAsync(first, $"{first}?handler=Split", ("merge", id)))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wordless.StatusCode);
        using (var split = await coordinator.SubmitAsync(first, $"{first}?handler=Split", ("merge", id), ($"split-{id}", "別の団体だった。")))
            Assert.Equal(HttpStatusCode.Found, split.StatusCode);
        Assert.DoesNotContain("に統合されています", (await coordinator.PageAsync(second)).Body!.TextContent, StringComparison.Ordinal);

        using var auditor = await world.SignInAsync("auditor");
        Assert.Null((await auditor.PageAsync(first)).QuerySelector("main form"));
        using (var hidden = await auditor.GetAsync(form))
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        using var unit = await world.SignInAsync("nosei");
        using (var foreign = await unit.GetAsync(first))
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);

        async Task<string> EnteredAsync(params (string, string)[] fields)
        {
            using var answer = await coordinator.SubmitAsync(form, form, fields);
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            return answer.Headers.Location!.OriginalString;
        }

        async Task<string> VersionAsync(string page) => (await coordinator.PageAsync(page)).QuerySelector("input[name=version]")!.GetAttribute("value")!;
    }

    [Fact]
    public async Task A_partners_page_shows_its_projects_and_words_like_its_name_find_it()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        await using var db = world.Open();
        using var coordinator = await world.SignInAsync("coordinator");
        var one = (await db.LatestPartnerCasesAsync()).First();
        var page = (await coordinator.PageAsync($"/staff/partners/{one.Partners[0].Id}")).Body!.TextContent;
        Assert.Contains(one.Title, page, StringComparison.Ordinal);
        Assert.Contains("ほほえみの会", (await coordinator.PageAsync("/staff/partners?q=自立生活支援ほほえみの会")).Body!.TextContent, StringComparison.Ordinal);
    }
}

internal static class PartnerCases
{
    public static Task<List<Kyodo.Editions.PublishedCase>> LatestPartnerCasesAsync(this Kyodo.Storage.AppDb db) =>
        db.Set<Kyodo.Editions.PublishedCase>().Where(c => c.Revision.IsLatest && c.PartnersJson != "[]").OrderBy(c => c.CaseId).Take(1).ToListAsync();
}
