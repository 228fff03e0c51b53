using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Kyodo.Storage.Postgres;

/// <summary>The engine for several nodes.</summary>
public sealed class PostgresAppDb(DbContextOptions<PostgresAppDb> options) : AppDb(options)
{
    private const long AuditChainLock = 0x6b796f646f;

    protected override Task LockAuditChainAsync(CancellationToken stop) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AuditChainLock})", stop);

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
