using System.Globalization;
using Kyodo.Common;

namespace Kyodo.Statistics;

/// <summary>What a figure measures; <paramref name="Decimals"/> is how exactly it is shown.</summary>
public sealed record Measure(string Key, string NameJa, string NameEn, string UnitJa, string UnitEn, int Decimals = 0)
{
    public static readonly Measure Cases = new("cases", "事例の数", "Cases", "件", "cases");
    public static readonly Measure Share = new("share", "構成比", "Share", "％", "%", 1);
    public static readonly Measure ShareChange = new("share_change", "構成比の前年度からの増減", "Change of share since last year", "ポイント", "points", 1);
    public static readonly Measure PerHundredStaff = new("per_100_staff", "職員100人あたりの事例", "Cases per 100 staff", "件", "cases", 2);
    public static readonly Measure PerTenThousandResidents = new("per_10000_residents", "人口1万人あたりの事例", "Cases per 10,000 residents", "件", "cases", 2);
    public static readonly Measure Gini = new("gini", "ジニ係数", "Gini coefficient", "", "", 3);
    public static readonly Measure Units = new("units", "組織の数", "Units", "組織", "units");
    public static readonly Measure Rate = new("rate", "割合", "Rate", "％", "%", 1);
    public static readonly Measure Days = new("days", "日数", "Days", "日", "days", 1);
}

/// <summary>
/// A figure, or why there is none. <paramref name="Value"/> is a number (0 included) when released or recorded, and null otherwise.
/// </summary>
public sealed record Figure(FiscalYear Year, CountState State, decimal? Value, string? Note = null)
{
    public static Figure Of(FiscalYear year, decimal value, string? note = null) => new(year, CountState.Released, value, note);

    public static Figure None(FiscalYear year, CountState state) => new(year, state, null);

    /// <summary>As a table shows it: a number, ― (did not exist) or … (not collected).</summary>
    public string Shown(Measure measure) => State switch
    {
        CountState.NotExisting => "―",
        CountState.NotCollected => "…",
        _ when measure == Measure.ShareChange => Value!.Value.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture),
        _ => Value!.Value.ToString($"N{measure.Decimals}", CultureInfo.InvariantCulture),
    };

    /// <summary>As files state it, without zeros that mean nothing; null where there is no number.</summary>
    public string? Written => Value?.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>As files name it: released, recorded, not_existing, not_collected.</summary>
    public string StateName => new TrendCell(Year, State, null, null).StateName;
}

/// <summary>
/// The figures of one thing over the years. <paramref name="Behind"/>: the values of the lists' facet that its cases have, usually the item
/// itself; empty where no list of cases stands behind the figures.
/// </summary>
public sealed record FigureRow(string Item, string NameJa, string NameEn, Measure Measure, IReadOnlyList<Figure> Figures, IReadOnlyList<string> Behind, bool IsTotal = false);

/// <summary>A programme's rows; the figures of each run beside the table's years.</summary>
public sealed record ProgrammeFigures(string Key, string NameJa, string NameEn, IReadOnlyList<FigureRow> Rows, IReadOnlyList<SeriesBreak> Breaks)
{
    /// <summary>The cases of each unit in the newest year, for the Lorenz curve; null in tables that are not about it.</summary>
    public UnitSpread? Spread { get; init; }
}

/// <summary>How many cases each unit has in a year; with those that have none where <paramref name="WithSilent"/>, else only those that have some.</summary>
public sealed record UnitSpread(FiscalYear Year, IReadOnlyList<int> Counts, bool WithSilent);

/// <summary>A table of figures: programmes, in each of them rows, in each of them a figure a year. Its name is that of its page and files.</summary>
public sealed record StatisticsTable(TableName Name, IReadOnlyList<FiscalYear> Years, IReadOnlyList<ProgrammeFigures> Programmes, IReadOnlyList<string> Remarks)
{
    public IEnumerable<(ProgrammeFigures Programme, FigureRow Row, Figure Figure)> Figures =>
        from programme in Programmes
        from row in programme.Rows
        from figure in row.Figures
        select (programme, row, figure);
}

/// <summary>A table's name in addresses, its title, and how its figures are to be read.</summary>
public sealed record TableName(string Key, string TitleJa, string TitleEn, string AboutJa, string AboutEn);
