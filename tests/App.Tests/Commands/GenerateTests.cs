using System.Text.Json;
using Xunit;

namespace Kyodo.App.Tests.Commands;

public sealed class GenerateTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("kyodo-generate-").FullName;

    [Fact]
    public async Task The_same_seed_makes_the_same_editions_and_they_verify()
    {
        var (first, again, other) = (Path.Combine(_root, "first"), Path.Combine(_root, "again"), Path.Combine(_root, "other"));
        foreach (var (folder, seed) in new[] { (first, "5"), (again, "5"), (other, "6") })
        {
            var made = await Ran.KyodoAsync("generate", "--cases", "130", "--seed", seed, "--json", "--data", folder);
            Assert.Equal((0, 130), (made.ExitCode, made.Json.GetProperty("cases").GetInt32()));
        }
        Assert.Equal(Files(first), Files(again));
        Assert.NotEqual(Files(first), Files(other));
        var titles = Directory.GetFiles(first, "cases.json", SearchOption.AllDirectories).Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "public")
            .SelectMany(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("cases").EnumerateArray()).Select(one => one.GetProperty("title").GetString()!).ToList();
        Assert.Equal(130, titles.Count);
        Assert.All(titles, title => Assert.EndsWith("（見本）", title, StringComparison.Ordinal));
        Assert.Equal(0, (await Ran.KyodoAsync("verify", "--data", first)).ExitCode);
    }

    [Fact]
    public async Task It_makes_nothing_over_somebodys_data()
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "mine.txt"), "mine");
        Assert.Equal(1, (await Ran.KyodoAsync("generate", "--cases", "10", "--data", _root)).ExitCode);
        Assert.Equal(2, (await Ran.KyodoAsync("generate", "--cases", "0", "--data", Path.Combine(_root, "new"))).ExitCode);
        Assert.Equal(["mine.txt"], Directory.EnumerateFileSystemEntries(_root).Select(Path.GetFileName));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    // Manifests hold the SHA-256 of every other file.
    private static List<string> Files(string folder) =>
        [.. Directory.GetFiles(Path.Combine(folder, "editions"), "manifest.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => Path.GetRelativePath(folder, file) + File.ReadAllText(file))];
}
