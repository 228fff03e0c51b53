using System.CommandLine;
using Kyodo.Common;
using Kyodo.Storage;

namespace Kyodo.App.Commands;

/// <summary>What every command understands.</summary>
internal static class CommonOptions
{
    public static Option<string> Data { get; } = new("--data") { Description = "データのフォルダー / data folder", DefaultValueFactory = _ => "data" };

    public static Option<string?> Database { get; } = new("--database") { Description = "PostgreSQLの接続文字列（省くと組み込みのSQLite） / PostgreSQL connection string (embedded SQLite when left out)" };

    public static Option<string?> Lang { get; } = new("--lang") { Description = "ja / en" };

    public static Option<bool> AsJson { get; } = new("--json") { Description = "結果を1行のJSONで / one line of JSON" };

    public static IReadOnlyList<Option> All { get; } = [Data, Database, Lang, AsJson];

    public static Option<string> Programme() => new("--programme") { Description = "制度（ps, zero-budget） / programme", Required = true };

    public static Option<int> Year() => new("--year") { Description = "年度（西暦） / fiscal year", Required = true };

    public static Database DatabaseOf(ParseResult parsed) =>
        new(Path.GetFullPath(parsed.GetValue(Data)!), parsed.GetValue(Database) ?? Environment.GetEnvironmentVariable("KYODO_DATABASE"));

    /// <summary>The database, brought to this version; refused where there is none yet.</summary>
    public static async Task<Database> ExistingAsync(ParseResult parsed, CancellationToken stop)
    {
        var database = DatabaseOf(parsed);
        if (!database.IsPostgres && !File.Exists(database.SqliteFile))
        {
            throw new Refusal(Words.Say(
                $"{database.DataFolder} にデータがありません。seed か demo ではじめてください。",
                $"There is no data in {database.DataFolder}. Begin with seed or demo."));
        }
        await database.MigrateAsync(stop);
        return database;
    }

    /// <summary>The operator, where the partnership division would act.</summary>
    public static Actor Coordinator => Operator(new Duty(Role.Coordinator, 0));

    /// <summary>Who acts when a command acts: the operator, for the unit that is named.</summary>
    public static Actor Operator(params Duty[] duties) => new(null, "運用者（コマンド）", duties);
}
