using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Federation;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Portal;

public sealed class EditionsModel(AppDb db) : PublicPage
{
    /// <summary>Editions by year, the newest first; each with all its revisions.</summary>
    public IReadOnlyList<IGrouping<FiscalYear, IGrouping<string, Revision>>> Years { get; private set; } = [];

    /// <summary>Other governments whose editions stand here.</summary>
    public IReadOnlyList<FederatedGovernment> Others { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        Titled(Say("年度版", "Editions"), "editions");
        var shown = db.FederatedEditions;
        Others = await db.FederatedGovernments.AsNoTracking().Where(g => !g.IsEnded && shown.Any(e => e.GovernmentId == g.Id)).OrderBy(g => g.Code).ToListAsync(stop);
        var revisions = await db.Revisions.AsNoTracking().OrderByDescending(r => r.No).ToListAsync(stop);
        Years = [.. revisions.OrderBy(r => r.Id).GroupBy(r => (r.Year, r.ProgrammeKey)).Select(g => new Group<string, Revision>(g.Key.ProgrammeKey, [.. g.OrderByDescending(r => r.No)]))
            .GroupBy(g => g.First().Year, g => (IGrouping<string, Revision>)g).OrderByDescending(g => g.Key)];
    }

    private sealed class Group<TKey, T>(TKey key, List<T> items) : IGrouping<TKey, T>
    {
        public TKey Key => key;

        public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => items.GetEnumerator();
    }
}
