using System.Collections.Concurrent;
using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Editions;

/// <summary>
/// What a page about one case reads, as compiled queries. Revisions once read are kept until something is published: their forms and questions
/// need not be parsed again for each page. Which revision is the newest does change, so that is asked of the record. One for each program that
/// runs, because a compiled query belongs to the engine it was compiled for.
/// </summary>
public sealed class ReleasedCases
{
    private const int MostRevisions = 200;

    private readonly ConcurrentDictionary<long, Revision> _revisions = new();

    private readonly Func<AppDb, string, Task<PublishedCase?>> _latest = EF.CompileAsyncQuery((AppDb db, string id) =>
        db.Set<PublishedCase>().AsNoTracking().FirstOrDefault(c => c.CaseId == id && c.Revision.IsLatest && !db.Set<Withdrawal>().Any(w => w.CaseId == c.CaseId && w.EndedAt == null)));

    private readonly Func<AppDb, string, IAsyncEnumerable<CaseYear>> _years = EF.CompileAsyncQuery((AppDb db, string project) =>
        db.Set<PublishedCase>().AsNoTracking().Where(c => c.ProjectId == project && c.Revision.IsLatest && !db.Set<Withdrawal>().Any(w => w.CaseId == c.CaseId && w.EndedAt == null)).OrderBy(c => c.Year).Select(c => new CaseYear(c.CaseId, c.Year)));

    private readonly Func<AppDb, long, string, Task<PublishedEvaluation?>> _evaluation = EF.CompileAsyncQuery((AppDb db, long revision, string id) =>
        db.Set<PublishedEvaluation>().AsNoTracking().FirstOrDefault(e => e.RevisionId == revision && e.CaseId == id));

    private readonly ConcurrentDictionary<long, bool> _holdsEvaluations = new();

    /// <summary>What a revision holds of a case's evaluation; null where it holds nothing that may be shown.</summary>
    public async ValueTask<PublishedEvaluation?> EvaluationAsync(AppDb db, PublishedCase one, CancellationToken stop = default)
    {
        if (!_holdsEvaluations.TryGetValue(one.RevisionId, out var holds))
            _holdsEvaluations[one.RevisionId] = holds = await db.PublishedEvaluations.AnyAsync(e => e.RevisionId == one.RevisionId, stop);
        return holds && await _evaluation(db, one.RevisionId, one.CaseId) is { IsShown: true } shown ? shown : null;
    }

    private readonly ConcurrentDictionary<long, IReadOnlyDictionary<string, string>> _bests = new();

    /// <summary>Why the case is a best case in its revision; null where it is none.</summary>
    public async ValueTask<string?> BestAsync(AppDb db, PublishedCase one, CancellationToken stop = default)
    {
        if (!_bests.TryGetValue(one.RevisionId, out var bests))
            _bests[one.RevisionId] = bests = await db.PublishedBests.AsNoTracking().Where(b => b.RevisionId == one.RevisionId).ToDictionaryAsync(b => b.CaseId, b => b.Reason, StringComparer.Ordinal, stop);
        return bests.GetValueOrDefault(one.CaseId);
    }

    /// <summary>The case as the newest revision of its edition holds it; null when none does.</summary>
    public Task<PublishedCase?> LatestAsync(AppDb db, string id) => _latest(db, id);

    /// <summary>The cases of a project, year by year.</summary>
    public async Task<IReadOnlyList<CaseYear>> YearsAsync(AppDb db, string projectId)
    {
        var years = new List<CaseYear>();
        await foreach (var year in _years(db, projectId))
            years.Add(year);
        return years;
    }

    /// <summary>Reads revisions anew: a redaction changes one.</summary>
    public void Forget()
    {
        _revisions.Clear();
        _holdsEvaluations.Clear();
        _bests.Clear();
    }

    public async ValueTask<Revision> RevisionAsync(AppDb db, long id, CancellationToken stop = default)
    {
        if (_revisions.TryGetValue(id, out var revision))
            return revision;
        if (_revisions.Count >= MostRevisions)
            _revisions.Clear();
        return _revisions[id] = await db.Revisions.AsNoTracking().FirstAsync(r => r.Id == id, stop);
    }
}

/// <summary>A case of a project, by its year.</summary>
public sealed record CaseYear(string CaseId, FiscalYear Year);
