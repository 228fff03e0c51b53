using System.Text.Json.Nodes;

namespace Kyodo.Questions;

/// <summary>A text. JSON: a string.</summary>
public sealed class TextType(string name, string labelJa, PartKind kind, int most) : AnswerType
{
    public override string Name => name;

    public override string LabelJa => labelJa;

    public override IReadOnlyList<Part> Parts(Question question) => [new("", question.LabelJa, question.LabelEn, kind, question.MaxLength ?? most)];

    public override JsonNode? Read(Reading reading)
    {
        var text = reading.TextUpTo(reading.Question.MaxLength ?? most);
        return kind is PartKind.Line ? text.Replace('\n', ' ') : text;
    }

    public override PartTexts Write(Question question, JsonNode value) => new(value.GetValue<string>());

    public override IReadOnlyList<string> Show(Question question, JsonNode value) => value.GetValue<string>().Split('\n');
}
