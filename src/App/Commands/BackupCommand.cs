using System.CommandLine;
using System.IO.Compression;
using Kyodo.Cases.Photos;
using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.Data.Sqlite;

namespace Kyodo.App.Commands;

/// <summary><c>backup FILE</c>: one zip of all that cannot be made again, while serving.</summary>
internal static class BackupCommand
{
    /// <summary>Folders of the data folder that are kept; the search index and the like are made anew.</summary>
    public static IReadOnlyList<string> Folders { get; } = ["editions", "keys", PhotoStore.FolderName, "attachments", "samples"];

    public const string DatabaseEntry = "kyodo.db";

    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE");
        var command = new Command("backup", Words.Say("動かしたまま、すべてを1つのファイルに控える", "keep everything in one file, while serving")) { file };
        command.SetAction(async (parsed, stop) =>
        {
            var database = await CommonOptions.ExistingAsync(parsed, stop);
            if (database.IsPostgres)
                throw new Refusal(Words.Say("PostgreSQLの控えは pg_dump で取ってください（手引き「運用」）。", "Back PostgreSQL up with pg_dump (see the operator's manual)."));
            var target = parsed.GetValue(file)!;
            var partial = target.FullName + ".part";
            Directory.CreateDirectory(target.DirectoryName!);
            // The records first: a file that a record names is then surely there.
            var copy = Path.GetTempFileName();
            try
            {
                await CopyDatabaseAsync(database, copy);
                await using (var zip = await ZipFile.OpenAsync(partial, ZipArchiveMode.Create, stop))
                {
                    await zip.CreateEntryFromFileAsync(copy, DatabaseEntry, stop);
                    foreach (var path in Folders.Select(name => Path.Combine(database.DataFolder, name)).Where(Directory.Exists)
                        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                        .Concat(Directory.EnumerateFiles(database.DataFolder, "appsettings.json")))
                        await zip.CreateEntryFromFileAsync(path, Path.GetRelativePath(database.DataFolder, path).Replace('\\', '/'), stop);
                }
                File.Move(partial, target.FullName, overwrite: true);
            }
            finally
            {
                File.Delete(copy);
                File.Delete(partial);
            }
            target.Refresh();
            Terminal.Finish(parsed, new { file = target.FullName, bytes = target.Length }, Words.Say($"控えました: {target.FullName}（{Words.Number(target.Length)}バイト）", $"Kept: {target.FullName} ({Words.Number(target.Length)} bytes)"));
            return 0;
        });
        return command;
    }

    private static async Task CopyDatabaseAsync(Database database, string copy)
    {
        await using var from = new SqliteConnection($"Data Source={database.SqliteFile};Mode=ReadOnly");
        await using var to = new SqliteConnection($"Data Source={copy};Pooling=False");
        await from.OpenAsync();
        await to.OpenAsync();
        from.BackupDatabase(to);
    }
}
