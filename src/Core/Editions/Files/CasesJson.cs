using System.Text;
using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.Editions.Files;

/// <summary>cases.json: the edition with its forms, its questions and its cases, answers in the shape in which they are kept.</summary>
public static class CasesJson
{
    public const string FileName = "cases.json";

    public static async Task WriteAsync(EditionCopy copy, Stream output, CancellationToken stop = default)
    {
        var revision = copy.Revision;
        var edition = new EditionOfCases(revision.ProgrammeKey, revision.NameJa, revision.NameEn, revision.Year, revision.No, revision.ReleasedAt,
            revision.Erratum, revision.Remark, revision.TakenOverFrom, EditionLicence.Name);
        var file = new FileOfCases(edition, revision.Forms, copy.Questions, [.. copy.Cases.Select(one => Whole(copy, one))]);
        await output.WriteAsync(Encoding.UTF8.GetBytes(Json.WholeFile(file)), stop);
    }

    private static CaseOfFile Whole(EditionCopy copy, PublishedCase one) => new(
        one.CaseId, one.ProjectId, one.SourceId, one.ProgrammeKey, one.Year, one.Title, one.FormNo, copy.FormName(one), one.Declared, one.Lineage, one.Status,
        one.UnitCode, one.UnitName, one.Municipalities, one.Themes, one.Partners, one.BudgetYen,
        new JsonObject(copy.Questions.Select(q => KeyValuePair.Create(q.Key, copy.Answer(one, q)?.DeepClone())).Where(answer => answer.Value is not null)));

    private sealed record FileOfCases(EditionOfCases Edition, IReadOnlyList<PublishedForm> Forms, IReadOnlyList<Question> Questions, IReadOnlyList<CaseOfFile> Cases);

    private sealed record EditionOfCases(
        string Programme, string Name, string NameEn, FiscalYear FiscalYear, int Revision, DateTimeOffset ReleasedAt, string? Erratum, string? Remark, string? TakenOverFrom, string Licence);

    private sealed record CaseOfFile(
        string CaseId, string ProjectId, string? SourceId, string Programme, FiscalYear FiscalYear, string Title, int FormNo, string Form, string Declared, string Lineage,
        string Status, string UnitCode, string Unit, IReadOnlyList<string> Municipalities, IReadOnlyList<string> Themes, IReadOnlyList<PublishedPartner> Partners,
        long? BudgetYen, JsonObject Answers);
}
