using Kyodo.Storage.Postgres;
using Kyodo.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Storage;

/// <summary>
/// Where the records are: a PostgreSQL connection string, or (null) the file <c>kyodo.db</c> in the data folder.
/// </summary>
public sealed record Database(string DataFolder, string? PostgresConnection, TimeProvider? Clock = null)
{
    public bool IsPostgres => PostgresConnection is not null;

    public string SqliteFile => Path.Combine(DataFolder, "kyodo.db");

    public AppDb Open() => IsPostgres ? new PostgresAppDb(PostgresOptions, Clock) : new SqliteAppDb(SqliteOptions, Clock);

    /// <summary>Brings the tables to this version of the program.</summary>
    public async Task MigrateAsync(CancellationToken stop = default)
    {
        Directory.CreateDirectory(DataFolder);
        await using var db = Open();
        await db.Database.MigrateAsync(stop);
    }

    private DbContextOptions<SqliteAppDb> SqliteOptions => field ??= Build<SqliteAppDb>(options => SqliteAppDb.Configure(options, SqliteFile));

    private DbContextOptions<PostgresAppDb> PostgresOptions => field ??= Build<PostgresAppDb>(options => PostgresAppDb.Configure(options, PostgresConnection!));

    private static DbContextOptions<T> Build<T>(Action<DbContextOptionsBuilder<T>> configure)
        where T : AppDb
    {
        var builder = new DbContextOptionsBuilder<T>();
        configure(builder);
        return builder.Options;
    }
}
