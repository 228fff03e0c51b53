using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Kyodo.Storage.Postgres;

/// <summary>The engine for several nodes.</summary>
public sealed class PostgresAppDb(DbContextOptions<PostgresAppDb> options) : AppDb(options)
{
    private const long AuditChainLock = 0x6b796f646f;

    protected override Task LockAuditChainAsync(CancellationToken stop) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AuditChainLock})", stop);

    /// <summary>The engine itself lets those who commit at once share one flush.</summary>
    public override Task<int> SaveTogetherAsync(CancellationToken stop = default) => SaveChangesAsync(stop);

    public override async Task<T> WithoutWaitingForDiskAsync<T>(Func<Task<T>> write, CancellationToken stop = default)
    {
        await using var transaction = await Database.BeginTransactionAsync(stop);
        await Database.ExecuteSqlRawAsync("SET LOCAL synchronous_commit = off", stop);
        var written = await write();
        await transaction.CommitAsync(stop);
        return written;
    }

    public static void Configure(DbContextOptionsBuilder options, string connection) => options
        .UseNpgsql(WithDefaults(connection))
        .UseSnakeCaseNamingConvention();

    // Planning a statement anew costs the engine more than running it, so repeated ones are prepared. Each connection keeps its own, so they are few;
    // two nodes fit into the engine's hundred. What the operator writes in the connection string stands.
    private static string WithDefaults(string connection)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = connection };
        var all = new NpgsqlConnectionStringBuilder(connection);
        if (!given.ContainsKey("Max Auto Prepare"))
            (all.MaxAutoPrepare, all.AutoPrepareMinUsages) = (200, 2);
        if (!given.ContainsKey("Maximum Pool Size") && !given.ContainsKey("Max Pool Size"))
            all.MaxPoolSize = 40;
        return all.ConnectionString;
    }

    internal sealed class DesignTime : IDesignTimeDbContextFactory<PostgresAppDb>
    {
        public PostgresAppDb CreateDbContext(string[] args)
        {
            var options = new DbContextOptionsBuilder<PostgresAppDb>();
            Configure(options, "Host=localhost;Database=design");
            return new PostgresAppDb(options.Options);
        }
    }
}
