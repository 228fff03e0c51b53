using System.Globalization;
using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Scores;
using Kyodo.Statistics;
using Kyodo.Storage;

namespace Kyodo.App.Pages.Portal.Data;

/// <summary>The evaluations' figures as tidy data, one figure a row; below five every figure but n is empty.</summary>
internal static class EvaluationData
{
    public static void Map(IEndpointRouteBuilder kept)
    {
        kept.MapGet("/statistics/evaluation.csv", async (AppDb db, CancellationToken stop) =>
        {
            var csv = new CsvText("programme", "fiscal_year", "criterion", "side", "n", "mean", "median", "mean_gap", "share_gap2", "not_applicable", "cannot_judge");
            foreach (var (year, f) in await db.EvaluationFiguresAsync(stop))
                csv.Row(f.Group, year.ToString(), f.Criterion, Side(f), Text(f.N), Text(f.Mean), Text(f.Median), Text(f.MeanGap), Text(f.ShareGap2), Text(f.NotApplicable), Text(f.CannotJudge));
            return csv.Result("evaluation.csv");
        });
        kept.MapGet("/statistics/evaluation.json", AsJsonAsync);
        kept.MapGet("/api/v1/statistics/evaluation", AsJsonAsync);
    }

    public static string Text(double? value) => value is { } number ? Math.Round(number, 4).ToString("0.####", CultureInfo.InvariantCulture) : "";

    private static async Task<IResult> AsJsonAsync(AppDb db, CancellationToken stop) => PortalData.Json(new JsonObject
    {
        ["figures"] = new JsonArray([.. (await db.EvaluationFiguresAsync(stop)).Select(pair => (JsonNode)new JsonObject
        {
            ["programme"] = pair.Figure.Group,
            ["fiscal_year"] = pair.Year.Year,
            ["criterion"] = pair.Figure.Criterion,
            ["side"] = Side(pair.Figure),
            ["n"] = pair.Figure.N,
            ["mean"] = Round(pair.Figure.Mean),
            ["median"] = Round(pair.Figure.Median),
            ["mean_gap"] = Round(pair.Figure.MeanGap),
            ["share_gap2"] = Round(pair.Figure.ShareGap2),
            ["not_applicable"] = pair.Figure.NotApplicable,
            ["cannot_judge"] = pair.Figure.CannotJudge,
        })]),
    });

    private static string Side(ScoreFigure figure) => figure.Side is SideKind.Government ? "government" : "partner";

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 4) : null;

    private static string Text(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
