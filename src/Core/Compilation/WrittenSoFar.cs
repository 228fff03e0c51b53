using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Programmes;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Compilation;

/// <summary>How far a reply is written: its cases, and of their needed answers those that are there.</summary>
public readonly record struct WrittenSoFar(int Cases, int Done, int Needed);

public static class WrittenSoFarQueries
{
    /// <summary>
    /// By inquiry. For lists of many units: a version of a case is parsed once in the life of the program, and afterwards only counted.
    /// </summary>
    /// <param name="inquiries">Read with their rounds.</param>
    public static async Task<IReadOnlyDictionary<long, WrittenSoFar>> WrittenSoFarAsync(this AppDb db, IReadOnlyCollection<Inquiry> inquiries, CompilationMemory memory, CancellationToken stop = default)
    {
        var units = inquiries.Select(i => i.UnitId).Distinct().ToList();
        var heads = new List<(long Inquiry, long Questionnaire, string Id, int Version)>();
        foreach (var asked in inquiries.GroupBy(i => (i.Round.ProgrammeKey, i.Round.Year)))
        {
            var cases = (await db.Cases.Of(asked.Key.ProgrammeKey, asked.Key.Year).Where(c => units.Contains(c.UnitId)).Select(c => new { c.Id, c.Version, c.UnitId }).ToListAsync(stop)).ToLookup(c => c.UnitId);
            heads.AddRange(asked.SelectMany(i => cases[i.UnitId].Select(c => (i.Id, i.Round.QuestionnaireId, c.Id, c.Version))));
        }
        await CountAsync(db, [.. heads.Where(h => memory.FindWritten(h.Id, h.Version, h.Questionnaire) is null).Select(h => (h.Questionnaire, h.Id)).Distinct()], memory, stop);
        return heads.GroupBy(h => h.Inquiry).ToDictionary(g => g.Key, g =>
        {
            // One that was saved since the first look is counted at the next.
            var each = g.Select(h => memory.FindWritten(h.Id, h.Version, h.Questionnaire) ?? default).ToList();
            return new WrittenSoFar(each.Count, each.Sum(one => one.Done), each.Sum(one => one.Needed));
        });
    }

    private static async Task CountAsync(AppDb db, List<(long Questionnaire, string Id)> unread, CompilationMemory memory, CancellationToken stop)
    {
        foreach (var some in unread.GroupBy(u => u.Questionnaire))
        {
            var questions = (await db.Set<Questionnaire>().AsNoTracking().SingleAsync(q => q.Id == some.Key, stop)).Questions;
            var needed = questions.Count(q => q.Needed);
            foreach (var ids in some.Select(u => u.Id).Chunk(1000))
            {
                var read = await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Version, c.AnswersJson }).ToListAsync(stop);
                read.AsParallel().WithCancellation(stop).ForAll(c => memory.KeepWritten(some.Key, c.Id, c.Version, needed - Answers.Parse(c.AnswersJson).Missing(questions).Count(q => q.Needed), needed));
            }
        }
    }
}
