using Kyodo.App.Components.Charts;
using Kyodo.Statistics;

namespace Kyodo.App.Pages.Portal;

/// <summary>How the trend's figures are drawn.</summary>
public static class TrendPictures
{
    public static ChartValue Value(TrendCell cell) => cell.State switch
    {
        CountState.NotExisting => ChartValue.NotExisting,
        CountState.NotCollected => ChartValue.NotCollected,
        _ => ChartValue.Of(cell.Count!.Value),
    };

    public static TrendData ByForm(TrendProgramme programme, IReadOnlyList<Common.FiscalYear> years, bool en)
    {
        var name = en ? programme.NameEn : programme.NameJa;
        var counted = programme.Forms.Any(row => row.Cells.Any(cell => cell.Count > 0));
        // Where no year is split by form, the total is the one layer there is.
        var rows = counted && !HasTotalsWithoutForms(programme) ? programme.Forms : [programme.Total];
        return new TrendData(
            en ? $"{name}: cases by form" : $"{name}の件数の推移{(rows.Count > 1 ? "（形態別）" : "")}",
            [.. years.Select(year => en ? $"FY{year.Year}" : year.InBothCalendars)],
            [.. rows.Select(row => new ChartSeries(row.FormNo == 0 ? name : en ? row.NameEn : row.NameJa, [.. row.Cells.Select(Value)]))],
            BreakOf(programme.Breaks, years, en),
            en ? "" : "件");
    }

    /// <summary>Rows of a table over the years, as layers of columns.</summary>
    public static TrendData Of(string title, ProgrammeFigures programme, IEnumerable<FigureRow> rows, IReadOnlyList<Common.FiscalYear> years, bool en) => new(
        title,
        [.. years.Select(year => en ? $"FY{year.Year}" : year.InBothCalendars)],
        [.. rows.Select(row => new ChartSeries(en ? row.NameEn : row.NameJa, [.. row.Figures.Select(Value)]))],
        BreakOf(programme.Breaks, years, en),
        en ? "" : "件");

    private static ChartValue Value(Figure figure) => figure.State switch
    {
        CountState.NotExisting => ChartValue.NotExisting,
        CountState.NotCollected => ChartValue.NotCollected,
        _ => ChartValue.Of((int)figure.Value!.Value),
    };

    private static ChartBreak? BreakOf(IReadOnlyList<SeriesBreak> breaks, IReadOnlyList<Common.FiscalYear> years, bool en) =>
        breaks is [var gap, ..] && years.ToList().IndexOf(gap.LastBefore.Next) is > 0 and var place ? new ChartBreak(place, en ? gap.NoteEn : gap.NoteJa) : null;

    private static bool HasTotalsWithoutForms(TrendProgramme programme) =>
        programme.Total.Cells.Select((cell, i) => cell.Count > 0 && programme.Forms.All(row => row.Cells[i].Count is null)).Any(missing => missing);
}
