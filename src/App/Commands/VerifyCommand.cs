using System.CommandLine;
using Kyodo.Cases.Photos;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Commands;

/// <summary><c>verify [DIR]</c>: manifests, edition records and the audit chain; names what does not fit.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo?>("DIR") { Arity = ArgumentArity.ZeroOrOne, Description = Words.Say("書き出した版のフォルダー（省くとデータ全体）", "an exported revision (all data when left out)") };
        var command = new Command("verify", Words.Say("改ざんや破損がないか確かめる", "check that nothing was changed or damaged")) { folder };
        command.SetAction(async (parsed, stop) =>
        {
            var wrong = parsed.GetValue(folder) is { } exported
                ? await Manifest.VerifyFilesAsync(exported.FullName, stop)
                : await VerifyAllAsync(await CommonOptions.ExistingAsync(parsed, stop), stop);
            foreach (var one in wrong)
                await Console.Error.WriteLineAsync(one);
            var redacted = await RedactedAsync(parsed.GetValue(folder)?.FullName ?? Path.Combine(parsed.GetValue(CommonOptions.Data)!, "editions"), stop);
            foreach (var one in redacted)
                Terminal.Say(parsed, Words.Say($"非公開措置により差し替えたファイルがあります: {one}", $"Files were replaced by a redaction: {one}"));
            Terminal.Finish(parsed, new { ok = wrong.Count == 0, wrong, redacted },
                wrong.Count == 0 ? Words.Say("すべて合っています。", "Everything fits.") : Words.Say($"合わないものが{wrong.Count}件あります。", $"{wrong.Count} things do not fit."));
            return wrong.Count == 0 ? 0 : 1;
        });
        return command;
    }

    // A redacted revision fits its manifest; whoever compares it with a copy of before is told why they differ.
    private static async Task<IReadOnlyList<string>> RedactedAsync(string folder, CancellationToken stop)
    {
        var redacted = new List<string>();
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, Manifest.FileName, SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray() : [])
        {
            if (await Manifest.InAsync(Path.GetDirectoryName(file)!, stop) is { Redactions: { Count: > 0 } redactions } manifest)
                redacted.Add($"{manifest.Edition}/r{manifest.Revision} {Path.GetFileName(Path.GetDirectoryName(file))}: {string.Join(", ", redactions.Select(one => $"{one.At.DayInJapan():yyyy-MM-dd} ({string.Join(", ", one.Replaced.Select(f => f.Name))})"))}");
        }
        return redacted;
    }

    private static async Task<IReadOnlyList<string>> VerifyAllAsync(Database database, CancellationToken stop)
    {
        var shelf = new EditionShelf(database.DataFolder);
        var wrong = new List<string>();
        await using var db = database.Open();
        foreach (var revision in await db.Revisions.AsNoTracking().OrderBy(r => r.Id).ToListAsync(stop))
        {
            wrong.AddRange(await Manifest.VerifyAsync(shelf.FolderOf(revision), revision.ManifestHash, stop));
            wrong.AddRange(await EditionRecords.VerifyAsync(db, revision, shelf, stop));
        }
        wrong.AddRange(await new PhotoStore(database.DataFolder).VerifyAsync(db, stop));
        if (await AuditEntry.FirstBreakAsync(db, stop) is { } broken)
            wrong.Add(broken);
        return wrong;
    }
}
