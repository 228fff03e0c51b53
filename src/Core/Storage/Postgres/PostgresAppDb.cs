using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

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
        .UseNpgsql(connection)
        .UseSnakeCaseNamingConvention();

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
