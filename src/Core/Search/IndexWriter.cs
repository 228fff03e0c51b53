using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Kyodo.Common;
using Kyodo.Editions;

namespace Kyodo.Search;

/// <summary>
/// Writes one index, case by case in the order of a list that asks for nothing. What words a case holds is weighed at once (BM25 over title,
/// summary and the rest), so that a search only adds up.
/// </summary>
/// <param name="foldedTexts">A scratch file for the texts as they are compared, which go into the index behind the cards.</param>
/// <param name="home">Our own code, where cases of other governments are counted beside ours; null where there are none.</param>
internal sealed class IndexWriter(IndexSectionsWriter file, Stream foldedTexts, Ranking? ranking = null, string? home = null)
{
    internal const int MostWordsSuggested = 4000;

    private static readonly byte[] Separator = [(byte)' ', 0];

    private readonly Ranking _ranking = ranking ?? Ranking.Standard;
    private readonly Dictionary<uint, Posting> _pairs = [];
    private readonly Dictionary<string, Posting> _words = new(StringComparer.Ordinal);
    private readonly List<FieldLengths> _lengths = [];
    private readonly List<long> _docs = [0];
    private readonly List<string> _ids = [];
    private readonly List<byte[]> _titleKeys = [];
    private readonly Dictionary<string, int> _projects = new(StringComparer.Ordinal);
    private readonly List<int> _projectOfRow = [];
    private readonly List<CardEdition> _editions = [];
    private readonly Dictionary<(Facet, string), FacetRows> _facets = [];
    private readonly Dictionary<string, (string Name, List<int> Rows)> _partners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _titles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _runs = new(StringComparer.Ordinal);
    private readonly FoldedText _folded = new();
    private readonly List<long> _foldedAt = [0];
    private readonly CompareInfo _japanese = CultureInfo.GetCultureInfo("ja-JP").CompareInfo;
    private Stream? _cards;
    private long _cardsBegin;

    public int Rows => _ids.Count;

    /// <param name="card">What lists show of it.</param>
    /// <param name="forms">The forms of its revision.</param>
    /// <param name="unitOrder">The place of its unit in the printed order.</param>
    /// <param name="isBureau">Is its unit a regional bureau?</param>
    /// <param name="rest">What it says beside title and summary, a line an answer.</param>
    public void Add(CaseCard card, IReadOnlyList<PublishedForm> forms, int unitOrder, bool isBureau, string rest)
    {
        var row = Rows;
        _ids.Add(card.Id);
        _titleKeys.Add(_japanese.GetSortKey(TextForms.Key(card.Title), CompareOptions.IgnoreCase).KeyData);
        // Another government's project is never one of ours, whatever it calls it.
        var named = card.Government is null ? card.ProjectId : $"{card.Government}/{card.ProjectId}";
        _projectOfRow.Add(_projects.TryGetValue(named, out var project) ? project : _projects[named] = _projects.Count);
        Cards().Write(CardBytes.Of(card, EditionOf(card, forms), rest));
        _docs.Add(file.Position - _cardsBegin);
        _lengths.Add(new FieldLengths(Read(card.Title, row, Field.Title, countRuns: true), Read(card.Summary, row, Field.Summary, countRuns: true), Read(rest, row, Field.Rest, countRuns: false)));
        _foldedAt.Add(foldedTexts.Position);
        CollectionsMarshal.GetValueRefOrAddDefault(_titles, card.Title, out _)++;
        if (card.Government is null)
            CountOurs(card, row, unitOrder, isBureau);
        else
        {
            Count(Facet.Programme, card.Programme, row, $"{card.ProgrammeJa}（{card.GovernmentName}）", $"{card.ProgrammeEn} ({card.GovernmentName})");
            Count(Facet.Government, card.Government, row, card.GovernmentName);
        }
        Count(Facet.Year, card.Year.ToString(), row);
        Count(Facet.Status, card.Status, row);
        foreach (var theme in card.Themes)
            Count(Facet.Theme, theme, row);
        foreach (var municipality in card.Municipalities)
            Count(Facet.Municipality, municipality, row);
        foreach (var partner in card.Partners)
        {
            if (partner.Kind.Length > 0)
                Count(Facet.Partner, partner.Kind, row);
            if (!_partners.TryGetValue(partner.Id, out var known))
                _partners[partner.Id] = known = (partner.Name, []);
            if (known.Rows.Count == 0 || known.Rows[^1] != row)
                known.Rows.Add(row);
        }
    }

    // Forms and units are numbered by each government for itself: those of others are no values of ours.
    private void CountOurs(CaseCard card, int row, int unitOrder, bool isBureau)
    {
        Count(Facet.Programme, card.Programme, row, card.ProgrammeJa, card.ProgrammeEn);
        Count(Facet.Form, $"{card.Programme}/{card.FormNo}", row, card.FormJa, card.FormEn, card.FormNo);
        Count(Facet.Unit, card.UnitCode, row, card.UnitName, card.UnitName, unitOrder);
        if (isBureau)
            Count(Facet.Bureau, card.UnitCode, row, card.UnitName, card.UnitName, unitOrder);
        if (home is not null)
            Count(Facet.Government, home, row, "");
    }

    /// <summary>Writes all that was added.</summary>
    public void Finish(string stamp, string build)
    {
        Cards();
        file.Write<long>("docs.at", CollectionsMarshal.AsSpan(_docs));
        var folded = file.Begin("folded");
        foldedTexts.Position = 0;
        foldedTexts.CopyTo(folded);
        file.Write<long>("folded.at", CollectionsMarshal.AsSpan(_foldedAt));
        WritePostings();
        WriteRows();
        WriteFacets();
        WritePartners();
        WriteSuggestions();
        file.Write<byte>("about", JsonSerializer.SerializeToUtf8Bytes(new IndexAbout(stamp, build, Rows, _editions), Json.Plain));
        file.Finish();
    }

    private Stream Cards()
    {
        if (_cards is null)
        {
            _cards = file.Begin("docs");
            _cardsBegin = file.Position;
        }
        return _cards;
    }

    private int EditionOf(CaseCard card, IReadOnlyList<PublishedForm> forms)
    {
        var place = _editions.FindLastIndex(e => e.Programme == card.Programme && e.Year == card.Year);
        if (place < 0)
        {
            _editions.Add(new CardEdition(card.Programme, card.ProgrammeJa, card.ProgrammeEn, card.Year, card.Revision, forms, card.Government, card.GovernmentName));
            place = _editions.Count - 1;
        }
        return place;
    }

    private int Read(string text, int row, Field field, bool countRuns)
    {
        _folded.Read(text);
        foldedTexts.Write(MemoryMarshal.AsBytes(_folded.Chars));
        foldedTexts.Write(Separator);
        var terms = new Terms(_folded);
        var words = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        var length = 0;
        while (terms.MoveNext())
        {
            Posting? posting;
            if (terms.Kind is TermKind.Word)
            {
                if (!words.TryGetValue(terms.Text, out posting))
                    words[terms.Text] = posting = new Posting();
            }
            else if (!_pairs.TryGetValue(terms.Key, out posting))
                _pairs[terms.Key] = posting = new Posting();
            posting.Note(row, field);
            length++;
        }
        if (countRuns)
            CountRuns(text);
        return length;
    }

    // What stands between hiragana and signs, as it was written: mostly a word or a few.
    private void CountRuns(string text)
    {
        var start = -1;
        var runs = _runs.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is (>= '一' and <= '鿿') or '々' or (>= 'ァ' and <= 'ヺ') or 'ー')
            {
                start = start < 0 ? i : start;
                continue;
            }
            // 担い手 is no word 担: what goes on in hiragana other than a particle is left out.
            if (start >= 0 && i - start is >= 2 and <= 10 && (i == text.Length || text[i] is < 'ぁ' or > 'ん' || "のをがにはとでもへや".Contains(text[i], StringComparison.Ordinal)))
                CollectionsMarshal.GetValueRefOrAddDefault(runs, text.AsSpan(start, i - start), out _)++;
            start = -1;
        }
    }

    private void Count(Facet facet, string value, int row, string? ja = null, string? en = null, int place = 0)
    {
        if (!_facets.TryGetValue((facet, value), out var rows))
            _facets[(facet, value)] = rows = new FacetRows(ja ?? value, en ?? value, place);
        if (rows.Rows.Count == 0 || rows.Rows[^1] != row)
            rows.Rows.Add(row);
    }

    private void WritePostings()
    {
        var weigh = _ranking.Weigher(_lengths);
        var postings = file.Begin("postings");
        var begin = file.Position;
        var pairs = _pairs.OrderBy(pair => pair.Key).ToList();
        var words = _words.OrderBy(word => word.Key, StringComparer.Ordinal).ToList();
        var (at, counts) = (new List<long>(pairs.Count + words.Count + 1) { 0 }, new List<int>(pairs.Count + words.Count));
        foreach (var posting in pairs.Select(pair => pair.Value).Concat(words.Select(word => word.Value)))
        {
            posting.WriteTo(postings, weigh);
            counts.Add(posting.Count);
            at.Add(postings.Position - begin);
        }
        file.Write<uint>("pairs", [.. pairs.Select(pair => pair.Key)]);
        file.Write<long>("postings.at", CollectionsMarshal.AsSpan(at));
        file.Write<int>("postings.counts", CollectionsMarshal.AsSpan(counts));
        var pool = new StringBuilder();
        var ends = new List<int>();
        foreach (var (word, _) in words)
        {
            pool.Append(word);
            ends.Add(pool.Length);
        }
        file.Write<char>("words", pool.ToString());
        file.Write<int>("words.ends", CollectionsMarshal.AsSpan(ends));
    }

    private void WriteRows()
    {
        var byTitle = Enumerable.Range(0, Rows).ToArray();
        Array.Sort(byTitle, (a, b) => _titleKeys[a].AsSpan().SequenceCompareTo(_titleKeys[b]) is not 0 and var order ? order : a.CompareTo(b));
        file.Write<int>("rows.by_title", byTitle);
        var places = new int[Rows];
        for (var i = 0; i < Rows; i++)
            places[byTitle[i]] = i;
        file.Write<int>("rows.title_places", places);
        file.Write<int>("rows.projects", CollectionsMarshal.AsSpan(_projectOfRow));
        file.Write<int>("projects.rows", [.. Enumerable.Range(0, Rows).OrderBy(row => _projectOfRow[row])]);
        var ends = new int[_projects.Count];
        foreach (var project in _projectOfRow)
            ends[project]++;
        for (var i = 1; i < ends.Length; i++)
            ends[i] += ends[i - 1];
        file.Write<int>("projects.ends", ends);
        var byId = Enumerable.Range(0, Rows).ToArray();
        Array.Sort(byId, (a, b) => string.CompareOrdinal(_ids[a], _ids[b]));
        file.Write<int>("rows.by_id", byId);
        file.Write<byte>("rows.ids", Encoding.ASCII.GetBytes(string.Concat(byId.Select(row => _ids[row].PadRight(PublicId.Length)[..PublicId.Length]))));
    }

    private void WriteFacets()
    {
        var words = (Rows + 63) / 64;
        var bits = file.Begin("facet.rows");
        var entries = new List<FacetEntry>();
        foreach (var ((facet, value), of) in _facets.OrderBy(f => f.Key.Item1))
        {
            entries.Add(new FacetEntry(facet, value, of.Ja, of.En, of.Place, of.Rows.Count, entries.Count * words));
            var rows = new CaseRows(Rows);
            foreach (var row in of.Rows)
                rows.Add(row);
            bits.Write(MemoryMarshal.AsBytes(rows.Bits));
        }
        file.Write<byte>("facets", JsonSerializer.SerializeToUtf8Bytes(entries, Json.Plain));
    }

    private void WritePartners()
    {
        var partners = _partners.OrderBy(p => p.Key, StringComparer.Ordinal).ToList();
        file.Write<byte>("partners.ids", Encoding.ASCII.GetBytes(string.Concat(partners.Select(p => p.Key.PadRight(PublicId.Length)[..PublicId.Length]))));
        var ends = new List<int>();
        var rows = new List<int>();
        foreach (var (_, known) in partners)
        {
            rows.AddRange(known.Rows);
            ends.Add(rows.Count);
        }
        file.Write<int>("partners.ends", CollectionsMarshal.AsSpan(ends));
        file.Write<int>("partners.rows", CollectionsMarshal.AsSpan(rows));
    }

    // A line each, the most frequent of a kind first: what is found first is what is offered.
    private void WriteSuggestions()
    {
        var all = new List<Suggestion>();
        all.AddRange(_runs.Where(run => run.Value > 2).OrderByDescending(run => run.Value).ThenBy(run => run.Key, StringComparer.Ordinal).Take(MostWordsSuggested).Select(run => new Suggestion("word", run.Key, run.Key, run.Value)));
        foreach (var (facet, kind) in new[] { (Facet.Theme, "theme"), (Facet.Municipality, "municipality"), (Facet.Unit, "unit") })
            all.AddRange(_facets.Where(f => f.Key.Item1 == facet).OrderByDescending(f => f.Value.Rows.Count).ThenBy(f => f.Key.Item2, StringComparer.Ordinal).Select(f => new Suggestion(kind, f.Value.Ja, f.Key.Item2, f.Value.Rows.Count)));
        all.AddRange(_partners.OrderByDescending(p => p.Value.Rows.Count).ThenBy(p => p.Key, StringComparer.Ordinal).Select(p => new Suggestion("partner", p.Value.Name, p.Key, p.Value.Rows.Count)));
        all.AddRange(_titles.OrderByDescending(title => title.Value).ThenBy(title => title.Key, StringComparer.Ordinal).Select(title => new Suggestion("title", title.Key, title.Key, title.Value)));
        var text = new StringBuilder();
        var (ends, places) = (new List<int>(), new List<long>());
        using var entries = new MemoryStream();
        foreach (var suggestion in all)
        {
            text.Append(_folded.Read(suggestion.Text).Chars).Append('\n');
            ends.Add(text.Length);
            places.Add(entries.Position);
            JsonSerializer.Serialize(entries, suggestion, Json.Plain);
        }
        places.Add(entries.Position);
        file.Write<char>("suggest", text.ToString());
        file.Write<int>("suggest.ends", CollectionsMarshal.AsSpan(ends));
        file.Write<long>("suggest.at", CollectionsMarshal.AsSpan(places));
        file.Write<byte>("suggest.entries", entries.GetBuffer().AsSpan(0, (int)entries.Length));
    }

    private sealed record FacetRows(string Ja, string En, int Place)
    {
        public List<int> Rows { get; } = [];
    }
}

/// <summary>Which index this is and what it was made from.</summary>
internal sealed record IndexAbout(string Stamp, string Build, int Rows, IReadOnlyList<CardEdition> Editions);

/// <param name="At">Where its rows begin among all facets' rows, in words of 64 bits.</param>
internal sealed record FacetEntry(Facet Facet, string Value, string Ja, string En, int Place, int Count, int At);
