using System.Text.Json;
using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Scores;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Editions;

public static partial class Release
{
    /// <summary>What of the evaluations of these cases may be public: opened ones, in their newest phase, each partner's part by its consent as it stands now.</summary>
    private static async Task<IReadOnlyList<PublishedEvaluation>> EvaluationsAsync(AppDb db, Revision revision, IReadOnlyList<PublishedCase> cases, CancellationToken stop)
    {
        if (revision.No == 1)
            return [];
        var forms = cases.ToDictionary(one => one.CaseId, one => one.FormNo, StringComparer.Ordinal);
        var opened = (await db.Evaluations.AsNoTracking().WithSides().Where(e => e.Call.ProgrammeKey == revision.ProgrammeKey && e.Call.Year == revision.Year && e.Status != EvaluationStatus.Answering).OrderBy(e => e.CaseId).ToListAsync(stop))
            .Where(e => forms.ContainsKey(e.CaseId)).GroupBy(e => e.CaseId).Select(g => g.MaxBy(e => e.Call.Phase)!).ToList();
        var consents = await db.ConsentsAsync([.. opened.Select(e => e.CaseId)], stop);
        return opened.ConvertAll(e => new PublishedEvaluation
        {
            Revision = revision,
            CaseId = e.CaseId,
            FormNo = forms[e.CaseId],
            CriteriaJson = JsonSerializer.Serialize(e.Asked.Select(asked => new PublishedCriterion(asked.Criterion.No, asked.Criterion.TextJa, asked.Criterion.TextEn)), Json.Plain),
            ScaleJson = JsonSerializer.Serialize(e.Sheet.Scale.Labels, Json.Plain),
            Government = e.Government.HasAnswered ? MarksOf(e, e.Government) : null,
            PartnersJson = JsonSerializer.Serialize(e.Partners.Select(side => Part(e, side, consents.GetValueOrDefault((e.CaseId, side.PartnerId!)))).OfType<PublishedJudgement>(), Json.Plain),
        });
    }

    private static PublishedJudgement? Part(CaseEvaluation evaluation, EvaluationSide side, PartnerConsent? consent)
    {
        var (scores, words, silent) = (side.HasAnswered && consent?.Scores is true, side.HasAnswered && consent?.Words is true, side.Status is SideStatus.Silent && consent?.Silence is true);
        if (!scores && !words && !silent)
            return null;
        var grounds = words ? evaluation.Asked.Where(asked => side.Grounds.ContainsKey(asked.Criterion.No)).ToDictionary(asked => asked.Criterion.No, asked => side.Grounds[asked.Criterion.No], StringComparer.Ordinal) : null;
        return new(side.PartnerId!, side.Name, side.PartnerKind, scores ? MarksOf(evaluation, side) : null, grounds, words && side.Words.Length > 0 ? side.Words : null, silent);
    }

    // In the order of the criteria that were asked, which is the order that the edition holds.
    private static string MarksOf(CaseEvaluation evaluation, EvaluationSide side) => string.Concat(evaluation.Asked.Select(asked => side.MarkAt(asked.Place).Sign));
}
