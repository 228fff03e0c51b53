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

    /// <summary>Other names under which its cases name it.</summary>
    public IReadOnlyList<string> OtherNames { get; private set; } = [];

    public int Total { get; private set; }

    /// <summary>Their projects, each with its cases by year; the longest first.</summary>
    public IReadOnlyList<IReadOnlyDictionary<FiscalYear, CaseCard>> Projects { get; private set; } = [];

    /// <summary>Every year from the first to the last, those without a case too.</summary>
    public IReadOnlyList<FiscalYear> Span { get; private set; } = [];

    public IReadOnlyList<string> Units { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken stop)
    {
        if (!PublicId.IsOne(id))
            return NotFound();
        var found = await index.FindAsync(new CaseQuery { Size = 500, WithFacets = false, Filters = new Dictionary<Facet, IReadOnlyList<string>> { [Facet.Partner] = [id] } }, stop);
        if (found.Page.Total == 0)
            return NotFound();
        Partner = found.Page.Items[0].Partners.First(p => p.Id == id);
        OtherNames = [.. found.Page.Items.SelectMany(card => card.Partners).Where(p => p.Id == id && p.Name != Partner.Name).Select(p => p.Name).Distinct(StringComparer.Ordinal)];
        Years = [.. found.Page.Items.GroupBy(card => card.Year)];
        Total = found.Page.Total;
        var cards = found.Page.Items;
        var (first, last) = (cards.Min(card => card.Year.Year), cards.Max(card => card.Year.Year));
        Span = [.. Enumerable.Range(first, Math.Min(60, last - first + 1)).Select(year => new FiscalYear(year))];
        Projects = [.. cards.GroupBy(card => card.ProjectId).Select(g => g.GroupBy(card => card.Year).ToDictionary(year => year.Key, year => year.First())).OrderByDescending(years => years.Count).ThenBy(years => years.Keys.Min())];
        Units = [.. cards.Select(card => card.UnitName).Distinct()];
        Titled(Partner.Name, "cases");
        return Page();
    }
}
