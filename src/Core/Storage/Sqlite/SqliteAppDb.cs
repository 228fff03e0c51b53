using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Kyodo.Storage.Sqlite;

/// <summary>The embedded engine: one file in the data folder.</summary>
public sealed class SqliteAppDb(DbContextOptions<SqliteAppDb> options, TimeProvider? clock = null) : AppDb(options, clock)
{
    // BEGIN IMMEDIATE already holds the one write lock.
    protected override Task LockAuditChainAsync(CancellationToken stop) => Task.CompletedTask;

    public static void Configure(DbContextOptionsBuilder options, string file) => options
        .UseSqlite($"Data Source={file};Default Timeout=30;Pooling=True")
        .UseSnakeCaseNamingConvention()
        .AddInterceptors(new Durable());

    internal sealed class DesignTime : IDesignTimeDbContextFactory<SqliteAppDb>
    {
        public SqliteAppDb CreateDbContext(string[] args)
        {
            var options = new DbContextOptionsBuilder<SqliteAppDb>();
            Configure(options, "design.db");
            return new SqliteAppDb(options.Options);
        }
    }

    // NORMAL loses acknowledged commits when the power goes; WAL keeps readers out of the writer's way.
    private sealed class Durable : DbConnectionInterceptor
    {
        private const string Settings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Settings;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Settings;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
