using System.Text.Json.Serialization;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Federation;
using Kyodo.Questions;

namespace Kyodo.Search;

/// <summary>What a list shows of a case.</summary>
public sealed record CaseCard
{
    public required string Id { get; init; }

    public string? SourceId { get; init; }

    public required string ProjectId { get; init; }

    public required string Programme { get; init; }

    public required string ProgrammeJa { get; init; }

    public required string ProgrammeEn { get; init; }

    /// <summary>The six-digit code of another government whose case it is; null for our own.</summary>
    public string? Government { get; init; }

    public string? GovernmentName { get; init; }

    /// <summary>Where it is read: our own under <c>/cases</c>, another government's under <c>/g</c>.</summary>
    public string Path => Government is null ? $"/cases/{Id}" : $"/g/{Government}/editions/{Programme[(Government.Length + 1)..]}/{Year}/cases/{Id}";

    public required FiscalYear Year { get; init; }

    public required int Revision { get; init; }

    public required string Title { get; init; }

    public required string Summary { get; init; }

    public required int FormNo { get; init; }

    public required string FormJa { get; init; }

    public required string FormEn { get; init; }

    public required string UnitCode { get; init; }

    public required string UnitName { get; init; }

    public required string Declared { get; init; }

    public required string Lineage { get; init; }

    public required string Status { get; init; }

    public long? BudgetYen { get; init; }

    public required IReadOnlyList<string> Municipalities { get; init; }

    public required IReadOnlyList<string> Themes { get; init; }

    public required IReadOnlyList<PublishedPartner> Partners { get; init; }

    /// <summary>The first photo of the case, and its file's address; null where it has none.</summary>
    public Photograph? Photo { get; init; }

    [JsonIgnore]
    public string? PhotoAddress => Photo is null ? null : $"/editions/{Programme}/{Year}/r{Revision}/{Photo.ThumbnailName}";

    /// <summary>Where the query's words stand in the rest of the case, when neither title nor summary holds any.</summary>
    [JsonIgnore]
    public string? Passage { get; init; }

    /// <summary>Another government's case: its programme is named after it, so that two of one name are told apart.</summary>
    public static CaseCard Of(FederatedCase one, FederatedEdition edition)
    {
        var form = edition.Forms.FirstOrDefault(f => f.No == one.FormNo);
        return new CaseCard
        {
            Id = one.CaseId,
            SourceId = one.SourceId,
            ProjectId = one.ProjectId,
            Programme = $"{edition.Government.Code}.{edition.ProgrammeKey}",
            ProgrammeJa = edition.NameJa,
            ProgrammeEn = edition.Name("en"),
            Government = edition.Government.Code,
            GovernmentName = edition.Government.Name,
            Year = one.Year,
            Revision = edition.No,
            Title = one.Title,
            Summary = one.Summary,
            FormNo = one.FormNo,
            FormJa = form?.NameJa ?? "",
            FormEn = form?.NameEn ?? "",
            UnitCode = one.UnitCode,
            UnitName = one.UnitName,
            Declared = one.Declared,
            Lineage = one.Lineage,
            Status = one.Status,
            BudgetYen = one.BudgetYen,
            Municipalities = one.Municipalities,
            Themes = one.Themes,
            Partners = one.Partners,
        };
    }

    public static CaseCard Of(PublishedCase one, Revision revision)
    {
        var form = revision.Forms.FirstOrDefault(f => f.No == one.FormNo);
        return new CaseCard
        {
            Id = one.CaseId,
            SourceId = one.SourceId,
            ProjectId = one.ProjectId,
            Programme = one.ProgrammeKey,
            ProgrammeJa = revision.NameJa,
            ProgrammeEn = revision.NameEn,
            Year = one.Year,
            Revision = revision.No,
            Title = one.Title,
            Summary = one.Summary,
            FormNo = one.FormNo,
            FormJa = form?.NameJa ?? "",
            FormEn = form?.NameEn ?? "",
            UnitCode = one.UnitCode,
            UnitName = one.UnitName,
            Declared = one.Declared,
            Lineage = one.Lineage,
            Status = one.Status,
            BudgetYen = one.BudgetYen,
            Municipalities = one.Municipalities,
            Themes = one.Themes,
            Partners = one.Partners,
            Photo = one.Photos(revision).Count > 0 ? one.Photos(revision)[0] : null,
        };
    }
}
