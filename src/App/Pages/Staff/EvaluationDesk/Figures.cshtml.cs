using System.Globalization;
using System.Text.Json.Nodes;
using Kyodo.App.Pages.Portal.Data;
using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Scores;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.EvaluationDesk;

/// <summary>
/// Figures over all opened evaluations. All ways to group a year are worked out together, whichever is shown: what one table hides, another must
/// not give away.
/// </summary>
public sealed class FiguresModel(AppDb db, TimeProvider clock, EvaluatedProjects evaluated) : StaffPage(db, clock)
{
    public static IReadOnlyList<(string Key, string Words)> Tables { get; } = [("total", "全体"), ("programme", "制度"), ("form", "協働形態"), ("unit", "組織"), ("kind", "相手方の種別")];

    private static readonly ScoreTable[] Together = [ScoreTable.Total, ScoreTable.Programmes, ScoreTable.Forms, ScoreTable.Units, ScoreTable.Kinds];

    private Dictionary<string, string> _names = [];

    [FromQuery(Name = "year")]
    public int? YearNumber { get; set; }

    [FromQuery(Name = "by")]
    public string By { get; set; } = "total";

    public IReadOnlyList<FiscalYear> Years { get; private set; } = [];

    public FiscalYear Year { get; private set; }

    public IReadOnlyList<ScoreFigure> All { get; private set; } = [];

    public IEnumerable<ScoreFigure> Shown => All.Where(figure => figure.Table == By).OrderBy(figure => figure.Group, StringComparer.Ordinal);

    public IReadOnlyList<(FiscalYear Year, ScoreFigure Figure)> OverYears { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Texts { get; private set; } = new Dictionary<string, string>();

    public IReadOnlyList<(string No, double? Government, double? Partner)> Both =>
        [.. Shown.GroupBy(f => f.Criterion).Select(g => (g.Key, g.FirstOrDefault(f => f.Side is SideKind.Government)?.Mean, g.FirstOrDefault(f => f.Side is SideKind.Partner)?.Mean)).Where(axis => axis.Item2 is not null || axis.Item3 is not null)];

    public string GroupName(string group) => _names.GetValueOrDefault(group, group);

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync()
    {
        By = Tables.Any(table => table.Key == By) ? By : "total";
        Years = await Db.EvaluationCalls.Where(c => Db.Set<CaseEvaluation>().Any(e => e.CallId == c.Id && e.Status != EvaluationStatus.Answering)).Select(c => c.Year).Distinct().OrderByDescending(year => year).ToListAsync();
        if (Years.Count == 0)
            return;
        Year = Years.FirstOrDefault(year => year.Year == YearNumber, Years[0]);
        All = ScoreFigures.Of(await evaluated.JudgedAsync(Db, Year), Together);
        Texts = (await Db.SheetsAsync(Me, Now)).Reverse().SelectMany(sheet => sheet.Criteria).GroupBy(c => c.No).ToDictionary(g => g.Key, g => g.Last().TextJa, StringComparer.Ordinal);
        var programmes = await Db.Programmes.Include(p => p.Forms).AsNoTracking().ToListAsync();
        _names = programmes.SelectMany(p => p.Forms.Select(f => (Key: $"{p.Key}/{f.No}", Name: $"{p.NameJa} {f.No} {f.NameJa}")).Prepend((Key: p.Key, Name: p.NameJa)))
            .Concat((await Db.OrgUnits.Select(u => new { u.Code, u.Name }).ToListAsync()).Select(u => (Key: u.Code, u.Name))).DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Name, StringComparer.Ordinal);
        if (Years.Count > 1 && By == "total")
        {
            var over = new List<(FiscalYear, ScoreFigure)>();
            foreach (var year in Years)
                over.AddRange(ScoreFigures.Of(await evaluated.JudgedAsync(Db, year), Together).Where(f => f.Table == "total").Select(f => (year, f)));
            OverYears = over;
        }
    }

    /// <summary>The same figures for programs: CSV and JSON, one figure a row.</summary>
    public static void MapData(IEndpointRouteBuilder app)
    {
        app.MapGet("/staff/evaluation/figures.csv", async (int? year, AppDb db, EvaluatedProjects evaluated, CancellationToken stop) =>
        {
            var csv = new CsvText("fiscal_year", "table", "group", "criterion", "side", "n", "mean", "median", "mean_gap", "share_gap2", "not_applicable", "cannot_judge");
            foreach (var (of, f) in await ReadAsync(db, evaluated, year, stop))
                csv.Row(of.ToString(), f.Table, f.Group, f.Criterion, f.Side.ToString().ToLowerInvariant(), Text(f.N), Text(f.Mean), Text(f.Median), Text(f.MeanGap), Text(f.ShareGap2), Text(f.NotApplicable), Text(f.CannotJudge));
            return csv.Result("evaluation-figures.csv");
        }).RequireAuthorization(Hosting.Access.Overseeing);
        app.MapGet("/staff/evaluation/figures.json", async (int? year, AppDb db, EvaluatedProjects evaluated, CancellationToken stop) => PortalData.Json(new JsonObject
        {
            ["figures"] = new JsonArray([.. (await ReadAsync(db, evaluated, year, stop)).Select(pair => (JsonNode)new JsonObject
            {
                ["fiscal_year"] = pair.Year.Year,
                ["table"] = pair.Figure.Table,
                ["group"] = pair.Figure.Group,
                ["criterion"] = pair.Figure.Criterion,
                ["side"] = pair.Figure.Side.ToString().ToLowerInvariant(),
                ["n"] = pair.Figure.N,
                ["mean"] = pair.Figure.Mean,
                ["median"] = pair.Figure.Median,
                ["mean_gap"] = pair.Figure.MeanGap,
                ["share_gap2"] = pair.Figure.ShareGap2,
                ["not_applicable"] = pair.Figure.NotApplicable,
                ["cannot_judge"] = pair.Figure.CannotJudge,
            })]),
        })).RequireAuthorization(Hosting.Access.Overseeing);
    }

    private static async Task<IReadOnlyList<(FiscalYear Year, ScoreFigure Figure)>> ReadAsync(AppDb db, EvaluatedProjects evaluated, int? year, CancellationToken stop)
    {
        var of = year is >= 1900 and <= 2200 ? new FiscalYear(year.Value)
            : await db.EvaluationCalls.OrderByDescending(c => c.Year).Select(c => (FiscalYear?)c.Year).FirstOrDefaultAsync(stop);
        return of is not { } found ? [] : [.. ScoreFigures.Of(await evaluated.JudgedAsync(db, found, stop), Together).Select(f => (found, f))];
    }

    private static string Text(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";

    private static string Text(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
