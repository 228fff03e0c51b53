using System.Net;
using Kyodo.App.Tests.World;
using Kyodo.Core.Tests.Storage;
using Kyodo.Editions;
using Kyodo.Readers;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Readers;

/// <summary>The casebook within the office, by its pages: used, asked, answered, counted. No other test says so of these units' cases.</summary>
public sealed class CasebookPagesTests(SampleWorlds worlds)
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task A_unit_says_that_it_used_a_case_and_the_spread_is_a_list_and_a_picture(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        await using var db = world.Open();
        var theirs = await db.LatestCases.Where(c => c.UnitCode == "kigyo").OrderBy(c => c.Order).FirstAsync();
        var own = await db.LatestCases.Where(c => c.UnitCode == "nosei").OrderBy(c => c.Order).FirstAsync();
        var unit = await db.Set<Kyodo.Organizations.OrgUnit>().Where(u => u.Code == "nosei").Select(u => u.Id).SingleAsync();
        var place = $"/staff/casebook/cases/{theirs.CaseId}";
        using var visitor = await world.SignInAsync("nosei");
        using var empty = await visitor.SubmitAsync(place, $"{place}?handler=Use", ("unit", $"{unit}"), ("note", " "), ("own", own.CaseId));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        using var used = await visitor.SubmitAsync(place, $"{place}?handler=Use", ("unit", $"{unit}"), ("note", "見守りの仕組みを借りました。"), ("own", own.CaseId));
        Assert.Equal(HttpStatusCode.Found, used.StatusCode);

        using var reader = await world.SignInAsync("doboku");
        var page = await reader.PageAsync(place);
        Assert.Contains(own.Title, page.QuerySelector(".spread-list")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("svg[role=img] title"));
        Assert.Null(page.QuerySelector("form[action$=TakeBack]"));
        var use = await db.CaseUses.Where(u => u.CaseId == theirs.CaseId).Select(u => u.Id).SingleAsync();
        using var notTheirs = await reader.SubmitAsync(place, $"{place}?handler=TakeBack", ("use", $"{use}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, notTheirs.StatusCode);
        using var back = await visitor.SubmitAsync(place, $"{place}?handler=TakeBack", ("use", $"{use}"));
        Assert.Equal(HttpStatusCode.Found, back.StatusCode);
        Assert.Null((await reader.PageAsync(place)).QuerySelector(".spread-list"));
    }

    [Fact]
    public async Task A_question_is_asked_answered_read_by_all_and_new_to_who_comes_back()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        await using var db = world.Open();
        var one = await db.LatestCases.Where(c => c.UnitCode == "kigyo").OrderByDescending(c => c.Order).FirstAsync();
        var place = $"/staff/casebook/cases/{one.CaseId}";
        using var asker = await world.SignInAsync("training");
        await asker.PageAsync("/staff/casebook");
        using var asked = await asker.SubmitAsync(place, $"{place}?handler=Ask", ("text", "費用はいくらかかりましたか。"));
        Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        var question = await db.CaseQuestions.AsNoTracking().SingleAsync(q => q.CaseId == one.CaseId);
        (string, string)[] answer = [("question", $"{question.Id}"), ("version", $"{question.RowVersion}"), ("answer", "1回あたり3万円です。")];
        using var other = await world.SignInAsync("doboku");
        using var notTheirs = await other.SubmitAsync(place, $"{place}?handler=Answer", answer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, notTheirs.StatusCode);
        using var unit = await world.SignInAsync("kigyo");
        using var answered = await unit.SubmitAsync(place, $"{place}?handler=Answer", answer);
        Assert.Equal(HttpStatusCode.Found, answered.StatusCode);
        Assert.Contains("1回あたり3万円です。", (await other.PageAsync(place)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        // As if the visit before had been before the question.
        var before = world.Clock.Now.AddDays(-1);
        await db.Set<CasebookVisit>().Where(v => v.PersonId == question.PersonId).ExecuteUpdateAsync(v => v.SetProperty(one => one.SeenAt, before));
        Assert.Contains(one.Title, (await asker.PageAsync("/staff/casebook")).QuerySelector("[aria-labelledby=news]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readings_are_counted_for_units_and_shown_to_those_who_oversee()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        await using var db = world.Open();
        var one = await db.LatestCases.Where(c => c.UnitCode == "shokokanko").OrderBy(c => c.Order).FirstAsync();
        using var reader = await world.SignInAsync("juror");
        await reader.PageAsync($"/staff/casebook/cases/{one.CaseId}");
        Assert.True(await db.CaseReadings.AnyAsync(r => r.CaseId == one.CaseId && r.Times > 0));
        using var none = await reader.GetAsync("/staff/casebook/reading");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        using var coordinator = await world.SignInAsync("coordinator");
        Assert.Contains(one.Title, (await coordinator.PageAsync("/staff/casebook/reading")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }
}
