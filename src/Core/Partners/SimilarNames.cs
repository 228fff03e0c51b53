using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Partners;

public enum Similarity
{
    /// <summary>The same name, however it is written: ㈱ and 株式会社, ＮＰＯ法人 and 特定非営利活動法人.</summary>
    SameName,

    /// <summary>Only the legal form differs, or is left out.</summary>
    SameBareName,

    SameReading,

    Alike,
}

/// <summary>A partner of the register whose name is like the one that was typed.</summary>
public sealed record SimilarPartner(string Id, string Name, string Kind, string? Municipality, string? CorporateNumber, Similarity Similarity, double Likeness)
{
    public string Words => Similarity switch
    {
        Similarity.SameName => "同じ名前",
        Similarity.SameBareName => "法人格のほかは同じ名前",
        Similarity.SameReading => "同じ読み",
        _ => "よく似た名前",
    };
}

/// <summary>All names of the register, those of before too, to compare names with; merged partners are left out.</summary>
public sealed class SimilarNames
{
    private const double AlikeFrom = 0.6;
    private const int ShortestPart = 3;

    private static readonly string[] LegalForms = ["npo法人", "(株)", "(有)", "(公社)", "(一社)", "(公財)", "(一財)", "(福)", "(学)", "(医)", "合同会社", "認定"];

    private readonly List<Known> _known;

    private SimilarNames(List<Known> known) => _known = known;

    public static async Task<SimilarNames> LoadAsync(AppDb db, CancellationToken stop = default)
    {
        var partners = await db.Partners.AsNoTracking().Where(p => p.MergedIntoId == null).Select(p => new { p.Id, p.Name, p.NameKey, p.Kind, p.Municipality, p.CorporateNumber, p.Reading }).ToListAsync(stop);
        var further = (await db.PartnerNames.AsNoTracking().ToListAsync(stop)).ToLookup(n => n.PartnerId, StringComparer.Ordinal);
        return new SimilarNames([.. partners.SelectMany(p => further[p.Id].Select(n => n.NameKey).Append(p.NameKey).Select(key =>
            new Known(new SimilarPartner(p.Id, p.Name, p.Kind, p.Municipality, p.CorporateNumber, Similarity.Alike, 0), key, Bare(key), Kana(p.Reading))))]);
    }

    /// <summary>The most alike first, at most eight.</summary>
    /// <param name="except">The partner that is being changed.</param>
    public IReadOnlyList<SimilarPartner> Find(string? name, string? reading = null, string? except = null)
    {
        var key = Partner.KeyOf(name ?? "");
        if (key.Length == 0)
            return [];
        var (bare, kana) = (Bare(key), Kana(reading));
        var pairs = Bigrams.OfKey(bare);
        return [.. _known.Where(one => one.Partner.Id != except).Select(one => Compare(one, key, bare, kana, pairs)).OfType<SimilarPartner>()
            .GroupBy(one => one.Id).Select(same => same.MinBy(one => (one.Similarity, -one.Likeness))!)
            .OrderBy(one => one.Similarity).ThenByDescending(one => one.Likeness).ThenBy(one => one.Name, StringComparer.Ordinal).Take(8)];
    }

    private static SimilarPartner? Compare(Known one, string key, string bare, string kana, Bigrams pairs)
    {
        if (one.Key == key)
            return one.Partner with { Similarity = Similarity.SameName, Likeness = 1 };
        if (bare.Length > 1 && one.Bare == bare)
            return one.Partner with { Similarity = Similarity.SameBareName, Likeness = 1 };
        if (kana.Length >= ShortestPart && one.Reading == kana)
            return one.Partner with { Similarity = Similarity.SameReading, Likeness = 1 };
        var likeness = pairs.LikenessOfKey(one.Bare);
        var isPart = Math.Min(bare.Length, one.Bare.Length) >= ShortestPart && 2 * Math.Min(bare.Length, one.Bare.Length) >= Math.Max(bare.Length, one.Bare.Length)
            && (bare.Contains(one.Bare, StringComparison.Ordinal) || one.Bare.Contains(bare, StringComparison.Ordinal));
        return likeness >= AlikeFrom || isPart ? one.Partner with { Similarity = Similarity.Alike, Likeness = likeness } : null;
    }

    private static string Bare(string key) => LegalForms.Aggregate(key, (left, form) => left.Replace(form, "", StringComparison.Ordinal));

    /// <summary>A reading as it is compared: hiragana and katakana are one.</summary>
    internal static string Kana(string? reading) => Katakana(TextForms.Key(reading));

    internal static string Katakana(string text) => string.Concat(text.Select(c => c is >= 'ぁ' and <= 'ゖ' ? (char)(c + 0x60) : c));

    private sealed record Known(SimilarPartner Partner, string Key, string Bare, string Reading);
}
