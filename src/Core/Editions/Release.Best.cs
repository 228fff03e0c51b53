using Kyodo.Selection;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Editions;

public static partial class Release
{
    /// <summary>The best cases that were decided, each with its reason, among the cases that this revision holds.</summary>
    private static async Task<IReadOnlyList<PublishedBest>> BestsAsync(AppDb db, Revision revision, IReadOnlyList<PublishedCase> cases, CancellationToken stop)
    {
        if (revision.No == 1)
            return [];
        var ids = cases.Select(one => one.CaseId).ToHashSet(StringComparer.Ordinal);
        var chosen = await db.Nominations.AsNoTracking().Where(n => n.Status == NominationStatus.Best && n.Selection.Status == SelectionStatus.Decided && n.Selection.ProgrammeKey == revision.ProgrammeKey && n.Selection.Year == revision.Year)
            .OrderBy(n => n.CaseId).Select(n => new { n.CaseId, n.Outcome }).ToListAsync(stop);
        return [.. chosen.Where(one => ids.Contains(one.CaseId)).Select(one => new PublishedBest { Revision = revision, CaseId = one.CaseId, Reason = one.Outcome })];
    }
}
