using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Kyodo.Common;

namespace Kyodo.Search;

/// <summary>One built index, open for reading by many at once.</summary>
internal sealed partial class OpenIndex : IDisposable
{
    private readonly IndexSections _file;
    private readonly IndexAbout _about;
    private readonly FacetEntry[][] _facets;
    private readonly Dictionary<(Facet, string), FacetEntry> _values;
    private readonly HashSet<string> _bureaus;
    private readonly ConcurrentBag<Tally> _tallies = [];
    private readonly Dictionary<Facet, IReadOnlyList<FacetValue>> _allCounts;

    private OpenIndex(IndexSections file)
    {
        _file = file;
        _about = JsonSerializer.Deserialize<IndexAbout>(file.Of<byte>("about"), Json.Plain)!;
        var entries = JsonSerializer.Deserialize<FacetEntry[]>(file.Of<byte>("facets"), Json.Plain)!;
        _facets = [.. Enum.GetValues<Facet>().Select(facet => Ordered(facet, entries.Where(entry => entry.Facet == facet)).ToArray())];
        _values = entries.ToDictionary(entry => (entry.Facet, entry.Value));
        _bureaus = [.. _facets[(int)Facet.Bureau].Select(bureau => bureau.Value)];
        _allCounts = Enum.GetValues<Facet>().ToDictionary(facet => facet, facet => (IReadOnlyList<FacetValue>)Values(facet, entry => entry.Count));
    }

    public string Stamp => _about.Stamp;

    public int Rows => _about.Rows;

    /// <summary>The index in a file; null where there is none or it cannot be read.</summary>
    public static OpenIndex? TryOpen(string file)
    {
        if (!File.Exists(file))
            return null;
        try
        {
            return new OpenIndex(new IndexSections(file));
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or JsonException or KeyNotFoundException)
        {
            return null;
        }
    }

    public FoundCases Find(CaseQuery query)
    {
        var text = query.Text.Trim();
        var asked = text.Length > 0;
        var filters = Enum.GetValues<Facet>().Select(facet => query.Filters.GetValueOrDefault(facet, [])).ToArray();
        var order = query.Order ?? (asked ? CaseOrder.Relevance : CaseOrder.Newest);
        if (order is CaseOrder.Relevance && !asked)
            order = CaseOrder.Newest;
        var tally = asked ? Rent() : null;
        try
        {
            var understood = Understood.Plainly;
            var matches = tally is null ? CaseRows.All(Rows) : Match(text, tally, out understood);
            var left = Narrowed(matches, filters, except: null);
            var total = left.Count();
            var pages = Math.Max(1, (total + (long)query.Size - 1) / query.Size);
            var number = (int)Math.Clamp(query.Page, 1, pages);
            var rows = order switch
            {
                CaseOrder.Relevance => Best(left, tally!, query, number),
                CaseOrder.Title => ByTitle(left, query, number),
                _ => Newest(left, query, number),
            };
            var next = rows.Count == 0 || rows[^1] == Last(left, order, tally) ? null : IdOf(rows[^1]);
            var cards = rows.Take(query.Size).Select(Card).ToList();
            if (asked && cards.Count <= MostPassages)
                AddPassages(text, rows, cards);
            var facets = !query.WithFacets ? NoFacets : !asked && filters.All(filter => filter.Count == 0) ? _allCounts : Counts(matches, left, filters);
            return new FoundCases(new Page<CaseCard>(cards, total, number, query.Size), facets, order, next, understood);
        }
        finally
        {
            if (tally is not null)
                _tallies.Add(tally);
            GC.KeepAlive(_file);
        }
    }

    public bool Holds(string caseId)
    {
        var holds = RowOf(caseId) is not null;
        GC.KeepAlive(_file);
        return holds;
    }

    public void Dispose() => _file.Dispose();

    // A list on a page shows why each case was found; one that is taken away whole does not.
    private const int MostPassages = 100;

    private static readonly Dictionary<Facet, IReadOnlyList<FacetValue>> NoFacets = [];

    private Tally Rent() => _tallies.TryTake(out var tally) ? tally : new Tally(Rows);

    private List<int> Newest(CaseRows left, CaseQuery query, int number) =>
        [.. left.From(query.After is { } id && RowOf(id) is { } row ? row + 1 : left.Skip((number - 1) * query.Size)).Take(query.Size)];

    private List<int> ByTitle(CaseRows left, CaseQuery query, int number)
    {
        var byTitle = _file.Of<int>("rows.by_title");
        var after = query.After is { } id && RowOf(id) is { } row ? _file.Of<int>("rows.title_places")[row] : -1;
        var skip = after < 0 ? (number - 1) * query.Size : 0;
        var rows = new List<int>();
        for (var i = after + 1; i < byTitle.Length && rows.Count < query.Size; i++)
        {
            if (left[byTitle[i]] && skip-- <= 0)
                rows.Add(byTitle[i]);
        }
        return rows;
    }

    private List<int> Best(CaseRows left, Tally tally, CaseQuery query, int number)
    {
        if (query.After is { } id && RowOf(id) is { } after)
        {
            var (score, behind) = (tally.Scores[after], new List<int>());
            foreach (var row in left.From(0))
            {
                if (tally.Scores[row] < score || (tally.Scores[row] == score && row > after))
                    behind.Add(row);
            }
            return Top(behind, tally, query.Size);
        }
        var wanted = Math.Min(number * (long)query.Size, Rows);
        return [.. Top(left.From(0), tally, (int)wanted).Skip((number - 1) * query.Size)];
    }

    private static List<int> Top(IEnumerable<int> rows, Tally tally, int count)
    {
        var scores = tally.Scores;
        var heap = new PriorityQueue<int, (float, int)>();
        foreach (var row in rows)
        {
            var rank = (scores[row], -row);
            if (heap.Count < count)
                heap.Enqueue(row, rank);
            else if (heap.TryPeek(out _, out var least) && rank.CompareTo(least) > 0)
                heap.EnqueueDequeue(row, rank);
        }
        var top = new int[heap.Count];
        for (var i = top.Length - 1; i >= 0; i--)
            top[i] = heap.Dequeue();
        return [.. top];
    }

    private int Last(CaseRows left, CaseOrder order, Tally? tally)
    {
        var last = -1;
        switch (order)
        {
            case CaseOrder.Relevance:
                foreach (var row in left.From(0))
                {
                    if (last < 0 || tally!.Scores[row] <= tally.Scores[last])
                        last = row;
                }
                return last;
            case CaseOrder.Title:
                var byTitle = _file.Of<int>("rows.by_title");
                for (var i = byTitle.Length - 1; i >= 0; i--)
                {
                    if (left[byTitle[i]])
                        return byTitle[i];
                }
                return last;
            default:
                return left.Last();
        }
    }

    private ReadOnlySpan<byte> CardOf(int row)
    {
        var at = _file.Of<long>("docs.at");
        return _file.Piece("docs", at[row], at[row + 1]);
    }

    private CaseCard Card(int row) => CardBytes.Read(CardOf(row), _about.Editions);

    private string Title(int row) => CardBytes.Title(CardOf(row));

    private int? RowOf(string id)
    {
        if (!PublicId.IsOne(id))
            return null;
        var ids = _file.Of<byte>("rows.ids");
        Span<byte> wanted = stackalloc byte[PublicId.Length];
        Encoding.ASCII.GetBytes(id, wanted);
        var (low, high) = (0, Rows - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = ids.Slice(middle * PublicId.Length, PublicId.Length).SequenceCompareTo(wanted);
            if (order == 0)
                return _file.Of<int>("rows.by_id")[middle];
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return null;
    }

    private string IdOf(int row) => Card(row).Id;

    // Why it was found, where neither title nor summary says it.
    private void AddPassages(string text, List<int> rows, List<CaseCard> cards)
    {
        var highlight = new Highlight(text);
        for (var i = 0; i < cards.Count; i++)
        {
            if (highlight.Marks(cards[i].Title) || highlight.Marks(cards[i].Summary))
                continue;
            var passage = CardBytes.Rest(CardOf(rows[i]), _about.Editions).Split('\n').Select(line => (Line: line, Weight: highlight.Weight(line))).MaxBy(line => line.Weight);
            cards[i] = cards[i] with { Passage = passage.Weight > 0 ? passage.Line : null };
        }
    }
}
