using Kyodo.Common;
using Kyodo.Storage;

namespace Kyodo.App.Commands;

/// <summary>An empty data folder for invented data. What somebody else put there is never thrown away.</summary>
internal static class NewFolder
{
    /// <param name="command">The command that makes the data: its name marks the folder.</param>
    public static async Task PrepareAsync(Database database, string command, CancellationToken stop)
    {
        ServingLock.RefuseIfServing(database.DataFolder);
        var mark = Path.Combine(database.DataFolder, $"{command}.txt");
        if (Directory.Exists(database.DataFolder) && Directory.EnumerateFileSystemEntries(database.DataFolder).Any())
        {
            // Only what the same command made is thrown away for a new one.
            if (!File.Exists(mark))
                throw new Refusal(Words.Say($"{database.DataFolder} は空ではありません。{command} は新しいフォルダーにつくります。--data で別の場所を指定してください。", $"{database.DataFolder} is not empty. {command} makes a new folder: name another one with --data."));
            Directory.Delete(database.DataFolder, recursive: true);
        }
        Directory.CreateDirectory(database.DataFolder);
        await File.WriteAllTextAsync(mark, Words.Say($"見本のデータです。{command} を実行すると作り直されます。\n", $"Sample data: made anew by {command}.\n"), stop);
        await File.WriteAllTextAsync(Path.Combine(database.DataFolder, "appsettings.json"), """
            {
              "Mail": { "Folder": "mail", "From": "kyodo@kumamoto.example" }
            }

            """, stop);
        await database.MigrateAsync(stop);
        await using var db = database.Open();
        if (database.IsPostgres && (await db.HomeCodeAsync(stop)).Length > 0)
            throw new Refusal(Words.Say("そのPostgreSQLのデータベースにはもうデータがあります。空のデータベースを指定してください。", "That PostgreSQL database already holds data. Name an empty one."));
    }
}
