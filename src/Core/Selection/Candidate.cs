using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Organizations;
using Kyodo.Questions;
using Kyodo.Scores;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Selection;

/// <summary>One condition of 選定の対象, with what was found.</summary>
public sealed record Condition(string Name, bool IsMet, string Found);

/// <summary>A case of the year as a possible entry: why it may be put forward, or why not yet.</summary>
public sealed record Candidate(string CaseId, string ProjectId, string Title, OrgUnit Unit, int FormNo, IReadOnlyList<string> PartnerKinds, double? Mean, IReadOnlyList<Condition> Conditions, bool WasNominatedBefore)
{
    public bool IsEligible => Conditions.All(condition => condition.IsMet);

    public string? WhyNot => Conditions.FirstOrDefault(condition => !condition.IsMet)?.Found;
}

/// <summary>選定の対象 worked out: an outside partner, at work for the year, judged by both sides, consent of the partners, nothing left to talk about.</summary>
public sealed class Candidates(EvaluatedProjects evaluated)
{
    /// <summary>Every case of the year that was evaluated or could have been, by unit and title.</summary>
    public async Task<IReadOnlyList<Candidate>> OfAsync(AppDb db, string programme, FiscalYear year, CancellationToken stop = default)
    {
        var cases = await db.Cases.AsNoTracking().Of(programme, year)
            .Where(c => db.Set<Rounds.Inquiry>().Any(i => i.Round.ProgrammeKey == programme && i.Round.Year == year && i.UnitId == c.UnitId && i.Status == Rounds.InquiryStatus.Accepted)).ToListAsync(stop);
        var projects = cases.ConvertAll(one => one.ProjectId);
        var earlier = (await db.Cases.Where(c => c.Year < year && c.RemovedAt == null && projects.Contains(c.ProjectId)).Select(c => c.ProjectId).Distinct().ToListAsync(stop)).ToHashSet(StringComparer.Ordinal);
        var nominated = (await db.Set<Nomination>().Where(n => projects.Contains(n.ProjectId) && n.Selection.Year < year).Select(n => n.ProjectId).Distinct().ToListAsync(stop)).ToHashSet(StringComparer.Ordinal);
        var units = await db.OrgUnits.AsNoTracking().ToDictionaryAsync(u => u.Id, stop);
        // A case evaluated in several phases is looked at in its last.
        var known = (await evaluated.OfYearAsync(db, year, stop)).Where(one => one.ProgrammeKey == programme).GroupBy(one => one.CaseId, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        return [.. cases.Select(one => Of(one, units[one.UnitId], known.GetValueOrDefault(one.Id), earlier.Contains(one.ProjectId), nominated.Contains(one.ProjectId), year))
            .OrderBy(one => one.Unit.Order).ThenBy(one => one.Title, StringComparer.Ordinal)];
    }

    private static Candidate Of(Case one, OrgUnit unit, EvaluatedProject? evaluated, bool isOfEarlierYears, bool wasNominated, FiscalYear year)
    {
        var partners = PartnersType.Of(one.Answers["partners"]);
        var from = one.Answers["period"]?["from"]?.GetValue<string>();
        // 年度を通して: at work since April at the latest, or a project of earlier years.
        var began = PartialDate.TryParse(from, out var date) && string.CompareOrdinal(date.Iso, $"{year.Year:0000}-05") < 0;
        var means = new[] { evaluated?.GovernmentMean, evaluated?.PartnerMean }.OfType<double>().ToList();
        return new Candidate(one.Id, one.ProjectId, one.Title, unit, FormType.Main(one.Answers["form"]) ?? 0, [.. partners.Select(partner => partner.Kind).Where(kind => kind.Length > 0).Distinct()], means.Count == 2 ? means.Average() : null,
        [
            new("外部の相手方", partners.Count > 0, partners.Count > 0 ? $"相手方{partners.Count}団体" : "相手方の団体が書かれていません。"),
            new("年度を通した実施", isOfEarlierYears || began, isOfEarlierYears ? "前の年度から続いています" : began ? "4月までに始まっています" : "年度の途中に始まったか、始まりが書かれていません。次の年度に推薦できます。"),
            new("双方の評価", evaluated is { IsOpen: true, IsMutual: true }, evaluated switch
            {
                null => "協働評価が始まっていません。",
                { IsOpen: false } => "協働評価の回答を受け付けているところです。",
                { GovernmentAnswered: false } => "行政の評価がありません。",
                { AnsweredPartners: 0 } => "相手方の評価がありません（相手方未回答）。",
                _ => $"行政と相手方{evaluated.AnsweredPartners}団体が評価しました",
            }),
            new("相手方の同意", evaluated is { PartnersConsent: true }, evaluated is { PartnersConsent: true } ? "相手方が評価の公表に同意しています" : "評価の公表に、相手方全員の同意がありません。"),
            new("違いの振り返り", evaluated is { IsOpen: true, Unreflected: 0 }, evaluated is { Unreflected: > 0 and var left } ? $"見方が大きく違う項目のうち{left}つが、まだ振り返られていません。" : evaluated is { Flagged: > 0 and var flagged } ? $"違いのあった{flagged}項目を振り返りました" : evaluated is { IsOpen: true } ? "大きな違いはありません" : "協働評価が開いていません。"),
        ], wasNominated);
    }

    /// <summary>協働度 from 1 to 5: the mean of both sides' K4, K5 and K8, each side counted alike; null where neither answered any.</summary>
    internal static double? Collaboration(CaseEvaluation evaluation)
    {
        string[] nos = ["K4", "K5", "K8"];
        var asked = evaluation.Asked.Where(one => nos.Contains(one.Criterion.No)).ToList();
        double? Of(IEnumerable<EvaluationSide> sides) => sides.Where(side => side.HasAnswered).SelectMany(side => asked.Select(one => side.MarkAt(one.Place).Score)).OfType<int>().Select(score => (double?)evaluation.Sheet.Scale.InCommon(score)).Average();
        var both = new[] { Of([evaluation.Government]), Of(evaluation.Partners) }.OfType<double>().ToList();
        return both.Count == 0 ? null : SelectionCriterion.Lowest + ((both.Average() - 1) / 3 * (SelectionCriterion.Highest - SelectionCriterion.Lowest));
    }
}
