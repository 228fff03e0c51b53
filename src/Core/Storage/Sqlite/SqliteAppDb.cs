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

    /// <summary>
    /// Commits without waiting for the disk, then waits for a flush of the log together with all who saved meanwhile. What is told after it ends
    /// is as safe as after a commit of its own.
    /// </summary>
    public override async Task<int> SaveTogetherAsync(CancellationToken stop = default)
    {
        var flush = Flush;
        var saved = await WithoutWaitingForDiskAsync(() => SaveChangesAsync(stop), stop);
        await flush.WaitAsync();
        return saved;
    }

    public override async Task<T> WithoutWaitingForDiskAsync<T>(Func<Task<T>> write, CancellationToken stop = default)
    {
        var gate = Flush.Gate;
        await gate.WaitAsync(stop);
        try
        {
            await Database.OpenConnectionAsync(stop);
            try
            {
                await Database.ExecuteSqlRawAsync("PRAGMA synchronous=NORMAL", stop);
                return await write();
            }
            finally
            {
                await Database.ExecuteSqlRawAsync("PRAGMA synchronous=FULL", CancellationToken.None);
                await Database.CloseConnectionAsync();
            }
        }
        finally
        {
            gate.Release();
        }
    }

    private LogFlush Flush => LogFlush.Of(((SqliteConnection)Database.GetDbConnection()).DataSource);

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

    // NORMAL loses acknowledged commits when the power goes; WAL keeps readers out of the writer's way; a writer who finds the lock taken asks
    // again after milliseconds, where the driver would sleep for 150. A pooled connection keeps what it was told, so each is told once.
    private sealed class Durable : DbConnectionInterceptor
    {
        private const string Settings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000;";

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
