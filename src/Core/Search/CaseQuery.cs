using Kyodo.Common;

namespace Kyodo.Search;

/// <summary>What a list can be narrowed by; the name in lower case is its name in addresses.</summary>
public enum Facet
{
    Programme,
    Year,
    Form,
    Partner,
    Theme,
    Municipality,
    Unit,
    Status,
}

public enum CaseOrder
{
    Relevance,
    Newest,
    Title,
}

/// <summary>What somebody looks for. <see cref="Filters"/>: several values of one facet widen, several facets narrow.</summary>
public sealed record CaseQuery
{
    public string Text { get; init; } = "";

    public IReadOnlyDictionary<Facet, IReadOnlyList<string>> Filters { get; init; } = new Dictionary<Facet, IReadOnlyList<string>>();

    public CaseOrder? Order { get; init; }

    public int Page { get; init; } = 1;

    public int Size { get; init; } = 20;

    public bool WithFacets { get; init; } = true;
}

/// <summary>A value of a facet with the number of cases that choosing it would leave.</summary>
/// <param name="Programme">The programme a form belongs to; null for the other facets.</param>
public sealed record FacetValue(string Value, string NameJa, string NameEn, int Count, string? Programme = null);

public sealed record FoundCases(Page<CaseCard> Page, IReadOnlyDictionary<Facet, IReadOnlyList<FacetValue>> Facets, CaseOrder Order);
