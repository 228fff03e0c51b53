using System.Text.Json.Nodes;
using Kyodo.Common;

namespace Kyodo.Questions;

/// <summary>An amount of money. Asked and shown in 千円; JSON: a number, in yen.</summary>
public sealed class AmountType : AnswerType
{
    internal const long Thousand = 1000;

    public override string Name => "amount";

    public override string LabelJa => "金額（千円）";

    public override IReadOnlyList<Part> Parts(Question question) => [new("", $"{question.LabelJa}（千円）", $"{question.LabelEn} (1,000 yen)", PartKind.Number, Unit: "千円")];

    public override JsonNode? Read(Reading reading) => ReadYen(reading, "") is { } yen ? JsonValue.Create(yen) : null;

    public override PartTexts Write(Question question, JsonNode value) => new(WriteYen(value.GetValue<long>()));

    public override IReadOnlyList<string> Show(Question question, JsonNode value) => [ShowYen(value.GetValue<long>())];

    internal static long? ReadYen(Reading reading, string suffix)
    {
        if (!Quantity.TryYen(reading.Text(suffix), Thousand, out var yen))
        {
            reading.Wrong($"「{reading.Question.LabelJa}」の「{reading.Text(suffix)}」は金額として読めません。千円単位の数で書いてください。例: 1,200", suffix);
            return null;
        }
        if (yen < 0)
            reading.Wrong($"「{reading.Question.LabelJa}」に負の金額は書けません。", suffix);
        NumberType.CheckRange(reading, yen, "円", suffix);
        return yen;
    }

    // 1,500 yen is 1.5 in 千円; nothing is rounded away.
    internal static string WriteYen(long yen) => Quantity.Grouped((decimal)yen / Thousand).Replace(",", "", StringComparison.Ordinal);

    internal static string ShowYen(long yen) => $"{Quantity.Grouped((decimal)yen / Thousand)}千円";
}

/// <summary>
/// A project's budget: initial, amended and settled amount, and the source of funds. JSON: <c>{initial, amended, settled, source}</c>,
/// amounts in yen, what is unknown left out.
/// </summary>
public sealed class BudgetType : AnswerType
{
    /// <summary>The amounts of a budget, by the part's suffix.</summary>
    public static IReadOnlyList<(string Suffix, string Ja, string En)> Stages { get; } =
        [("initial", "当初", "initial"), ("amended", "補正後", "amended"), ("settled", "決算", "settled")];

    public override string Name => "budget";

    public override string LabelJa => "予算額（当初・補正後・決算・財源）";

    public override bool CanBeAdded => false;

    public override IReadOnlyList<Part> Parts(Question question) =>
    [
        .. Stages.Select(stage => new Part(stage.Suffix, $"{question.LabelJa}（{stage.Ja}・千円）", $"{question.LabelEn}, {stage.En} (1,000 yen)", PartKind.Number, Unit: "千円")),
        new("source", $"{question.LabelJa}の財源", "source of funds", PartKind.Line, 100),
    ];

    public override JsonNode? Read(Reading reading)
    {
        var budget = new JsonObject();
        foreach (var (suffix, _, _) in Stages)
        {
            if (reading.Text(suffix).Length > 0 && AmountType.ReadYen(reading, suffix) is { } yen)
                budget[suffix] = yen;
        }
        if (reading.TextUpTo(100, "source") is { Length: > 0 } source)
            budget["source"] = source;
        return budget.Count > 0 ? budget : null;
    }

    public override PartTexts Write(Question question, JsonNode value)
    {
        var texts = new PartTexts();
        foreach (var (suffix, _, _) in Stages)
            texts[suffix] = value[suffix]?.GetValue<long>() is { } yen ? AmountType.WriteYen(yen) : "";
        texts["source"] = value["source"]?.GetValue<string>() ?? "";
        return texts;
    }

    public override IReadOnlyList<string> Show(Question question, JsonNode value) =>
    [
        .. from stage in Stages
           where value[stage.Suffix] is not null
           select $"{stage.Ja} {AmountType.ShowYen(value[stage.Suffix]!.GetValue<long>())}",
        .. value["source"]?.GetValue<string>() is { } source ? new[] { $"財源 {source}" } : [],
    ];

    /// <summary>The amount that counts in statistics, in yen: settled before amended before initial.</summary>
    public static long? LatestYen(JsonNode? value) =>
        (value?["settled"] ?? value?["amended"] ?? value?["initial"])?.GetValue<long>();
}
