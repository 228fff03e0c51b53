using Kyodo.App.Tests.World;
using Kyodo.Core.Tests.Storage;
using Xunit;

[assembly: AssemblyFixture(typeof(SampleWorlds))]

namespace Kyodo.App.Tests.World;

/// <summary>One world an engine, begun by the first test that wants it and ended with the last.</summary>
public sealed class SampleWorlds : IAsyncDisposable
{
    private readonly Lazy<Task<SampleWorld>>[] _worlds = [.. Enum.GetValues<Engine>().Select(engine => new Lazy<Task<SampleWorld>>(() => SampleWorld.BeginAsync(engine)))];

    internal Task<SampleWorld> OnAsync(Engine engine) => _worlds[(int)engine].Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var world in _worlds.Where(world => world.IsValueCreated))
            await (await world.Value).DisposeAsync();
    }
}
