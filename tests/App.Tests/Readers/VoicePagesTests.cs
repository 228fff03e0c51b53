using System.Net;
using AngleSharp.Html.Parser;
using Kyodo.App.Tests.World;
using Kyodo.Core.Tests.Storage;
using Kyodo.Editions;
using Kyodo.Readers;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Readers;

/// <summary>From the public page to the unit's list. Each test comes from an address of its own, because what may be sent is counted by address.</summary>
public sealed class VoicePagesTests(SampleWorlds worlds)
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task A_reader_writes_and_the_unit_in_charge_reads_and_says_what_it_did(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        var one = await CaseOfAsync(world, "nosei");
        var place = $"/cases/{one}/voice";
        using var reader = world.VisitFrom("127.0.0.11");
        Assert.Equal(place, (await reader.PageAsync($"/cases/{one}")).QuerySelector(".voice-door a")!.GetAttribute("href"));

        using var sent = await reader.SubmitAsync(place, place, ("helped", "more"), ("words", "田植えの人はどう集めましたか。"), ("homepage", ""));
        Assert.Equal((HttpStatusCode.Found, $"{place}?said"), (sent.StatusCode, sent.Headers.Location?.ToString()));
        Assert.Contains("届きました", (await reader.PageAsync($"{place}?said")).QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);

        using var other = await world.SignInAsync("kenkofukushi");
        Assert.DoesNotContain("田植えの人", (await other.PageAsync("/staff/voices")).Body!.TextContent, StringComparison.Ordinal);
        using var coordinator = await world.SignInAsync("coordinator");
        Assert.Contains("田植えの人", (await coordinator.PageAsync("/staff/voices")).Body!.TextContent, StringComparison.Ordinal);
        using var unit = await world.SignInAsync("nosei");
        Assert.Contains("田植えの人", (await unit.PageAsync("/staff/voices?state=Unread")).Body!.TextContent, StringComparison.Ordinal);
        await using var db = world.Open();
        var voice = await db.CaseVoices.AsNoTracking().SingleAsync(v => v.CaseId == one && v.Text.Contains("田植え"));
        (string, string)[] handled = [("voice", $"{voice.Id}"), ("version", $"{voice.RowVersion}"), ("note", "集め方を書き足しました。")];
        using var notTheirs = await other.SubmitAsync("/staff/voices", "/staff/voices?handler=Handle", handled);
        Assert.Equal(HttpStatusCode.NotFound, notTheirs.StatusCode);
        using var done = await unit.SubmitAsync("/staff/voices", "/staff/voices?handler=Handle", handled);
        Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        // Drawn before somebody else wrote: the note is kept on the page and nothing is written over.
        using var stale = await unit.SubmitAsync("/staff/voices", "/staff/voices?handler=Handle", handled);
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Contains("集め方を書き足しました。", (await unit.PageAsync("/staff/voices?state=Handled")).Body!.TextContent, StringComparison.Ordinal);
        // Not published.
        Assert.DoesNotContain("田植えの人", (await reader.PageAsync($"/cases/{one}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_is_drawn_for_each_visit_found_by_no_search_and_keeps_what_was_typed()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        var one = await CaseOfAsync(world, "shokokanko");
        foreach (var (place, lang) in new[] { ($"/cases/{one}/voice", "ja"), ($"/en/cases/{one}/voice", "en") })
        {
            using var reader = world.VisitFrom("127.0.0.12");
            using var drawn = await reader.GetAsync(place);
            Assert.Contains("no-store", drawn.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            var page = await new HtmlParser().ParseDocumentAsync(await drawn.Content.ReadAsStringAsync());
            Assert.Equal((lang, "noindex"), (page.DocumentElement.GetAttribute("lang"), page.QuerySelector("meta[name=robots]")!.GetAttribute("content")));
            using var refused = await reader.SubmitAsync(place, place, ("helped", "more"), ("words", ""), ("homepage", ""));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            var again = await new HtmlParser().ParseDocumentAsync(await refused.Content.ReadAsStringAsync());
            Assert.NotNull(again.QuerySelector("#helped-more[checked]"));
            Assert.Equal("#words", again.QuerySelector(".error-summary a")!.GetAttribute("href"));
        }
        using var visitor = world.VisitFrom("127.0.0.12");
        using var unknown = await visitor.GetAsync("/cases/000000000000/voice");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task What_fills_in_every_field_is_thanked_and_not_kept()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        var one = await CaseOfAsync(world, "kyoiku");
        var place = $"/cases/{one}/voice";
        using var program = world.VisitFrom("127.0.0.13");
        using var sent = await program.SubmitAsync(place, place, ("helped", "helped"), ("words", "buy now"), ("homepage", "http://spam.example"));
        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        await using var db = world.Open();
        Assert.False(await db.CaseVoices.AnyAsync(v => v.CaseId == one));
    }

    [Fact]
    public async Task A_flood_from_one_address_is_told_to_wait()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        var place = $"/cases/{await CaseOfAsync(world, "kyoiku")}/voice";
        using var flood = world.VisitFrom("127.0.0.14");
        for (var i = 0; i < 30; i++)
        {
            using var answer = await flood.SendAsync(HttpMethod.Post, place, ("helped", "helped"));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
        using var refused = await flood.SendAsync(HttpMethod.Post, place, ("helped", "helped"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        using var someoneElse = world.VisitFrom("127.0.0.15");
        using var open = await someoneElse.SendAsync(HttpMethod.Post, place, ("helped", "helped"));
        Assert.Equal(HttpStatusCode.BadRequest, open.StatusCode);
    }

    private static async Task<string> CaseOfAsync(SampleWorld world, string unit)
    {
        await using var db = world.Open();
        return await db.LatestCases.Where(c => c.UnitCode == unit).OrderBy(c => c.ProgrammeKey).ThenBy(c => c.Order).Select(c => c.CaseId).FirstAsync();
    }
}
