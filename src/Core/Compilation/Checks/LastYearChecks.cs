using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.Compilation.Checks;

/// <summary>Against the year before. Without a year before in this system there is nothing to compare with, and nothing is said.</summary>
internal static class LastYearChecks
{
    private const int MixUp = 900;
    private const int FewestToCompare = 4;

    public static IEnumerable<Finding> Look(IReadOnlyList<CompiledCase> cases, IReadOnlyList<(CaseContents Case, CaseFacts Facts)> before, IReadOnlyDictionary<string, CaseHistory> history)
    {
        var facts = before.ToLookup(b => b.Case.ProjectId, b => b.Facts, StringComparer.Ordinal);
        foreach (var one in cases)
        {
            var past = history.GetValueOrDefault(one.Case.Id)?.Past;
            foreach (var finding in past is not null ? Declared(one, past) : before.Count > 0 ? Fresh(one) : [])
                yield return finding;
            foreach (var finding in facts[one.Case.ProjectId].Take(1).SelectMany(then => Changed(one, then)))
                yield return finding;
        }
        if (before.Count == 0)
            yield break;
        foreach (var finding in Totals(cases, before))
            yield return finding;
    }

    private static IEnumerable<Finding> Fresh(CompiledCase one)
    {
        if (one.Facts.Declared == "継続")
            yield return one.Find("continued-without-past", Severity.Warning, "「継続」とありますが、前年度の事例とつながっていません。前年度の事例を選んでつなぐか、「新規」にしてください。", "declared");
    }

    private static IEnumerable<Finding> Declared(CompiledCase one, PastCase past)
    {
        if (one.Facts.Declared == "新規")
            yield return one.Find("new-with-past", Severity.Warning, $"「新規」とありますが、{past.Year.Japanese}に「{past.Title}」があります。", "declared");
    }

    private static IEnumerable<Finding> Changed(CompiledCase one, CaseFacts then)
    {
        if (one.Facts.BudgetYen is > 0 and var now && then.BudgetYen is > 0 and var was && (now / was >= MixUp || was / now >= MixUp))
            yield return one.Find("thousandfold", Severity.Warning, $"予算額が前年度の{AmountType.ShowYen(was)}から{AmountType.ShowYen(now)}になっています。千円と円の取り違えではありませんか。", "budget");
        foreach (var indicator in one.Facts.Indicators)
        {
            if (then.Indicators.FirstOrDefault(i => i.Name == indicator.Name) is { } old && old.Unit != indicator.Unit)
                yield return one.Find("indicator-unit", Severity.Warning, $"指標「{indicator.Name}」の単位が、前年度の「{old.Unit}」から「{indicator.Unit}」に変わっています。", "indicators");
        }
    }

    private static IEnumerable<Finding> Totals(IReadOnlyList<CompiledCase> cases, IReadOnlyList<(CaseContents Case, CaseFacts Facts)> before)
    {
        var counts = before.GroupBy(b => b.Case.UnitId).ToDictionary(g => g.Key, g => g.Count());
        foreach (var unit in cases.GroupBy(c => (c.Case.UnitId, c.Reply.InquiryId, c.Reply.UnitName)))
        {
            if (counts.GetValueOrDefault(unit.Key.UnitId) is >= FewestToCompare and var was && unit.Count() is var now && (now * 2 <= was || now >= was * 2))
                yield return new Finding($"unit-count/{unit.Key.InquiryId}", Severity.Warning, $"{unit.Key.UnitName}の事例が、前年度の{was}件から{now}件になっています。", Unit: unit.Key.UnitName);
        }
        var (sum, sumBefore) = (cases.Sum(c => c.Facts.BudgetYen ?? 0), before.Sum(b => b.Facts.BudgetYen ?? 0));
        if (sumBefore > 0 && (sum * 2 < sumBefore || sum * 2 > sumBefore * 3))
            yield return new Finding("budget-total", Severity.Warning, $"予算額の合計が、前年度の{AmountType.ShowYen(sumBefore)}から{AmountType.ShowYen(sum)}になっています。");
    }
}
