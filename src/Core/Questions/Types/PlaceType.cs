using System.Text.Json.Nodes;
using Kyodo.Common;

namespace Kyodo.Questions;

/// <summary>Where: municipalities of the year, or the whole prefecture, and a free word. JSON: <c>{municipalities: [...], whole: true, detail}</c>.</summary>
public sealed class PlaceType : AnswerType
{
    public const string WholePrefecture = "県全域";

    public override string Name => "place";

    public override string LabelJa => "場所（市町村）";

    public override IReadOnlyList<Part> Parts(Question question) =>
    [
        new("", $"{question.LabelJa}（市町村）", question.LabelEn, PartKind.ManyChoices),
        new("detail", $"{question.LabelJa}の詳細", $"{question.LabelEn}, detail", PartKind.Line, 200),
    ];

    public override JsonNode? Read(Reading reading)
    {
        var place = new JsonObject();
        var municipalities = new JsonArray();
        foreach (var entry in reading.Entries())
        {
            var key = TextForms.Key(entry);
            if (key is "県全域" or "県内全域" or "全域" or "県内一円")
                place["whole"] = true;
            else if (reading.Context.Municipalities.FirstOrDefault(name => TextForms.Key(name) == key) is { } name)
                municipalities.Add(name);
            else
                reading.Wrong($"「{reading.Question.LabelJa}」の「{entry}」は{reading.Context.Year.Japanese}の市町村名にありません。「県全域」か、市町村名を「、」で区切って書いてください。");
        }
        if (municipalities.Count > 0)
            place["municipalities"] = municipalities;
        if (reading.TextUpTo(200, "detail") is { Length: > 0 } detail)
            place["detail"] = detail;
        return place.Count > 0 ? place : null;
    }

    public override PartTexts Write(Question question, JsonNode value) => new(string.Join("、", Names(value))) { ["detail"] = Detail(value) };

    public override IReadOnlyList<string> Show(Question question, JsonNode value) =>
        [string.Join("、", Names(value)) + (Detail(value) is { Length: > 0 } detail ? $"（{detail}）" : "")];

    public override bool IsComplete(JsonNode? value) => value is not null && (Names(value).Count > 0 || Detail(value).Length > 0);

    /// <summary>The names of the municipalities, or 県全域.</summary>
    public static IReadOnlyList<string> Names(JsonNode value) =>
        value["whole"]?.GetValue<bool>() is true
            ? [WholePrefecture, .. Municipalities(value)]
            : Municipalities(value);

    public static IReadOnlyList<string> Municipalities(JsonNode? value) =>
        value?["municipalities"] is JsonArray names ? [.. names.Select(name => name!.GetValue<string>())] : [];

    private static string Detail(JsonNode value) => value["detail"]?.GetValue<string>() ?? "";
}
