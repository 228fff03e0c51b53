using System.Text;
using System.Text.Json.Nodes;
using Kyodo.App.Hosting;
using Kyodo.Common;

namespace Kyodo.App.Pages.Portal.Data;

/// <summary>What programs read: each public page's content as CSV, JSON, Atom.</summary>
public static class PortalData
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var kept = app.MapGroup("").AllowAnonymous().WithMetadata(new KeptUntilNextRelease());
        CaseData.Map(kept, app.MapGroup("").AllowAnonymous());
        EditionData.Map(kept);
        TrendData.Map(kept);
        TableData.Map(kept);
        SiteData.Map(kept);
    }

    public static IResult Json(JsonNode node) => Results.Text(node.ToJsonString(Common.Json.Plain) + "\n", "application/json", Encoding.UTF8);

    public static IResult Problem(int status, string title) => Results.Text(
        new JsonObject { ["type"] = "about:blank", ["title"] = title, ["status"] = status }.ToJsonString(Common.Json.Plain) + "\n", "application/problem+json", Encoding.UTF8, status);
}
