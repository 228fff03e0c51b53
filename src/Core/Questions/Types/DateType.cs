using System.Text.Json.Nodes;
using Kyodo.Common;

namespace Kyodo.Questions;

/// <summary>A date as exact as it was said. JSON: a string, see <see cref="PartialDate"/>.</summary>
public sealed class DateType : AnswerType
{
    public override string Name => "date";

    public override string LabelJa => "年月日";

    public override IReadOnlyList<Part> Parts(Question question) => [new("", question.LabelJa, question.LabelEn, PartKind.Date)];

    public override JsonNode? Read(Reading reading) => ReadDate(reading, "") is { } date ? JsonValue.Create(date.Iso) : null;

    public override PartTexts Write(Question question, JsonNode value) => new(ShowDate(value));

    public override IReadOnlyList<string> Show(Question question, JsonNode value) => [ShowDate(value)];

    internal static PartialDate? ReadDate(Reading reading, string suffix)
    {
        if (PartialDate.TryParse(reading.Text(suffix), out var date))
            return date;
        reading.Wrong($"「{reading.Question.LabelJa}」の「{reading.Text(suffix)}」は日付として読めません。例: 平成19年4月1日、H19.4.1、2007-04-01", suffix);
        return null;
    }

    internal static string ShowDate(JsonNode? iso) => PartialDate.TryParse(iso?.GetValue<string>(), out var date) ? date.Japanese : "";
}

/// <summary>From and to, either left open. JSON: <c>{from, to}</c>, each as in <see cref="PartialDate"/>.</summary>
public sealed class PeriodType : AnswerType
{
    public override string Name => "period";

    public override string LabelJa => "期間";

    public override IReadOnlyList<Part> Parts(Question question) =>
    [
        new("from", $"{question.LabelJa}（開始）", $"{question.LabelEn}, from", PartKind.Date),
        new("to", $"{question.LabelJa}（終了）", $"{question.LabelEn}, to", PartKind.Date),
    ];

    public override JsonNode? Read(Reading reading)
    {
        PartialDate? Side(string suffix) => reading.Text(suffix).Length > 0 ? DateType.ReadDate(reading, suffix) : null;
        var (from, to) = (Side("from"), Side("to"));
        if (from is { } first && to is { } last && last.Latest < first.Earliest)
            reading.Wrong($"「{reading.Question.LabelJa}」の終了（{last.Japanese}）が開始（{first.Japanese}）より前です。", "to");
        var period = new JsonObject();
        if (from is not null)
            period["from"] = from.Value.Iso;
        if (to is not null)
            period["to"] = to.Value.Iso;
        return period.Count > 0 ? period : null;
    }

    public override PartTexts Write(Question question, JsonNode value) =>
        new() { ["from"] = DateType.ShowDate(value["from"]), ["to"] = DateType.ShowDate(value["to"]) };

    public override IReadOnlyList<string> Show(Question question, JsonNode value) =>
        [$"{DateType.ShowDate(value["from"])}～{DateType.ShowDate(value["to"])}"];
}
