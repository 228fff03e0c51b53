using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Storage;

public sealed class SqliteSettingsTests
{
    [Fact]
    public async Task Every_connection_of_the_pool_keeps_what_it_acknowledged()
    {
        await using var database = await TestDatabase.MigratedAsync(Engine.Sqlite);
        // Twice, so that the second three come out of the pool.
        for (var round = 0; round < 2; round++)
        {
            var contexts = Enumerable.Range(0, 3).Select(_ => database.Open()).ToList();
            foreach (var db in contexts)
            {
                await db.Database.OpenConnectionAsync();
                Assert.Equal("wal", await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync());
                Assert.Equal(2, await db.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync());
                Assert.Equal(1, await db.Database.SqlQueryRaw<int>("SELECT foreign_keys AS Value FROM pragma_foreign_keys").SingleAsync());
            }
            foreach (var db in contexts)
                await db.DisposeAsync();
        }
    }
}
