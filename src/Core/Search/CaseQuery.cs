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
    Bureau,
    Status,

    /// <summary>Whether both sides judged the collaboration and let it be read.</summary>
    Evaluated,

    /// <summary>Whether it was selected as one of the best (優良事例).</summary>
    Best,

    /// <summary>Whose case it is, by six-digit code; counted only where other governments' editions stand beside our own.</summary>
    Government,
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

    /// <summary>Goes on behind the case that <see cref="FoundCases.Next"/> of the list before names, whatever was published meanwhile; then <see cref="Page"/> does not count.</summary>
    public string? After { get; init; }

    public bool WithFacets { get; init; } = true;
}

/// <summary>A value of a facet with the number of cases that choosing it would leave.</summary>
/// <param name="Programme">The programme a form belongs to; null for the other facets.</param>
public sealed record FacetValue(string Value, string NameJa, string NameEn, int Count, string? Programme = null);

/// <param name="Next">What to say as <see cref="CaseQuery.After"/> for the cases behind these; null at the end.</param>
public sealed record FoundCases(Page<CaseCard> Page, IReadOnlyDictionary<Facet, IReadOnlyList<FacetValue>> Facets, CaseOrder Order, string? Next, Understood Understood);

/// <summary>How a query was read, where that is not plain from its words.</summary>
/// <param name="Years">平成19年度, H19 and the like: the years that count.</param>
/// <param name="OutsideYears">No case of these years holds any of the words: those of other years are listed.</param>
/// <param name="WithoutPhrases">No case holds the quoted words as they stand: cases that hold parts of them are listed.</param>
/// <param name="OnlyPartly">No case holds all the words: those that hold most are listed.</param>
/// <param name="Instead">Words that were looked for in place of one that stands nowhere: 高齢者 for 高令者.</param>
public sealed record Understood(IReadOnlyList<FiscalYear> Years, bool OutsideYears, bool WithoutPhrases, bool OnlyPartly, IReadOnlyList<string> Instead)
{
    public static Understood Plainly { get; } = new([], false, false, false, []);
}

/// <summary>What somebody who types may mean.</summary>
/// <param name="Kind"><c>word</c>, <c>theme</c>, <c>municipality</c>, <c>unit</c>, <c>partner</c> or <c>title</c>.</param>
/// <param name="Value">The id of a partner, the code of a unit, or the text itself.</param>
/// <param name="Count">Cases behind it.</param>
public sealed record Suggestion(string Kind, string Text, string Value, int Count);
