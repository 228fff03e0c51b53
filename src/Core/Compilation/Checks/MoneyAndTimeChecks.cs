using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.Compilation.Checks;

/// <summary>Amounts and dates that cannot be meant so.</summary>
internal static class MoneyAndTimeChecks
{
    /// <summary>A budget of a single project above this is more likely yen written as 千円.</summary>
    private const long Implausible = 100_000_000_000;

    public static IReadOnlyList<Check> All { get; } =
    [
        new("implausible-amount", Severity.Warning, one => Amounts(one).Where(a => a.Yen >= Implausible)
            .Select(a => ($"{a.Label}が{AmountType.ShowYen(a.Yen)}です。円を千円の欄に書いていませんか。", (string?)a.Key))),
        new("zero-budget-with-budget", Severity.Warning, one => one.Context.Questions.Any(q => q.Key == "resources")
            ? Amounts(one).Where(a => a.Yen > 0).Select(a => ($"予算を使わない制度ですが、{a.Label}が{AmountType.ShowYen(a.Yen)}あります。", (string?)a.Key)) : []),
        new("over-before", Severity.Warning, one =>
            PartialDate.TryParse(one.Answers["period"]?["to"]?.GetValue<string>(), out var to) && to.Latest < one.Context.Year.First && one.Answers.Text("declared") != "終了"
                ? [($"実施期間が{to.Japanese}に終わっています。{one.Context.Year.Japanese}の事例ですか。", "period")] : []),
        new("begins-after", Severity.Warning, one =>
            PartialDate.TryParse(one.Answers["period"]?["from"]?.GetValue<string>(), out var from) && from.Earliest > one.Context.Year.Last
                ? [($"実施期間が{from.Japanese}に始まります。{one.Context.Year.Japanese}の事例ですか。", "period")] : []),
    ];

    private static IEnumerable<(string Key, string Label, long Yen)> Amounts(CheckedCase one)
    {
        foreach (var question in one.Context.Questions.Where(q => one.Answers[q.Key] is not null))
        {
            var value = one.Answers[question.Key];
            if (question.Type == "amount")
                yield return (question.Key, question.LabelJa, value!.GetValue<long>());
            else if (question.Type == "budget" && BudgetType.LatestYen(value) is { } yen)
                yield return (question.Key, question.LabelJa, yen);
        }
    }
}
