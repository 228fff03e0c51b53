using System.CommandLine;
using System.IO.Compression;
using Kyodo.Common;

namespace Kyodo.App.Commands;

/// <summary><c>restore FILE</c>: a data folder as it was kept. Refused while serving, and where the folder already holds data.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE");
        var command = new Command("restore", Words.Say("控えから、空のフォルダーへ戻す", "bring a backup back into an empty folder")) { file };
        command.SetAction(async (parsed, stop) =>
        {
            var source = parsed.GetValue(file)!;
            if (!source.Exists)
                throw new Refusal(Words.Say($"ファイルがありません: {source.FullName}", $"There is no such file: {source.FullName}"));
            var folder = CommonOptions.DatabaseOf(parsed).DataFolder;
            ServingLock.RefuseIfServing(folder);
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any(path => Path.GetFileName(path) != "serving.lock"))
                throw new Refusal(Words.Say($"{folder} は空ではありません。別の場所へ戻してください（--data）。", $"{folder} is not empty. Restore elsewhere (--data)."));
            var files = await UnpackAsync(source, folder, stop);
            Terminal.Finish(parsed, new { data = folder, files }, Words.Say($"戻しました: {folder}（{files}個）。verify で確かめられます。", $"Restored: {folder} ({files} files). Check it with verify."));
            return 0;
        });
        return command;
    }

    private static async Task<int> UnpackAsync(FileInfo source, string folder, CancellationToken stop)
    {
        var partial = folder.TrimEnd(Path.DirectorySeparatorChar) + ".part";
        try
        {
            await using (var zip = await ZipFile.OpenReadAsync(source.FullName, stop))
            {
                if (zip.GetEntry(BackupCommand.DatabaseEntry) is null)
                    throw new Refusal(Words.Say("このファイルは backup が作った控えではありません。", "This is no file made by backup."));
                await zip.ExtractToDirectoryAsync(partial, overwriteFiles: true, stop);
            }
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            Directory.Move(partial, folder);
            return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count();
        }
        catch (InvalidDataException)
        {
            throw new Refusal(Words.Say("控えのファイルが壊れています。", "The backup file is damaged."));
        }
        finally
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }
    }
}
