using System.Text.RegularExpressions;
using Kyodo.Common;

namespace Kyodo.Mails;

/// <summary>A subject and a body with placeholders such as {組織}; the default of a kind, or what was written in its stead.</summary>
public sealed partial record MailText(string Subject, string Body)
{
    /// <summary>
    /// Stands in a body for the address of the page, which is known only where the mail is sent: no request and no text of a user can
    /// choose where a link leads.
    /// </summary>
    public const char LinkPlace = '\uFFFC';

    public const string Link = "リンク";

    private const int LongestSubject = 200;
    private const int LongestBody = 4000;

    /// <summary>What stands in braces and is no placeholder of the kind; in the order of the text.</summary>
    public IReadOnlyList<string> Unknown(MailKind kind)
    {
        var known = MailKinds.PlaceholdersOf(kind);
        return [.. Placeholder().Matches(Subject + "\n" + Body).Select(match => match.Groups["name"].Value).Where(name => !known.ContainsKey(name)).Distinct()];
    }

    /// <summary>The text as it may be kept: clean, not too long, with nothing in braces that would stay in braces.</summary>
    public MailText Checked(MailKind kind)
    {
        var clean = new MailText(TextForms.Clean(Subject).ReplaceLineEndings(" "), TextForms.Clean(Body));
        if (clean.Subject.Length is 0 or > LongestSubject)
            throw new Refusal($"メールの件名を{LongestSubject}字以内で書いてください。");
        if (clean.Body.Length is 0 or > LongestBody)
            throw new Refusal($"メールの本文を{LongestBody}字以内で書いてください。");
        if (clean.Unknown(kind) is { Count: > 0 } unknown)
        {
            throw new Refusal($"{string.Join("、", unknown.Select(name => $"{{{name}}}"))}は、このメールでは使えません。"
                + $"使えるのは{string.Join("、", MailKinds.PlaceholdersOf(kind).Keys.Select(name => $"{{{name}}}"))}です。");
        }
        if (clean.Subject.Contains($"{{{Link}}}", StringComparison.Ordinal))
            throw new Refusal($"{{{Link}}}は本文で使ってください。件名には入れられません。");
        return clean;
    }

    /// <summary>The placeholders replaced; one without a word becomes empty, and the link keeps its place until the mail is sent.</summary>
    public MailText Fill(IReadOnlyDictionary<string, string> words)
    {
        string In(string text) => Placeholder().Replace(text, match => match.Groups["name"].Value is Link
            ? LinkPlace.ToString()
            : words.GetValueOrDefault(match.Groups["name"].Value, "").Replace(LinkPlace.ToString(), "", StringComparison.Ordinal));
        return new MailText(In(Subject), In(Body));
    }

    /// <summary>
    /// The body with the address of its page. A body without a place for it gets it at its end; where no public address is set, the line
    /// that would hold it is left out.
    /// </summary>
    public static string WithLink(string body, string? address)
    {
        if (address is null)
            return string.Join('\n', body.Split('\n').Where(line => !line.Contains(LinkPlace, StringComparison.Ordinal)));
        return body.Contains(LinkPlace, StringComparison.Ordinal) ? body.Replace(LinkPlace.ToString(), address, StringComparison.Ordinal) : $"{body.TrimEnd()}\n\n{address}\n";
    }

    [GeneratedRegex(@"\{(?<name>[^{}\r\n]{1,30})\}", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Placeholder();
}
