using System.Text.Json;
using Kyodo.Common;
using Kyodo.Scores;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Editions;

/// <summary>A question of an evaluation as an edition holds it.</summary>
public sealed record PublishedCriterion(string No, string TextJa, string TextEn)
{
    public string Text(string lang) => lang == "en" ? TextEn : TextJa;
}

/// <summary>What one partner lets be public: its marks, its words, that it was silent. What it does not is null.</summary>
public sealed record PublishedJudgement(string PartnerId, string Name, string Kind, string? Marks, IReadOnlyDictionary<string, string>? Grounds, string? Words, bool Silent);

/// <summary>
/// 協働評価 of a case as one revision holds it: the government's marks, and of each partner what it agreed to and nothing else. No revision 1
/// has any.
/// </summary>
public sealed class PublishedEvaluation
{
    public long RevisionId { get; internal set; }

    public Revision Revision { get; internal init; } = null!;

    public string CaseId { get; internal init; } = "";

    public string CriteriaJson { get; internal init; } = "[]";

    public string ScaleJson { get; internal init; } = "[]";

    /// <summary>Null where the government did not answer.</summary>
    public string? Government { get; internal init; }

    public string PartnersJson { get; internal init; } = "[]";

    public int FormNo { get; internal init; }

    public IReadOnlyList<PublishedCriterion> Criteria => field ??= JsonSerializer.Deserialize<List<PublishedCriterion>>(CriteriaJson, Json.Plain)!;

    public Scale Scale => field ??= new(JsonSerializer.Deserialize<List<string>>(ScaleJson, Json.Plain)!);

    public IReadOnlyList<PublishedJudgement> Partners => field ??= JsonSerializer.Deserialize<List<PublishedJudgement>>(PartnersJson, Json.Plain)!;

    /// <summary>Is there something of a partner to be shown by name? Without, the government's marks only count in figures.</summary>
    public bool IsShown => Partners.Count > 0;

    internal sealed class Mapping : IEntityTypeConfiguration<PublishedEvaluation>
    {
        public void Configure(EntityTypeBuilder<PublishedEvaluation> builder)
        {
            builder.ToTable("published_evaluations");
            builder.HasKey(e => new { e.RevisionId, e.CaseId });
            builder.Property(e => e.CaseId).HasMaxLength(PublicId.Length);
            builder.Property(e => e.Government).HasMaxLength(60);
            builder.HasOne(e => e.Revision).WithMany().HasForeignKey(e => e.RevisionId);
            builder.Ignore(e => e.Criteria);
            builder.Ignore(e => e.Scale);
            builder.Ignore(e => e.Partners);
        }
    }
}

public static class PublishedEvaluationQueries
{
    extension(AppDb db)
    {
        public DbSet<PublishedEvaluation> PublishedEvaluations => db.Set<PublishedEvaluation>();
    }

    /// <summary>The evaluations that the newest revisions hold, of cases that were not withdrawn.</summary>
    public static IQueryable<PublishedEvaluation> LatestEvaluations(this AppDb db) => db.PublishedEvaluations.AsNoTracking()
        .Where(e => e.Revision.IsLatest && !db.Set<Withdrawal>().Any(w => w.CaseId == e.CaseId && w.EndedAt == null));
}
