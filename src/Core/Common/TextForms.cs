using System.Text;

namespace Kyodo.Common;

/// <summary>The forms in which text is compared: people write ㈱, Ｈ１９ and １，０００ and mean 株式会社, H19 and 1,000.</summary>
public static class TextForms
{
    /// <summary>NFKC, trimmed, inner white space to one space. Null becomes empty; lone surrogates become U+FFFD.</summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var folded = Sound(text).Normalize(NormalizationForm.FormKC);
        var result = new StringBuilder(folded.Length);
        foreach (var c in folded)
        {
            if (!char.IsWhiteSpace(c))
                result.Append(c);
            else if (result.Length > 0 && result[^1] != ' ')
                result.Append(' ');
        }
        return result.ToString().TrimEnd();
    }

    /// <summary>As <see cref="Fold"/>, in lower case and without any space: two texts with one key are the same words.</summary>
    public static string Key(string? text) => Fold(text).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>As <see cref="Key"/>, and the many ways to write a legal form become one: 特定非営利活動法人, (特非), NPO法人.</summary>
    public static string OrganisationKey(string? name)
    {
        var key = Key(name);
        foreach (var (written, form) in LegalForms)
            key = key.Replace(written, form, StringComparison.Ordinal);
        return key;
    }

    /// <summary>Text as it is kept: line ends are \n, no control characters and no lone surrogates; outer white space goes.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var result = new StringBuilder(text.Length);
        foreach (var c in Sound(text).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'))
        {
            if (c is '\n' or '\t' || !char.IsControl(c))
                result.Append(c);
        }
        return result.ToString().Trim();
    }

    /// <summary>The beginning of a text, never ending in half a character: what is compared may be longer than what was written (㌖ is キロメートル).</summary>
    public static string UpTo(int most, string text) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    // Encoding replaces what is no Unicode text; string.Normalize would throw on it, and on the two that are never a character.
    private static string Sound(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))
        .Replace("\uFFFE", "", StringComparison.Ordinal).Replace("\uFFFF", "", StringComparison.Ordinal);

    private static readonly (string Written, string Form)[] LegalForms =
    [
        ("特定非営利活動法人", "npo法人"), ("(特非)", "npo法人"), ("(npo)", "npo法人"), ("株式会社", "(株)"), ("有限会社", "(有)"),
        ("公益社団法人", "(公社)"), ("一般社団法人", "(一社)"), ("公益財団法人", "(公財)"), ("一般財団法人", "(一財)"),
        ("社会福祉法人", "(福)"), ("学校法人", "(学)"), ("医療法人", "(医)"),
    ];
}
