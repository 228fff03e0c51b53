using Kyodo.App.Components.Charts;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Statistics;
using Kyodo.Storage;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Portal;

/// <summary>One table of figures: the table first, its pictures beside it, its data under it.</summary>
public sealed class StatisticsTableModel(AppDb db, ReleasedCounts released, TimeProvider clock) : PublicPage
{
    public StatisticsTable Table { get; private set; } = null!;

    public IReadOnlyList<ProgrammeFigures> Programmes { get; private set; } = [];

    public string Title => Say(Table.Name.TitleJa, Table.Name.TitleEn);

    /// <summary>By the units of today (いまの組織), not by those that the cases were made in.</summary>
    public bool IsNow { get; private set; }

    public bool IsByOrganization => StatisticsTables.IsByOrganization(Table.Name.Key);

    /// <summary>What the data's addresses end with, so that they hold the same figures.</summary>
    public string Query => IsNow ? "?org=now" : "";

    public async Task<IActionResult> OnGetAsync(string table, CancellationToken stop)
    {
        // What is not an organisation is as wrong as a table that is not there.
        if (OrganizationChoice.WhyNot(table, Request.Query) is not null)
            return NotFound();
        IsNow = OrganizationChoice.IsNow(Request.Query);
        var now = IsNow ? await OrganizationNow.ReadAsync(db, FiscalYear.Of(clock.GetUtcNow().DayInJapan()), stop) : null;
        if (await StatisticsTables.ReadAsync(db, released, table, now, stop) is not { } read)
            return NotFound();
        Table = read;
        // A programme that nothing was counted of has the trend's totals only.
        Programmes = [.. read.Programmes.Where(p => p.Rows.Any(row => !row.IsTotal && row.Figures.Any(figure => figure.Value is not null)))];
        Titled(Title, "statistics");
        return Page();
    }

    public string Name(ProgrammeFigures programme) => Say(programme.NameJa, programme.NameEn);

    public string Name(FigureRow row) => Say(row.NameJa, row.NameEn);

    public string Name(Measure measure) => Say(measure.NameJa, measure.NameEn);

    public string Unit(Measure measure) => Say(measure.UnitJa, measure.UnitEn);

    /// <summary>Names of units, places and kinds of partner stand in the language of the records.</summary>
    public string? LangOf(FigureRow row) => En && row.NameJa == row.NameEn ? "ja" : null;

    public bool BreaksBefore(ProgrammeFigures programme, FiscalYear year) => programme.Breaks.Any(b => b.LastBefore.Next == year);

    /// <summary>The list of the cases behind a figure; null where there is none.</summary>
    public string? Link(ProgrammeFigures programme, FigureRow row, Figure figure) =>
        figure.State is not CountState.Released || row.Measure != Measure.Cases ? null
        : StatisticsLinks.To(Table.Name.Key, programme.Key, figure.Year, row, figure.Value > 0) is { } path ? To(path) : null;

    /// <summary>Years before it have no figure but totals; a phone leaves their columns out.</summary>
    public FiscalYear Early(ProgrammeFigures programme) =>
        programme.Rows.Where(row => !row.IsTotal).SelectMany(row => row.Figures).Where(figure => figure.Value is not null).Select(figure => figure.Year).DefaultIfEmpty().Min().Previous;

    public string PictureTitle(ProgrammeFigures programme) => Drawn(programme) is var (rows, newest) && IsOverYears(rows)
        ? $"{Name(programme)} {Title}"
        : $"{Name(programme)} {Title}{Say($"（{Table.Years[newest].Japanese}）", $", FY{Table.Years[newest].Year}")}";

    /// <summary>The newest year's figures as bars; over several years and few rows, as columns.</summary>
    public IHtmlContent Picture(ProgrammeFigures programme, string id)
    {
        var (rows, newest) = Drawn(programme);
        return IsOverYears(rows)
            ? TrendChart.Draw(id, TrendPictures.Of(PictureTitle(programme), programme, rows, Table.Years, En))
            : BarChart.Draw(id, PictureTitle(programme), [.. rows.Select(row => new Bar(Name(row), row.Figures[newest].Value, Shown(row.Figures[newest], row.Measure)))],
                Say("まだ数字がありません", "No figures yet"), left => Say($"ほか{left}行は表にあります", $"{left} more in the table"));
    }

    private (List<FigureRow> Rows, int Newest) Drawn(ProgrammeFigures programme)
    {
        var measure = Table.Name.Key switch { "unevenness" => Measure.Share, "responses" => Measure.Units, _ => Measure.Cases };
        var rows = programme.Rows.Where(row => row.Measure == measure && !row.IsTotal).ToList();
        return (rows, Enumerable.Range(0, Table.Years.Count).LastOrDefault(year => rows.Exists(row => row.Figures[year].Value is not null), Table.Years.Count - 1));
    }

    private bool IsOverYears(List<FigureRow> rows) =>
        rows.Count <= 8 && rows.TrueForAll(row => row.Measure == Measure.Cases) && Enumerable.Range(0, Table.Years.Count).Count(year => rows.Exists(row => row.Figures[year].Value is not null)) > 1;

    /// <summary>The Lorenz curve of the newest year.</summary>
    public IHtmlContent Curve(ProgrammeFigures programme, UnitSpread spread, string id)
    {
        var half = Unevenness.Lorenz(spread.Counts) is { Count: > 0 } points ? points.Last(p => p.Units <= 0.5) : new LorenzPoint(0, 0);
        var gini = Unevenness.Gini(spread.Counts) is { } number ? Figure.Of(spread.Year, (decimal)number).Shown(Measure.Gini) : "…";
        var who = spread.WithSilent ? Say("すべての部局・地域振興局", "all departments and bureaus") : Say("事例を出した組織", "units with a case");
        return LorenzChart.Draw(id, $"{Name(programme)} {Say($"ローレンツ曲線（{spread.Year.Japanese}、{who}）", $"Lorenz curve, FY{spread.Year.Year}, {who}")}",
            [.. Unevenness.Lorenz(spread.Counts).Select(p => (p.Units, p.Cases))], new LorenzWords(
                Say("みな同じとき", "equal shares"),
                Say("組織の割合（事例の少ない順）", "share of units, fewest cases first"),
                Say($"ジニ係数 {gini}。{spread.Counts.Count}組織のうち、少ないほうの半分が出した事例は全体の{half.Cases:P0}です。", $"Gini coefficient {gini}. The half of the {spread.Counts.Count} units with the fewest cases reported {half.Cases:P0} of all."),
                Say("まだ数字がありません", "No figures yet")));
    }

    public string Shown(Figure figure, Measure measure) => figure.Value is null ? figure.Shown(measure) : $"{figure.Shown(measure)}{Say(measure.UnitJa, measure.Key == "share" ? "%" : "")}";
}

/// <summary>One figure in its place in a table.</summary>
public sealed record FigureView(Figure Figure, FigureRow Row, string? Link, bool AfterBreak, bool IsEarly, PublicPage Page);
