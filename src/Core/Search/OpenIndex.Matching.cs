using System.Runtime.InteropServices;
using Kyodo.Common;

namespace Kyodo.Search;

internal sealed partial class OpenIndex
{
    /// <summary>A case holds a group of words when it has more than this part of what the best one has, each term by its rarity.</summary>
    private const float LeastShare = 0.5f;

    /// <summary>So many words stand in for one that was mistyped.</summary>
    private const int MostInstead = 3;

    /// <summary>The rows that fit, their scores in the tally. Never nothing while a part of the query stands anywhere.</summary>
    private CaseRows Match(string text, Tally tally, out Understood understood)
    {
        tally.Clear();
        var words = QueryWords.Of(text, year => _values.ContainsKey((Facet.Year, year.ToString())));
        var inYears = words.Years.Count > 0 ? Holding(Facet.Year, [.. words.Years.Select(year => year.ToString())]) : null;
        var instead = new List<string>();
        var held = 0;
        var found = words.Groups.Count > 0 ? MatchGroups(words, inYears, tally, instead, out held)
            : inYears ?? (words.Excluded.Count > 0 ? CaseRows.All(Rows) : new CaseRows(Rows));
        var outside = words.Groups.Count > 0 && held == 0 && inYears is not null;
        if (outside)
            found = MatchGroups(words, null, tally, instead, out held);
        var isLoose = words.Groups.Count > 0 && held == 0;
        if (isLoose)
            found = Loosely(words, tally);
        var without = false;
        foreach (var phrase in words.Phrases)
        {
            var both = WithPhrase(phrase).Keep(found);
            var any = both.Count() > 0;
            without |= !any;
            found = any ? both : found;
        }
        foreach (var phrase in words.Excluded)
            found.Drop(WithPhrase(phrase));
        understood = new Understood(words.Years, outside && found.Count() > 0, without, (isLoose || held < words.Groups.Count) && found.Count() > 0, instead);
        return found;
    }

    // Of the years that were asked for, the best counts as the best: what fits in part is not hidden by another year.
    private CaseRows MatchGroups(QueryWords words, CaseRows? only, Tally tally, List<string> instead, out int held)
    {
        instead.Clear();
        foreach (var group in words.Groups)
            AddGroup(group, only, tally, instead);
        return tally.HoldingMost(out held);
    }

    private void AddGroup(QueryGroup group, CaseRows? only, Tally tally, List<string> instead)
    {
        foreach (var term in group.Terms)
            AddTerm(term, tally);
        if (tally.EndGroup(LeastShare, only))
            return;
        // A slip of the finger: words one letter away.
        foreach (var term in group.Terms.Where(term => term.Word is { Length: > 3 }))
            AddNear(term.Word!, tally);
        foreach (var near in WordsNear(FoldedText.Of(group.Text).Chars.Trim(' ').ToString()).Take(MostInstead))
        {
            instead.Add(near);
            foreach (var term in QueryWords.TermsOf(near))
                AddTerm(term, tally);
        }
        tally.EndGroup(LeastShare, only);
    }

    // No pair of any word stands anywhere: cases that hold most of its characters.
    private CaseRows Loosely(QueryWords words, Tally tally)
    {
        foreach (var group in words.Groups)
        {
            foreach (var term in QueryWords.SingleCharacters(group.Text))
                AddTerm(term, tally);
            tally.EndGroup(LeastShare);
        }
        return tally.HoldingMost(out _);
    }

    /// <summary>The frequent words that are one letter away from a folded one.</summary>
    private List<string> WordsNear(string folded)
    {
        var near = new List<string>();
        if (folded.Length is < 3 or > 12)
            return near;
        var text = _file.Of<char>("suggest");
        var ends = _file.Of<int>("suggest.ends");
        for (var (line, start) = (0, 0); line < Math.Min(ends.Length, IndexWriter.MostWordsSuggested); start = ends[line++])
        {
            if (IsOneAway(text[start..(ends[line] - 1)], folded) && Entry(line) is { Kind: "word" } word)
                near.Add(word.Text);
        }
        return near;
    }

    private void AddTerm(QueryTerm term, Tally tally)
    {
        var (first, last) = Postings(term);
        if (first == last)
            return;
        var counts = _file.Of<int>("postings.counts");
        if (first + 1 == last)
        {
            tally.Add(Posting(first), (float)Ranking.Rarity(Rows, counts[first]));
            return;
        }
        var holding = 0;
        for (var i = first; i < last; i++)
        {
            tally.Note(Posting(i));
            holding = Math.Min(Rows, holding + counts[i]);
        }
        tally.AddNoted((float)Ranking.Rarity(Rows, holding));
    }

    private ReadOnlySpan<byte> Posting(int number)
    {
        var at = _file.Of<long>("postings.at");
        return _file.Piece("postings", at[number], at[number + 1]);
    }

    /// <summary>The numbers of the postings that a term means: from the first up to, and not including, the last.</summary>
    private (int First, int Last) Postings(QueryTerm term)
    {
        if (term.Word is { } word)
            return term.Begins ? (WordPlace(word) + PairCount, WordPlace(word + char.MaxValue) + PairCount) : Whole(WordPlace(word), word);
        var pairs = _file.Of<uint>("pairs");
        var first = Place(pairs, term.Key);
        return term.Begins ? (first, Place(pairs, term.Key + 0x10000)) : first < pairs.Length && pairs[first] == term.Key ? (first, first + 1) : (0, 0);
    }

    private int PairCount => _file.Of<uint>("pairs").Length;

    private (int First, int Last) Whole(int place, string word) =>
        place < _file.Of<int>("words.ends").Length && WordAt(place).SequenceEqual(word) ? (PairCount + place, PairCount + place + 1) : (0, 0);

    private static int Place(ReadOnlySpan<uint> keys, uint key)
    {
        var found = keys.BinarySearch(key);
        return found < 0 ? ~found : found;
    }

    private ReadOnlySpan<char> WordAt(int place)
    {
        var ends = _file.Of<int>("words.ends");
        return _file.Of<char>("words")[(place == 0 ? 0 : ends[place - 1])..ends[place]];
    }

    /// <summary>Where a word stands among the sorted words, or would.</summary>
    private int WordPlace(string word)
    {
        var (low, high) = (0, _file.Of<int>("words.ends").Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = WordAt(middle).SequenceCompareTo(word) < 0 ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    private void AddNear(string word, Tally tally)
    {
        var (words, holding) = (_file.Of<int>("words.ends").Length, 0);
        for (var i = 0; i < words; i++)
        {
            if (!IsOneAway(WordAt(i), word))
                continue;
            tally.Note(Posting(PairCount + i));
            holding = Math.Min(Rows, holding + _file.Of<int>("postings.counts")[PairCount + i]);
        }
        if (holding > 0)
            tally.AddNoted((float)Ranking.Rarity(Rows, holding));
    }

    /// <summary>One letter more, less, other, or two neighbours the wrong way round.</summary>
    internal static bool IsOneAway(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (Math.Abs(one.Length - other.Length) > 1)
            return false;
        var begin = one.CommonPrefixLength(other);
        var left = one[begin..];
        var right = other[begin..];
        if (left.Length == right.Length)
            return left.Length == 0 || left[1..].SequenceEqual(right[1..]) || (left.Length > 1 && left[0] == right[1] && left[1] == right[0] && left[2..].SequenceEqual(right[2..]));
        return left.Length > right.Length ? left[1..].SequenceEqual(right) : right[1..].SequenceEqual(left);
    }

    /// <summary>The rows whose text holds folded words as they stand.</summary>
    private CaseRows WithPhrase(string folded)
    {
        CaseRows? found = null;
        var terms = new Terms(FoldedText.Of(folded));
        var several = 0;
        while (terms.MoveNext())
        {
            if (terms.Kind is TermKind.Tail && terms.Place > 0 && terms.Length < folded.Length && several > 0 && folded[terms.Place - 1] != ' ')
                continue;
            var (first, last) = Postings(terms.Kind is TermKind.Word ? new QueryTerm(0, terms.Text.ToString(), false) : new QueryTerm(terms.Key, null, terms.Kind is TermKind.Tail));
            var rows = new CaseRows(Rows);
            for (var posting = first; posting < last; posting++)
                AddRows(Posting(posting), rows);
            found = found is null ? rows : found.Keep(rows);
            several++;
        }
        if (found is null || several < 2)
            return found ?? new CaseRows(Rows);
        var holding = new CaseRows(Rows);
        foreach (var row in found.From(0))
        {
            if (Folded(row).IndexOf(folded) >= 0)
                holding.Add(row);
        }
        return holding;
    }

    private static void AddRows(ReadOnlySpan<byte> posting, CaseRows rows)
    {
        var row = -1;
        for (var i = 0; i < posting.Length; i++)
        {
            row += Tally.Distance(posting, ref i);
            rows.Add(row);
        }
    }

    private ReadOnlySpan<char> Folded(int row)
    {
        var at = _file.Of<long>("folded.at");
        return MemoryMarshal.Cast<byte, char>(_file.Piece("folded", at[row], at[row + 1]));
    }
}
