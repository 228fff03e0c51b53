using System.Globalization;
using System.Runtime.InteropServices;

namespace Kyodo.App.Components.Charts;

public enum ChartState
{
    Counted,
    NotExisting,
    NotCollected,
}

/// <summary>A count, or why there is none: 0, ― and … are three different answers.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ChartValue(int? Count, ChartState State)
{
    public static readonly ChartValue NotExisting = new(null, ChartState.NotExisting);
    public static readonly ChartValue NotCollected = new(null, ChartState.NotCollected);

    public static ChartValue Of(int count) => new(count, ChartState.Counted);

    public bool IsCounted => State == ChartState.Counted && Count is not null;

    /// <summary>What a table prints for it.</summary>
    public string Mark => State switch
    {
        ChartState.NotExisting => "―",
        _ when !IsCounted => "…",
        _ => Count!.Value.ToString("N0", CultureInfo.InvariantCulture),
    };
}

/// <summary>One layer of the columns; <paramref name="Values"/> runs beside the years (what is missing at its end counts as not collected).</summary>
public sealed record ChartSeries(string Name, IReadOnlyList<ChartValue> Values)
{
    public ChartValue At(int year) => year < Values.Count ? Values[year] : ChartValue.NotCollected;
}

/// <summary>Figures on the two sides cannot be compared: drawn as a gap before the year at <paramref name="BeforeYear"/> (its index).</summary>
public sealed record ChartBreak(int BeforeYear, string Note);

public sealed record TrendData(
    string Title, IReadOnlyList<string> Years, IReadOnlyList<ChartSeries> Series, ChartBreak? Break = null, string Unit = "件", string Empty = "まだ数字がありません");

/// <summary>One year of an indicator; null is a gap in the line.</summary>
public sealed record IndicatorPoint(string Year, decimal? Value);
