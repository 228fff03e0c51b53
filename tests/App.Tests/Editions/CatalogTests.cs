using System.Diagnostics;
using System.Text.Json.Nodes;
using Kyodo.App.Tests.World;
using Kyodo.Core.Tests.Storage;
using Xunit;

namespace Kyodo.App.Tests.Editions;

/// <summary>The catalogue of what there is to be had, as portals of data read it (DCAT 3).</summary>
public sealed class CatalogTests(SampleWorlds worlds)
{
    [Fact]
    public async Task The_catalogue_lists_each_revision_with_its_files_their_hashes_and_the_licence()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        using var reader = world.Visit();
        using var answer = await reader.GetAsync("/catalog.jsonld");
        Assert.Equal("application/ld+json", answer.Content.Headers.ContentType!.MediaType);
        var graph = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["@graph"]!.AsArray();
        var dataset = graph.First(node => node!["@id"]!.GetValue<string>().EndsWith("/editions/ps/2007/r1", StringComparison.Ordinal))!;
        var csv = graph.First(node => node!["@id"]!.GetValue<string>().EndsWith("/editions/ps/2007/r1/cases.csv", StringComparison.Ordinal))!;
        Assert.Equal("dcat:Dataset", dataset["@type"]!.GetValue<string>());
        Assert.Contains(csv["@id"]!.GetValue<string>(), dataset["dcat:distribution"]!.AsArray().Select(d => d!["@id"]!.GetValue<string>()));
        Assert.Equal("https://creativecommons.org/licenses/by/4.0/", csv["dct:license"]!["@id"]!.GetValue<string>());
        using var file = await reader.GetAsync("/editions/ps/2007/r1/cases.csv");
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await file.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(hash, csv["spdx:checksum"]!["spdx:checksumValue"]!["@value"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_turtle_is_read_by_an_independent_reader()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        using var reader = world.Visit();
        using var answer = await reader.GetAsync("/catalog.ttl");
        Assert.Equal("text/turtle", answer.Content.Headers.ContentType!.MediaType);
        var file = Path.Combine(Path.GetTempPath(), $"kyodo-{Guid.NewGuid():n}.ttl");
        await File.WriteAllTextAsync(file, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        using var rapper = Process.Start(new ProcessStartInfo("rapper", ["-q", "-c", "-i", "turtle", file]) { RedirectStandardError = true, UseShellExecute = false })!;
        var said = await rapper.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await rapper.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.Delete(file);
        Assert.True(rapper.ExitCode == 0, said);
    }
}
