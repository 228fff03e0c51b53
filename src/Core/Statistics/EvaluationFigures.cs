using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Scores;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Statistics;

/// <summary>Public figures of the evaluations, a year and programme each and all programmes together: from what released revisions hold, and from nothing else.</summary>
public static class EvaluationFigures
{
    public static async Task<IReadOnlyList<(FiscalYear Year, ScoreFigure Figure)>> EvaluationFiguresAsync(this AppDb db, CancellationToken stop = default)
    {
        var held = await db.LatestEvaluations().Select(e => new { Evaluation = e, e.Revision.ProgrammeKey, e.Revision.Year }).ToListAsync(stop);
        var sheets = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        return
        [
            .. from year in held.GroupBy(one => one.Year).OrderBy(g => g.Key)
               from figure in ScoreFigures.Of([.. year.Select(one => Judged(one.Evaluation, one.ProgrammeKey, one.Year))], ScoreTable.Total, ScoreTable.Programmes)
               select (year.Key, figure),
        ];

        Judged Judged(PublishedEvaluation one, string programme, FiscalYear year)
        {
            if (!sheets.TryGetValue(one.CriteriaJson, out var nos))
                sheets[one.CriteriaJson] = nos = [.. one.Criteria.Select(criterion => criterion.No)];
            return new Judged(nos, one.Scale, programme, year.Year, one.FormNo, "", one.Government, [.. one.Partners.Where(partner => partner.Marks is not null).Select(partner => new JudgedByPartner(partner.Marks!, partner.Kind))]);
        }
    }
}
