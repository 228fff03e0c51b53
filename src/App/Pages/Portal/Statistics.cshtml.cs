using Kyodo.Common;
using Kyodo.Statistics;
using Kyodo.Storage;

namespace Kyodo.App.Pages.Portal;

public sealed class StatisticsModel(AppDb db) : PublicPage
{
    public Trend Trend { get; private set; } = null!;

    /// <summary>The programme whose forms make up the table's rows; the others stand below it as a total each.</summary>
    public TrendProgramme? Main => Trend.Programmes is [var first, ..] ? first : null;

    /// <summary>Those that stand below it in the same table: the programmes whose years before the system are on record too, as in the document.</summary>
    public IReadOnlyList<TrendProgramme> Beside => [.. Others.Where(p => p.Total.Cells.Any(cell => cell.State is CountState.Recorded) || Main!.Total.Cells.All(cell => cell.State is not CountState.Recorded))];

    public IReadOnlyList<TrendProgramme> Others => [.. Trend.Programmes.Skip(1)];

    public IReadOnlyList<(TrendProgramme Programme, SeriesBreak Break)> Breaks =>
        [.. Trend.Programmes.SelectMany(p => p.Breaks.Select(b => (p, b)))];

    /// <summary>What readers must know of released figures, and the sources of the recorded ones.</summary>
    public IReadOnlyList<string> Remarks => Notes(CountState.Released);

    public IReadOnlyList<string> Sources => Notes(CountState.Recorded);

    public async Task OnGetAsync(CancellationToken stop)
    {
        Titled(Say("事業数の推移", "Projects by form and year"), "statistics");
        Trend = await Trend.ReadAsync(db, stop);
    }

    public bool BreaksBefore(FiscalYear year) => Breaks.Any(b => b.Break.LastBefore.Next == year);

    public bool BreaksBefore(TrendProgramme programme, FiscalYear year) => programme.Breaks.Any(b => b.LastBefore.Next == year);

    /// <summary>Where a column's figures come from: all of them released, all taken over, or some of each.</summary>
    public string Origin(FiscalYear year, IEnumerable<TrendProgramme> programmes)
    {
        var states = programmes.SelectMany(p => p.Forms.Append(p.Total)).Select(row => row.Cells.First(cell => cell.Year == year).State)
            .Where(state => state is CountState.Released or CountState.Recorded).Distinct().ToList();
        return states switch
        {
            [CountState.Released] => Say("年度版から集計", "counted"),
            [CountState.Recorded] => Say("資料から", "recorded"),
            [] => "",
            _ => Say("集計と資料", "both"),
        };
    }

    private IReadOnlyList<string> Notes(CountState state) =>
        [.. Trend.Programmes.SelectMany(p => p.Forms.Append(p.Total)).SelectMany(row => row.Cells).Where(cell => cell.State == state).Select(cell => cell.Note).OfType<string>().Where(note => note.Length > 0).Distinct()];
}

/// <summary>One figure in its place in the table.</summary>
public sealed record TrendCellView(TrendCell Cell, TrendProgramme Programme, TrendRow Row, bool AfterBreak, PublicPage Page)
{
    public string? Link => Cell.State is not CountState.Released ? null
        : Page.To(Row.FormNo == 0 ? Addresses.Edition(Programme.Key, Cell.Year) : Addresses.Form(Programme.Key, Cell.Year, Row.FormNo));
}
