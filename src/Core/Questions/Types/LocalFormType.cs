using System.Text.Json.Nodes;

namespace Kyodo.Questions;

/// <summary>
/// The form of collaboration in the words of whoever answers. The programme's own form follows by the crosswalk, where nobody chose one;
/// a word that it does not know is kept as it is. JSON: a string.
/// </summary>
public sealed class LocalFormType : AnswerType
{
    public const string TypeName = "choice by crosswalk";

    private const int Most = 100;

    public override string Name => TypeName;

    public override string LabelJa => "協働形態（回答する団体の呼び方）";

    public override bool CanBeAdded => false;

    public override IReadOnlyList<Part> Parts(Question question) => [new("", question.LabelJa, question.LabelEn, PartKind.Line, Most)];

    public override JsonNode? Read(Reading reading) => reading.TextUpTo(Most).Replace('\n', ' ');

    public override PartTexts Write(Question question, JsonNode value) => new(value.GetValue<string>());

    public override IReadOnlyList<string> Show(Question question, JsonNode value) => [value.GetValue<string>()];
}
