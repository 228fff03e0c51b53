using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Kyodo.Storage.Sqlite;

/// <summary>The embedded engine: one file in the data folder.</summary>
public sealed class SqliteAppDb(DbContextOptions<SqliteAppDb> options) : AppDb(options)
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

    // NORMAL loses acknowledged commits when the power goes; WAL keeps readers out of the writer's way. A pooled connection keeps what it
    // was told, so each is told once.
    private sealed class Durable : DbConnectionInterceptor
    {
        private const string Settings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";

        private readonly ConditionalWeakTable<sqlite3, object> _told = [];

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (!_told.TryAdd(((SqliteConnection)connection).Handle!, this))
                return;
            using var command = connection.CreateCommand();
            command.CommandText = Settings;
            command.ExecuteNonQuery();
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
