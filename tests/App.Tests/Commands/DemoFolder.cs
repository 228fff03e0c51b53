using Xunit;

namespace Kyodo.App.Tests.Commands;

/// <summary>A data folder as <c>demo --no-serve</c> leaves it; a test that changes it takes a copy.</summary>
public sealed class DemoFolder : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("kyodo-demo-").FullName;

    internal Ran Demo { get; private set; } = null!;

    public string Original => Path.Combine(_root, "data");

    public async ValueTask InitializeAsync() => Demo = await Ran.KyodoAsync("demo", "--no-serve", "--without-pdf", "--json", "--data", Original);

    public string Copy()
    {
        var copy = Path.Combine(_root, Guid.NewGuid().ToString("n"));
        foreach (var file in Directory.EnumerateFiles(Original, "*", SearchOption.AllDirectories))
        {
            var place = Path.Combine(copy, Path.GetRelativePath(Original, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(file, place);
        }
        return copy;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }
}
