using Kyodo.Common;
using Kyodo.Scores;

namespace Kyodo.Editions.Files;

/// <summary>What partners let be public of the evaluations of a revision's cases, as data. Not there where there is none.</summary>
internal static class EvaluationsJson
{
    public const string FileName = "evaluations.json";

    public static Task WriteAsync(RevisionDraft draft, string file, CancellationToken stop) => File.WriteAllTextAsync(file, Json.WholeFile(new
    {
        Programme = draft.Revision.ProgrammeKey,
        FiscalYear = draft.Revision.Year,
        Revision = draft.Revision.No,
        Evaluations = draft.Evaluations.Where(one => one.IsShown).Select(one => new
        {
            one.CaseId,
            Scale = one.Scale.Labels,
            Criteria = one.Criteria.Select((criterion, place) => new
            {
                criterion.No,
                criterion.TextJa,
                criterion.TextEn,
                Government = Said(one.Government, place),
                Partners = one.Partners.Select(partner => new { partner.PartnerId, partner.Name, Mark = Said(partner.Marks, place), Grounds = partner.Grounds?.GetValueOrDefault(criterion.No) }),
            }),
            Partners = one.Partners.Select(partner => new { partner.PartnerId, partner.Name, partner.Kind, partner.Words, partner.Silent }),
        }),
    }), stop);

    private static string? Said(string? marks, int place) => marks is null ? null : Marks.At(marks, place) switch
    {
        { Score: { } score } => $"{score}",
        var mark when mark == Mark.NotApplicable => "not_applicable",
        var mark when mark == Mark.CannotJudge => "cannot_judge",
        _ => null,
    };
}
