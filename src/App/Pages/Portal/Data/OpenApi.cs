using System.Text.Json.Nodes;
using Kyodo.App.Hosting;

namespace Kyodo.App.Pages.Portal.Data;

/// <summary>The description of the API (<c>openapi.json</c>, OpenAPI 3.1), with the address of this site.</summary>
internal static class OpenApi
{
    public static void Map(IEndpointRouteBuilder kept) => kept.MapGet("/openapi/v1.json", (Publisher publisher) =>
    {
        using var stream = typeof(OpenApi).Assembly.GetManifestResourceStream("Kyodo.App.Pages.Portal.Data.openapi.json")!;
        var description = JsonNode.Parse(stream)!.AsObject();
        description["servers"] = new JsonArray(new JsonObject { ["url"] = publisher.Address ?? "/" });
        return PortalData.Json(description);
    });
}
