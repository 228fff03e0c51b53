using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Kyodo.Common;

namespace Kyodo.Search;

internal sealed partial class OpenIndex
{
    private ReadOnlySpan<ulong> RowsOf(FacetEntry entry) => _file.Of<ulong>("facet.rows").Slice(entry.At, (Rows + 63) / 64);

    private CaseRows Narrowed(CaseRows matches, IReadOnlyList<string>[] filters, Facet? except)
    {
        var left = matches;
        foreach (var facet in Enum.GetValues<Facet>())
        {
            if (filters[(int)facet].Count > 0 && facet != except)
                left = (ReferenceEquals(left, matches) ? left.Copy() : left).Keep(Holding(facet, filters[(int)facet]));
        }
        return left;
    }

    private CaseRows Holding(Facet facet, IReadOnlyList<string> wanted)
    {
        var rows = new CaseRows(Rows);
        foreach (var value in wanted)
        {
            // Forms are numbered within their programme: form=2 means that of any programme left.
            if (facet is Facet.Form && !value.Contains('/', StringComparison.Ordinal))
            {
                foreach (var entry in _facets[(int)Facet.Form].Where(entry => entry.Value.AsSpan(entry.Value.IndexOf('/', StringComparison.Ordinal) + 1).SequenceEqual(value)))
                    rows.Join(RowsOf(entry));
            }
            else if (_values.TryGetValue((facet, value), out var entry))
                rows.Join(RowsOf(entry));
            else if (facet is Facet.Partner)
            {
                foreach (var row in WithPartner(value))
                    rows.Add(row);
            }
        }
        return rows;
    }

    private ReadOnlySpan<int> WithPartner(string id)
    {
        if (!PublicId.IsOne(id))
            return [];
        var ids = _file.Of<byte>("partners.ids");
        Span<byte> wanted = stackalloc byte[PublicId.Length];
        Encoding.ASCII.GetBytes(id, wanted);
        var (low, high) = (0, (ids.Length / PublicId.Length) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = ids.Slice(middle * PublicId.Length, PublicId.Length).SequenceCompareTo(wanted);
            if (order == 0)
            {
                var ends = _file.Of<int>("partners.ends");
                return _file.Of<int>("partners.rows")[(middle == 0 ? 0 : ends[middle - 1])..ends[middle]];
            }
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return [];
    }

    // A value counts what choosing it would leave: the facet's own filter does not hold for it.
    private Dictionary<Facet, IReadOnlyList<FacetValue>> Counts(CaseRows matches, CaseRows left, IReadOnlyList<string>[] filters)
    {
        var counts = new Dictionary<Facet, IReadOnlyList<FacetValue>>();
        foreach (var facet in Enum.GetValues<Facet>())
        {
            var rows = filters[(int)facet].Count == 0 ? left : Narrowed(matches, filters, facet);
            counts[facet] = Values(facet, entry => rows.CountWith(RowsOf(entry)));
        }
        return counts;
    }

    private List<FacetValue> Values(Facet facet, Func<FacetEntry, int> count)
    {
        var values = new List<FacetValue>();
        foreach (var entry in _facets[(int)facet])
        {
            // A bureau is a unit that has a facet of its own.
            if ((facet is not Facet.Unit || !_bureaus.Contains(entry.Value)) && count(entry) is > 0 and var number)
                values.Add(facet is Facet.Form && entry.Value.Split('/') is [var programme, var no] ? new FacetValue(no, entry.Ja, entry.En, number, programme) : new FacetValue(entry.Value, entry.Ja, entry.En, number));
        }
        if (facet is Facet.Partner or Facet.Theme or Facet.Municipality)
            values.Sort((a, b) => b.Count.CompareTo(a.Count) is not 0 and var order ? order : string.CompareOrdinal(a.Value, b.Value));
        return values;
    }

    private static IEnumerable<FacetEntry> Ordered(Facet facet, IEnumerable<FacetEntry> entries) => facet switch
    {
        Facet.Year => entries.OrderByDescending(e => e.Value, StringComparer.Ordinal),
        Facet.Form => entries.OrderBy(e => e.Value[..e.Value.IndexOf('/', StringComparison.Ordinal)], StringComparer.Ordinal).ThenBy(e => e.Place),
        Facet.Unit or Facet.Bureau => entries.OrderBy(e => e.Place).ThenBy(e => e.Value, StringComparer.Ordinal),
        Facet.Status => entries.OrderBy(e => Array.IndexOf(["new", "continued", "ended"], e.Value)),
        _ => entries.OrderByDescending(e => e.Count).ThenBy(e => e.Value, StringComparer.Ordinal),
    };
}
