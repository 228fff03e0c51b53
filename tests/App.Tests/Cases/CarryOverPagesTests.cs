using System.Net;
using Kyodo.App.Tests.World;
using Kyodo.Cases;
using Kyodo.Core.Tests.Storage;
using Kyodo.Organizations;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Cases;

/// <summary>What a unit does with last year's cases, through the front door and without scripts. Each test has a unit of its own.</summary>
public sealed class CarryOverPagesTests(SampleWorlds worlds)
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task No_change_change_ended_and_all_the_rest_at_once(Engine engine)
    {
        var (world, visitor, here) = await OpenAsync(engine, "kenkofukushi");
        using var _ = visitor;
        var page = await visitor.PageAsync(here);
        var waiting = page.QuerySelectorAll(".past-case").ToList();
        Assert.True(waiting.Count >= 4, $"only {waiting.Count} cases stand ready");
        Assert.Contains("平成19年度の事例", page.QuerySelector("#last-year")!.TextContent, StringComparison.Ordinal);
        var ids = waiting.ConvertAll(one => one.QuerySelector("input[name=caseId]")!.GetAttribute("value")!);

        await DoesAsync(visitor, here, $"{here}/last-year?handler=Carry", here, ("caseId", ids[0]), ("edit", "false"));
        using (var changed = await visitor.SubmitAsync(here, $"{here}/last-year?handler=Carry", ("caseId", ids[1]), ("edit", "true")))
            Assert.Matches($"^{here}/[0-9a-z]{{12}}$", changed.Headers.Location!.ToString());
        using (var unsaid = await visitor.SubmitAsync(here, $"{here}/last-year?handler=End", ("caseId", ids[2]), ("how", "gone"), ("reason", "")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, unsaid.StatusCode);
        await DoesAsync(visitor, here, $"{here}/last-year?handler=End", here, ("caseId", ids[2]), ("how", "gone"), ("reason", "団体だけで続けられるようになったため。"));
        await DoesAsync(visitor, here, $"{here}/last-year?handler=CarryAll", here);

        page = await visitor.PageAsync(here);
        Assert.Empty(page.QuerySelectorAll(".past-case"));
        await using var db = world.Open();
        var now = await db.Cases.Where(c => c.Year == SampleWorld.ThisYear && c.RemovedAt == null && c.CarriedFromId != null && ids.Contains(c.CarriedFromId)).ToListAsync();
        Assert.Equal(ids.Count - 1, now.Count);
        Assert.DoesNotContain(ids[2], now.Select(c => c.CarriedFromId));

        var undo = page.QuerySelector("button[name=linkId]")!.GetAttribute("value")!;
        await DoesAsync(visitor, here, $"{here}/last-year?handler=Undo", here, ("linkId", undo));
        Assert.Single((await visitor.PageAsync(here)).QuerySelectorAll(".past-case"));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task The_same_button_pressed_twice_carries_once_and_says_so(Engine engine)
    {
        var (world, visitor, here) = await OpenAsync(engine, "shokokanko");
        using var _ = visitor;
        var id = (await visitor.PageAsync(here)).QuerySelector(".past-case input[name=caseId]")!.GetAttribute("value")!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => visitor.SubmitAsync(here, $"{here}/last-year?handler=Carry", ("caseId", id), ("edit", "false"))));
        Assert.Single(answers, a => a.StatusCode is HttpStatusCode.Found);
        // Whichever look came too late says it: carried already, a case of that name already, or somebody was quicker.
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Found or HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict, $"{(int)a.StatusCode}"));
        using (var again = await visitor.SubmitAsync(here, $"{here}/last-year?handler=Carry", ("caseId", id), ("edit", "false")))
            Assert.Contains("もう引き継がれています", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await using var db = world.Open();
        Assert.Equal(1, await db.Cases.CountAsync(c => c.CarriedFromId == id && c.RemovedAt == null));
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_large_change_asks_why_beside_the_field_and_keeps_the_reason(Engine engine)
    {
        var (_, visitor, here) = await OpenAsync(engine, "rinmusuisan");
        using var closing = visitor;
        string? edit = null;
        foreach (var past in (await visitor.PageAsync(here)).QuerySelectorAll(".past-case input[name=caseId]").Select(i => i.GetAttribute("value")!).Distinct())
        {
            using var carried = await visitor.SubmitAsync(here, $"{here}/last-year?handler=Carry", ("caseId", past), ("edit", "true"));
            var at = carried.Headers.Location!.ToString();
            if (edit is null && (await visitor.PageAsync(at)).QuerySelector("input[name='budget.initial']")!.GetAttribute("value") is { Length: > 0 })
                edit = at;
        }
        Assert.NotNull(edit);
        await ChangesAsync(visitor, edit, ("budget.initial", "987654321"));
        var page = await visitor.PageAsync(edit);
        Assert.Contains("提出までに書いてください", page.QuerySelector("#q-budget")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("987,654,321千円", page.QuerySelector("#q-budget .large-change, #q-budget .help:not(#h-budget)")!.TextContent + page.QuerySelector("#q-budget")!.TextContent, StringComparison.Ordinal);
        var inquiry = await visitor.PageAsync(here);
        Assert.Contains("大きく変わった理由", inquiry.QuerySelector("#why-submit")!.TextContent, StringComparison.Ordinal);

        await ChangesAsync(visitor, edit, ("budget.why", "県内全域に広げたため"));
        page = await visitor.PageAsync(edit);
        Assert.Equal("県内全域に広げたため", page.QuerySelector("textarea[name='budget.why']")!.TextContent.Trim());
        Assert.Contains("県内全域に広げたため", (await visitor.PageAsync($"{edit}/view")).QuerySelector(".diff-fields")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("大きく変わった理由", (await visitor.PageAsync(here)).QuerySelector("#why-submit")?.TextContent ?? "", StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_rename_is_offered_beside_the_form_and_the_answer_is_kept(Engine engine)
    {
        var (world, visitor, here) = await OpenAsync(engine, "kamoto");
        using var _ = visitor;
        await using var db = world.Open();
        var unit = await db.OrgUnits.Where(u => u.Code == "kamoto").Select(u => u.Id).SingleAsync();
        var past = await db.Cases.Where(c => c.ProgrammeKey == "ps" && c.Year != SampleWorld.ThisYear && c.UnitId == unit).OrderBy(c => c.TitleKey).FirstAsync();
        using (var written = await visitor.SubmitAsync($"{here}/new", $"{here}/new", ("title", $"令和8年度 {past.Title}（拡充）"), ("summary", past.Answers.Text("summary"))))
        {
            var edit = written.Headers.Location!.ToString();
            var offer = (await visitor.PageAsync(edit)).QuerySelector(".offer")!;
            Assert.Contains($"「{past.Title}」", offer.TextContent, StringComparison.Ordinal);
            var caseId = edit.Split('/')[^1];
            await DoesAsync(visitor, edit, $"{here}/last-year?handler=Join", edit, ("caseId", caseId), ("pastId", past.Id));
            var page = await visitor.PageAsync(edit);
            Assert.Null(page.QuerySelector(".offer"));
            Assert.Equal(past.ProjectId, await db.Cases.Where(c => c.Id == caseId).Select(c => c.ProjectId).SingleAsync());
            await DoesAsync(visitor, edit, $"{here}/last-year?handler=Undo", here, ("linkId", page.QuerySelector("button[name=linkId]")!.GetAttribute("value")!));
            await DoesAsync(visitor, edit, $"{here}/last-year?handler=Different", edit, ("caseId", caseId), ("pastId", past.Id));
            Assert.DoesNotContain(past.Title, (await visitor.PageAsync(edit)).QuerySelector(".offer")?.TextContent ?? "", StringComparison.Ordinal);
        }
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Another_units_last_year_and_unpublished_project_are_not_there(Engine engine)
    {
        var (world, visitor, here) = await OpenAsync(engine, "kikuchi");
        using var _ = visitor;
        using (var written = await visitor.SubmitAsync($"{here}/new", $"{here}/new", ("title", "菊池だけの試み")))
            Assert.Equal(HttpStatusCode.Found, written.StatusCode);
        await using var db = world.Open();
        var mine = await db.Cases.Where(c => c.Title == "菊池だけの試み").Select(c => c.ProjectId).SingleAsync();
        var published = await db.Cases.Where(c => c.Year != SampleWorld.ThisYear).Select(c => c.ProjectId).FirstAsync();
        using var other = await world.SignInAsync("yatsushiro");
        foreach (var (who, path, status) in new[]
        {
            (visitor, $"/staff/projects/{mine}", HttpStatusCode.OK), (other, $"/staff/projects/{mine}", HttpStatusCode.NotFound),
            (other, $"/staff/projects/{published}", HttpStatusCode.OK), (other, $"{here}/last-year", HttpStatusCode.NotFound), (other, "/staff/projects/aaaaaaaaaaaa", HttpStatusCode.NotFound),
        })
        {
            using var answer = await who.GetAsync(path);
            Assert.True(answer.StatusCode == status, $"{path}: {(int)answer.StatusCode}");
        }
    }

    private async Task<(SampleWorld World, Visitor Visitor, string Here)> OpenAsync(Engine engine, string unit)
    {
        var world = await worlds.OnAsync(engine);
        return (world, await world.SignInAsync(unit), $"/staff/cases/{await world.OpenInquiryAsync(unit)}");
    }

    private static async Task DoesAsync(Visitor visitor, string page, string action, string leadsTo, params (string, string)[] fields)
    {
        using var answer = await visitor.SubmitAsync(page, action, fields);
        Assert.True(answer.StatusCode is HttpStatusCode.Found, $"{action}: {(int)answer.StatusCode}");
        Assert.Equal(leadsTo, answer.Headers.Location!.ToString());
    }

    /// <summary>Saves the form as it stands but for some fields.</summary>
    private static async Task ChangesAsync(Visitor visitor, string edit, params (string Name, string Value)[] changed)
    {
        var page = await visitor.PageAsync(edit);
        var version = page.QuerySelector("#answer input[name=version]")!.GetAttribute("value")!;
        var budget = page.QuerySelectorAll("#answer [name^='budget.']").Where(i => changed.All(c => c.Name != i.GetAttribute("name")))
            .Select(i => (i.GetAttribute("name")!, i.TagName is "TEXTAREA" ? i.TextContent.Trim() : i.GetAttribute("value") ?? ""));
        using var saved = await visitor.SubmitAsync(edit, edit, [("version", version), .. budget, .. changed]);
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
    }
}
