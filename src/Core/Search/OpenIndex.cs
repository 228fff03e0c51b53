using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Kyodo.Common;
using Microsoft.Data.Sqlite;

namespace Kyodo.Search;

/// <summary>One built index, open for reading. Facet values stand in memory, words and cards in the file.</summary>
internal sealed class OpenIndex : IDisposable
{
    private static readonly Facet[] Facets = Enum.GetValues<Facet>();
    private static readonly Dictionary<Facet, IReadOnlyList<FacetValue>> NoFacets = [];

    private static readonly (Facet Facet, double Weight)[] Likenesses =
        [(Facet.Partner, 0.5), (Facet.Theme, 2), (Facet.Form, 1), (Facet.Municipality, 0.5), (Facet.Year, 0.5)];

    // A list on a page shows why each case was found; one that is taken away whole does not.
    private const int MostPassages = 100;

    private readonly record struct Row(int TitleOrder, string[][] Values);

    private readonly string _file;
    private readonly string _build;
    private readonly Row[] _rows;
    private readonly Dictionary<(Facet, string), (string Ja, string En, int Place)> _labels = [];
    private readonly ConcurrentBag<SqliteConnection> _idle = [];

    private OpenIndex(string file, SqliteConnection connection)
    {
        _file = file;
        (Stamp, _build) = Query(connection, "SELECT stamp, build FROM about", r => (r.GetString(0), r.GetString(1))).Single();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        string Once(string name) => names.TryGetValue(name, out var known) ? known : names[name] = name;
        _rows = [.. Query(connection, "SELECT title_order, facets FROM cases ORDER BY id", r =>
            new Row(r.GetInt32(0), [.. JsonSerializer.Deserialize<string[][]>(r.GetString(1))!.Select(values => values.Select(Once).ToArray())]))];
        foreach (var (facet, value, ja, en, place) in Query(connection, "SELECT facet, value, ja, en, place FROM labels", r => (r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetInt32(4))))
            _labels[(Enum.Parse<Facet>(facet), value)] = (ja, en, place);
        _idle.Add(connection);
    }

    public string Stamp { get; }

    /// <summary>The index in a file; null where there is none or it cannot be read.</summary>
    public static OpenIndex? TryOpen(string file)
    {
        if (!File.Exists(file))
            return null;
        try
        {
            return new OpenIndex(file, IndexFile.Open(file));
        }
        catch (Exception broken) when (broken is SqliteException or InvalidOperationException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Null when the file has been replaced by a newer one meanwhile.</summary>
    public FoundCases? Find(CaseQuery query)
    {
        if (Rent() is not { } connection)
            return null;
        try
        {
            var words = QueryWords.Of(query.Text);
            var asked = query.Text.Trim().Length > 0;
            var scores = words.IsEmpty ? [] : Scores(connection, words);
            if (scores.Count == 0 && !words.IsEmpty)
                scores = Scores(connection, new QueryWords(QueryWords.SingleCharacters(query.Text), []));
            var matches = !asked ? Enumerable.Range(0, _rows.Length).ToList() : [.. scores.Keys.Order()];
            var filters = Facets.Select(facet => query.Filters.GetValueOrDefault(facet, [])).ToArray();
            var left = matches.FindAll(row => Passes(row, filters, except: null));
            var order = query.Order ?? (asked ? CaseOrder.Relevance : CaseOrder.Newest);
            IEnumerable<int> sorted = order switch
            {
                CaseOrder.Title => left.OrderBy(row => _rows[row].TitleOrder),
                CaseOrder.Relevance when asked => left.OrderByDescending(row => scores[row]).ThenBy(row => row),
                _ => left,
            };
            var pages = Math.Max(1, (left.Count + query.Size - 1) / query.Size);
            var number = Math.Clamp(query.Page, 1, pages);
            var cards = sorted.Skip((number - 1) * query.Size).Take(query.Size).Select(row => Card(connection, row)).ToList();
            if (asked)
                WithPassages(connection, query.Text, cards);
            return new FoundCases(new Page<CaseCard>(cards, left.Count, number, query.Size), query.WithFacets ? Counts(matches, filters) : NoFacets, order);
        }
        finally
        {
            _idle.Add(connection);
        }
    }

    /// <summary>Cases like one: with the same partner, in the same field, of the same form, in the same place.</summary>
    public IReadOnlyList<CaseCard>? Related(string caseId, string projectId, int count)
    {
        if (Rent() is not { } connection)
            return null;
        try
        {
            if (Query(connection, "SELECT id FROM cases WHERE case_id = $case", r => r.GetInt32(0) - 1, ("$case", caseId)) is not [var own, ..])
                return [];
            var nearest = Enumerable.Range(0, _rows.Length).Where(row => row != own).Select(row => (row, Score: Likeness(_rows[own], _rows[row])))
                .Where(pair => pair.Score > 1).OrderByDescending(pair => pair.Score).ThenBy(pair => pair.row).Take(count * 4);
            return [.. nearest.Select(pair => Card(connection, pair.row)).Where(card => card.ProjectId != projectId).DistinctBy(card => card.ProjectId).Take(count)];
        }
        finally
        {
            _idle.Add(connection);
        }
    }

    private static double Likeness(Row one, Row other)
    {
        double score = 0;
        foreach (var (facet, weight) in Likenesses)
        {
            foreach (var value in one.Values[(int)facet])
            {
                if (Array.IndexOf(other.Values[(int)facet], value) >= 0)
                    score += facet is Facet.Partner && PublicId.IsOne(value) ? 4 : weight;
            }
        }
        return score;
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
            connection.Dispose();
    }

    /// <summary>
    /// BM25 adds up over words, so each is asked by itself, which also tells how many of them a case holds. A case stays when it holds more
    /// than half of what the best one holds: 道路清掃 does not list every 道路, and a slip of the finger still finds something.
    /// </summary>
    private static Dictionary<int, double> Scores(SqliteConnection connection, QueryWords words)
    {
        var found = new Dictionary<int, (double Score, int Words)>();
        foreach (var term in words.Terms)
        {
            foreach (var (row, score) in Ask(connection, term))
            {
                var before = found.GetValueOrDefault(row);
                found[row] = (before.Score + score, before.Words + 1);
            }
        }
        foreach (var phrase in words.Phrases)
        {
            var holding = Ask(connection, phrase).Select(hit => hit.Row).ToHashSet();
            var both = found.Where(hit => holding.Contains(hit.Key)).ToDictionary();
            if (both.Count > 0)
                found = both;
        }
        var best = found.Count == 0 ? 0 : found.Values.Max(hit => hit.Words);
        return found.Where(hit => hit.Value.Words * 2 > best).ToDictionary(hit => hit.Key, hit => hit.Value.Score * (1 + (double)hit.Value.Words / best));
    }

    private static List<(int Row, double Score)> Ask(SqliteConnection connection, string match) =>
        Query(connection, "SELECT rowid, -bm25(words, 3.0, 1.5, 1.0) FROM words WHERE words MATCH $match", r => (r.GetInt32(0) - 1, r.GetDouble(1)), ("$match", match));

    private bool Passes(int row, IReadOnlyList<string>[] filters, Facet? except)
    {
        foreach (var facet in Facets)
        {
            if (filters[(int)facet].Count > 0 && facet != except && !filters[(int)facet].Any(wanted => Holds(_rows[row].Values[(int)facet], facet, wanted)))
                return false;
        }
        return true;
    }

    // Forms are numbered within their programme: form=2 means that of any programme left.
    private static bool Holds(string[] values, Facet facet, string wanted) =>
        facet is Facet.Form && !wanted.Contains('/', StringComparison.Ordinal)
            ? values.Any(value => value.AsSpan(value.IndexOf('/', StringComparison.Ordinal) + 1).SequenceEqual(wanted))
            : Array.IndexOf(values, wanted) >= 0;

    private Dictionary<Facet, IReadOnlyList<FacetValue>> Counts(List<int> matches, IReadOnlyList<string>[] filters)
    {
        var counts = new Dictionary<Facet, IReadOnlyList<FacetValue>>();
        foreach (var facet in Facets)
        {
            var tally = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var row in matches)
            {
                if (!Passes(row, filters, facet))
                    continue;
                foreach (var value in _rows[row].Values[(int)facet])
                    tally[value] = tally.GetValueOrDefault(value) + 1;
            }
            counts[facet] = [.. Ordered(facet, tally.Where(pair => facet is not Facet.Partner || !PublicId.IsOne(pair.Key)).Select(pair => Value(facet, pair.Key, pair.Value)))];
        }
        return counts;
    }

    private FacetValue Value(Facet facet, string value, int count)
    {
        var (ja, en, _) = _labels.GetValueOrDefault((facet, value), (value, value, 0));
        return facet is Facet.Form && value.Split('/') is [var programme, var no] ? new FacetValue(no, ja, en, count, programme) : new FacetValue(value, ja, en, count);
    }

    private IEnumerable<FacetValue> Ordered(Facet facet, IEnumerable<FacetValue> values) => facet switch
    {
        Facet.Year => values.OrderByDescending(v => v.Value, StringComparer.Ordinal),
        Facet.Form => values.OrderBy(v => v.Programme, StringComparer.Ordinal).ThenBy(v => int.Parse(v.Value, CultureInfo.InvariantCulture)),
        Facet.Unit => values.OrderBy(v => _labels.GetValueOrDefault((facet, v.Value)).Place).ThenBy(v => v.Value, StringComparer.Ordinal),
        _ => values.OrderByDescending(v => v.Count).ThenBy(v => v.Value, StringComparer.Ordinal),
    };

    private static CaseCard Card(SqliteConnection connection, int row) =>
        JsonSerializer.Deserialize<CaseCard>(Query(connection, "SELECT card FROM cases WHERE id = $id", r => r.GetString(0), ("$id", row + 1)).Single(), Json.Plain)!;

    private static void WithPassages(SqliteConnection connection, string text, List<CaseCard> cards)
    {
        var highlight = new Highlight(text);
        for (var i = 0; i < cards.Count; i++)
        {
            if (cards.Count > MostPassages || highlight.Marks(cards[i].Title) || highlight.Marks(cards[i].Summary))
                continue;
            var rest = Query(connection, "SELECT rest FROM cases WHERE case_id = $case", r => r.GetString(0), ("$case", cards[i].Id));
            cards[i] = cards[i] with { Passage = rest.SelectMany(lines => lines.Split('\n')).FirstOrDefault(highlight.Marks) };
        }
    }

    private SqliteConnection? Rent()
    {
        if (_idle.TryTake(out var idle))
            return idle;
        var connection = IndexFile.Open(_file);
        if (Query(connection, "SELECT build FROM about", r => r.GetString(0)).Single() == _build)
            return connection;
        connection.Dispose();
        return null;
    }

    private static List<T> Query<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params (string Name, object Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }
}
