using Kyodo.Editions;
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
    private const string Shape = "5";

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
                var writer = new IndexWriter(sections, folded);
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
        // Newest first: the order of the rows is the order of a list that asks for nothing.
        await foreach (var one in db.LatestCases.OrderByDescending(c => c.Year).ThenBy(c => c.RevisionId).ThenBy(c => c.Order).AsAsyncEnumerable().WithCancellation(stop))
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
        yield return card.FormJa;
        yield return card.FormEn;
        yield return card.UnitName;
        yield return card.ProgrammeJa;
        yield return card.Year.InBothCalendars;
        yield return card.Year.Short;
    }
}
