using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kyodo.Common;

namespace Kyodo.Federation;

/// <summary>The newest revisions that a government's catalogue (<c>catalog.jsonld</c>, DCAT 3) tells of.</summary>
public static partial class ForeignCatalog
{
    public const string FileName = "catalog.jsonld";

    /// <summary>Paths below the site, <c>editions/ps/2007/r2</c>, newest revision of each programme and year.</summary>
    public static IReadOnlyList<string> Editions(ReadOnlySpan<byte> catalogue)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(catalogue);
        }
        catch (JsonException)
        {
            throw new Refusal("公表サイトのカタログ（catalog.jsonld）が読めません。所在を確かめてください。");
        }
        var found = Texts(root).Select(text => EditionFile().Match(text)).Where(match => match.Success)
            .Select(match => (Edition: match.Groups["edition"].Value, No: int.Parse(match.Groups["no"].Value, System.Globalization.CultureInfo.InvariantCulture)))
            .GroupBy(one => one.Edition, StringComparer.Ordinal).OrderBy(edition => edition.Key, StringComparer.Ordinal).Take(1000)
            .Select(edition => $"editions/{edition.Key}/r{edition.Max(one => one.No)}").ToList();
        return found.Count > 0 ? found : throw new Refusal("公表サイトのカタログに年度版（cases.json）がありません。");
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject many => many.SelectMany(pair => Texts(pair.Value)),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    [GeneratedRegex(@"/editions/(?<edition>[a-z0-9-]{1,40}/[0-9]{4})/r(?<no>[0-9]{1,3})/cases\.json$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EditionFile();
}
