using System.Globalization;
using System.Text;
using Kyodo.Common;

namespace Kyodo.Search;

internal enum TokenKind
{
    /// <summary>A run of Latin letters or digits, whole.</summary>
    Word,

    /// <summary>Two neighbouring Japanese characters.</summary>
    Pair,

    /// <summary>A pair of hiragana only: mostly grammar, so queries leave it out where they have anything better.</summary>
    HiraganaPair,

    /// <summary>The last character of a Japanese run, so that a single character finds it by its beginning.</summary>
    Tail,
}

/// <summary>A piece of text by which it is found. <paramref name="Start"/> and <paramref name="End"/> are places in the text as written.</summary>
internal readonly record struct Token(string Text, TokenKind Kind, int Start, int End, bool EndsText);

/// <summary>
/// Japanese has no spaces: text is found by pairs of neighbouring characters (東京都 → 東京, 京都) over its folded form, Latin words and
/// numbers whole. Index, query and highlight cut text by this one rule.
/// </summary>
internal static class SearchText
{
    private readonly record struct Mark(Rune Rune, int Start, int End);

    public static IReadOnlyList<Token> Tokens(string? text)
    {
        var tokens = new List<Token>();
        var run = new List<Mark>();
        foreach (var mark in Marks(text ?? ""))
        {
            // ロード・クリーン and ロードクリーン are one word to whoever types it.
            if (mark.Rune.Value == '・')
                continue;
            if (run.Count > 0 && (Kind(mark.Rune) != Kind(run[^1].Rune) || mark.Start > run[^1].End + 1))
                Cut(run, tokens);
            if (Kind(mark.Rune) != 0)
                run.Add(mark);
            else
                Cut(run, tokens);
        }
        Cut(run, tokens);
        if (tokens.Count > 0)
            tokens[^1] = tokens[^1] with { EndsText = true };
        return tokens;
    }

    private static void Cut(List<Mark> run, List<Token> tokens)
    {
        if (run.Count > 0 && Kind(run[0].Rune) == 1)
            tokens.Add(new Token(string.Concat(run.Select(m => m.Rune.ToString())), TokenKind.Word, run[0].Start, run[^1].End, false));
        else if (run.Count > 0)
        {
            for (var i = 0; i + 1 < run.Count; i++)
            {
                var kind = IsHiragana(run[i].Rune) && IsHiragana(run[i + 1].Rune) ? TokenKind.HiraganaPair : TokenKind.Pair;
                tokens.Add(new Token($"{run[i].Rune}{run[i + 1].Rune}", kind, run[i].Start, run[i + 1].End, false));
            }
            tokens.Add(new Token(run[^1].Rune.ToString(), TokenKind.Tail, run[^1].Start, run[^1].End, false));
        }
        run.Clear();
    }

    private static IEnumerable<Mark> Marks(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text.AsSpan(start));
            var end = start + length;
            if (length == 1 && IsPlain(text[start]))
                yield return new Mark(new Rune(text[start]), start, end);
            else
            {
                var any = false;
                foreach (var rune in TextForms.Fold(text.Substring(start, length)).ToLowerInvariant().EnumerateRunes())
                {
                    any = true;
                    yield return new Mark(rune, start, end);
                }
                if (!any)
                    yield return new Mark(new Rune(' '), start, end);
            }
            start = end;
        }
    }

    // What folding leaves as it is: kana, the common kanji, small Latin letters, digits.
    private static bool IsPlain(char c) => c is >= 'ぁ' and <= 'ヺ' and not ('゛' or '゜' or 'ゟ') or 'ー' or '々' or >= '一' and <= '鿿' or >= 'a' and <= 'z' or >= '0' and <= '9';

    private static int Kind(Rune rune) =>
        !Rune.IsLetterOrDigit(rune) ? 0
        : rune.Value < 0x2E80 ? 1
        : 2;

    private static bool IsHiragana(Rune rune) => rune.Value is >= 'ぁ' and <= 'ゟ' or 'ー';
}
