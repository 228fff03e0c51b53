using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Editions;

public static class TakingOver
{
    /// <summary>Puts a past list on the shelf and into the records as revision 1; the same steps as a release, with nothing compiled before.</summary>
    public static async Task<Revision> TakeOverAsync(this AppDb db, RevisionDraft draft, EditionShelf shelf, Func<RevisionDraft, string, Task> writeFiles, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        var revision = draft.Revision;
        var folder = shelf.Begin(revision);
        try
        {
            await writeFiles(draft, folder);
            revision.ManifestHash = await Manifest.WriteAsync(revision, folder, stop);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
        await using var transaction = await db.BeginAloneAsync(stop);
        if (await db.Revisions.AnyAsync(r => r.ProgrammeKey == revision.ProgrammeKey && r.Year == revision.Year, stop))
        {
            Directory.Delete(folder, recursive: true);
            throw new Refusal("ほかの人が先にこの年度の版を公表しました。");
        }
        shelf.Place(revision, folder);
        await db.KeepAsync(draft, by, now, stop);
        await transaction.CommitAsync(stop);
        return revision;
    }

    /// <summary>The records of a revision, within the transaction that is open.</summary>
    internal static async Task KeepAsync(this AppDb db, RevisionDraft draft, Actor by, DateTimeOffset now, CancellationToken stop)
    {
        draft.Revision.NoteRelease(by, now);
        db.Revisions.Add(draft.Revision);
        await db.RaisePublicationStampAsync(stop);
        await db.SaveChangesAsync(stop);
        foreach (var one in draft.Cases)
            one.RevisionId = draft.Revision.Id;
        await db.InsertAsync(draft.Cases, stop);
        foreach (var one in draft.Evaluations)
            one.RevisionId = draft.Revision.Id;
        await db.InsertAsync(draft.Evaluations, stop);
        foreach (var one in draft.Bests)
            one.RevisionId = draft.Revision.Id;
        await db.InsertAsync(draft.Bests, stop);
        await db.InsertAsync([.. draft.Cases.Select(one => new StaffAnswers { RevisionId = one.RevisionId, CaseId = one.CaseId, AnswersJson = draft.StaffAnswers[one.CaseId].ToJsonString(Json.Plain) })], stop);
    }
}
