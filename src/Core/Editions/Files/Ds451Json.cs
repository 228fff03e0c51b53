using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.Editions.Files;

/// <summary>
/// ds451-3.json: the edition in the items of the national case data model (GIF DS-451-3, version of 31 March 2022). A required item that a case
/// does not answer is an empty text, an optional one is left out; 市町村 is an item added to the model, which lets one do so.
/// </summary>
public static class Ds451Json
{
    public const string FileName = "ds451-3.json";

    private const int LongestSummary = 300;

    private static readonly string[] Required = ["タイトル", "事例の場所", "対象組織", "取り組みの概要", "取り組み理由", "目的", "取り組み内容", "連絡先情報"];

    // The short names of the questionnaire, where the model has longer ones.
    private static readonly Dictionary<string, string> Items = new(StringComparer.Ordinal) { ["概要"] = "取り組みの概要", ["学び"] = "学んだこと", ["対象組織・連絡先"] = "連絡先情報" };

    // These are made below of more than one answer, or of none.
    private static readonly string[] Made = ["タイトル", "事例の場所", "実施年", "テーマ", "画像", "連絡先情報", "取り組みの概要", "協力者"];

    public static async Task WriteAsync(EditionCopy copy, Stream output, CancellationToken stop = default)
    {
        var revision = copy.Revision;
        var file = new JsonObject
        {
            ["データカタログ名"] = copy.Title,
            ["データカタログ説明"] = TextForms.UpTo(LongestSummary, $"{copy.Draft.Government}の{revision.NameJa}の{revision.Year.InBothCalendars}の協働事例{copy.Cases.Count}件。{revision.Remark}"),
            ["データカタログ作成者"] = copy.Draft.Government,
            ["発行年"] = revision.ReleasedAt.DayInJapan().Year.ToString(CultureInfo.InvariantCulture),
            ["ライセンス"] = EditionLicence.Name,
            ["言語"] = "JPN",
            ["事例"] = new JsonArray([.. copy.Cases.Select(one => (JsonNode)Whole(copy, one))]),
        };
        await output.WriteAsync(Encoding.UTF8.GetBytes(Json.WholeFile(file)), stop);
    }

    private static JsonObject Whole(EditionCopy copy, PublishedCase one)
    {
        var contact = copy.Questions.Where(q => q.Type == "unit and contact").Select(q => copy.Answer(one, q)).FirstOrDefault(value => value is not null);
        var items = new JsonObject
        {
            ["ID"] = one.CaseId,
            ["タイトル"] = one.Title,
            ["事例実施年"] = one.Year.Year.ToString(CultureInfo.InvariantCulture),
            ["事例の場所"] = copy.Draft.Government,
            ["市町村"] = one.Municipalities.Count > 0 ? string.Join(';', one.Municipalities) : null,
            ["対象組織"] = new JsonObject { ["名称"] = $"{copy.Draft.Government} {one.UnitName}".Trim(), ["組織種別"] = "地方公共団体" },
            ["テーマ"] = one.Themes.Count > 0 ? string.Join(';', one.Themes) : null,
            ["キーワード"] = string.Join(';', new[] { copy.FormName(one) }.Concat(one.Themes).Where(word => word.Length > 0)),
            ["取り組みの概要"] = TextForms.UpTo(LongestSummary, one.Summary),
            ["協力者"] = one.Partners.Count > 0 ? string.Join(';', one.Partners.Select(partner => partner.Name)) : null,
            ["連絡先情報"] = Contact(contact, one),
            ["公開日"] = Day(copy.Draft.FirstReleased.GetValueOrDefault(one.CaseId, copy.Revision.ReleasedAt)),
        };
        foreach (var question in copy.Questions.Where(q => q.Ds451 is not null))
        {
            var item = Items.GetValueOrDefault(question.Ds451!, question.Ds451!);
            if (Made.Contains(item) || copy.Answer(one, question) is not { } value)
                continue;
            var text = copy.Shown(question, value);
            items[item] = items[item] is { } before ? $"{before.GetValue<string>()}\n{text}" : text;
        }
        if (one.Photos(copy.Revision) is { Count: > 0 } photos)
        {
            items["イメージタイトル"] = string.Join(';', photos.Select(photo => photo.Alt));
            items["イメージファイル"] = string.Join(';', photos.Select(photo => photo.FileName));
            items["イメージのライセンス"] = string.Join(';', photos.Select(photo => photo.Rights).Distinct());
        }
        foreach (var item in Required)
            items[item] ??= "";
        foreach (var empty in items.Where(item => item.Value is null).Select(item => item.Key).ToList())
            items.Remove(empty);
        return items;
    }

    private static JsonObject Contact(JsonNode? contact, PublishedCase one)
    {
        var office = new JsonObject { ["担当部署"] = contact?["unit"]?.GetValue<string>() ?? one.UnitName };
        foreach (var (item, field) in new[] { ("電話番号", "phone"), ("メールアドレス", "mail") })
        {
            if (contact?[field]?.GetValue<string>() is { Length: > 0 } text)
                office[item] = text;
        }
        return office;
    }

    private static string Day(DateTimeOffset at) => at.DayInJapan().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
