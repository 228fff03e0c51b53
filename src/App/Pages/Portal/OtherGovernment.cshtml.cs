using Kyodo.Federation;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Portal;

public sealed class OtherGovernmentModel(AppDb db) : PublicPage
{
    public FederatedGovernment Other { get; private set; } = null!;

    public IReadOnlyList<FederatedEdition> Editions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken stop)
    {
        Editions = await db.FederatedEditions.AsNoTracking().Include(e => e.Government).Where(e => e.Government.Code == code && !e.Government.IsEnded).OrderByDescending(e => e.Year).ThenBy(e => e.ProgrammeKey).ToListAsync(stop);
        if (Editions.Count == 0)
            return NotFound();
        Other = Editions[0].Government;
        Titled(Other.Name, "editions");
        return Page();
    }
}
