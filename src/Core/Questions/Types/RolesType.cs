using System.Text.Json.Nodes;
using Kyodo.Common;

namespace Kyodo.Questions;

/// <summary>Who does what, one entry a line. JSON: <c>{government: [...], partner: [...]}</c>.</summary>
public sealed class RolesType : AnswerType
{
    public override string Name => "roles";

    public override string LabelJa => "役割分担";

    public override bool CanBeAdded => false;

    public override IReadOnlyList<Part> Parts(Question question) =>
    [
        new("government", $"{question.LabelJa}（行政）", $"{question.LabelEn}: government", PartKind.Lines, 800),
        new("partner", $"{question.LabelJa}（相手方）", $"{question.LabelEn}: partner", PartKind.Lines, 800),
    ];

    public override JsonNode? Read(Reading reading)
    {
        JsonArray Side(string suffix)
        {
            reading.TextUpTo(800, suffix);
            return new JsonArray([.. reading.Lines(suffix).Select(WithoutBullet).Where(line => line.Length > 0).Select(line => (JsonNode)line)]);
        }
        var (government, partner) = (Side("government"), Side("partner"));
        // Bullets without a word are no answer.
        return government.Count + partner.Count > 0 ? new JsonObject { ["government"] = government, ["partner"] = partner } : null;
    }

    private static string WithoutBullet(string line) => string.Concat(line.SkipWhile(c => c is '・' or '･' or '-' || char.IsWhiteSpace(c)));

    public override PartTexts Write(Question question, JsonNode value) => new()
    {
        ["government"] = string.Join('\n', Of(value, "government")),
        ["partner"] = string.Join('\n', Of(value, "partner")),
    };

    public override IReadOnlyList<string> Show(Question question, JsonNode value) =>
        [.. Of(value, "government").Select(line => $"行政: {line}"), .. Of(value, "partner").Select(line => $"相手方: {line}")];

    public override bool IsComplete(JsonNode? value) => value is not null && Of(value, "government").Count > 0 && Of(value, "partner").Count > 0;

    public static IReadOnlyList<string> Of(JsonNode? value, string side) =>
        value?[side] is JsonArray lines ? [.. lines.Select(line => line!.GetValue<string>())] : [];
}
