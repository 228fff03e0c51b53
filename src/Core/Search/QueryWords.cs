using System.Text;
using System.Text.RegularExpressions;

namespace Kyodo.Search;

/// <summary>A query as the index is asked it: words of which as many as possible should stand in a case, and phrases that must.</summary>
internal sealed partial record QueryWords(IReadOnlyList<string> Terms, IReadOnlyList<string> Phrases)
{
    private const int MostCharacters = 400;
    private const int MostTerms = 48;

    public static QueryWords Of(string? text)
    {
        var query = Short(text ?? "");
        var phrases = Quoted().Matches(query).Select(match => Phrase(match.Groups["words"].Value)).Where(phrase => phrase.Length > 0).Distinct().Take(8).ToList();
        return new QueryWords(TermsOf(query), phrases);
    }

    /// <summary>Nothing in it can be looked for: blank, or only signs.</summary>
    public bool IsEmpty => Terms.Count == 0;

    /// <summary>The single characters of a query, for when no pair of them stands anywhere: 高令者 still finds 高齢者.</summary>
    public static IReadOnlyList<string> SingleCharacters(string? text) =>
        [.. SearchText.Tokens(Short(text ?? "")).Where(token => token.Kind is TokenKind.Pair or TokenKind.Tail).Select(token => Rune.GetRuneAt(token.Text, 0))
            .Where(rune => rune.Value is < 'ぁ' or > 'ヿ').Distinct().Take(MostTerms).Select(rune => $"\"{rune}\"*")];

    /// <summary>The tokens that highlights mark.</summary>
    public static IReadOnlySet<string> Marked(string? text) =>
        Chosen(Short(text ?? "")).Select(token => token.Text).ToHashSet(StringComparer.Ordinal);

    private static List<string> TermsOf(string query) =>
        [.. Chosen(query).Select(Term).Distinct(StringComparer.Ordinal).Take(MostTerms)];

    private static List<Token> Chosen(string query)
    {
        var tokens = SearchText.Tokens(query);
        var found = new List<Token>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var alone = tokens[i].Kind is TokenKind.Tail && (i == 0 || tokens[i - 1].Kind is TokenKind.Word or TokenKind.Tail);
            if (tokens[i].Kind is TokenKind.Word or TokenKind.Pair || alone)
                found.Add(tokens[i]);
        }
        // A lone hiragana says nothing beside real words, and まちづくり has no kanji at all.
        var telling = found.FindAll(token => token.Kind is not TokenKind.Tail || token.Text[0] is < 'ぁ' or > 'ゟ');
        return telling.Count > 0 ? telling : [.. tokens.Where(token => token.Kind is TokenKind.HiraganaPair), .. found];
    }

    // Letters and digits only stand in a token, so a quoted one can hold no syntax of the index.
    private static string Term(Token token) => token.Kind switch
    {
        TokenKind.Tail => $"\"{token.Text}\"*",
        TokenKind.Word when token.Text.Length > 2 && !char.IsAsciiDigit(token.Text[0]) => $"\"{token.Text}\"*",
        _ => $"\"{token.Text}\"",
    };

    private static string Phrase(string words)
    {
        var tokens = SearchText.Tokens(words);
        if (tokens is [{ Kind: TokenKind.Tail } only])
            return Term(only);
        var parts = tokens.Where(token => !(token.EndsText && token.Kind is TokenKind.Tail)).Select(token => token.Text).ToList();
        return parts.Count == 0 ? "" : $"\"{string.Join(' ', parts)}\"";
    }

    private static string Short(string text)
    {
        var result = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (result.Length >= MostCharacters)
                break;
            result.Append(rune.ToString());
        }
        return result.ToString();
    }

    [GeneratedRegex("「(?<words>[^「」]+)」|『(?<words>[^『』]+)』|[\"“”＂](?<words>[^\"“”＂]+)[\"“”＂]", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Quoted();
}
