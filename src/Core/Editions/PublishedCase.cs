using System.Text.Json;
using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Questions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Editions;

/// <summary>
/// A case as one revision holds it: the public answers, and, typed, what lists and statistics need. What only staff may read is another
/// record (<see cref="StaffAnswers"/>), which public code cannot name.
/// </summary>
public sealed class PublishedCase
{
    /// <summary>An old list may hold longer titles than a round lets anyone write.</summary>
    public const int LongestTitle = 400;

    public long RevisionId { get; internal set; }

    public Revision Revision { get; internal init; } = null!;

    public string CaseId { get; internal init; } = "";

    public string ProjectId { get; internal init; } = "";

    public string? SourceId { get; internal init; }

    /// <summary>The place in the edition: by form, then by unit.</summary>
    public int Order { get; internal init; }

    public string ProgrammeKey { get; internal init; } = "";

    public FiscalYear Year { get; internal init; }

    public string Title { get; internal init; } = "";

    public string Summary { get; internal init; } = "";

    public int FormNo { get; internal init; }

    public string UnitCode { get; internal init; } = "";

    public string UnitName { get; internal init; } = "";

    /// <summary>The place of the unit in the printed order of units (建制順).</summary>
    public int UnitOrder { get; internal init; }

    public bool IsBureau { get; internal init; }

    /// <summary>新規, 継続 or 終了 as the unit said.</summary>
    public string Declared { get; internal init; } = "";

    /// <summary>new, continued, ended, or unknown where the year before has no edition.</summary>
    public string Lineage { get; internal init; } = "";

    /// <summary>What counts: the lineage, or what was declared where it is unknown.</summary>
    public string Status { get; internal init; } = "";

    public long? BudgetYen { get; internal init; }

    public string MunicipalitiesJson { get; internal init; } = "[]";

    public string ThemesJson { get; internal init; } = "[]";

    public string PartnersJson { get; internal init; } = "[]";

    /// <summary>The public answers by question key.</summary>
    public string AnswersJson { get; internal init; } = "{}";

    public IReadOnlyList<string> Municipalities => field ??= JsonSerializer.Deserialize<List<string>>(MunicipalitiesJson, Json.Plain)!;

    public IReadOnlyList<string> Themes => field ??= JsonSerializer.Deserialize<List<string>>(ThemesJson, Json.Plain)!;

    public IReadOnlyList<PublishedPartner> Partners => field ??= JsonSerializer.Deserialize<List<PublishedPartner>>(PartnersJson, Json.Plain)!;

    public JsonObject Answers => field ??= JsonNode.Parse(AnswersJson)!.AsObject();

    /// <summary>The photos that the case shows, in their order.</summary>
    public IReadOnlyList<Photograph> Photos(Revision revision) =>
        [.. revision.Questions.Where(q => q.AnswerType is FileType && q.Visibility is Visibility.Public).SelectMany(q => FileType.Of(Answers[q.Key]))];

    internal sealed class Mapping : IEntityTypeConfiguration<PublishedCase>
    {
        public void Configure(EntityTypeBuilder<PublishedCase> builder)
        {
            builder.ToTable("published_cases");
            builder.HasKey(c => new { c.RevisionId, c.CaseId });
            builder.HasOne(c => c.Revision).WithMany().HasForeignKey(c => c.RevisionId);
            builder.Property(c => c.CaseId).HasMaxLength(PublicId.Length);
            builder.Property(c => c.ProjectId).HasMaxLength(PublicId.Length);
            builder.Property(c => c.SourceId).HasMaxLength(100);
            builder.Property(c => c.ProgrammeKey).HasMaxLength(40);
            builder.Property(c => c.Title).HasMaxLength(LongestTitle);
            builder.Property(c => c.UnitCode).HasMaxLength(40);
            builder.Property(c => c.UnitName).HasMaxLength(100);
            builder.Property(c => c.Declared).HasMaxLength(20);
            builder.Property(c => c.Lineage).HasMaxLength(20);
            builder.Property(c => c.Status).HasMaxLength(20);
            builder.Ignore(c => c.Municipalities);
            builder.Ignore(c => c.Themes);
            builder.Ignore(c => c.Partners);
            builder.Ignore(c => c.Answers);
            builder.HasIndex(c => c.CaseId);
            builder.HasIndex(c => c.ProjectId);
        }
    }
}

/// <summary>A partner as an edition names it: name and kind of an organisation are administrative facts.</summary>
/// <param name="Contact">What the partner has agreed to have public of its contact, a line each; null without a consent.</param>
public sealed record PublishedPartner(string Id, string Name, string Kind, string? Contact = null);

/// <summary>The answers of a published case that all staff may read and nobody else (公開範囲 Internal), for the casebook within the office.</summary>
public sealed class StaffAnswers
{
    public long RevisionId { get; internal init; }

    public string CaseId { get; internal init; } = "";

    public PublishedCase Case { get; internal init; } = null!;

    public string AnswersJson { get; internal init; } = "{}";

    public JsonObject Answers => field ??= JsonNode.Parse(AnswersJson)!.AsObject();

    internal sealed class Mapping : IEntityTypeConfiguration<StaffAnswers>
    {
        public void Configure(EntityTypeBuilder<StaffAnswers> builder)
        {
            builder.ToTable("staff_answers");
            builder.HasKey(c => new { c.RevisionId, c.CaseId });
            builder.Property(c => c.CaseId).HasMaxLength(PublicId.Length);
            builder.HasOne(c => c.Case).WithOne().HasForeignKey<StaffAnswers>(c => new { c.RevisionId, c.CaseId });
            builder.Ignore(c => c.Answers);
        }
    }
}
