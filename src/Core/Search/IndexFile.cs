using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Federation;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Search;

/// <summary>
/// The index as a file of its own, on either engine of the records: made new beside the old one, then put in its place, so that whoever
/// reads the old one finishes undisturbed. It can be deleted at any time.
/// </summary>
internal static class IndexFile
{
    /// <summary>Raised when the file's shape or the way text is read changes.</summary>
    private const string Shape = "7";

    public static string StampOf(string publication) => $"{Shape}-{publication}";

    public static async Task WriteAsync(AppDb db, string file, string stamp, CancellationToken stop)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var build = Guid.NewGuid().ToString("N");
        var unfinished = $"{file}.{build}";
        try
        {
            using (var sections = new IndexSectionsWriter(new FileStream(unfinished, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16)))
            await using (var folded = new FileStream($"{unfinished}.texts", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose))
            {
                var writer = new IndexWriter(sections, folded, home: await db.FederatedCasesShown.AnyAsync(stop) ? await db.HomeCodeAsync(stop) : null);
                await FillAsync(db, writer, stop);
                writer.Finish(stamp, build);
            }
            File.Move(unfinished, file, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task FillAsync(AppDb db, IndexWriter writer, CancellationToken stop)
    {
        var revisions = await db.Revisions.AsNoTracking().Where(r => r.IsLatest).ToDictionaryAsync(r => r.Id, stop);
        var editions = await db.FederatedEditions.AsNoTracking().Include(e => e.Government).ToDictionaryAsync(e => e.Id, stop);
        // Newest first, of a year our own first: the order of the rows is the order of a list that asks for nothing.
        foreach (var year in revisions.Values.Select(r => r.Year).Concat(editions.Values.Select(e => e.Year)).Distinct().OrderDescending().ToList())
        {
            await FillOurAsync(db, writer, revisions, year, stop);
            if (editions.Values.Any(edition => edition.Year == year))
                await FillOthersAsync(db, writer, editions, year, stop);
        }
    }

    private static async Task FillOthersAsync(AppDb db, IndexWriter writer, Dictionary<long, FederatedEdition> editions, FiscalYear year, CancellationToken stop)
    {
        await foreach (var one in db.FederatedCasesShown.Where(c => c.Year == year).OrderBy(c => c.EditionId).ThenBy(c => c.Order).AsAsyncEnumerable().WithCancellation(stop))
        {
            if (!editions.TryGetValue(one.EditionId, out var edition))
                continue;
            var card = CaseCard.Of(one, edition);
            writer.Add(card, edition.Forms, 0, isBureau: false, string.Join('\n', one.Answers.SelectMany(answer => answer.Lines).Concat(Names(card)).Append(edition.Government.Name)));
        }
    }

    private static async Task FillOurAsync(AppDb db, IndexWriter writer, Dictionary<long, Revision> revisions, FiscalYear year, CancellationToken stop)
    {
        await foreach (var one in db.LatestCases.Where(c => c.Year == year).OrderBy(c => c.RevisionId).ThenBy(c => c.Order).AsAsyncEnumerable().WithCancellation(stop))
        {
            // Released while this reads: the stamp has moved on too, and the index is made again.
            if (!revisions.TryGetValue(one.RevisionId, out var revision))
                continue;
            var card = CaseCard.Of(one, revision);
            writer.Add(card, revision.Forms, one.UnitOrder, one.IsBureau, string.Join('\n', Rest(one, card, revision)));
        }
    }

    private static IEnumerable<string> Rest(PublishedCase one, CaseCard card, Revision revision)
    {
        foreach (var question in revision.Questions.Where(q => q.Key is not "title" and not "summary" && q.Type is not "form"))
        {
            if (one.Answers[question.Key] is { } answer)
            {
                foreach (var line in question.AnswerType.Show(question, answer))
                    yield return line;
            }
        }
        foreach (var line in Names(card))
            yield return line;
    }

    private static IEnumerable<string> Names(CaseCard card)
    {
        yield return card.FormJa;
        yield return card.FormEn;
        yield return card.UnitName;
        yield return card.ProgrammeJa;
        yield return card.Year.InBothCalendars;
        yield return card.Year.Short;
    }
}
