using System.Buffers;
using System.Text.RegularExpressions;
using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.Cases;

/// <summary>A case as it is compared with those of another year.</summary>
public sealed class ProjectTraits
{
    private readonly Bigrams _text;

    public ProjectTraits(string title, string text, IEnumerable<string> partners, long unitId)
    {
        (Title, UnitId) = (title, unitId);
        Name = Bigrams.OfKey(TitleWords.Bare(title));
        _text = Bigrams.Of(text);
        Partners = partners.Select(name => (name, TextForms.OrganisationKey(name))).DistinctBy(p => p.Item2).ToDictionary(p => p.Item2, p => p.name, StringComparer.Ordinal);
    }

    public string Title { get; }

    public long UnitId { get; }

    internal Bigrams Name { get; }

    internal IReadOnlyDictionary<string, string> Partners { get; }

    /// <summary>From the answers: what it is for and what is done tell more of a project than its name.</summary>
    public static ProjectTraits Of(Answers answers, long unitId) => new(
        answers.Text("title"),
        string.Join('\n', new[] { "summary", "reason", "purpose", "content" }.Select(answers.Text)),
        PartnersType.Of(answers["partners"]).Select(partner => partner.Name),
        unitId);

    internal double TextLikeness(ProjectTraits other) => _text.Likeness(other._text);
}

/// <summary>
/// How alike two cases of different years are, and on what grounds. A rename is recognised and offered, never assumed: the number only says
/// what is worth asking.
/// </summary>
/// <param name="Score">0 to 1 and a little over; the best offer first.</param>
/// <param name="Grounds">Why it is asked, in words.</param>
public sealed record ProjectLikeness(double Score, IReadOnlyList<string> Grounds)
{
    // Tried on two years of the national project review: see docs/decisions/0012.
    private const double SameName = 0.55;
    private const double SameText = 0.55;
    private const double WorthAsking = 0.5;

    /// <summary>Null where it is not worth asking.</summary>
    public static ProjectLikeness? Between(ProjectTraits past, ProjectTraits now)
    {
        var (name, text) = (past.Name.Likeness(now.Name), past.TextLikeness(now));
        var shared = past.Partners.Where(p => now.Partners.ContainsKey(p.Key)).Select(p => p.Value).ToList();
        var sameUnit = past.UnitId == now.UnitId;
        var score = Math.Max(name, text) + (0.25 * Math.Min(name, text)) + (shared.Count > 0 ? 0.1 : 0) - (sameUnit ? 0 : 0.15);
        var grounds = new List<string>();
        if (name >= SameName)
            grounds.Add(name >= 0.999 ? "事業名が同じです（年度や回数のほかは）" : "事業名が似ています");
        if (text >= SameText)
            grounds.Add("概要や実施内容がよく似ています");
        if (grounds.Count == 0 && (shared.Count == 0 || Math.Max(name, text) < 0.4) || score < WorthAsking)
            return null;
        if (shared.Count > 0)
            grounds.Add($"相手方に{string.Join("", shared.Take(2).Select(partner => $"「{partner}」"))}がいます");
        grounds.Add(sameUnit ? "同じ組織の事例です" : "別の組織の事例です");
        return new ProjectLikeness(score, grounds);
    }
}

/// <summary>A project's name without what changes from year to year: 令和6年度, 第3回, （新規）, 【継続】.</summary>
public static partial class TitleWords
{
    public static string Bare(string title) => BareKey(TextForms.Key(title));

    public static string BareKey(string key)
    {
        // Most names hold nothing of a year at all.
        if (!key.AsSpan().ContainsAny(Signs))
            return key;
        var bare = Yearly().Replace(key, "");
        return bare.Length > 1 ? bare : key;
    }

    private static readonly SearchValues<char> Signs = SearchValues.Create("0123456789元第([【〔");

    [GeneratedRegex(@"(明治|大正|昭和|平成|令和|[mtshr])(元|\d{1,2})(年度|年)?(当初|補正)?(予算)?|(fy)?(19|20)\d{2}(年度|年)?(当初|補正)?(予算)?|第[\d一二三四五六七八九十]+[回次期]|[(\[【〔](新|新規|継続|拡充|新規・拡充|再掲|一部|仮称|案|・)*[)\]】〕]", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Yearly();
}
