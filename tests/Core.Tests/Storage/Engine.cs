using Xunit;

namespace Kyodo.Core.Tests.Storage;

public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>A test with this data runs once on each engine.</summary>
public sealed class EngineData : TheoryData<Engine>
{
    public EngineData()
    {
        Add(Engine.Sqlite);
        Add(Engine.Postgres);
    }
}
