using Kyodo.Editions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Portal;

/// <summary>What the programmes and their forms are, in the words of the newest editions.</summary>
public sealed class AboutModel(AppDb db) : PublicPage
{
    public IReadOnlyList<Revision> Newest { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        Titled(Say("制度と始め方", "The programmes and how to begin"), "about");
        var latest = await db.Revisions.AsNoTracking().Where(r => r.IsLatest).OrderBy(r => r.Id).ToListAsync(stop);
        Newest = [.. latest.GroupBy(r => r.ProgrammeKey).Select(g => g.MaxBy(r => r.Year)!)];
    }
}
