namespace Kyodo.Search;

/// <summary>A piece of a text, marked where it holds words of the query.</summary>
public readonly record struct HighlightPiece(string Text, bool IsMarked);

/// <summary>The query's words within a text, for a page to mark.</summary>
public sealed class Highlight
{
    private readonly HashSet<uint> _pairs = [];
    private readonly HashSet<char> _singles = [];
    private readonly List<string> _words = [];
    private readonly FoldedText _folded = new();

    public Highlight(string? query)
    {
        var asked = QueryWords.Of(query);
        foreach (var term in asked.Groups.SelectMany(group => group.Terms))
        {
            if (term.Word is { } word)
                _words.Add(word);
            else if (term.Begins)
                _singles.Add((char)(term.Key >> 16));
            else
                _pairs.Add(term.Key);
        }
    }

    private bool IsNothing => _pairs.Count + _singles.Count + _words.Count == 0;

    public IReadOnlyList<HighlightPiece> Of(string text)
    {
        if (IsNothing || text.Length == 0)
            return text.Length == 0 ? [] : [new HighlightPiece(text, false)];
        return Cut(text, Places(text));
    }

    /// <summary>Does a text hold any of the query's words?</summary>
    public bool Marks(string text) => !IsNothing && Array.IndexOf(Places(text), true) >= 0;

    /// <summary>As much of a text as a list shows, from a little before the place that holds most of the query.</summary>
    public IReadOnlyList<HighlightPiece> Snippet(string text, int length = 120)
    {
        text = text.ReplaceLineEndings(" ");
        if (text.Length <= length)
            return Of(text);
        var marks = IsNothing ? new bool[text.Length] : Places(text);
        var first = Densest(marks, length);
        var start = first < length * 2 / 3 ? 0 : Whole(text, Math.Min(first - (length / 4), text.Length - length));
        var end = Whole(text, Math.Min(text.Length, start + length));
        var pieces = Cut(text, marks, start, end).ToList();
        if (start > 0)
            pieces.Insert(0, new HighlightPiece("…", false));
        if (end < text.Length)
            pieces.Add(new HighlightPiece("…", false));
        return pieces;
    }

    /// <summary>How many characters of a text are marked: of several, the one with most tells why it was found.</summary>
    public int Weight(string text) => IsNothing ? 0 : Places(text).Count(marked => marked);

    private static int Densest(bool[] marks, int length)
    {
        var (best, most) = (Array.IndexOf(marks, true), 0);
        if (best < 0)
            return 0;
        var (from, inside) = (0, 0);
        for (var to = 0; to < marks.Length; to++)
        {
            inside += marks[to] ? 1 : 0;
            if (to - from >= length / 2)
                inside -= marks[from++] ? 1 : 0;
            if (inside > most)
                (best, most) = (from, inside);
        }
        while (best < marks.Length - 1 && !marks[best])
            best++;
        return best;
    }

    private static List<HighlightPiece> Cut(string text, bool[] marks, int from = 0, int? until = null)
    {
        var pieces = new List<HighlightPiece>();
        var last = until ?? text.Length;
        for (var start = from; start < last;)
        {
            var end = start;
            while (end < last && marks[end] == marks[start])
                end++;
            pieces.Add(new HighlightPiece(text[start..end], marks[start]));
            start = end;
        }
        return pieces;
    }

    // A pair of surrogates is never cut through.
    private static int Whole(string text, int place) => place < text.Length && char.IsLowSurrogate(text[place]) ? place + 1 : place;

    private bool[] Places(string text)
    {
        _folded.Read(text);
        var marks = new bool[text.Length];
        Mark(marks, isMixed: false);
        Mark(marks, isMixed: true);
        return marks;
    }

    // の清 alone says nothing; beside 清掃 it belongs to it.
    private void Mark(bool[] marks, bool isMixed)
    {
        var terms = new Terms(_folded);
        while (terms.MoveNext())
        {
            if (terms.Kind is not TermKind.Word && _singles.Count > 0)
            {
                if (_singles.Contains(terms.Text[0]))
                    Fill(marks, terms.Place, 1);
            }
            if (terms.Kind is TermKind.Word ? !isMixed && Holds(terms.Text) : terms.Kind is TermKind.Pair && terms.IsMixed == isMixed && _pairs.Contains(terms.Key))
            {
                if (!isMixed || marks[_folded.Start(terms.Place)] || marks[_folded.Start(terms.Place + 1)])
                    Fill(marks, terms.Place, terms.Length);
            }
        }
    }

    private bool Holds(ReadOnlySpan<char> word)
    {
        foreach (var asked in _words)
        {
            if (word.SequenceEqual(asked) || (asked.Length > 2 && !char.IsAsciiDigit(asked[0]) && word.StartsWith(asked)))
                return true;
        }
        return false;
    }

    private void Fill(bool[] marks, int place, int length)
    {
        var (start, end) = (_folded.Start(place), _folded.End(place + length - 1));
        Array.Fill(marks, true, start, end - start);
    }
}
