using System.Globalization;
using System.Text.Json.Nodes;
using Kyodo.Statistics;
using Kyodo.Storage;

namespace Kyodo.App.Pages.Portal.Data;

/// <summary>The trend as tidy data, one figure a row: 0, not_existing and not_collected stay three different answers.</summary>
internal static class TrendData
{
    public static void Map(IEndpointRouteBuilder kept)
    {
        kept.MapGet("/statistics/trend.csv", async (AppDb db, CancellationToken stop) =>
        {
            var csv = new CsvText("programme", "form_no", "form", "fiscal_year", "count", "state", "note");
            foreach (var (programme, row, cell) in Figures(await Trend.ReadAsync(db, stop)))
                csv.Row(programme.Key, Text(row.FormNo), row.NameJa, cell.Year.ToString(), cell.Count is { } count ? Text(count) : "", cell.StateName, cell.FileNote);
            return csv.Result("trend.csv");
        });
        kept.MapGet("/statistics/trend.json", AsJsonAsync);
        kept.MapGet("/api/v1/statistics/trend", AsJsonAsync);
    }

    private static async Task<IResult> AsJsonAsync(AppDb db, CancellationToken stop)
    {
        var trend = await Trend.ReadAsync(db, stop);
        return PortalData.Json(new JsonObject
        {
            ["figures"] = new JsonArray([.. Figures(trend).Select(figure => (JsonNode)new JsonObject
            {
                ["programme"] = figure.Programme.Key,
                ["form_no"] = figure.Row.FormNo,
                ["form"] = figure.Row.NameJa,
                ["fiscal_year"] = figure.Cell.Year.Year,
                ["count"] = figure.Cell.Count,
                ["state"] = figure.Cell.StateName,
                ["note"] = figure.Cell.FileNote,
            })]),
            ["programmes"] = new JsonArray([.. trend.Programmes.Select(p => (JsonNode)new JsonObject { ["key"] = p.Key, ["name_ja"] = p.NameJa, ["name_en"] = p.NameEn })]),
            ["breaks"] = new JsonArray([.. trend.Programmes.SelectMany(p => p.Breaks.Select(b => (JsonNode)new JsonObject
            {
                ["programme"] = p.Key,
                ["last_year_before"] = b.LastBefore.Year,
                ["note_ja"] = b.NoteJa,
                ["note_en"] = b.NoteEn,
            }))]),
        });
    }

    private static IEnumerable<(TrendProgramme Programme, TrendRow Row, TrendCell Cell)> Figures(Trend trend) =>
        from programme in trend.Programmes
        from row in programme.Forms.Append(programme.Total)
        from cell in row.Cells
        select (programme, row, cell);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
