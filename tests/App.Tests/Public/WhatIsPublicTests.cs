using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Kyodo.App.Tests.World;
using Kyodo.Cases;
using Kyodo.Core.Tests.Storage;
using Kyodo.Editions;
using Kyodo.Questions;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Public;

/// <summary>The whole public site is walked: what only staff may read stands in no byte of it.</summary>
public sealed class WhatIsPublicTests(SampleWorlds worlds)
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task No_internal_text_is_in_any_public_byte(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        var secrets = await SecretsAsync(world);
        Assert.True(secrets.Count > 20, $"only {secrets.Count} internal texts to look for");
        using var visitor = world.Visit();
        var found = new List<string>();
        var pages = await PublicPathsAsync(world, visitor);
        Assert.True(pages.Count > 240, $"only {pages.Count} public pages");
        foreach (var path in pages)
        {
            foreach (var (place, text) in await TextsAsync(visitor, path))
                found.AddRange(secrets.Where(secret => text.Contains(secret, StringComparison.Ordinal)).Select(secret => $"{place}: {secret}"));
        }
        Assert.True(found.Count == 0, string.Join('\n', found));

        // The same look at the staff's own page does find them: it is not blind.
        using var staff = await world.SignInAsync("doboku");
        await using var db = world.Open();
        var known = await db.StaffAnswers.Where(a => a.Case.UnitCode == "doboku").ToListAsync();
        var shown = WebUtility.HtmlDecode(await (await staff.GetAsync($"/staff/casebook/cases/{known.First(a => a.AnswersJson.Contains("internal_note", StringComparison.Ordinal)).CaseId}")).Content.ReadAsStringAsync());
        Assert.Contains(secrets, secret => shown.Contains(secret, StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task What_is_in_no_edition_answers_as_what_does_not_exist(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        await using var db = world.Open();
        var published = await db.PublishedCases.Select(c => c.CaseId).ToListAsync();
        using var visitor = world.Visit();
        using var unknown = await visitor.GetAsync("/cases/000000000000");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var draft = await visitor.GetAsync("/editions/ps/2026");
        Assert.Equal(HttpStatusCode.NotFound, draft.StatusCode);
        Assert.NotEmpty(published);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_public_page_holds_no_form_that_writes_and_sets_no_cookie(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = world.Visit();
        foreach (var path in (await PublicPathsAsync(world, visitor)).Where(path => !path.Contains('.', StringComparison.Ordinal)).Take(60))
        {
            using var answer = await visitor.GetAsync(path);
            Assert.False(answer.Headers.Contains("Set-Cookie"), path);
            Assert.DoesNotContain("method=\"post\"", await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }
    }

    internal static async Task<IReadOnlyList<string>> PublicPathsAsync(SampleWorld world, Visitor visitor)
    {
        using var sitemap = await visitor.GetAsync("/sitemap.xml");
        var pages = XDocument.Parse(await sitemap.Content.ReadAsStringAsync()).Descendants().Where(e => e.Name.LocalName == "loc").Select(e => new Uri(e.Value).AbsolutePath).ToList();
        await using var db = world.Open();
        var partners = (await db.LatestCases.ToListAsync()).SelectMany(c => c.Partners).Select(p => $"/partners/{p.Id}").Distinct().Take(30);
        var files = (await db.Revisions.ToListAsync()).SelectMany(r =>
            Directory.GetFiles(Path.Combine(new EditionShelf(world.Database.DataFolder).FolderOf(r), "public")).Select(file => $"/editions/{r.ProgrammeKey}/{r.Year}/r{r.No}/{Path.GetFileName(file)}"));
        var data = pages.Where(page => page.StartsWith("/cases/", StringComparison.Ordinal)).SelectMany(page => new[] { page + ".json", "/api/v1" + page }).Take(80);
        return [.. pages, .. partners, .. files, .. data, "/feed.atom", "/statistics/trend.csv", "/statistics/trend.json", "/api/v1/cases?size=100", "/api/v1/editions", "/cases.csv", "/robots.txt"];
    }

    internal static async Task<IReadOnlyList<(string Place, string Text)>> TextsAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path} answered {(int)answer.StatusCode}");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (!bytes.AsSpan().StartsWith("PK"u8))
            return [(path, WebUtility.HtmlDecode(Encoding.UTF8.GetString(bytes)))];
        var texts = new List<(string, string)>();
        await using var zip = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync());
            texts.Add(($"{path}!{entry.Name}", WebUtility.HtmlDecode(await reader.ReadToEndAsync())));
        }
        return texts;
    }

    /// <summary>Every line of ten letters or more that was answered to a question which is not public.</summary>
    private static async Task<IReadOnlyList<string>> SecretsAsync(SampleWorld world)
    {
        await using var db = world.Open();
        // What one programme keeps inside, another may publish.
        var inside = (await db.Rounds.Include(r => r.Questionnaire).ToListAsync()).SelectMany(r => r.Questionnaire.Questions
            .Where(q => q.Visibility is not Visibility.Public).Select(q => (r.ProgrammeKey, q.Key))).ToHashSet();
        var cases = await db.Cases.ToListAsync();
        return [.. cases.SelectMany(one => one.Answers.Keys.Where(key => inside.Contains((one.ProgrammeKey, key))).SelectMany(key => Strings(one.Answers[key])))
            .SelectMany(text => text.Split('\n')).Where(line => line.Length >= 10).Distinct()];
    }

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Strings(field.Value)),
        JsonArray entries => entries.SelectMany(Strings),
        JsonValue value when value.GetValueKind() is JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };
}
