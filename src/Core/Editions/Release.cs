using Kyodo.Cases.Photos;
using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Editions.Files;
using Kyodo.Questions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Editions;

/// <summary>Freezes and publishes the next revision of an edition (公表).</summary>
public static partial class Release
{
    private const string NotACoordinator = "公表できるのは、協働の担当課だけです。";

    public static string? WhyNot(CompilationTable table, int newestNo, string? erratum, Actor by) =>
        !by.Is(Role.Coordinator) ? NotACoordinator
        : table.WhyNotRelease ?? WhyNotWish(newestNo, new ReleaseWish(erratum), by);

    private static string? WhyNotWish(int newestNo, ReleaseWish wish, Actor by) =>
        !by.Is(Role.Coordinator) ? NotACoordinator
        : newestNo > 0 && string.IsNullOrWhiteSpace(wish.Erratum) ? $"第{newestNo}版がもう公表されています。次の版を出すには、前の版との違いとその理由（訂正）を書いてください。"
        : wish.Erratum?.Length > 2000 ? "訂正は2000字以内で書いてください。"
        : wish.Remark?.Length > 400 ? "注記は400字以内で書いてください。"
        : null;

    /// <summary>
    /// Files first, then the record: they are written beside the shelf, moved onto it, and count only once the transaction has ended.
    /// What was left by an interrupted release is swept away by the next.
    /// </summary>
    /// <param name="writeFiles">Writes the revision's files into the folder it is given: <c>public/</c> and <c>staff/</c>.</param>
    public static async Task<Revision> ReleaseAsync(this AppDb db, CompilationTable table, EditionShelf shelf, ReleaseWish wish, Func<RevisionDraft, string, Task> writeFiles, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        var newest = await NewestAsync(db, table, stop);
        Refusal.If(WhyNot(table, newest?.No ?? 0, wish.Erratum, by));
        var draft = await DraftAsync(db, table, newest, wish, named => RegisterAsync(db, named, by, now, stop), now, stop);
        var folder = shelf.Begin(draft.Revision);
        try
        {
            CopyPhotos(draft, new PhotoStore(shelf.DataFolder), Path.Combine(folder, "public"));
            await writeFiles(draft, folder);
            await WriteRoundAsync(db, table, draft, folder, stop);
            draft.Revision.ManifestHash = await Manifest.WriteAsync(draft.Revision, folder, stop);
        }
        catch
        {
            // A full disk is freed of what could not be finished.
            Directory.Delete(folder, recursive: true);
            throw;
        }
        await using var transaction = await db.BeginAloneAsync(stop);
        if ((await NewestAsync(db, table, stop))?.No != newest?.No)
        {
            Directory.Delete(folder, recursive: true);
            throw new Refusal("ほかの人が先に次の版を公表しました。その版を確かめてから、もう一度行ってください。");
        }
        shelf.Place(draft.Revision, folder);
        if (newest is not null)
            newest.IsLatest = false;
        await TellStaffAsync(db, draft.Revision, wish, now, stop);
        await db.KeepAsync(draft, by, now, stop);
        await transaction.CommitAsync(stop);
        return draft.Revision;
    }

    /// <summary>What the next revision would change, as everybody would read it; null where there is none yet to compare with.</summary>
    public static async Task<EditionChanges?> PreviewAsync(this AppDb db, CompilationTable table, DateTimeOffset now, CancellationToken stop = default)
    {
        if (await NewestAsync(db, table, stop) is not { } newest)
            return null;
        var draft = await DraftAsync(db, table, newest, new ReleaseWish(), _ => Task.FromResult<Func<NamedPartner, PublishedPartner>>(named => new PublishedPartner("", named.Name, named.Kind)), now, stop);
        return EditionChanges.Of(EditionCopy.Public(draft), EditionCopy.Public(draft.Before!), draft.Withdrawn);
    }

    private static Task<Revision?> NewestAsync(AppDb db, CompilationTable table, CancellationToken stop) =>
        db.Revisions.Where(r => r.ProgrammeKey == table.Programme.Key && r.Year == table.Year).OrderByDescending(r => r.No).FirstOrDefaultAsync(stop);

    private static void CopyPhotos(RevisionDraft draft, PhotoStore store, string folder)
    {
        foreach (var photo in draft.Cases.SelectMany(one => one.Photos(draft.Revision)).DistinctBy(photo => photo.Id))
        {
            foreach (var (name, small) in new[] { (photo.FileName, false), (photo.ThumbnailName, true) })
            {
                var file = store.Find(photo.Id, small) ?? throw new Refusal($"写真のファイルがありません（{photo.Alt}）。verify で確かめ、控えから戻してください。");
                File.Copy(file, Path.Combine(folder, name), overwrite: true);
            }
        }
    }
}

/// <summary>What the coordinator says to a release: why it differs from the one before, what its readers must know, and whether all staff hear of it by mail.</summary>
public sealed record ReleaseWish(string? Erratum = null, string? Remark = null, bool TellsStaff = true);
