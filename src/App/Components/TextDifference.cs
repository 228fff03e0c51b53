namespace Kyodo.App.Components;

/// <summary>A stretch of two compared texts: in both, only in the one before, or only in the one after.</summary>
public readonly record struct TextPiece(TextPieceKind Kind, string Text);

public enum TextPieceKind
{
    Same,
    Gone,
    Come,
}

/// <summary>
/// Two texts as one, word by word: what stayed, what went, what came. Words are runs of one script, which is where a Japanese text may be cut
/// without a dictionary. What went and stayed is the old text, what came and stayed the new one.
/// </summary>
public sealed record TextDifference(IReadOnlyList<TextPiece> Pieces)
{
    private const int WorthKeeping = 6;
    private const double MostlyOther = 0.25;
    private const int MostCells = 1_500_000;

    /// <summary>Nothing worth showing in common: the new text stands under the old one.</summary>
    public bool IsWhole => Pieces is [{ Kind: TextPieceKind.Gone }, { Kind: TextPieceKind.Come }];

    public static TextDifference Between(string before, string after)
    {
        var (old, now) = (Words(before), Words(after));
        var (head, tail) = (0, 0);
        while (head < old.Count && head < now.Count && old[head] == now[head])
            head++;
        while (tail < old.Count - head && tail < now.Count - head && old[^(tail + 1)] == now[^(tail + 1)])
            tail++;
        var pieces = new List<TextPiece>();
        Add(pieces, TextPieceKind.Same, old[..head]);
        Compare(pieces, old[head..^tail], now[head..^tail]);
        Add(pieces, TextPieceKind.Same, old[^tail..]);
        var kept = pieces.Where(p => p.Kind is TextPieceKind.Same).Sum(p => p.Text.Length);
        // A common word or two is chance: two short or quite different texts read better whole.
        return before == after || (kept >= WorthKeeping && kept >= MostlyOther * Math.Max(before.Length, after.Length)) ? new(pieces) : new(Whole(before, after));
    }

    private static List<TextPiece> Whole(string before, string after)
    {
        var pieces = new List<TextPiece>();
        Add(pieces, TextPieceKind.Gone, [before]);
        Add(pieces, TextPieceKind.Come, [after]);
        return pieces;
    }

    /// <summary>The longest common run of words, by the table; a text too long for it is shown as gone and come.</summary>
    private static void Compare(List<TextPiece> pieces, List<string> old, List<string> now)
    {
        if ((long)old.Count * now.Count > MostCells)
        {
            Add(pieces, TextPieceKind.Gone, old);
            Add(pieces, TextPieceKind.Come, now);
            return;
        }
        var common = new int[old.Count + 1, now.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
        {
            for (var j = now.Count - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + old[i].Length : Math.Max(common[i + 1, j], common[i, j + 1]);
        }
        var (x, y) = (0, 0);
        while (x < old.Count && y < now.Count)
        {
            if (old[x] == now[y])
            {
                Add(pieces, TextPieceKind.Same, [old[x++]]);
                y++;
            }
            else if (common[x + 1, y] >= common[x, y + 1])
                Add(pieces, TextPieceKind.Gone, [old[x++]]);
            else
                Add(pieces, TextPieceKind.Come, [now[y++]]);
        }
        Add(pieces, TextPieceKind.Gone, old[x..]);
        Add(pieces, TextPieceKind.Come, now[y..]);
    }

    private static void Add(List<TextPiece> pieces, TextPieceKind kind, IReadOnlyList<string> words)
    {
        if (string.Concat(words) is not { Length: > 0 } text)
            return;
        if (pieces.Count > 0 && pieces[^1].Kind == kind)
            pieces[^1] = new(kind, pieces[^1].Text + text);
        else
            pieces.Add(new(kind, text));
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            while (end < text.Length && (char.IsLowSurrogate(text[end]) || (Script(text[start]) is var script and not ' ' && Script(text[end]) == script)))
                end++;
            words.Add(text[start..end]);
            start = end;
        }
        return words;
    }

    // A blank stands for what is a word by itself: marks, line ends, and each hiragana, whose runs are mostly grammar.
    private static char Script(char c) => c switch
    {
        >= '一' and <= '鿿' or '々' => '漢',
        >= 'ァ' and <= 'ヺ' or 'ー' => 'カ',
        >= '0' and <= '9' or >= '０' and <= '９' or ',' or '.' => '1',
        >= 'a' and <= 'z' or >= 'A' and <= 'Z' => 'a',
        _ => ' ',
    };
}
