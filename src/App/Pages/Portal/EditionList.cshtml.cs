using System.Globalization;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Search;
using Kyodo.Statistics;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Portal;

/// <summary>An edition's cases of one form, unit, field, municipality, kind of partner or status, each under a path of its own: what a figure links to.</summary>
public sealed class EditionListModel(AppDb db, SearchIndex index) : PublicPage
{
    public Revision Revision { get; private set; } = null!;

    public IReadOnlyList<CaseCard> Cards { get; private set; } = [];

    public string What { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>The same list in the search, where it can be narrowed.</summary>
    public string InSearch { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string programme, int year, string facet, string value, CancellationToken stop)
    {
        if (await db.RevisionAsync(programme, new FiscalYear(year), stop: stop) is not { } revision)
            return NotFound();
        Revision = revision;
        var form = facet == "forms" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var no) ? revision.Forms.FirstOrDefault(f => f.No == no) : null;
        var band = facet == "budget" ? BudgetBand.Find(value) : null;
        var (what, query, by) = facet switch
        {
            "forms" => (Say("協働形態", "Form"), "form", (Facet?)Facet.Form),
            "units" => (Say("部局・地域振興局", "Unit"), "unit", (Facet?)Facet.Unit),
            "themes" => (Say("分野", "Field"), "theme", (Facet?)Facet.Theme),
            "municipalities" => (Say("市町村", "Municipality"), "municipality", (Facet?)Facet.Municipality),
            "partners" => (Say("相手方", "Partners"), "partner", (Facet?)Facet.Partner),
            "budget" => (Say("予算の規模", "Budget"), "budget", (Facet?)null),
            _ => (Say("新規・継続・終了", "Status"), "status", Facet.Status),
        };
        // Of the index, which holds the newest revisions in their order: a list of cards needs no case read whole. It knows no budgets.
        IReadOnlyList<CaseCard> chosen = facet == "forms" && form is null || facet == "budget" && band is null ? []
            : by is { } known ? (await index.FindAsync(new CaseQuery
            {
                Filters = new Dictionary<Facet, IReadOnlyList<string>> { [Facet.Programme] = [programme], [Facet.Year] = [revision.Year.ToString()], [known] = [value] },
                Order = CaseOrder.Newest,
                Size = Math.Max(1, revision.CaseCount),
                WithFacets = false,
            }, stop)).Page.Items
            : [.. (await db.CasesAsync(revision, stop)).Where(c => band!.Holds(c.BudgetYen)).Select(c => CaseCard.Of(c, revision))];
        // A form with no case is a list too: its figure is 0.
        if (chosen.Count == 0 && form is null && band is null && !(facet == "status" && value is "new" or "continued" or "ended"))
            return NotFound();
        (What, Cards) = (what, chosen);
        Name = facet switch
        {
            "forms" => $"({form!.No}) {form.Name(Lang)}",
            "units" => chosen[0].UnitName,
            "budget" => Say(band!.NameJa, band.NameEn),
            "status" => PublicWords.Status(value, En),
            _ => value,
        };
        InSearch = $"/cases?programme={programme}&year={year}{(band is null ? $"&{query}={Uri.EscapeDataString(value)}" : "")}";
        Titled($"{Name} {revision.Name(Lang)} {YearWords(revision.Year)}", "editions");
        return Page();
    }
}
