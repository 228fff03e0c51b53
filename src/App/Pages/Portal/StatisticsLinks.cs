using Kyodo.Common;
using Kyodo.Statistics;

namespace Kyodo.App.Pages.Portal;

/// <summary>Where the cases behind a figure are listed.</summary>
public static class StatisticsLinks
{
    private static readonly Dictionary<string, string> Facets = new(StringComparer.Ordinal)
    {
        ["status"] = "status",
        ["forms"] = "forms",
        ["departments"] = "units",
        ["bureaus"] = "units",
        ["unevenness"] = "units",
        ["municipalities"] = "municipalities",
        ["partners"] = "partners",
        ["budget"] = "budget",
    };

    /// <summary>A path without the language; null where no list holds just these cases.</summary>
    public static string? To(string table, string programme, FiscalYear year, FigureRow row, bool hasCases) =>
        !Facets.TryGetValue(table, out var facet) ? null
        : row.IsTotal ? facet == "units" ? null : Addresses.Edition(programme, year)
        // A form or a status without a case has a list that says so; other values are unknown to an edition without them.
        // Several units of then that are one today have no path of their own: the search lists their cases together.
        : row.Behind.Count > 1 && hasCases && (facet is "units" or "municipalities") ? $"/cases?programme={programme}&year={year}{string.Concat(row.Behind.Select(value => $"&{facet switch { "units" => "unit", _ => "municipality" }}={Uri.EscapeDataString(value)}"))}"
        : row.Behind is not [var value] || !(hasCases || facet is "forms" or "status" or "budget") ? null
        : Addresses.Facet(programme, year, facet, value);
}
