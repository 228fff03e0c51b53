using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Statistics;
using Kyodo.Storage;

namespace Kyodo.App.Pages.Portal.Data;

/// <summary>The tables of figures as tidy data, one figure a row; under <c>/en</c> with English names.</summary>
internal static class TableData
{
    public static void Map(IEndpointRouteBuilder kept)
    {
        kept.MapGet("/api/v1/statistics/{table}", AsJsonAsync);
        foreach (var en in new[] { false, true })
        {
            var language = en ? "/en" : "";
            kept.MapGet($"{language}/statistics/{{table}}.csv", (string table, HttpRequest request, AppDb db, ReleasedCounts released, TimeProvider clock, CancellationToken stop) => AsCsvAsync(table, en, request, db, released, clock, stop));
            kept.MapGet($"{language}/statistics/{{table}}.json", (string table, HttpRequest request, AppDb db, ReleasedCounts released, TimeProvider clock, CancellationToken stop) => AsJsonAsync(table, request, db, released, clock, stop));
        }
    }

    private static async Task<IResult> AsCsvAsync(string table, bool en, HttpRequest request, AppDb db, ReleasedCounts released, TimeProvider clock, CancellationToken stop)
    {
        if (OrganizationChoice.WhyNot(table, request.Query) is { } why)
            return PortalData.Problem(StatusCodes.Status400BadRequest, why);
        if (await StatisticsTables.ReadAsync(db, released, table, await NowAsync(request, db, clock, stop), stop) is not { } read)
            return Results.NotFound();
        var csv = new CsvText("programme", "measure", "item", "name", "fiscal_year", "value", "unit", "state", "note");
        foreach (var (programme, row, figure) in read.Figures)
            csv.Row(programme.Key, row.Measure.Key, row.Item, en ? row.NameEn : row.NameJa, figure.Year.ToString(), figure.Written, en ? row.Measure.UnitEn : row.Measure.UnitJa, figure.StateName, figure.Note);
        return csv.Result($"{read.Name.Key}.csv");
    }

    private static async Task<OrganizationNow?> NowAsync(HttpRequest request, AppDb db, TimeProvider clock, CancellationToken stop) =>
        OrganizationChoice.IsNow(request.Query) ? await OrganizationNow.ReadAsync(db, FiscalYear.Of(clock.GetUtcNow().DayInJapan()), stop) : null;

    // The API answers with the same.
    private static async Task<IResult> AsJsonAsync(string table, HttpRequest request, AppDb db, ReleasedCounts released, TimeProvider clock, CancellationToken stop)
    {
        if (OrganizationChoice.WhyNot(table, request.Query) is { } why)
            return PortalData.Problem(StatusCodes.Status400BadRequest, why);
        if (await StatisticsTables.ReadAsync(db, released, table, await NowAsync(request, db, clock, stop), stop) is not { } read)
            return PortalData.Problem(StatusCodes.Status404NotFound, "その統計表はありません。 / There is no such table.");
        return PortalData.Json(new JsonObject
        {
            ["table"] = read.Name.Key,
            ["title_ja"] = read.Name.TitleJa,
            ["title_en"] = read.Name.TitleEn,
            ["about_ja"] = read.Name.AboutJa,
            ["about_en"] = read.Name.AboutEn,
            ["programmes"] = new JsonArray([.. read.Programmes.Select(p => (JsonNode)new JsonObject { ["key"] = p.Key, ["name_ja"] = p.NameJa, ["name_en"] = p.NameEn })]),
            ["figures"] = new JsonArray([.. read.Figures.Select(f => (JsonNode)new JsonObject
            {
                ["programme"] = f.Programme.Key,
                ["measure"] = f.Row.Measure.Key,
                ["item"] = f.Row.Item,
                ["name_ja"] = f.Row.NameJa,
                ["name_en"] = f.Row.NameEn,
                ["fiscal_year"] = f.Figure.Year.Year,
                ["value"] = f.Figure.Written is { } number ? JsonNode.Parse(number) : null,
                ["unit"] = f.Row.Measure.UnitEn,
                ["state"] = f.Figure.StateName,
                ["note"] = f.Figure.Note,
            })]),
        });
    }
}
