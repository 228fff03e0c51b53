using Kyodo.Common;
using Kyodo.Editions.Files;
using Kyodo.Questions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Editions;

public static class Redacting
{
    /// <summary>
    /// Writes each revision that holds the passages again without them, records and files; the manifests keep the hashes of what was replaced.
    /// The files of all revisions are ready before the first is put in its place.
    /// </summary>
    /// <param name="writeFiles">Writes a revision's files into a folder; the last says whether it had a drawn casebook.</param>
    /// <returns>The revisions whose files were replaced.</returns>
    public static async Task<IReadOnlyList<Revision>> RedactAsync(
        this AppDb db, string caseId, RedactionWish wish, EditionShelf shelf, Func<RevisionDraft, string, bool, Task> writeFiles, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        var held = await db.PublishedCases.AsNoTracking().Where(c => c.CaseId == caseId).OrderByDescending(c => c.RevisionId).FirstOrDefaultAsync(stop)
            ?? throw new Refusal("その事例は、公表した版にありません。");
        var redaction = Redaction.Of(held, wish, by, now);
        var all = await db.Revisions.Where(r => r.ProgrammeKey == held.ProgrammeKey && r.Year == held.Year).OrderBy(r => r.No).ToListAsync(stop);
        var withdrawals = await db.Withdrawals.AsNoTracking().Where(w => w.ProgrammeKey == held.ProgrammeKey && w.Year == held.Year).ToListAsync(stop);
        var written = new List<Written>();
        try
        {
            RevisionDraft? before = null;
            foreach (var revision in all)
            {
                var released = await RevisionDraft.OfAsync(db, revision, stop);
                var redacted = released with
                {
                    Cases = [.. released.Cases.Select(one => one.CaseId == caseId ? redaction.In(one) : one)],
                    StaffAnswers = Staff(released, caseId, redaction),
                    Evaluations = [.. released.Evaluations.Select(one => one.CaseId == caseId ? redaction.In(one) : one)],
                    Bests = [.. released.Bests.Select(one => one.CaseId == caseId ? redaction.In(one) : one)],
                    Before = before,
                    Withdrawn = withdrawals.Where(w => w.WithdrawnAt <= revision.ReleasedAt && !(w.EndedAt <= revision.ReleasedAt)).Select(w => w.CaseId).ToHashSet(StringComparer.Ordinal),
                };
                var holds = released.Cases.Any(one => one.CaseId == caseId);
                if (holds || before?.Cases.Any(one => one.CaseId == caseId) is true)
                    written.Add(await WriteAsync(redacted, shelf, redaction, holds ? caseId : null, writeFiles, stop));
                before = redacted;
            }
            if (written.TrueForAll(one => one.Replaced == 0))
                throw new Refusal("指定された語句も項目も、公表した版にはありません。文字どおりに書いてあるか確かめてください。");
        }
        catch
        {
            foreach (var one in written)
                Directory.Delete(one.Folder, recursive: true);
            throw;
        }
        await PlaceAsync(db, written, redaction, shelf, by, now, stop);
        return [.. written.Select(one => one.Draft.Revision)];
    }

    private sealed record Written(RevisionDraft Draft, string Folder, string ManifestHash, string? CaseId, int Replaced);

    private static Dictionary<string, System.Text.Json.Nodes.JsonObject> Staff(RevisionDraft released, string caseId, Redaction redaction) =>
        released.StaffAnswers.ToDictionary(pair => pair.Key, pair => pair.Key == caseId ? redaction.In(pair.Value) : pair.Value, StringComparer.Ordinal);

    private static async Task<Written> WriteAsync(RevisionDraft draft, EditionShelf shelf, Redaction redaction, string? caseId, Func<RevisionDraft, string, bool, Task> writeFiles, CancellationToken stop)
    {
        var (place, folder) = (shelf.FolderOf(draft.Revision), shelf.Begin(draft.Revision));
        try
        {
            // Photos and what was taken over stay as they are, but for the photos that no case shows any more.
            var photos = draft.Cases.SelectMany(one => one.Photos(draft.Revision)).SelectMany(photo => new[] { photo.FileName, photo.ThumbnailName }).ToHashSet(StringComparer.Ordinal);
            foreach (var file in Directory.EnumerateFiles(Path.Combine(place, "public")).Where(file => Path.GetFileName(file) is var name && name != Manifest.FileName && (!name.StartsWith("photo-", StringComparison.Ordinal) || photos.Contains(name))))
                File.Copy(file, Path.Combine(folder, "public", Path.GetFileName(file)));
            // How the units answered is told once, at the release, and holds no word of a case.
            if (Path.Combine(place, "staff", RoundFigures.FileName) is var round && File.Exists(round))
                File.Copy(round, Path.Combine(folder, "staff", RoundFigures.FileName));
            await writeFiles(draft, folder, File.Exists(Path.Combine(place, "public", CasebookFile.Name)));
            var redactions = new Dictionary<string, IReadOnlyList<ManifestRedaction>>(StringComparer.Ordinal);
            var count = 0;
            foreach (var side in new[] { "public", "staff" })
            {
                var now = (await Manifest.FilesInAsync(Path.Combine(folder, side), stop)).ToDictionary(file => file.Name, file => file.Sha256, StringComparer.Ordinal);
                var replaced = (await Manifest.FilesInAsync(Path.Combine(place, side), stop)).Where(file => now.GetValueOrDefault(file.Name) != file.Sha256).ToList();
                var old = await Manifest.InAsync(Path.Combine(place, side), stop);
                redactions[side] = [.. old?.Redactions ?? [], new ManifestRedaction(redaction.At, redaction.Basis, redaction.Reason, await Manifest.HashAsync(Path.Combine(place, side, Manifest.FileName), stop), replaced)];
                count += replaced.Count(file => !CasebookFile.Is(file.Name));
            }
            return new Written(draft, folder, await Manifest.WriteAsync(draft.Revision, folder, stop, redactions), caseId, count);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    // The records are changed first, so that a refusal of the database leaves the files as they were.
    private static async Task PlaceAsync(AppDb db, List<Written> written, Redaction redaction, EditionShelf shelf, Actor by, DateTimeOffset now, CancellationToken stop)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        db.Redactions.Add(redaction);
        foreach (var one in written)
        {
            one.Draft.Revision.NoteRedaction(one.ManifestHash, by, now);
            if (one.CaseId is not { } id)
                continue;
            var (revision, redacted, staff) = (one.Draft.Revision.Id, one.Draft.Cases.First(c => c.CaseId == id), one.Draft.StaffAnswers.GetValueOrDefault(id)?.ToJsonString(Json.Plain) ?? "{}");
            await db.PublishedCases.Where(c => c.RevisionId == revision && c.CaseId == id).ExecuteUpdateAsync(set => set
                .SetProperty(c => c.Title, redacted.Title).SetProperty(c => c.Summary, redacted.Summary).SetProperty(c => c.UnitName, redacted.UnitName).SetProperty(c => c.BudgetYen, redacted.BudgetYen)
                .SetProperty(c => c.MunicipalitiesJson, redacted.MunicipalitiesJson).SetProperty(c => c.ThemesJson, redacted.ThemesJson).SetProperty(c => c.PartnersJson, redacted.PartnersJson)
                .SetProperty(c => c.AnswersJson, redacted.AnswersJson), stop);
            if (one.Draft.Evaluations.FirstOrDefault(e => e.CaseId == id) is { } evaluation)
                await db.PublishedEvaluations.Where(e => e.RevisionId == revision && e.CaseId == id).ExecuteUpdateAsync(set => set.SetProperty(e => e.PartnersJson, evaluation.PartnersJson), stop);
            if (one.Draft.Bests.FirstOrDefault(b => b.CaseId == id) is { } best)
                await db.PublishedBests.Where(b => b.RevisionId == revision && b.CaseId == id).ExecuteUpdateAsync(set => set.SetProperty(b => b.Reason, best.Reason), stop);
            await db.StaffAnswers.Where(c => c.RevisionId == revision && c.CaseId == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.AnswersJson, staff), stop);
        }
        await db.RaisePublicationStampAsync(stop);
        await db.SaveChangesAsync(stop);
        var aside = new List<(Revision Revision, string Folder)>();
        try
        {
            foreach (var one in written)
                aside.Add((one.Draft.Revision, shelf.Replace(one.Draft.Revision, one.Folder)));
            await transaction.CommitAsync(stop);
        }
        catch
        {
            foreach (var (revision, folder) in aside)
                shelf.PutBack(revision, folder);
            throw;
        }
        foreach (var (_, folder) in aside)
            Directory.Delete(folder, recursive: true);
    }
}
