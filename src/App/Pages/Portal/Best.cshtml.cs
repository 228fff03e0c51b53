using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Portal;

/// <summary>The best cases of all years, each with the reason it was chosen for.</summary>
public sealed class BestModel(AppDb db) : PublicPage
{
    public IReadOnlyList<IGrouping<FiscalYear, BestCase>> Years { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var bests = await db.LatestBests().Select(b => new { b.CaseId, b.RevisionId, b.Reason, b.Revision.NameJa, b.Revision.NameEn }).ToListAsync(stop);
        var ids = bests.ConvertAll(b => b.CaseId);
        var cases = await db.LatestCases.AsNoTracking().Where(c => ids.Contains(c.CaseId)).ToDictionaryAsync(c => c.CaseId, StringComparer.Ordinal, stop);
        Years = [.. bests.Where(b => cases.ContainsKey(b.CaseId)).Select(b => new BestCase(cases[b.CaseId], b.Reason, b.NameJa, b.NameEn))
            .OrderBy(one => one.Case.ProgrammeKey, StringComparer.Ordinal).ThenBy(one => one.Case.Order).GroupBy(one => one.Case.Year).OrderByDescending(g => g.Key)];
        Titled(Say("優良事例", "Best cases"), "best");
    }
}

/// <summary>A case that was chosen, and why.</summary>
public sealed record BestCase(PublishedCase Case, string Reason, string ProgrammeJa, string ProgrammeEn);
