namespace Kyodo.Search;

/// <summary>A piece of a text, marked where it holds words of the query.</summary>
public readonly record struct HighlightPiece(string Text, bool IsMarked);

/// <summary>The query's words within a text, for a page to mark.</summary>
public sealed class Highlight(string? query)
{
    private readonly IReadOnlySet<string> _marked = QueryWords.Marked(query);

    public IReadOnlyList<HighlightPiece> Of(string text)
    {
        var marks = Places(text);
        var pieces = new List<HighlightPiece>();
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && marks[end] == marks[start])
                end++;
            pieces.Add(new HighlightPiece(text[start..end], marks[start]));
            start = end;
        }
        return pieces;
    }

    /// <summary>Does a text hold any of the query's words?</summary>
    public bool Marks(string text) => _marked.Count > 0 && Array.IndexOf(Places(text), true) >= 0;

    /// <summary>As much of a text as a list shows, from a little before the first marked word.</summary>
    public IReadOnlyList<HighlightPiece> Snippet(string text, int length = 120)
    {
        text = text.ReplaceLineEndings(" ");
        if (text.Length <= length)
            return Of(text);
        var first = Array.IndexOf(Places(text), true);
        var start = first < length * 2 / 3 ? 0 : Whole(text, Math.Min(first - length / 4, text.Length - length));
        var end = Whole(text, Math.Min(text.Length, start + length));
        return Of($"{(start > 0 ? "…" : "")}{text[start..end]}{(end < text.Length ? "…" : "")}");
    }

    // A pair of surrogates is never cut through.
    private static int Whole(string text, int place) => place < text.Length && char.IsLowSurrogate(text[place]) ? place + 1 : place;

    private bool[] Places(string text)
    {
        var marks = new bool[text.Length];
        if (_marked.Count == 0)
            return marks;
        foreach (var token in SearchText.Tokens(text))
        {
            var hit = _marked.Contains(token.Text) || (token.Kind is TokenKind.Word && _marked.Any(word => word.Length > 2 && token.Text.StartsWith(word, StringComparison.Ordinal)))
                || (token.Kind is TokenKind.Pair && (_marked.Contains(token.Text[..1]) || _marked.Contains(token.Text[^1..])) && MarkOne(token, marks));
            if (hit)
                Array.Fill(marks, true, token.Start, token.End - token.Start);
        }
        return marks;
    }

    // A single character of the query marks itself, not the pair it stands in.
    private bool MarkOne(Token pair, bool[] marks)
    {
        if (_marked.Contains(pair.Text[..1]))
            marks[pair.Start] = true;
        if (_marked.Contains(pair.Text[^1..]))
            marks[pair.End - 1] = true;
        return false;
    }
}
