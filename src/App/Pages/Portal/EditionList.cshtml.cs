using System.Globalization;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Search;
using Kyodo.Statistics;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Portal;

/// <summary>An edition's cases of one form, unit, field, municipality, kind of partner or status, each under a path of its own: what a figure links to.</summary>
public sealed class EditionListModel(AppDb db) : PublicPage
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
        var cases = await db.CasesAsync(revision, stop);
        var form = facet == "forms" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var no) ? revision.Forms.FirstOrDefault(f => f.No == no) : null;
        var band = facet == "budget" ? BudgetBand.Find(value) : null;
        var (what, query, chosen) = facet switch
        {
            "forms" => (Say("協働形態", "Form"), "form", cases.FindAll(c => c.FormNo == form?.No)),
            "units" => (Say("部局・地域振興局", "Unit"), "unit", cases.FindAll(c => c.UnitCode == value)),
            "themes" => (Say("分野", "Field"), "theme", cases.FindAll(c => c.Themes.Contains(value))),
            "municipalities" => (Say("市町村", "Municipality"), "municipality", cases.FindAll(c => c.Municipalities.Contains(value))),
            "partners" => (Say("相手方", "Partners"), "partner", cases.FindAll(c => c.Partners.Any(p => p.Kind == value))),
            "budget" => (Say("予算の規模", "Budget"), "budget", cases.FindAll(c => band?.Holds(c.BudgetYen) is true)),
            _ => (Say("新規・継続・終了", "Status"), "status", cases.FindAll(c => c.Status == value)),
        };
        // A form with no case is a list too: its figure is 0.
        if (chosen.Count == 0 && form is null && band is null && !(facet == "status" && value is "new" or "continued" or "ended"))
            return NotFound();
        (What, Cards) = (what, chosen.ConvertAll(c => CaseCard.Of(c, revision)));
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
