using System.Text.Json.Nodes;

namespace Kyodo.Questions;

/// <summary>An answer that no field asks for: what the program fills in.</summary>
public sealed class NotAskedType(string name, string labelJa) : AnswerType
{
    public override string Name => name;

    public override string LabelJa => labelJa;

    public override bool CanBeAdded => false;

    public override IReadOnlyList<Part> Parts(Question question) => [];

    public override JsonNode? Read(Reading reading) => null;

    public override PartTexts Write(Question question, JsonNode value) => new();

    public override IReadOnlyList<string> Show(Question question, JsonNode value) => [value.ToString()];

    public override bool IsComplete(JsonNode? value) => true;
}
