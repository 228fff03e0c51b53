using System.Text.Json.Nodes;
using Kyodo.App.Hosting;
using Kyodo.Search;

namespace Kyodo.App.Pages.Portal.Data;

/// <summary>What somebody who types into the search may mean, with the address that shows it.</summary>
internal static class SuggestionData
{
    public static void Map(IEndpointRouteBuilder computed) => computed.MapGet("/api/v1/suggestions", async (string? q, string? lang, SearchIndex index, Publisher publisher, CancellationToken stop) =>
    {
        var site = (publisher.Address ?? "") + (lang == "en" ? "/en" : "");
        return PortalData.Json(new JsonObject
        {
            ["items"] = new JsonArray([.. (await index.SuggestAsync(q ?? "", stop)).Select(one => (JsonNode)new JsonObject
            {
                ["kind"] = one.Kind,
                ["text"] = one.Text,
                ["value"] = one.Value,
                ["count"] = one.Count,
                ["url"] = site + Address(one),
            })]),
        });
    });

    private static string Address(Suggestion one) => one.Kind switch
    {
        "partner" => Addresses.Partner(one.Value),
        "theme" or "municipality" or "unit" => $"/cases?{one.Kind}={Uri.EscapeDataString(one.Value)}",
        "title" => $"/cases?q={Uri.EscapeDataString($"「{one.Value.Replace("「", " ", StringComparison.Ordinal).Replace("」", " ", StringComparison.Ordinal)}」")}",
        _ => $"/cases?q={Uri.EscapeDataString(one.Value)}",
    };
}
