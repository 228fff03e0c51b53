using System.Net;
using System.Text.Json.Nodes;
using Kyodo.App.Tests.Commands;
using Kyodo.App.Tests.World;
using Kyodo.Editions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Editions;

/// <summary>What becomes of a case after it was published: withdrawn, redacted, corrected by a second revision.</summary>
public sealed class PublishedCaseTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    [Fact]
    public async Task A_withdrawn_case_answers_gone_with_its_reason_and_is_in_no_list()
    {
        await using var world = await EditionWorld.BeginAsync(demo);
        var (id, title) = await FirstAsync(world);
        using var reader = world.Visit();
        using (var before = await reader.GetAsync($"/cases/{id}"))
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        using var coordinator = await world.CoordinatorAsync();
        var page = $"/staff/editions/ps/2007/cases/{id}";
        using (var refused = await coordinator.SubmitAsync(page, $"{page}?handler=Withdraw", ("reason", " ")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using (var done = await coordinator.SubmitAsync(page, $"{page}?handler=Withdraw", ("reason", "相手方の団体からの申し出による。")))
            Assert.Equal(HttpStatusCode.Found, done.StatusCode);

        foreach (var path in new[] { $"/cases/{id}", $"/en/cases/{id}", $"/editions/ps/2007/r1/cases/{id}" })
        {
            using var gone = await reader.GetAsync(path);
            var html = await gone.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
            Assert.Contains("相手方の団体からの申し出による。", html, StringComparison.Ordinal);
            Assert.DoesNotContain(title, html, StringComparison.Ordinal);
        }
        foreach (var path in new[] { $"/cases/{id}.json", $"/api/v1/cases/{id}" })
        {
            using var gone = await reader.GetAsync(path);
            Assert.Equal((HttpStatusCode.Gone, "application/problem+json"), (gone.StatusCode, gone.Content.Headers.ContentType!.MediaType));
            var problem = JsonNode.Parse(await gone.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            Assert.Equal((410, "相手方の団体からの申し出による。"), (problem["status"]!.GetValue<int>(), problem["detail"]!.GetValue<string>()));
        }
        foreach (var path in new[] { "/editions/ps/2007", "/sitemap.xml", "/cases.csv", "/editions/ps/2007/forms/1" })
        {
            using var list = await reader.GetAsync(path);
            Assert.DoesNotContain(path == "/sitemap.xml" ? $"/cases/{id}<" : title, await list.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        var edition = await reader.PageAsync("/editions/ps/2007");
        Assert.Contains("公表を取り下げた事例が1件", edition.Body!.TextContent, StringComparison.Ordinal);
        using (var trend = await reader.GetAsync("/statistics/trend.csv"))
            Assert.Contains("2007,75,released,", await trend.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using (var file = await reader.GetAsync("/editions/ps/2007/r1/cases.csv"))
            Assert.Contains(title, await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, (await Ran.KyodoAsync("verify", "--data", world.Folder)).ExitCode);
    }

    [Fact]
    public async Task A_redaction_by_command_is_told_on_the_page_and_verifies()
    {
        await using var world = await EditionWorld.BeginAsync(demo);
        var (id, _) = await FirstAsync(world);
        var partner = "くまもと話し合いの場づくり研究会";
        using var reader = world.Visit();
        var ran = await Ran.KyodoAsync("redact", id, "--basis", "個人情報の保護に関する法律", "--reason", "団体からの請求による。", "--passage", partner, "--json", "--data", world.Folder);
        Assert.True(ran.ExitCode == 0, ran.Errors);
        await world.LookAsync();
        var edition = await reader.PageAsync("/editions/ps/2007/r1");
        Assert.Contains("個人情報の保護に関する法律", edition.Body!.TextContent, StringComparison.Ordinal);
        using (var one = await reader.GetAsync($"/cases/{id}"))
        {
            var html = await one.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(partner, html, StringComparison.Ordinal);
            Assert.Contains(Redaction.Mark, html, StringComparison.Ordinal);
        }
        var verified = await Ran.KyodoAsync("verify", "--json", "--data", world.Folder);
        Assert.Equal(0, verified.ExitCode);
        // The public and the staff's book of both revisions.
        Assert.Equal(4, verified.Json.GetProperty("redacted").GetArrayLength());
        await File.AppendAllTextAsync(Path.Combine(world.Folder, "editions", "ps", "2007", "r1", "public", "cases.csv"), "x", TestContext.Current.CancellationToken);
        Assert.Equal(1, (await Ran.KyodoAsync("verify", "--data", world.Folder)).ExitCode);
    }

    [Fact]
    public async Task A_release_is_planned_moved_and_called_off_on_the_page_and_by_command()
    {
        await using var world = await EditionWorld.BeginAsync(demo);
        using var coordinator = await world.CoordinatorAsync();
        const string page = "/staff/editions/ps/2007";
        using (var refused = await coordinator.SubmitAsync(page, $"{page}?handler=Schedule", ("erratum", "直しました。"), ("pdf", "false"), ("day", "平成19年4月1日"), ("time", "09:00")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using (var done = await coordinator.SubmitAsync(page, $"{page}?handler=Schedule", ("erratum", "直しました。"), ("pdf", "false"), ("day", $"{TimeProvider.System.GetUtcNow().AddDays(30):yyyy-MM-dd}"), ("time", "09:00")))
            Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        Assert.Contains("第3版を公表します", (await coordinator.PageAsync(page)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, (await Ran.KyodoAsync("release", "--programme", "ps", "--year", "2007", "--cancel", "--data", world.Folder)).ExitCode);
        Assert.Equal(1, (await Ran.KyodoAsync("release", "--programme", "ps", "--year", "2007", "--at", "2007-04-01T09:00", "--erratum", "x", "--data", world.Folder)).ExitCode);
        Assert.Equal(0, (await Ran.KyodoAsync("release", "--programme", "ps", "--year", "2007", "--at", $"{TimeProvider.System.GetUtcNow().AddDays(3):yyyy-MM-dd}T09:00", "--erratum", "x", "--data", world.Folder)).ExitCode);
        using (var cancelled = await coordinator.SubmitAsync(page, $"{page}?handler=Cancel"))
            Assert.Equal(HttpStatusCode.Found, cancelled.StatusCode);
        Assert.DoesNotContain("第3版を公表します", (await coordinator.PageAsync(page)).Body!.QuerySelectorAll(".notice").Select(n => n.TextContent).Aggregate("", (a, b) => a + b), StringComparison.Ordinal);
    }

    private static async Task<(string Id, string Title)> FirstAsync(EditionWorld world)
    {
        await using var db = world.Database.Open();
        var one = await db.LatestCases.Where(c => c.ProgrammeKey == "ps").OrderBy(c => c.Order).Select(c => new { c.CaseId, c.Title }).FirstAsync();
        return (one.CaseId, one.Title);
    }
}
