using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.Partners;

/// <summary>What the register says of a partner, as it is typed or listed.</summary>
/// <param name="CorporateNumber">法人番号, thirteen digits.</param>
public sealed record PartnerEntry(string Name, string Kind, string? CorporateNumber = null, string? Branch = null, string? Reading = null, string? Municipality = null)
{
    /// <summary>Folded, or refused with every field that is wrong.</summary>
    public PartnerEntry Checked()
    {
        var clean = new PartnerEntry(TextForms.Clean(Name).Replace("\n", " ", StringComparison.Ordinal), TextForms.Fold(Kind), Digits(CorporateNumber), OrNull(Branch), OrNull(Reading) is { } reading ? SimilarNames.Katakana(reading) : null, OrNull(Municipality));
        var wrong = clean.Problems().ToList();
        return wrong.Count == 0 ? clean with { Kind = PartnersType.Kinds.First(kind => TextForms.Key(kind) == TextForms.Key(clean.Kind)) } : throw new Refusal("次のところを直してください。", wrong);
    }

    internal static string? Digits(string? number) => OrNull(TextForms.Fold(number).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));

    internal static string? OrNull(string? text) => TextForms.Fold(text) is { Length: > 0 } folded ? folded : null;

    private IEnumerable<Problem> Problems()
    {
        if (Name.Length is 0 or > 100)
            yield return Wrong("name", Name.Length == 0 ? "名称を書いてください。" : $"名称は100字以内で書いてください（いま{Name.Length}字）。");
        if (PartnersType.Kinds.All(kind => TextForms.Key(kind) != TextForms.Key(Kind)))
            yield return Wrong("kind", Kind.Length == 0 ? "種別を選んでください。" : $"種別「{Kind}」はありません。選び直してください。");
        if (CorporateNumber is not null && !CheckDigit.IsCorporateNumber(CorporateNumber))
            yield return Wrong("number", $"法人番号「{TextForms.UpTo(20, CorporateNumber)}」は正しい番号ではありません（13桁で、1桁目が検査数字です）。番号を確かめるか、空欄にしてください。");
        foreach (var (field, label, text, most) in new[] { ("branch", "支部・事業所", Branch, 100), ("reading", "読み", Reading, 200), ("municipality", "市町村", Municipality, 60) })
        {
            if (text?.Length > most)
                yield return Wrong(field, $"{label}は{most}字以内で書いてください。");
        }
    }

    private static Problem Wrong(string field, string message) => new(Severity.Error, message, Field: field);
}

/// <summary>How a partner is reached.</summary>
public sealed record PartnerContact(string? Person, string? Email, string? Phone, string? Address)
{
    internal PartnerContact Checked()
    {
        var clean = new PartnerContact(PartnerEntry.OrNull(Person), PartnerEntry.OrNull(Email), PartnerEntry.OrNull(Phone), PartnerEntry.OrNull(Address));
        if (clean.Email is { } email && !IsAddress(email))
            throw new Refusal($"メールアドレス「{email}」は読めません。例: info@example.jp", [new Problem(Severity.Error, "メールアドレスとして読めません。例: info@example.jp", Field: "email")]);
        if (clean.Phone is { } phone && (phone.Length > 40 || phone.Count(char.IsAsciiDigit) < 9 || !phone.All(c => char.IsAsciiDigit(c) || "-+() ".Contains(c, StringComparison.Ordinal))))
            throw new Refusal($"電話番号「{TextForms.UpTo(40, phone)}」は読めません。例: 096-123-4567", [new Problem(Severity.Error, "電話番号として読めません。例: 096-123-4567", Field: "phone")]);
        if (clean.Person?.Length > 60 || clean.Address?.Length > 200)
            throw new Refusal("担当者の名前は60字、所在地は200字以内で書いてください。");
        return clean;
    }

    private static bool IsAddress(string text) =>
        text.Length <= 254 && System.Net.Mail.MailAddress.TryCreate(text, out var address) && address.Address == text && text.All(c => c is > ' ' and < '\x7f' and not ('<' or '>' or '"' or ','));
}
