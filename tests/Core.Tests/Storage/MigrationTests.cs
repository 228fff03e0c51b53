using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Storage;

public sealed class MigrationTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task The_model_has_no_change_that_a_migration_lacks(Engine engine)
    {
        await using var database = await TestDatabase.EmptyAsync(engine);
        await using var db = database.Open();
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task From_an_empty_database_to_this_version_and_not_twice(Engine engine)
    {
        await using var database = await TestDatabase.EmptyAsync(engine);
        await database.Database.MigrateAsync();
        await database.Database.MigrateAsync();
        await using var db = database.Open();
        Assert.NotEmpty(await db.Database.GetAppliedMigrationsAsync());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.Equal(0, await db.Set<Kyodo.Cases.Case>().CountAsync());
    }
}
