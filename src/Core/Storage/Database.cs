using Kyodo.Storage.Postgres;
using Kyodo.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Kyodo.Storage;

/// <summary>
/// Where the records are: a PostgreSQL connection string, or (null) the file <c>kyodo.db</c> in the data folder.
/// </summary>
public sealed record Database(string DataFolder, string? PostgresConnection, TimeProvider? Clock = null)
{
    public bool IsPostgres => PostgresConnection is not null;

    public string SqliteFile => Path.Combine(DataFolder, "kyodo.db");

    /// <summary>A context for one request or one piece of work. Disposing hands it back: making one costs more than most reads.</summary>
    public AppDb Open()
    {
        AppDb db = IsPostgres ? PostgresContexts.CreateDbContext() : SqliteContexts.CreateDbContext();
        db.Clock = Clock ?? TimeProvider.System;
        return db;
    }

    /// <summary>Brings the tables to this version of the program.</summary>
    public async Task MigrateAsync(CancellationToken stop = default)
    {
        Directory.CreateDirectory(DataFolder);
        await using var db = Open();
        // Asking costs a query; migrating compares the whole model first, which each command would wait for.
        if ((await db.Database.GetPendingMigrationsAsync(stop)).Any())
            await db.Database.MigrateAsync(stop);
    }

    private PooledDbContextFactory<SqliteAppDb> SqliteContexts => field ??= Pool<SqliteAppDb>(options => SqliteAppDb.Configure(options, SqliteFile));

    private PooledDbContextFactory<PostgresAppDb> PostgresContexts => field ??= Pool<PostgresAppDb>(options => PostgresAppDb.Configure(options, PostgresConnection!));

    private static PooledDbContextFactory<T> Pool<T>(Action<DbContextOptionsBuilder<T>> configure)
        where T : AppDb
    {
        var builder = new DbContextOptionsBuilder<T>();
        configure(builder);
        return new PooledDbContextFactory<T>(builder.Options);
    }
}
