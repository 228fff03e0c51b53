using System.Text.Json.Nodes;

namespace Kyodo.Questions;

/// <summary>Web addresses with their names, one a line: <c>事業のページ https://...</c>. JSON: <c>[{label, url}]</c>; only http and https.</summary>
public sealed class AddressesType : AnswerType
{
    public override string Name => "addresses";

    public override string LabelJa => "関連リンク";

    public override IReadOnlyList<Part> Parts(Question question) => [new("", question.LabelJa, question.LabelEn, PartKind.Lines, 2000)];

    public override JsonNode? Read(Reading reading)
    {
        var links = new JsonArray();
        foreach (var line in reading.Lines())
        {
            var start = line.IndexOf("http", StringComparison.OrdinalIgnoreCase);
            var url = start < 0 ? "" : line[start..].Trim();
            if (start < 0 || url.Any(char.IsWhiteSpace) || url.Length > 1000 || !Uri.TryCreate(url, UriKind.Absolute, out var address)
                || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            {
                reading.Wrong($"「{line}」にはアドレス（https://…）が要ります。「表示名 https://…」の形で、1行に1つ書いてください。");
                continue;
            }
            var label = line[..start].Trim();
            links.Add(new JsonObject { ["label"] = label.Length > 0 ? label : url, ["url"] = url });
        }
        return links.Count > 0 ? links : null;
    }

    public override PartTexts Write(Question question, JsonNode value) => new(string.Join('\n', Show(question, value)));

    public override IReadOnlyList<string> Show(Question question, JsonNode value) =>
        [.. Of(value).Select(link => link.Label == link.Url ? link.Url : $"{link.Label} {link.Url}")];

    public static IReadOnlyList<Link> Of(JsonNode? value) => value is JsonArray links
        ? [.. links.Select(link => new Link(link!["label"]!.GetValue<string>(), link["url"]!.GetValue<string>()))]
        : [];
}

public sealed record Link(string Label, string Url);
