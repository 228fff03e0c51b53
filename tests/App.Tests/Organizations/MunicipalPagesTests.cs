using System.Net;
using Kyodo.App.Tests.World;
using Kyodo.Core.Tests.Storage;
using Kyodo.Editions;
using Kyodo.Rounds;
using Kyodo.Samples;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Organizations;

/// <summary>市町村の協働事例: relayed by the bureaus, in the municipalities' own words, in an edition of their own.</summary>
public sealed class MunicipalPagesTests(SampleWorlds worlds)
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task Municipalities_have_their_own_edition_with_their_own_words(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        await using var db = world.Open();
        var cases = await db.LatestCases.Where(c => c.ProgrammeKey == "municipal" && c.Year == SampleYear.Year).ToListAsync();
        Assert.True(cases.Count >= 20, $"{cases.Count} cases");
        Assert.Equal(cases.Count, cases.Select(c => c.UnitCode).Distinct().Count());
        // Each came through its bureau, but for 熊本市's.
        var direct = await db.Inquiries.Where(i => i.Round.ProgrammeKey == "municipal" && i.ParentId == null && i.Unit.Kind == Kyodo.Organizations.OrgUnitKind.Municipality).Select(i => i.Unit.Code).ToListAsync();
        Assert.Equal(["431001"], direct);
        Assert.Equal(48, await db.Inquiries.CountAsync(i => i.Round.ProgrammeKey == "municipal" && i.Unit.Kind == Kyodo.Organizations.OrgUnitKind.Municipality && i.Status == InquiryStatus.Accepted));
        using var reader = world.Visit();
        var edition = await reader.PageAsync("/editions/municipal/2007");
        Assert.Contains("市町村の協働事例", edition.Body!.TextContent, StringComparison.Ordinal);
        var adopted = cases.Single(c => c.Title.Contains("轟の水路", StringComparison.Ordinal));
        Assert.Equal(2, adopted.FormNo);
        var page = (await reader.PageAsync($"/cases/{adopted.CaseId}")).Body!.TextContent;
        Assert.Contains("アダプトプログラム", page, StringComparison.Ordinal);
        Assert.Contains("事業協定", page, StringComparison.Ordinal);
        Assert.Contains($"{cases.Count}件", (await reader.PageAsync("/cases?programme=municipal")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_crosswalk_is_shown_and_corrected_by_the_division()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        using var coordinator = await world.SignInAsync("coordinator");
        const string path = "/staff/programmes/municipal";
        var page = await coordinator.PageAsync(path);
        string Shown(AngleSharp.Html.Dom.IHtmlDocument of, int no) => of.QuerySelector($"#also-{no}")!.GetAttribute("value")!;
        (string, string)[] Fields(params (int No, string Words)[] changed) =>
        [
            ("version", page.QuerySelector("form[action*='Crosswalk'] input[name=version]")!.GetAttribute("value")!),
            .. Enumerable.Range(1, 7).Select(no => ($"also.{no}", changed.FirstOrDefault(c => c.No == no).Words ?? Shown(page, no))),
        ];
        using (var twice = await coordinator.SubmitAsync(path, $"{path}?handler=Crosswalk", Fields((1, "合同企画"), (3, "合同企画"))))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
            Assert.Contains("両方にあります", await twice.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        using (var saved = await coordinator.SubmitAsync(path, $"{path}?handler=Crosswalk", Fields((1, $"{Shown(page, 1)}、合同企画"))))
            Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.EndsWith("、合同企画", Shown(await coordinator.PageAsync(path), 1), StringComparison.Ordinal);
        using var auditor = await world.SignInAsync("auditor");
        Assert.Null((await auditor.PageAsync(path)).QuerySelector("#also-1"));
    }
}
