using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.Cases;

/// <summary>What the answer to one question became: null before is a new answer, null after one that was taken away.</summary>
/// <param name="Changes">The numbers in it that are others now; empty for answers without numbers.</param>
public sealed record AnswerDifference(Question Question, JsonNode? Before, JsonNode? After, IReadOnlyList<NumberChange> Changes)
{
    /// <summary>One text, to be compared word by word; other answers are lists of lines that went and came.</summary>
    public bool IsText => Question.Type is "short text" or "long text";

    public IReadOnlyList<string> LinesBefore => field ??= Lines(Before);

    public IReadOnlyList<string> LinesAfter => field ??= Lines(After);

    public IReadOnlyList<string> Gone => [.. LinesBefore.Except(LinesAfter)];

    public IReadOnlyList<string> Come => [.. LinesAfter.Except(LinesBefore)];

    /// <summary>Changes that the questionnaire asks a reason for.</summary>
    public IReadOnlyList<NumberChange> Large => [.. Changes.Where(change => Question.ChangeLimit is { } limit && change.Exceeds(limit))];

    private IReadOnlyList<string> Lines(JsonNode? value) => value is null ? [] : Question.AnswerType.Show(Question, value);
}

/// <summary>A number then and now, in the unit that its label or <paramref name="Unit"/> says. Amounts are in yen.</summary>
public sealed record NumberChange(string Label, decimal Before, decimal After, string Unit)
{
    /// <summary>By how much of what it was, in percent: 250 from 100 is 150. Null from nothing, where no percentage says anything.</summary>
    public decimal? Percent => Before == 0 ? null : Math.Round((After - Before) / Math.Abs(Before) * 100, 1, MidpointRounding.AwayFromZero);

    public bool Exceeds(decimal limit) => Before != After && (Before == 0 || Math.Abs(After - Before) * 100 > limit * Math.Abs(Before));

    /// <summary>1,000千円 → 2,500千円（＋150％）</summary>
    public override string ToString()
    {
        string Shown(decimal number) => Unit == Yen ? $"{Quantity.Grouped(number / 1000)}千円" : $"{Quantity.Grouped(number)}{Unit}";
        var by = Percent is { } percent ? $"（{(percent < 0 ? "－" : "＋")}{Quantity.Grouped(Math.Abs(percent))}％）" : "";
        return $"{(Label.Length > 0 ? Label + " " : "")}{Shown(Before)} → {Shown(After)}{by}";
    }

    internal const string Yen = "円";
}

/// <summary>A case beside another state of it: the case it was carried from, or an earlier version.</summary>
public static class CaseDifference
{
    /// <summary>The questions whose answers differ, in the order of the questionnaire.</summary>
    public static IReadOnlyList<AnswerDifference> Between(Answers before, Answers after, IEnumerable<Question> questions) =>
    [
        .. from question in questions
           let then = before[question.Key]
           let now = after[question.Key]
           where !JsonNode.DeepEquals(then, now)
           select new AnswerDifference(question, then, now, [.. NumbersOf(question, then, now)]),
    ];

    /// <summary>The questions with a change over their limit for which the case holds no reason yet.</summary>
    public static IReadOnlyList<Question> Unexplained(Answers before, Answers after, IEnumerable<Question> questions) =>
        [.. Between(before, after, questions.Where(q => q.ChangeLimit is not null)).Where(d => d.Large.Count > 0 && after.ReasonFor(d.Question.Key).Length == 0).Select(d => d.Question)];

    private static IEnumerable<NumberChange> NumbersOf(Question question, JsonNode? before, JsonNode? after) => question.Type switch
    {
        "number" => One("", before, after, question.Unit ?? ""),
        "amount" => One("", before, after, NumberChange.Yen),
        "budget" => BudgetType.Stages.SelectMany(stage => One(stage.Ja, (before as JsonObject)?[stage.Suffix], (after as JsonObject)?[stage.Suffix], NumberChange.Yen)),
        "indicator series" => Series(IndicatorsType.Of(before), IndicatorsType.Of(after)),
        _ => [],
    };

    private static IEnumerable<NumberChange> One(string label, JsonNode? before, JsonNode? after, string unit)
    {
        if (Number(before) is { } then && Number(after) is { } now && then != now)
            yield return new NumberChange(label, then, now, unit);
    }

    // A budget became an amount or the reverse: what is no number is compared as lines only.
    private static decimal? Number(JsonNode? value) => value is JsonValue one && one.GetValueKind() is JsonValueKind.Number
        ? decimal.Parse(one.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)
        : null;

    /// <summary>The newest value against the newest before, and every past value that is another now.</summary>
    private static IEnumerable<NumberChange> Series(IReadOnlyList<Indicator> before, IReadOnlyList<Indicator> after)
    {
        foreach (var now in after)
        {
            if (before.FirstOrDefault(one => TextForms.Key(one.Name) == TextForms.Key(now.Name) && one.Unit == now.Unit) is not { Values.Count: > 0 } then || now.Values.Count == 0)
                continue;
            foreach (var (year, value) in now.Values)
            {
                if (then.Values.FirstOrDefault(v => v.Year == year) is { Year.Year: > 0 } old && old.Value != value)
                    yield return new NumberChange($"{now.Name} {year.Short}", old.Value, value, now.Unit);
            }
            var (last, newest) = (then.Values.MaxBy(v => v.Year), now.Values.MaxBy(v => v.Year));
            if (newest.Year > last.Year && newest.Value != last.Value)
                yield return new NumberChange($"{now.Name} {last.Year.Short}→{newest.Year.Short}", last.Value, newest.Value, now.Unit);
        }
    }
}
