using System.Text;
using System.Text.Json.Nodes;
using Kyodo.App.Hosting;
using Kyodo.Common;

namespace Kyodo.App.Pages.Portal.Data;

/// <summary>What programs read: each public page's content as CSV, JSON, Atom, and the API that <c>/openapi/v1.json</c> describes.</summary>
public static class PortalData
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var kept = app.MapGroup("").AllowAnonymous().WithMetadata(new KeptUntilNextRelease()).AddEndpointFilter(OpenToAll.LetAsync);
        var computed = app.MapGroup("").AllowAnonymous().AddEndpointFilter(OpenToAll.LetAsync).AddEndpointFilter(ComputedAnswer.TagAsync);
        CaseData.Map(kept, computed);
        SuggestionData.Map(computed);
        EditionData.Map(kept, computed);
        TrendData.Map(kept);
        TableData.Map(kept);
        EvaluationData.Map(kept);
        SiteData.Map(kept);
        CatalogData.Map(kept);
        OpenApi.Map(kept);
        OpenToAll.MapPreflight(app);
    }

    public static IResult Json(JsonNode node) => Results.Text(node.ToJsonString(Common.Json.Plain) + "\n", "application/json", Encoding.UTF8);

    /// <summary>What is wrong (RFC 9457), in both languages.</summary>
    public static IResult Problem(int status, string title, string? detail = null) => Problem(new JsonObject { ["type"] = "about:blank", ["title"] = title, ["status"] = status, ["detail"] = detail });

    /// <summary>A problem document that names its own <c>status</c>.</summary>
    public static IResult Problem(JsonObject problem) =>
        Results.Text(problem.ToJsonString(Common.Json.Plain) + "\n", "application/problem+json", Encoding.UTF8, problem["status"]!.GetValue<int>());
}
