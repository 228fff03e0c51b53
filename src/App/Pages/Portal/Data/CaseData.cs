using System.Globalization;
using System.Text.Json.Nodes;
using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Search;
using Kyodo.Storage;

namespace Kyodo.App.Pages.Portal.Data;

internal static class CaseData
{
    private const int MostAtOnce = 100;

    private const int CsvRowsAtOnce = 200;

    public static void Map(IEndpointRouteBuilder kept, IEndpointRouteBuilder computed)
    {
        kept.MapGet("/cases/{id}.json", OneAsync);
        kept.MapGet("/api/v1/cases/{id}", OneAsync);
        computed.MapGet("/cases.csv", ListAsCsv);
        computed.MapGet("/api/v1/cases", ListAsync);
    }

    private static async Task<IResult> OneAsync(string id, AppDb db, ReleasedCases released, Publisher publisher, CancellationToken stop)
    {
        var one = !PublicId.IsOne(id) ? null : await released.LatestAsync(db, id);
        return one is null && PublicId.IsOne(id) && await db.WithdrawalAsync(id, stop) is { } withdrawal
            ? PortalData.Problem(CaseJson.Gone(withdrawal))
            : one is null
            ? PortalData.Problem(StatusCodes.Status404NotFound, "その事例はありません。 / There is no such case.")
            : PortalData.Json(CaseJson.Whole(one, await released.RevisionAsync(db, one.RevisionId, stop), publisher.Address ?? ""));
    }

    private static async Task<IResult> ListAsync(HttpRequest request, SearchIndex index, Publisher publisher, CancellationToken stop)
    {
        var size = int.TryParse(request.Query["size"], NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? Math.Clamp(wanted, 1, MostAtOnce) : 20;
        var after = request.Query["after"].ToString() is { Length: > 0 } id ? id : null;
        if (after is not null && !await index.HoldsAsync(after, stop))
            return PortalData.Problem(StatusCodes.Status400BadRequest, "after の事例がありません。 / There is no case to go on after.", "最初のページから読み直してください。 / Begin again with the first page.");
        var list = CaseList.Of(request.Query, size);
        var found = await index.FindAsync(list.Query with { After = after, WithFacets = request.Query["facets"] != "0" }, stop);
        // The page after the last is empty, so that whoever walks on comes to an end.
        var isBeyond = after is null && list.Query.Page > found.Page.Pages;
        var site = publisher.Address ?? "";
        return PortalData.Json(new JsonObject
        {
            ["total"] = found.Page.Total,
            ["page"] = after is not null ? null : isBeyond ? list.Query.Page : found.Page.Number,
            ["size"] = size,
            ["items"] = new JsonArray([.. isBeyond ? [] : found.Page.Items.Select(card => (JsonNode)CaseJson.Line(card, site))]),
            ["facets"] = new JsonObject(found.Facets.Where(facet => facet.Value.Count > 0).Select(facet => KeyValuePair.Create(CaseList.Name(facet.Key), (JsonNode?)new JsonArray([.. facet.Value.Select(value => (JsonNode)Value(value))])))),
            ["next"] = isBeyond || found.Next is not { } last ? null : $"{site}/api/v1/cases{Next(list with { AsTable = false }, last, size, request.Query["facets"] == "0")}",
        });
    }

    private static IResult ListAsCsv(HttpRequest request, SearchIndex index, Publisher publisher)
    {
        var query = CaseList.Of(request.Query, CsvRowsAtOnce).Query with { Page = 1, WithFacets = false };
        var site = publisher.Address ?? "";
        return Results.Stream(output => WriteCsvAsync(output, query, index, site, request.HttpContext.RequestAborted), CsvText.Type, "cases.csv");
    }

    // Part by part: a hundred thousand cases are a hundred megabytes.
    private static async Task WriteCsvAsync(Stream output, CaseQuery query, SearchIndex index, string site, CancellationToken stop)
    {
        var csv = new CsvText("case_id", "project_id", "programme", "fiscal_year", "title", "form_no", "form", "declared", "lineage", "unit_code", "unit", "partners", "status", "municipalities", "themes", "budget_yen", "summary", "source_id", "url");
        for (CaseQuery? next = query; next is not null;)
        {
            var found = await index.FindAsync(next, stop);
            foreach (var card in found.Page.Items)
            {
                csv.Row(card.Id, card.ProjectId, card.Programme, card.Year.ToString(), card.Title, Text(card.FormNo), card.FormJa, card.Declared, card.Lineage, card.UnitCode, card.UnitName,
                    string.Join('、', card.Partners.Select(p => p.Name)), card.Status, string.Join('、', card.Municipalities), string.Join('、', card.Themes),
                    card.BudgetYen?.ToString(CultureInfo.InvariantCulture), card.Summary, card.SourceId, site + Addresses.Case(card));
            }
            await output.WriteAsync(csv.Take(), stop);
            next = found.Next is { } last ? query with { After = last } : null;
        }
    }

    private static string Next(CaseList list, string after, int size, bool withoutFacets)
    {
        var address = list.Address(query => query);
        return $"{address}{(address.Length == 0 ? '?' : '&')}size={size}&after={after}{(withoutFacets ? "&facets=0" : "")}";
    }

    private static JsonObject Value(FacetValue value)
    {
        var json = new JsonObject { ["value"] = value.Value, ["name_ja"] = value.NameJa, ["name_en"] = value.NameEn, ["count"] = value.Count };
        if (value.Programme is { } programme)
            json["programme"] = programme;
        return json;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
