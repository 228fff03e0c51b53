using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Kyodo.Core.Tests.Storage;

/// <summary>
/// A database of its own for one test, gone afterwards. What many tests begin with is prepared once an engine and copied.
/// </summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const string Variable = "KYODO_TEST_POSTGRES";

    private readonly string _folder;

    private TestDatabase(Engine engine, string folder, string? name, TimeProvider? clock)
    {
        _folder = folder;
        Database = new Database(folder, engine is Engine.Postgres ? Connection(name!) : null, clock);
    }

    public Database Database { get; }

    public AppDb Open() => Database.Open();

    /// <summary>Without a table.</summary>
    public static async Task<TestDatabase> EmptyAsync(Engine engine, TimeProvider? clock = null)
    {
        var name = engine is Engine.Postgres ? NewName() : null;
        if (name is not null)
            await RunOnServerAsync($"CREATE DATABASE {name}");
        return new TestDatabase(engine, Directory.CreateTempSubdirectory("kyodo-test-").FullName, name, clock);
    }

    /// <summary>With all tables and nothing in them.</summary>
    public static Task<TestDatabase> MigratedAsync(Engine engine, TimeProvider? clock = null) => CopyAsync(Migrated, engine, clock);

    public static Template Migrated { get; } = new(database => database.MigrateAsync());

    /// <summary>A copy of what the template prepared.</summary>
    public static async Task<TestDatabase> CopyAsync(Template template, Engine engine, TimeProvider? clock = null)
    {
        var original = await template.OnAsync(engine);
        var folder = Directory.CreateTempSubdirectory("kyodo-test-").FullName;
        if (engine is Engine.Postgres)
        {
            var name = NewName();
            await RunOnServerAsync($"CREATE DATABASE {name} TEMPLATE {new NpgsqlConnectionStringBuilder(original.PostgresConnection).Database}");
            return new TestDatabase(engine, folder, name, clock);
        }
        File.Copy(original.SqliteFile, Path.Combine(folder, Path.GetFileName(original.SqliteFile)));
        return new TestDatabase(engine, folder, null, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await ReleaseAsync(Database);
        if (Database.PostgresConnection is { } connection)
            await RunOnServerAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)");
        Directory.Delete(_folder, recursive: true);
    }

    private static string NewName() => $"test_{Guid.NewGuid():n}";

    private static string Connection(string database) =>
        new NpgsqlConnectionStringBuilder(ServerConnection) { Database = database, MaxPoolSize = 30 }.ConnectionString;

    private static string ServerConnection => Environment.GetEnvironmentVariable(Variable)
        ?? throw new InvalidOperationException($"{Variable} is not set. Run the tests by ./test, which starts a PostgreSQL of its own and sets it.");

    private static async Task RunOnServerAsync(string sql)
    {
        await using var server = new NpgsqlConnection(ServerConnection);
        await server.OpenAsync();
        await using var command = new NpgsqlCommand(sql, server);
        await command.ExecuteNonQueryAsync();
    }

    // Neither a file in use nor a database somebody is connected to can be copied or dropped.
    private static async Task ReleaseAsync(Database database)
    {
        await using var db = database.Open();
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres)
            NpgsqlConnection.ClearPool(postgres);
        else if (db.Database.GetDbConnection() is Microsoft.Data.Sqlite.SqliteConnection sqlite)
            Microsoft.Data.Sqlite.SqliteConnection.ClearPool(sqlite);
    }

    /// <summary>What is prepared once on each engine.</summary>
    internal sealed class Template(Func<Database, Task> prepare)
    {
        private readonly Lazy<Task<Database>>[] _prepared =
            [.. Enum.GetValues<Engine>().Select(engine => new Lazy<Task<Database>>(() => PrepareAsync(engine, prepare)))];

        public Task<Database> OnAsync(Engine engine) => _prepared[(int)engine].Value;

        private static async Task<Database> PrepareAsync(Engine engine, Func<Database, Task> prepare)
        {
            var empty = await EmptyAsync(engine);
            await prepare(empty.Database);
            await ReleaseAsync(empty.Database);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(empty._folder, recursive: true);
            return empty.Database;
        }
    }
}
