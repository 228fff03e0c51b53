using System.Text.Json;
using Kyodo.Common;
using Kyodo.Editions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Federation;

/// <summary>
/// A case of another government's edition. Its answers are kept as the lines that a reader sees, read once when it was taken in: no later
/// version has to understand questions that it never asked.
/// </summary>
public sealed class FederatedCase
{
    public long EditionId { get; internal set; }

    public FederatedEdition Edition { get; internal init; } = null!;

    public string CaseId { get; internal init; } = "";

    public string ProjectId { get; internal init; } = "";

    public string? SourceId { get; internal init; }

    public int Order { get; internal init; }

    public FiscalYear Year { get; internal init; }

    public string Title { get; internal init; } = "";

    public string Summary { get; internal init; } = "";

    public int FormNo { get; internal init; }

    public string UnitCode { get; internal init; } = "";

    public string UnitName { get; internal init; } = "";

    public string Declared { get; internal init; } = "";

    public string Lineage { get; internal init; } = "";

    public string Status { get; internal init; } = "";

    public long? BudgetYen { get; internal init; }

    public string MunicipalitiesJson { get; internal init; } = "[]";

    public string ThemesJson { get; internal init; } = "[]";

    public string PartnersJson { get; internal init; } = "[]";

    public string AnswersJson { get; internal init; } = "[]";

    public IReadOnlyList<string> Municipalities => field ??= JsonSerializer.Deserialize<List<string>>(MunicipalitiesJson, Json.Plain)!;

    public IReadOnlyList<string> Themes => field ??= JsonSerializer.Deserialize<List<string>>(ThemesJson, Json.Plain)!;

    public IReadOnlyList<PublishedPartner> Partners => field ??= JsonSerializer.Deserialize<List<PublishedPartner>>(PartnersJson, Json.Plain)!;

    public IReadOnlyList<AnswerAsRead> Answers => field ??= JsonSerializer.Deserialize<List<AnswerAsRead>>(AnswersJson, Json.Plain)!;

    internal sealed class Mapping : IEntityTypeConfiguration<FederatedCase>
    {
        public void Configure(EntityTypeBuilder<FederatedCase> builder)
        {
            builder.ToTable("federated_cases");
            builder.HasKey(c => new { c.EditionId, c.CaseId });
            builder.HasOne(c => c.Edition).WithMany().HasForeignKey(c => c.EditionId);
            builder.Property(c => c.CaseId).HasMaxLength(PublicId.Length);
            builder.Property(c => c.ProjectId).HasMaxLength(40);
            builder.Property(c => c.SourceId).HasMaxLength(100);
            builder.Property(c => c.Title).HasMaxLength(PublishedCase.LongestTitle);
            builder.Property(c => c.UnitCode).HasMaxLength(40);
            builder.Property(c => c.UnitName).HasMaxLength(100);
            builder.Property(c => c.Declared).HasMaxLength(20);
            builder.Property(c => c.Lineage).HasMaxLength(20);
            builder.Property(c => c.Status).HasMaxLength(20);
            builder.Ignore(c => c.Municipalities);
            builder.Ignore(c => c.Themes);
            builder.Ignore(c => c.Partners);
            builder.Ignore(c => c.Answers);
            builder.HasIndex(c => c.CaseId).IsUnique();
            builder.HasIndex(c => c.Year);
        }
    }
}

/// <summary>A question's label and its answer in lines.</summary>
public sealed record AnswerAsRead(string LabelJa, string LabelEn, IReadOnlyList<string> Lines)
{
    public string Label(string lang) => lang == "en" && LabelEn.Length > 0 ? LabelEn : LabelJa;
}
