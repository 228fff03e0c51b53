using System.Text.Json.Nodes;
using Kyodo.Common;

namespace Kyodo.Questions;

/// <summary>A number in the question's unit. JSON: a number.</summary>
public sealed class NumberType : AnswerType
{
    public override string Name => "number";

    public override string LabelJa => "数（単位つき）";

    public override IReadOnlyList<Part> Parts(Question question) =>
        [new("", question.LabelJa, question.LabelEn, PartKind.Number, Unit: question.Unit)];

    public override JsonNode? Read(Reading reading)
    {
        var text = TextForms.Fold(reading.Text());
        if (reading.Question.Unit is { Length: > 0 } unit && text.EndsWith(TextForms.Fold(unit), StringComparison.Ordinal))
            text = text[..^TextForms.Fold(unit).Length];
        if (!Quantity.TryNumber(text, out var number))
        {
            reading.Wrong($"「{reading.Question.LabelJa}」の「{reading.Text()}」は数として読めません。例: 1200");
            return null;
        }
        CheckRange(reading, number, reading.Question.Unit);
        return number;
    }

    public override PartTexts Write(Question question, JsonNode value) => new(Quantity.Grouped(value.GetValue<decimal>()).Replace(",", "", StringComparison.Ordinal));

    public override IReadOnlyList<string> Show(Question question, JsonNode value) => [$"{Quantity.Grouped(value.GetValue<decimal>())}{question.Unit}"];

    internal static void CheckRange(Reading reading, decimal number, string? unit, string suffix = "")
    {
        var question = reading.Question;
        if (number < question.Min)
            reading.Wrong(question.RangeMessage ?? $"「{question.LabelJa}」は{Quantity.Grouped(question.Min.Value)}{unit}以上です（いま{Quantity.Grouped(number)}{unit}）。", suffix);
        if (number > question.Max)
            reading.Wrong(question.RangeMessage ?? $"「{question.LabelJa}」は{Quantity.Grouped(question.Max.Value)}{unit}以下です（いま{Quantity.Grouped(number)}{unit}）。", suffix);
    }
}
