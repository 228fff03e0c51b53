using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Cases;

/// <summary>Another case of the year that may be the same project. Of another unit's unpublished answer nothing is shown but these.</summary>
public sealed record SimilarCase(string CaseId, string Title, long UnitId, string UnitName, double Score);

public static class SimilarCases
{
    private const double WorthShowing = 0.5;
    private const int Most = 5;

    /// <summary>
    /// Cases of the year whose name is like this one's, over both programmes and all units: the same project may have been written twice.
    /// Only names are compared: of what others have not handed in yet, no more than that is anybody's business.
    /// </summary>
    public static async Task<IReadOnlyList<SimilarCase>> SimilarCasesAsync(this AppDb db, FiscalYear year, string title, string? exceptId, CancellationToken stop = default)
    {
        var name = Bigrams.OfKey(TitleWords.Bare(title));
        if (name.IsEmpty)
            return [];
        var near = new List<(string Id, double Score)>();
        await foreach (var one in db.Cases.Where(c => c.Year == year && c.RemovedAt == null && c.TitleKey != "").Select(c => new { c.Id, c.TitleKey }).AsAsyncEnumerable().WithCancellation(stop))
        {
            if (one.Id != exceptId && name.LikenessOfKey(TitleWords.BareKey(one.TitleKey)) is >= WorthShowing and var score)
                near.Add((one.Id, score));
        }
        var best = near.OrderByDescending(n => n.Score).Take(Most).ToDictionary(n => n.Id, n => n.Score, StringComparer.Ordinal);
        var ids = best.Keys.ToList();
        var shown = ids.Count == 0 ? [] : await db.Cases.Where(c => ids.Contains(c.Id))
            .Join(db.Set<Organizations.OrgUnit>(), c => c.UnitId, u => u.Id, (c, u) => new { c.Id, c.Title, UnitId = u.Id, u.Name }).ToListAsync(stop);
        return [.. shown.Select(c => new SimilarCase(c.Id, c.Title, c.UnitId, c.Name, best[c.Id])).OrderByDescending(c => c.Score).ThenBy(c => c.Title, StringComparer.Ordinal)];
    }
}
