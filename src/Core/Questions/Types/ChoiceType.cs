using System.Text.Json.Nodes;
using Kyodo.Common;

namespace Kyodo.Questions;

/// <summary>One of the question's choices. JSON: a string, the choice.</summary>
public sealed class ChoiceType : AnswerType
{
    public override string Name => "choice";

    public override string LabelJa => "一つ選ぶ";

    public override IReadOnlyList<Part> Parts(Question question) =>
        [new("", question.LabelJa, question.LabelEn, PartKind.Choice) { Choices = question.Choices }];

    public override JsonNode? Read(Reading reading)
    {
        if (Find(reading.Question, reading.Text()) is { } choice)
            return choice;
        reading.Wrong($"「{reading.Question.LabelJa}」に「{reading.Text()}」はありません。{string.Join("・", reading.Question.Choices)} から選んでください。");
        return null;
    }

    public override PartTexts Write(Question question, JsonNode value) => new(value.GetValue<string>());

    public override IReadOnlyList<string> Show(Question question, JsonNode value) => [value.GetValue<string>()];

    internal static string? Find(Question question, string written) =>
        question.Choices.FirstOrDefault(choice => TextForms.Key(choice) == TextForms.Key(written));
}

/// <summary>Some of the question's choices. JSON: an array of strings, in the order of the choices.</summary>
public sealed class ManyChoicesType : AnswerType
{
    public override string Name => "many choices";

    public override string LabelJa => "いくつでも選ぶ";

    public override IReadOnlyList<Part> Parts(Question question) =>
        [new("", question.LabelJa, question.LabelEn, PartKind.ManyChoices) { Choices = question.Choices }];

    public override JsonNode? Read(Reading reading)
    {
        var chosen = new List<string>();
        foreach (var entry in reading.Entries())
        {
            if (ChoiceType.Find(reading.Question, entry) is { } choice)
                chosen.Add(choice);
            else
                reading.Wrong($"「{reading.Question.LabelJa}」に「{entry}」はありません。{string.Join("・", reading.Question.Choices)} から選んでください。");
        }
        return chosen.Count > 0 ? new JsonArray([.. reading.Question.Choices.Where(chosen.Contains).Select(choice => (JsonNode)choice)]) : null;
    }

    public override PartTexts Write(Question question, JsonNode value) => new(string.Join("、", Show(question, value)));

    public override IReadOnlyList<string> Show(Question question, JsonNode value) => [.. value.AsArray().Select(choice => choice!.GetValue<string>())];

    public override bool IsComplete(JsonNode? value) => value is JsonArray { Count: > 0 };
}
