using System.Text;
using System.Text.RegularExpressions;
using Kyodo.Common;

namespace Kyodo.Search;

/// <summary>One term to ask the index for: a pair or single character by its number, or a word.</summary>
/// <param name="Begins">Whatever begins with it counts too.</param>
internal readonly record struct QueryTerm(uint Key, string? Word, bool Begins)
{
    public override string ToString() => (Word ?? string.Concat((char)(Key >> 16), (char)Key).TrimEnd('\0')) + (Begins ? "*" : "");
}

/// <summary>What was typed between two spaces: terms of which as many as possible should stand in a case.</summary>
internal sealed record QueryGroup(string Text, IReadOnlyList<QueryTerm> Terms);

/// <summary>
/// A query as the index is asked it. 「…」 and "…" must stand as they are, what follows - must not, and a year (平成19年度, H19, 令元, 2007年度)
/// is one where a case of that year is published. Nothing in a query is syntax beyond this.
/// </summary>
internal sealed partial record QueryWords(IReadOnlyList<QueryGroup> Groups, IReadOnlyList<string> Phrases, IReadOnlyList<string> Excluded, IReadOnlyList<FiscalYear> Years)
{
    private const int MostCharacters = 400;
    private const int MostGroups = 12;
    private const int MostTerms = 60;
    private const int MostPhrases = 8;

    /// <summary>Nothing in it can be looked for: blank, or only signs.</summary>
    public bool IsEmpty => Groups.Count + Phrases.Count + Excluded.Count + Years.Count == 0;

    /// <param name="isYear">Is there a case of the year?</param>
    public static QueryWords Of(string? text, Func<FiscalYear, bool>? isYear = null)
    {
        var query = Short(text ?? "");
        var (groups, phrases, excluded, years) = (new List<QueryGroup>(), new List<string>(), new List<string>(), new List<FiscalYear>());
        foreach (Match match in Pieces().Matches(query))
        {
            var words = match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["plain"].Value;
            if (match.Groups["not"].Success)
                Add(excluded, words);
            else if (match.Groups["quoted"].Success)
                Add(phrases, words);
            else if (isYear is not null)
                words = WithoutYears(words, isYear, years);
            if (!match.Groups["not"].Success && groups.Count < MostGroups && TermsOf(words) is { Count: > 0 } terms)
                groups.Add(new QueryGroup(words, terms));
        }
        return new QueryWords(groups, phrases, excluded, years);
    }

    private static void Add(List<string> phrases, string words)
    {
        if (phrases.Count < MostPhrases && FoldedText.Of(words).Chars.Trim(' ') is { Length: > 0 } folded && !phrases.Contains(folded.ToString()))
            phrases.Add(folded.ToString());
    }

    private static string WithoutYears(string words, Func<FiscalYear, bool> isYear, List<FiscalYear> years)
    {
        var form = TextForms.Fold(words);
        var left = Written().Replace(form, match =>
        {
            // A bare number is a year only where nothing else was typed with it.
            var isBare = match.Groups["bare"].Success;
            if ((isBare && match.Length < form.Length) || !FiscalYear.TryParse(match.Groups["year"].Value, out var year) || !isYear(year))
                return match.Value;
            if (!years.Contains(year))
                years.Add(year);
            return " ";
        });
        return years.Count > 0 && left != form ? left : words;
    }

    /// <summary>The terms of some words; grammar is left out where there is anything better.</summary>
    public static List<QueryTerm> TermsOf(string words)
    {
        var (telling, grammar, before) = (new List<QueryTerm>(), new List<QueryTerm>(), TermKind.Word);
        var terms = new Terms(FoldedText.Of(words));
        while (terms.MoveNext())
        {
            // The last character of a run stands in the pair before it.
            var isAlone = terms.Kind is TermKind.Tail && before is not TermKind.Pair;
            before = terms.Kind;
            if (terms.Kind is TermKind.Tail && !isAlone)
                continue;
            var term = terms.Kind is TermKind.Word ? Word(terms.Text.ToString()) : new QueryTerm(terms.Key, null, isAlone);
            var list = terms.IsHiragana ? grammar : telling;
            if (!list.Contains(term) && telling.Count < MostTerms)
                list.Add(term);
        }
        return telling.Count > 0 ? telling : grammar;
    }

    /// <summary>The single characters of some words, for when no pair of them stands anywhere: 高令者 still finds 高齢者.</summary>
    public static List<QueryTerm> SingleCharacters(string words)
    {
        var found = new List<QueryTerm>();
        var terms = new Terms(FoldedText.Of(words));
        while (terms.MoveNext())
        {
            var single = new QueryTerm(terms.Key & 0xFFFF0000, null, true);
            if (terms.Kind is not TermKind.Word && terms.Text[0] is < 'ぁ' or > 'ヿ' && !found.Contains(single) && found.Count < MostTerms)
                found.Add(single);
        }
        return found;
    }

    private static QueryTerm Word(string word) => new(0, word, word.Length > 2 && !char.IsAsciiDigit(word[0]));

    private static string Short(string text)
    {
        var sound = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(TextForms.UpTo(MostCharacters, text)));
        return sound.Replace('　', ' ');
    }

    [GeneratedRegex("""(?<=^|\s)(?<not>[-－−‐ー]\s?)?(?:「(?<quoted>[^「」]+)」?|『(?<quoted>[^『』]+)』?|["“”＂](?<quoted>[^"“”＂]+)["“”＂]?)|(?<=^|\s)(?<not>[-－−‐ー])(?<plain>[^\s「『"“”＂]+)|「(?<quoted>[^「」]+)」|『(?<quoted>[^『』]+)』|["“”＂](?<quoted>[^"“”＂]+)["“”＂]|(?<plain>[^\s「『"“”＂]+)""", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Pieces();

    [GeneratedRegex(@"(?<year>(?:明治|大正|昭和|平成|令和)\s?(?:元|\d{1,2})\s?年度?|(?:明治|大正|昭和|平成|令和)(?:元|\d{1,2})|(?<![\p{L}\p{N}])[明大昭平令](?:元|\d{1,2})(?:年度?)?|(?<![\p{L}\p{N}])[MTSHRmtshr]\d{1,2}(?:年度?)?(?![A-Za-z\d.])|(?<!\d)(?:18|19|20)\d\d年度?|(?<bare>^(?:19|20)\d\d$))(?!\d|\s?年?\s?\d{1,2}月)の?", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Written();
}
