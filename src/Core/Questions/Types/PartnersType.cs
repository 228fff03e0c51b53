using System.Globalization;
using System.Text.Json.Nodes;
using Kyodo.Common;

namespace Kyodo.Questions;

/// <summary>
/// Who is on the other side. JSON: <c>{partners: [{name, kind, number}], count}</c>: number is the 法人番号, count the number of groups
/// where only some are named (ほか 計50団体).
/// </summary>
public sealed class PartnersType : AnswerType
{
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "NPO法人", "ボランティア団体", "地域団体", "企業・商店", "経済団体", "農林漁業団体", "学校・PTA", "大学・研究機関",
        "社会福祉法人・福祉団体", "公益法人等", "実行委員会・協議会", "その他",
    ];

    public override string Name => "partner list";

    public override string LabelJa => "相手方";

    public override bool CanBeAdded => false;

    public override IReadOnlyList<Part> Parts(Question question) =>
    [
        new("", $"{question.LabelJa}の名称", $"{question.LabelEn}, names", PartKind.Lines, 100) { InRows = true },
        new("kind", $"{question.LabelJa}の種別", "kind", PartKind.Lines) { InRows = true, Choices = Kinds },
        new("number", $"{question.LabelJa}の法人番号", "corporate number", PartKind.Lines, 13) { InRows = true },
        new("count", $"{question.LabelJa}の団体数（ほか計）", "number of groups", PartKind.Number, Unit: "団体"),
    ];

    public override JsonNode? Read(Reading reading)
    {
        var (names, kinds, numbers) = (reading.Lines(keepBlank: true), reading.Lines("kind", keepBlank: true), reading.Lines("number", keepBlank: true));
        var partners = new JsonArray();
        for (var i = 0; i < Math.Max(names.Count, Math.Max(kinds.Count, numbers.Count)); i++)
        {
            var name = i < names.Count ? names[i] : "";
            var kind = i < kinds.Count ? kinds[i] : "";
            var number = i < numbers.Count ? TextForms.Fold(numbers[i]) : "";
            if (name.Length == 0)
            {
                if (kind.Length + number.Length > 0)
                    reading.Wrong($"相手方の{i + 1}行目に種別か法人番号だけがあり、名称がありません。名称・種別・法人番号は同じ順に1行ずつ書いてください。");
                continue;
            }
            partners.Add(ReadPartner(reading, i + 1, name, kind, number));
        }
        var value = new JsonObject { ["partners"] = partners };
        if (reading.Text("count").Length > 0)
        {
            var text = TextForms.Fold(reading.Text("count")).Replace("ほか", "", StringComparison.Ordinal).Replace("計", "", StringComparison.Ordinal).Replace("団体", "", StringComparison.Ordinal);
            if (Quantity.TryNumber(text, out var count) && count >= 0 && count == decimal.Truncate(count) && count < 1_000_000)
                value["count"] = (int)count;
            else
                reading.Wrong($"相手方の団体数「{reading.Text("count")}」は数として読めません。例: 50", "count");
        }
        return value;
    }

    public override PartTexts Write(Question question, JsonNode value) => new(Lines(value, "name"))
    {
        ["kind"] = Lines(value, "kind"),
        ["number"] = Lines(value, "number").Trim('\n').Length == 0 ? "" : Lines(value, "number"),
        ["count"] = value["count"]?.GetValue<int>().ToString(CultureInfo.InvariantCulture) ?? "",
    };

    public override IReadOnlyList<string> Show(Question question, JsonNode value) =>
    [
        .. Of(value).Select(partner => partner.Kind.Length > 0 ? $"{partner.Name}（{partner.Kind}）" : partner.Name),
        .. value["count"]?.GetValue<int>() is { } count ? new[] { $"ほか 計{count}団体" } : [],
    ];

    public override bool IsComplete(JsonNode? value) => value is not null && Of(value).Count > 0 && Of(value).All(partner => partner.Kind.Length > 0);

    public static IReadOnlyList<NamedPartner> Of(JsonNode? value) => value?["partners"] is JsonArray partners
        ? [.. partners.Select(p => new NamedPartner(p!["name"]!.GetValue<string>(), p["kind"]?.GetValue<string>() ?? "", p["number"]?.GetValue<string>()))]
        : [];

    private static JsonObject ReadPartner(Reading reading, int line, string name, string kind, string number)
    {
        var partner = new JsonObject { ["name"] = name };
        if (name.Length > 100)
            reading.Wrong($"相手方の名称（{line}行目）は100字以内で書いてください（いま{name.Length}字）。");
        if (kind.Length > 0)
        {
            if (Kinds.FirstOrDefault(k => TextForms.Key(k) == TextForms.Key(kind)) is { } known)
                partner["kind"] = known;
            else
                reading.Wrong($"相手方の種別「{kind}」（{line}行目）はありません。{string.Join("・", Kinds)} から選んでください。", "kind");
        }
        if (number.Length > 0)
        {
            var digits = number.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
            if (CheckDigit.IsCorporateNumber(digits))
                partner["number"] = digits;
            else
                reading.Wrong($"法人番号「{number}」（{line}行目）は正しい番号ではありません（13桁で、1桁目が検査数字です）。番号を確かめるか、空欄にしてください。", "number");
        }
        return partner;
    }

    private static string Lines(JsonNode value, string field) =>
        value["partners"] is JsonArray partners ? string.Join('\n', partners.Select(p => p![field]?.GetValue<string>() ?? "")) : "";
}

public sealed record NamedPartner(string Name, string Kind, string? Number);
