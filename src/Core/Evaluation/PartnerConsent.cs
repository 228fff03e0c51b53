using System.Text.Json;
using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Evaluation;

/// <summary>
/// 公表の同意: what of its evaluation a partner lets be public, for one case. Each decision is a row of its own and the newest counts, so that
/// it can be seen later what was agreed to, of which text and when. Taking it back is a decision, too.
/// </summary>
public sealed class PartnerConsent : Record
{
    /// <summary>The version of the words that a partner says yes or no to.</summary>
    public const int Wording = 1;

    private PartnerConsent()
    {
    }

    public PartnerConsent(string partnerId, string caseId, int caseVersion, bool scores, bool words, bool silence, AnswerChannel channel, Actor by, DateTimeOffset now)
    {
        if (by.PartnerId is { } partner ? partner != partnerId : !by.Is(Role.Coordinator) || channel is AnswerChannel.Web)
            throw new Refusal("公表の同意は、その団体だけができます。書面で受け取った同意は、協働の担当課が書き入れます。");
        (PartnerId, CaseId, CaseVersion, WordingVersion) = (partnerId, caseId, caseVersion, Wording);
        (Scores, Words, Silence, Channel, DecidedBy, DecidedAt) = (scores, words, silence, channel, by.Name, now);
        Happened(by, now, IsAny ? "consent-given" : "consent-withheld", Said);
    }

    public long Id { get; private set; }

    public string PartnerId { get; private set; } = "";

    public string CaseId { get; private set; } = "";

    /// <summary>Which version of the case's text was read.</summary>
    public int CaseVersion { get; private set; }

    public int WordingVersion { get; private set; }

    public bool Scores { get; private set; }

    public bool Words { get; private set; }

    /// <summary>That it did not answer may be said.</summary>
    public bool Silence { get; private set; }

    public AnswerChannel Channel { get; private set; }

    public string DecidedBy { get; private set; } = "";

    public DateTimeOffset DecidedAt { get; private set; }

    public bool IsAny => Scores || Words || Silence;

    public string Said => string.Join("、", new[] { Scores ? "点数" : null, Words ? "ことば" : null, Silence ? "未回答であること" : null }.OfType<string>().DefaultIfEmpty("なし"));

    public override string AuditName => $"partner-consent/{CaseId}/{PartnerId}";

    internal void Follow(string intoId) => PartnerId = intoId;

    internal sealed class Mapping : IEntityTypeConfiguration<PartnerConsent>, IEntityTypeConfiguration<PartnerConfirmation>
    {
        public void Configure(EntityTypeBuilder<PartnerConsent> builder)
        {
            builder.ToTable("partner_consents");
            builder.Property(c => c.PartnerId).HasMaxLength(PublicId.Length);
            builder.Property(c => c.CaseId).HasMaxLength(PublicId.Length);
            builder.Property(c => c.DecidedBy).HasMaxLength(60);
            builder.HasIndex(c => new { c.CaseId, c.PartnerId });
        }

        public void Configure(EntityTypeBuilder<PartnerConfirmation> builder)
        {
            builder.ToTable("partner_confirmations");
            builder.Property(c => c.PartnerId).HasMaxLength(PublicId.Length);
            builder.Property(c => c.CaseId).HasMaxLength(PublicId.Length);
            builder.Ignore(c => c.Fields);
            builder.HasIndex(c => new { c.CaseId, c.PartnerId }).IsUnique();
        }
    }
}

public enum TextVerdict
{
    /// <summary>正しい</summary>
    Right,

    /// <summary>直してほしい</summary>
    Correct,

    /// <summary>協働とは知らなかった</summary>
    DidNotKnow,
}

/// <summary>What a partner says to one field of the text about itself.</summary>
public sealed record ConfirmedField(string Key, TextVerdict Verdict, string Words);

/// <summary>A partner's word on the text about itself, field by field, of one version of the case.</summary>
public sealed class PartnerConfirmation : Record
{
    public const int LongestWords = 400;

    private PartnerConfirmation()
    {
    }

    public PartnerConfirmation(string partnerId, string caseId) => (PartnerId, CaseId) = (partnerId, caseId);

    public long Id { get; private set; }

    public string PartnerId { get; private set; } = "";

    public string CaseId { get; private set; } = "";

    public int CaseVersion { get; private set; }

    public string FieldsJson { get; private set; } = "[]";

    public DateTimeOffset At { get; private set; }

    public IReadOnlyList<ConfirmedField> Fields => JsonSerializer.Deserialize<List<ConfirmedField>>(FieldsJson, Json.Plain)!;

    public override string AuditName => $"partner-confirmation/{CaseId}/{PartnerId}";

    public void Say(IReadOnlyList<ConfirmedField> fields, int caseVersion, Actor by, DateTimeOffset now)
    {
        if (by.PartnerId != PartnerId)
            throw new Refusal("内容の確認は、その団体だけができます。");
        var clean = fields.Select(field => field with { Words = TextForms.Clean(field.Words) }).ToList();
        var wrong = clean.Where(field => field.Verdict is TextVerdict.Correct && field.Words.Length == 0).Select(field => new Problem(Severity.Error, "「直してほしい」ところは、どう直すかを書いてください。", Field: $"words-{field.Key}"))
            .Concat(clean.Where(field => field.Words.Length > LongestWords).Select(field => new Problem(Severity.Error, $"{LongestWords}字以内で書いてください。", Field: $"words-{field.Key}"))).ToList();
        if (wrong.Count > 0)
            throw new Refusal("送れませんでした", wrong);
        (FieldsJson, CaseVersion, At) = (JsonSerializer.Serialize(clean, Json.Plain), caseVersion, now);
        Happened(by, now, "text-confirmed", clean.TrueForAll(field => field.Verdict is TextVerdict.Right) ? "正しい" : "直してほしいところがある");
    }

    internal void Follow(string intoId) => PartnerId = intoId;
}

public static class ConsentQueries
{
    extension(AppDb db)
    {
        public DbSet<PartnerConsent> PartnerConsents => db.Set<PartnerConsent>();

        public DbSet<PartnerConfirmation> PartnerConfirmations => db.Set<PartnerConfirmation>();
    }

    /// <summary>What each partner of these cases lets be public now; who has decided nothing is not in it.</summary>
    public static async Task<IReadOnlyDictionary<(string CaseId, string PartnerId), PartnerConsent>> ConsentsAsync(this AppDb db, IReadOnlyCollection<string> caseIds, CancellationToken stop = default)
    {
        var found = await db.PartnerConsents.AsNoTracking().Where(c => caseIds.Contains(c.CaseId)).OrderBy(c => c.Id).ToListAsync(stop);
        return found.GroupBy(c => (c.CaseId, c.PartnerId)).ToDictionary(g => g.Key, g => g.Last());
    }
}
