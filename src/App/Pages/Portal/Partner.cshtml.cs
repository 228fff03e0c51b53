using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Search;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Portal;

/// <summary>A partner's projects over the years.</summary>
public sealed class PartnerModel(SearchIndex index) : PublicPage
{
    public PublishedPartner Partner { get; private set; } = null!;

    public IReadOnlyList<IGrouping<FiscalYear, CaseCard>> Years { get; private set; } = [];

    public int Total { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken stop)
    {
        if (!PublicId.IsOne(id))
            return NotFound();
        var found = await index.FindAsync(new CaseQuery { Size = 500, WithFacets = false, Filters = new Dictionary<Facet, IReadOnlyList<string>> { [Facet.Partner] = [id] } }, stop);
        if (found.Page.Total == 0)
            return NotFound();
        Partner = found.Page.Items[0].Partners.First(p => p.Id == id);
        Years = [.. found.Page.Items.GroupBy(card => card.Year)];
        Total = found.Page.Total;
        Titled(Partner.Name, "cases");
        return Page();
    }
}
