using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kyodo.Common;

namespace Kyodo.Questions;

/// <summary>
/// Measured series over fiscal years, one a line: <c>協定団体数（団体）: H14=70、H18=182</c>.
/// JSON: <c>[{name, unit, values: [{year: 2002, value: 70}]}]</c>.
/// </summary>
public sealed partial class IndicatorsType : AnswerType
{
    private const int Most = 20;

    public override string Name => "indicator series";

    public override string LabelJa => "指標（年度ごとの数）";

    public override IReadOnlyList<Part> Parts(Question question) => [new("", question.LabelJa, question.LabelEn, PartKind.Lines, 2000)];

    public override JsonNode? Read(Reading reading)
    {
        var series = new JsonArray();
        foreach (var line in reading.Lines())
        {
            if (ReadSeries(reading, line) is { } one)
                series.Add(one);
        }
        if (series.Count > Most)
            reading.Wrong($"「{reading.Question.LabelJa}」は{Most}行までです（いま{series.Count}行）。");
        return series.Count > 0 ? series : null;
    }

    public override PartTexts Write(Question question, JsonNode value) => new(string.Join('\n', Show(question, value)));

    public override IReadOnlyList<string> Show(Question question, JsonNode value) => [.. Of(value).Select(one => one.ToString())];

    public static IReadOnlyList<Indicator> Of(JsonNode? value) => value is JsonArray series
        ? [.. series.Select(one => new Indicator(
            one!["name"]!.GetValue<string>(),
            one["unit"]?.GetValue<string>() ?? "",
            [.. one["values"]!.AsArray().Select(v => new IndicatorValue(new FiscalYear(v!["year"]!.GetValue<int>()), v["value"]!.GetValue<decimal>()))]))]
        : [];

    private static JsonObject? ReadSeries(Reading reading, string line)
    {
        var match = Written().Match(TextForms.Fold(line));
        if (!match.Success)
        {
            reading.Wrong($"指標「{line}」が読めません。「名称（単位）: H17=12、H18=15」の形で、1行に1つ書いてください。");
            return null;
        }
        var values = new SortedDictionary<int, decimal>();
        foreach (var entry in BetweenEntries().Split(match.Groups["values"].Value.Trim()))
        {
            var sides = entry.Split('=', 2);
            if (sides.Length != 2 || !FiscalYear.TryParse(sides[0], out var year))
                reading.Wrong($"指標「{match.Groups["name"].Value}」の年度「{sides[0]}」は読めません。例: 平成19、H19、2007");
            else if (!Quantity.TryNumber(sides[1], out var number))
                reading.Wrong($"指標「{match.Groups["name"].Value}」の値「{sides[1]}」は数として読めません。例: H18=1234.5");
            else
                values[year.Year] = number;
        }
        return new JsonObject
        {
            ["name"] = match.Groups["name"].Value.Trim(),
            ["unit"] = match.Groups["unit"].Value.Trim(),
            ["values"] = new JsonArray([.. values.Select(v => (JsonNode)new JsonObject { ["year"] = v.Key, ["value"] = v.Value })]),
        };
    }

    // A comma within 4,210 is no end of an entry: after an end comes the next year with its equals sign.
    [GeneratedRegex(@"[、,; ]+(?=[^=、,; ]+=)", RegexOptions.None, 500)]
    private static partial Regex BetweenEntries();

    [GeneratedRegex(@"^(?<name>[^:=]{1,60}?)\s?(\((?<unit>[^():=]{0,20})\))?\s?:\s?(?<values>[^:]*=[^:]*)$", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Written();
}

/// <summary>A measured series of a project (指標).</summary>
public sealed record Indicator(string Name, string Unit, IReadOnlyList<IndicatorValue> Values)
{
    public override string ToString() =>
        $"{Name}（{Unit}）: {string.Join("、", Values.Select(v => $"{v.Year.Short}={Quantity.Grouped(v.Value).Replace(",", "", StringComparison.Ordinal)}"))}";
}

public readonly record struct IndicatorValue(FiscalYear Year, decimal Value);
