using System.Globalization;
using System.Text;
using Kyodo.Search;
using Microsoft.Extensions.Primitives;

namespace Kyodo.App.Pages.Portal;

/// <summary>A list of cases as its address says it: <c>q programme form year unit municipality partner theme status sort page</c>, and how it is shown.</summary>
public sealed record CaseList(CaseQuery Query, bool AsTable)
{
    private const int MostValues = 20;

    // Every link of the list repeats it.
    private const int MostCharacters = 200;

    private static readonly Facet[] Facets = Enum.GetValues<Facet>();

    public static CaseList Of(IQueryCollection query, int size = 20) => new(
        new CaseQuery
        {
            Text = Short(query["q"].ToString()),
            Filters = Facets.Select(facet => (facet, values: Values(query[Name(facet)]))).Where(pair => pair.values.Count > 0).ToDictionary(pair => pair.facet, pair => pair.values),
            Order = Enum.TryParse<CaseOrder>(query["sort"], ignoreCase: true, out var order) && Enum.IsDefined(order) ? order : null,
            Page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Max(1, page) : 1,
            Size = size,
        },
        query["view"] == "table");

    public static string Name(Facet facet) => facet.ToString().ToLowerInvariant();

    public IReadOnlyList<string> Chosen(Facet facet) => Query.Filters.GetValueOrDefault(facet, []);

    public bool IsChosen(Facet facet, FacetValue value) =>
        Chosen(facet).Contains(value.Value) && (value.Programme is null || Chosen(Facet.Programme) is not [var programme, ..] || programme == value.Programme);

    /// <summary>The query string of this list, from <c>?</c> on; empty for the list of everything.</summary>
    public string Address(Func<CaseQuery, CaseQuery>? changed = null, bool? asTable = null, string? also = null)
    {
        var query = changed is null ? Query : changed(Query with { Page = 1 });
        var text = new StringBuilder();
        void Add(string name, string value) => text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(Sound(value)));
        if (query.Text.Length > 0)
            Add("q", query.Text);
        foreach (var facet in Facets)
        {
            foreach (var value in query.Filters.GetValueOrDefault(facet, []))
                Add(Name(facet), value);
        }
        if (query.Order is { } order)
            Add("sort", order.ToString().ToLowerInvariant());
        if (query.Page > 1)
            Add("page", query.Page.ToString(CultureInfo.InvariantCulture));
        if (asTable ?? AsTable)
            Add("view", "table");
        return text.Append(also).ToString();
    }

    public string Choosing(Facet facet, FacetValue value) => Address(query => IsChosen(facet, value)
        ? Without(query, facet, value.Value)
        : With(value.Programme is { } programme ? With(query, Facet.Programme, programme) : query, facet, value.Value));

    public string Dropping(Facet facet, string value) => Address(query => Without(query, facet, value));

    public string DroppingText() => Address(query => query with { Text = "" });

    public string At(int page) => Address(query => query with { Page = page });

    public string Sorted(CaseOrder order) => Address(query => query with { Order = order });

    private static CaseQuery With(CaseQuery query, Facet facet, string value) =>
        query with { Filters = new Dictionary<Facet, IReadOnlyList<string>>(query.Filters) { [facet] = [value] } };

    private static CaseQuery Without(CaseQuery query, Facet facet, string value)
    {
        var filters = new Dictionary<Facet, IReadOnlyList<string>>(query.Filters) { [facet] = [.. query.Filters.GetValueOrDefault(facet, []).Where(v => v != value)] };
        // A form's number means nothing without its programme.
        if (facet is Facet.Programme)
            filters.Remove(Facet.Form);
        return query with { Filters = filters };
    }

    private static IReadOnlyList<string> Values(StringValues values) =>
        [.. values.OfType<string>().Select(value => value.Trim()).Where(value => value.Length is > 0 and <= 100).Distinct().Take(MostValues)];

    private static string Short(string text) =>
        text.Length <= MostCharacters ? text : text[..(char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)];

    // A lone surrogate cannot stand in an address.
    private static string Sound(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
