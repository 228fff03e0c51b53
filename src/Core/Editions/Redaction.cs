using System.Text.Json;
using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Questions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Editions;

/// <summary>
/// 非公開措置: passages of a case that law or a court forbids to be public. The revisions that hold them are written again without them, and later
/// revisions are made without them. What was removed is kept here for that purpose and is never shown.
/// </summary>
public sealed class Redaction : Record
{
    /// <summary>What stands where a passage was.</summary>
    public const string Mark = "［非公開］";

    private const int Longest = 400;

    private Redaction()
    {
    }

    public long Id { get; private set; }

    public string CaseId { get; private set; } = "";

    public string ProgrammeKey { get; private set; } = "";

    public FiscalYear Year { get; private set; }

    /// <summary>根拠: the law or the decision that demands it, in public words.</summary>
    public string Basis { get; private set; } = "";

    /// <summary>In public words, without what must not be public.</summary>
    public string Reason { get; private set; } = "";

    public string PassagesJson { get; private set; } = "[]";

    /// <summary>Questions whose whole answer is removed: figures, photos.</summary>
    public string FieldsJson { get; private set; } = "[]";

    public DateTimeOffset At { get; private set; }

    public IReadOnlyList<string> Passages => field ??= JsonSerializer.Deserialize<List<string>>(PassagesJson, Json.Plain)!;

    public IReadOnlyList<string> Fields => field ??= JsonSerializer.Deserialize<List<string>>(FieldsJson, Json.Plain)!;

    public override string AuditName => $"published-case/{CaseId}";

    public static string? WhyNot(RedactionWish wish, Actor by) =>
        !by.Is(Role.Coordinator) ? "非公開措置を行えるのは、協働の担当課だけです。"
        : TextForms.Clean(wish.Basis) is not { Length: > 0 and <= Longest } ? $"根拠となる法令・裁判所の決定などを、{Longest}字以内で書いてください。公表されます。"
        : TextForms.Clean(wish.Reason) is not { Length: > 0 and <= Longest } reason ? $"理由を、読む人に向けて{Longest}字以内で書いてください。公表されます。"
        : wish.Passages.Count + wish.Fields.Count == 0 ? "非公開にする語句か項目を指定してください。"
        : wish.Passages.FirstOrDefault(passage => passage.Length < 2) is not null ? "非公開にする語句は、1行に1つ、2字以上で書いてください。"
        : wish.Fields.Any(key => key is "title" or "form") ? "事業名と協働形態は項目ごと消せません。事業名の中の語句を指定してください。"
        : wish.Passages.FirstOrDefault(passage => reason.Contains(passage, StringComparison.Ordinal) || wish.Basis.Contains(passage, StringComparison.Ordinal)) is not null
            ? "根拠か理由の中に、非公開にする語句があります。公表される文には書かないでください。"
        : null;

    internal static Redaction Of(PublishedCase one, RedactionWish wish, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNot(wish, by));
        var redaction = new Redaction
        {
            CaseId = one.CaseId,
            ProgrammeKey = one.ProgrammeKey,
            Year = one.Year,
            Basis = TextForms.Clean(wish.Basis),
            Reason = TextForms.Clean(wish.Reason),
            PassagesJson = JsonSerializer.Serialize(wish.Passages.OrderByDescending(passage => passage.Length), Json.Plain),
            FieldsJson = JsonSerializer.Serialize(wish.Fields.Distinct(), Json.Plain),
            At = now,
        };
        redaction.Happened(by, now, "case-redacted", $"{redaction.Basis}: {redaction.Reason}");
        return redaction;
    }

    internal string In(string text) => Passages.Aggregate(text, (left, passage) => left.Replace(passage, Mark, StringComparison.Ordinal));

    internal JsonObject In(JsonObject answers) => new(answers.Where(answer => !Fields.Contains(answer.Key)).Select(answer => KeyValuePair.Create(answer.Key, In(answer.Value))));

    private JsonNode? In(JsonNode? value) => value switch
    {
        JsonObject one => new JsonObject(one.Select(pair => KeyValuePair.Create(pair.Key, In(pair.Value)))),
        JsonArray many => new JsonArray([.. many.Select(In)]),
        JsonValue text when text.TryGetValue<string>(out var words) => In(words),
        _ => value?.DeepClone(),
    };

    /// <summary>A case of a revision without what must not be public.</summary>
    internal PublishedCase In(PublishedCase one)
    {
        var answers = In(one.Answers);
        return new PublishedCase
        {
            RevisionId = one.RevisionId,
            Revision = one.Revision,
            CaseId = one.CaseId,
            ProjectId = one.ProjectId,
            SourceId = one.SourceId,
            Order = one.Order,
            ProgrammeKey = one.ProgrammeKey,
            Year = one.Year,
            Title = In(one.Title),
            Summary = Fields.Contains("summary") ? "" : In(one.Summary),
            FormNo = one.FormNo,
            UnitCode = one.UnitCode,
            UnitName = In(one.UnitName),
            UnitOrder = one.UnitOrder,
            IsBureau = one.IsBureau,
            Declared = one.Declared,
            Lineage = one.Lineage,
            Status = one.Status,
            BudgetYen = Fields.Contains("budget") ? null : one.BudgetYen,
            MunicipalitiesJson = JsonSerializer.Serialize(PlaceType.Municipalities(answers["place"]), Json.Plain),
            ThemesJson = answers["theme"]?.ToJsonString(Json.Plain) ?? "[]",
            PartnersJson = JsonSerializer.Serialize(Fields.Contains("partners") ? [] : one.Partners.Select(partner => partner with { Name = In(partner.Name), Contact = partner.Contact is { } contact ? In(contact) : null }), Json.Plain),
            AnswersJson = answers.ToJsonString(Json.Plain),
        };
    }

    /// <summary>What partners said, without what must not be public; nothing of it where the partners themselves are removed.</summary>
    internal PublishedEvaluation In(PublishedEvaluation one) => new()
    {
        RevisionId = one.RevisionId,
        Revision = one.Revision,
        CaseId = one.CaseId,
        CriteriaJson = one.CriteriaJson,
        ScaleJson = one.ScaleJson,
        Government = one.Government,
        FormNo = one.FormNo,
        PartnersJson = JsonSerializer.Serialize(Fields.Contains("partners") ? [] : one.Partners.Select(partner => partner with
        {
            Name = In(partner.Name),
            Words = partner.Words is null ? null : In(partner.Words),
            Grounds = partner.Grounds?.ToDictionary(pair => pair.Key, pair => In(pair.Value), StringComparer.Ordinal),
        }), Json.Plain),
    };

    internal PublishedBest In(PublishedBest one) => new() { RevisionId = one.RevisionId, Revision = one.Revision, CaseId = one.CaseId, Reason = In(one.Reason) };

    internal sealed class Mapping : IEntityTypeConfiguration<Redaction>
    {
        public void Configure(EntityTypeBuilder<Redaction> builder)
        {
            builder.ToTable("redactions");
            builder.Property(r => r.CaseId).HasMaxLength(PublicId.Length);
            builder.Property(r => r.ProgrammeKey).HasMaxLength(40);
            builder.Property(r => r.Basis).HasMaxLength(Longest);
            builder.Property(r => r.Reason).HasMaxLength(Longest);
            builder.Ignore(r => r.Passages);
            builder.Ignore(r => r.Fields);
            builder.HasIndex(r => new { r.ProgrammeKey, r.Year });
        }
    }
}

/// <summary>What must not be public, and why. <paramref name="Passages"/>: texts as they stand; <paramref name="Fields"/>: keys of questions.</summary>
public sealed record RedactionWish(string Basis, string Reason, IReadOnlyList<string> Passages, IReadOnlyList<string> Fields);
