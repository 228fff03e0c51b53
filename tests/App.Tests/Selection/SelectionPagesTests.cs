using System.Net;
using Kyodo.App.Tests.Commands;
using Kyodo.App.Tests.Editions;
using Kyodo.App.Tests.World;
using Kyodo.Cases;
using Kyodo.Core.Tests.Storage;
using Kyodo.Editions;
using Kyodo.Organizations;
using Kyodo.Samples;
using Kyodo.Selection;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Selection;

/// <summary>Departments, jurors and the secretariat at the selection; each sees what is theirs.</summary>
public sealed class SelectionPagesTests(SampleWorlds worlds, DemoFolder demo) : IClassFixture<DemoFolder>
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task Another_departments_case_or_nomination_is_not_there(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        await using var db = world.Open();
        var selection = await db.Selections.SingleAsync(s => s.ProgrammeKey == "zero-budget");
        var (road, farming) = (await db.OrgUnits.Where(u => u.Code == "doboku").Select(u => u.Id).SingleAsync(), await db.OrgUnits.Where(u => u.Code == "nosei").Select(u => u.Id).SingleAsync());
        var others = await db.Cases.Of("zero-budget", SampleYear.Year).Where(c => c.UnitId == road).Select(c => c.Id).FirstAsync();
        var nominated = await db.Nominations.Where(n => n.Unit.Code != "nosei").Select(n => n.Id).FirstAsync();
        using var unit = await world.SignInAsync("nosei");
        const string page = "/staff/nominations";
        using (var foreign = await unit.SubmitAsync(page, page, ("selection", $"{selection.Id}"), ("caseId", others), ($"reason-{others}", "手本になる。")))
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        using (var unknown = await unit.SubmitAsync(page, page, ("selection", "999999"), ("caseId", others)))
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using (var back = await unit.SubmitAsync(page, $"{page}?handler=TakeBack", ("nomination", nominated), ($"back-{nominated}", "都合による。")))
            Assert.Equal(HttpStatusCode.NotFound, back.StatusCode);
        var own = await db.Cases.Of("zero-budget", SampleYear.Year).Where(c => c.UnitId == farming).Select(c => c.Id).FirstAsync();
        // Its own is there, and refused with the reason: nothing of that programme has been evaluated to its end.
        using (var early = await unit.SubmitAsync(page, page, ("selection", $"{selection.Id}"), ("caseId", own), ($"reason-{own}", "手本になる。")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, early.StatusCode);
            Assert.Contains("選定の対象ではありません", await early.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        Assert.False(await db.Nominations.AnyAsync(n => n.SelectionId == selection.Id));
        using var desk = await unit.GetAsync($"/staff/selection/{selection.Id}");
        Assert.NotEqual(HttpStatusCode.OK, desk.StatusCode);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_juror_reads_what_was_given_to_them_and_nothing_of_the_others(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        await using var db = world.Open();
        var mine = await db.Judgements.AsNoTracking().Include(j => j.Nomination).FirstAsync(j => j.Status == JudgementStatus.Submitted && j.Words != "");
        var others = await db.Judgements.AsNoTracking().FirstAsync(j => j.PersonId != mine.PersonId);
        var email = await db.People.Where(u => u.Id == mine.PersonId).Select(u => u.Email).SingleAsync();
        using var juror = await world.SignInAsync(email!.Split('@')[0]);
        var list = (await juror.PageAsync("/staff/jury")).Body!;
        Assert.Contains(mine.Nomination.CaseTitle, list.TextContent, StringComparison.Ordinal);
        Assert.Equal(await db.Judgements.CountAsync(j => j.PersonId == mine.PersonId), list.QuerySelectorAll("a[href^='/staff/jury/']").Length);
        Assert.Contains(mine.Words, (await juror.PageAsync($"/staff/jury/{mine.Id}")).Body!.TextContent, StringComparison.Ordinal);
        using (var foreign = await juror.GetAsync($"/staff/jury/{others.Id}"))
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        using (var decided = await juror.SubmitAsync($"/staff/jury/{mine.Id}", $"/staff/jury/{mine.Id}", ("p.goal", "5")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, decided.StatusCode);
        Assert.Equal(mine.Points, await db.Judgements.Where(j => j.Id == mine.Id).Select(j => j.Points).SingleAsync());
        using var coordinator = await world.SignInAsync("coordinator");
        using (var secretariat = await coordinator.GetAsync($"/staff/jury/{mine.Id}"))
            Assert.NotEqual(HttpStatusCode.OK, secretariat.StatusCode);
    }

    [Fact]
    public async Task Best_cases_are_public_from_the_second_revision_with_their_reasons_and_without_marks()
    {
        await using var world = await EditionWorld.BeginAsync(demo);
        await using var db = world.Database.Open();
        var bests = await db.LatestBests().Select(b => b.CaseId).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(5, bests.Count);
        using var reader = world.Visit();
        foreach (var (path, heading) in new[] { ("/best", "優良事例"), ("/en/best", "Best cases") })
        {
            var page = await reader.PageAsync(path);
            Assert.Equal(heading, page.QuerySelector("h1")!.TextContent.Trim());
            Assert.Equal(bests.Order(StringComparer.Ordinal), page.QuerySelectorAll(".case-card h3 a").Select(a => a.GetAttribute("href")!.Split('/')[^1]).Order(StringComparer.Ordinal));
            Assert.DoesNotContain("審査員）", page.Body!.TextContent, StringComparison.Ordinal);
        }
        Assert.NotNull((await reader.PageAsync($"/cases/{bests[0]}")).QuerySelector(".badge.best"));
        using var file = await reader.GetAsync("/editions/ps/2007/r2/best.json");
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        var text = await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.All(bests, id => Assert.Contains(id, text, StringComparison.Ordinal));
        foreach (var juror in await db.Judgements.Select(j => j.Juror).Distinct().ToListAsync(TestContext.Current.CancellationToken))
            Assert.DoesNotContain(juror, text, StringComparison.Ordinal);
        using var before = await reader.GetAsync("/editions/ps/2007/r1/best.json");
        Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);
    }
}
