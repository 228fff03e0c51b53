using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Html;
using static Kyodo.App.Components.Charts.Svg;

namespace Kyodo.App.Components.Charts;

/// <summary>
/// Stacked columns: counts by form and year. Drawn twice, wide with labels beside the last column and narrow with the
/// legend below, because a scaled picture would shrink its text out of reading on a phone; CSS shows one of them.
/// </summary>
public static class TrendChart
{
    private static readonly string[] Fills = ["#00428c", "#57b8ff", "#ffa66d", "#666666", "#ac3e00", "#79e2f2", "#cccccc", "#197a4b"];

    private sealed record Layout(string Name, double Width, double Left, double Right, double PlotHeight, double Size, bool Beside);

    private static readonly Layout Wide = new("wide", 800, 40, 280, 300, 13, true);
    private static readonly Layout Narrow = new("narrow", 340, 30, 4, 200, 12, false);

    /// <param name="id">Unique on the page: letters, digits and hyphens.</param>
    public static IHtmlContent Draw(string id, TrendData data)
    {
        var content = new HtmlContentBuilder();
        content.AppendHtml("<div class=\"chart chart-trend\">");
        content.AppendHtml(Html(Picture(id, data, Wide)));
        content.AppendHtml(Html(Picture(id, data, Narrow)));
        content.AppendHtml("</div>");
        return content;
    }

    private static XElement Picture(string id, TrendData data, Layout layout)
    {
        var own = $"{id}-{layout.Name}";
        if (data.Years.Count == 0 || data.Series.Count == 0)
        {
            return Svg.Picture(own, $"chart-{layout.Name}", layout.Width, 80, data.Title, data.Empty,
                [Text(layout.Width / 2, 46, data.Empty, "chart-text chart-quiet", layout.Size, "middle")]);
        }

        var marks = new List<XElement> { El("defs", Enumerable.Range(0, Math.Min(data.Series.Count, Fills.Length)).Select(i => Pattern(own, i))) };
        var columns = new Columns(data, layout);
        var labels = layout.Beside ? BesideLabels(own, data, columns) : null;
        marks.AddRange(Axis(columns));
        marks.AddRange(Bars(own, data, columns));
        marks.AddRange(YearLabels(data, columns));
        var y = columns.Bottom + 22;
        marks.AddRange(StateRows(own, data, columns, ref y));
        y += 12;
        if (labels is not null)
            marks.AddRange(labels);
        else
            marks.AddRange(Legend(own, data, layout, ref y));
        if (data.Break is { } gap && columns.HasBreak)
            marks.AddRange(BreakMark(gap, columns, ref y));
        return Svg.Picture(own, $"chart-{layout.Name}", layout.Width, y, data.Title, Describe(data), marks);
    }

    /// <summary>Where things stand: the one place that knows the scale.</summary>
    private sealed class Columns
    {
        internal Columns(TrendData data, Layout layout)
        {
            Layout = layout;
            Totals = [.. Enumerable.Range(0, data.Years.Count).Select(y => data.Series.Sum(s => Math.Max(0, s.At(y).Count ?? 0L)))];
            HasBreak = data.Break is { } gap && gap.BeforeYear > 0 && gap.BeforeYear < data.Years.Count;
            BreakBefore = HasBreak ? data.Break!.BeforeYear : int.MaxValue;
            var slots = data.Years.Count + (HasBreak ? 0.5 : 0);
            Slot = Math.Min((layout.Width - layout.Left - layout.Right) / slots, layout.Beside ? 130 : 110);
            Bar = Math.Min(Slot * 0.68, 60);
            Step = Step(Totals.Max());
            Top = 26;
            Bottom = Top + layout.PlotHeight;
            Scale = layout.PlotHeight / Math.Max(Step, Math.Ceiling(Totals.Max() / Step) * Step);
            Right = layout.Left + Slot * slots;
        }

        internal Layout Layout { get; }
        internal IReadOnlyList<long> Totals { get; }
        internal bool HasBreak { get; }
        internal int BreakBefore { get; }
        internal double Slot { get; }
        internal double Bar { get; }
        internal double Step { get; }
        internal double Scale { get; }
        internal double Top { get; }
        internal double Bottom { get; }
        internal double Right { get; }

        internal double Middle(int year) => Layout.Left + Slot * (year + 0.5 + (year >= BreakBefore ? 0.5 : 0));
    }

    private static XElement Pattern(string own, int index)
    {
        XElement? Stroke(string path) => El("path", At("class", "chart-hatch"), At("d", path), At("stroke", "#ffffff"), At("stroke-width", 1.2), At("fill", "none"));
        var hatch = index switch
        {
            1 => Stroke("M-2 2L2 -2M0 8L8 0M6 10L10 6"),
            2 => El("circle", At("class", "chart-dot"), At("cx", 4), At("cy", 4), At("r", 1), At("fill", "#1a1a1a")),
            4 => Stroke("M-2 6L2 10M0 0L8 8M6 -2L10 2"),
            5 => Stroke("M0 2H8M0 6H8"),
            6 => El("path", At("class", "chart-dot-line"), At("d", "M0 4H8"), At("stroke", "#666666"), At("stroke-width", 1)),
            7 => Stroke("M4 0V8"),
            _ => null,
        };
        return El("pattern", At("id", $"{own}-p{index}"), At("width", 8), At("height", 8), At("patternUnits", "userSpaceOnUse"),
            Rect(0, 0, 8, 8, $"chart-fill-{index + 1}", Fills[index]), hatch);
    }

    private static string Fill(string own, int series) => string.Create(CultureInfo.InvariantCulture, $"url(#{own}-p{series % Fills.Length})");

    private static IEnumerable<XElement> Axis(Columns c)
    {
        for (var value = 0.0; (value - c.Step / 2) * c.Scale <= c.Layout.PlotHeight; value += c.Step)
        {
            var y = c.Bottom - value * c.Scale;
            if (y < c.Top - 1)
                yield break;
            yield return Line(c.Layout.Left, y, c.Right, y, value == 0 ? "chart-axis" : "chart-grid", value == 0 ? "#333333" : "#e6e6e6");
            yield return Text(c.Layout.Left - 6, y + 4, Number(value), "chart-text chart-quiet", c.Layout.Size - 1, "end");
        }
    }

    private static IEnumerable<XElement> Bars(string own, TrendData data, Columns c)
    {
        for (var year = 0; year < data.Years.Count; year++)
        {
            var x = c.Middle(year) - c.Bar / 2;
            var y = c.Bottom;
            var bar = El("g", El("title", Clean(Sentence(data, c.Totals, year))));
            for (var i = 0; i < data.Series.Count; i++)
            {
                if (data.Series[i].At(year) is not { IsCounted: true, Count: > 0 } value)
                    continue;
                var height = value.Count!.Value * c.Scale;
                y -= height;
                bar.Add(El("rect", At("class", "chart-bar"), At("x", x), At("y", y), At("width", c.Bar), At("height", height), At("fill", Fill(own, i)),
                    At("stroke", "#ffffff"), At("stroke-width", height > 3 ? 1 : 0)));
                if (height >= 18 && c.Bar >= 24 && data.Series.Count > 1)
                    bar.Add(Label(x + c.Bar / 2, y + height / 2, value.Mark, c.Layout.Size - 1));
            }

            var total = TotalMark(data, c.Totals, year);
            if (Width(total, c.Layout.Size) <= c.Slot * 0.95)
                bar.Add(Text(x + c.Bar / 2, y - 6, total, "chart-text", c.Layout.Size, "middle", bold: true));
            yield return bar;
        }
    }

    /// <summary>A figure on a hatched ground is read from a plate of paper.</summary>
    private static IEnumerable<XElement> Label(double x, double y, string text, double size)
    {
        var width = Width(text, size) + 8;
        var plate = Rect(x - width / 2, y - size / 2 - 1, width, size + 2, "chart-label", "#ffffff");
        plate.Add(At("rx", 3));
        return [plate, Text(x, y + size * 0.37, text, "chart-text", size, "middle")];
    }

    private static IEnumerable<XElement> YearLabels(TrendData data, Columns c)
    {
        var labels = new Func<string, string>[] { y => y, y => y.Split('（')[0], y => y.Split('（')[0].Replace("年度", "", StringComparison.Ordinal) }
            .Select(shorten => data.Years.Select(shorten).ToList()).ToList();
        var fits = labels.Find(l => l.Max(y => Width(y, c.Layout.Size)) <= c.Slot - 10) ?? labels[^1];
        var every = Math.Max(1, (int)Math.Ceiling(fits.Max(y => Width(y, c.Layout.Size) + 6) / c.Slot));
        for (var year = 0; year < fits.Count; year++)
        {
            // counted from the last year back, so that the newest is always named
            if ((fits.Count - 1 - year) % every == 0)
                yield return Text(c.Middle(year), c.Bottom + 18, fits[year], "chart-text", c.Layout.Size, "middle");
        }
    }

    /// <summary>A column cannot show what is not there: series with ― or … in some year get a row of marks under the years.</summary>
    private static List<XElement> StateRows(string own, TrendData data, Columns c, ref double y)
    {
        var rows = new List<XElement>();
        for (var i = 0; i < data.Series.Count && data.Series.Count > 1 && rows.Count < 60; i++)
        {
            var series = data.Series[i];
            if (Enumerable.Range(0, data.Years.Count).All(year => series.At(year).IsCounted) || c.Slot < 12)
                continue;
            y += 18;
            rows.Add(Swatch(own, i, c.Layout.Left - 18, y - 10));
            for (var year = 0; year < data.Years.Count; year++)
            {
                if (!series.At(year).IsCounted)
                    rows.Add(Text(c.Middle(year), y, series.At(year).Mark, "chart-text", c.Layout.Size, "middle"));
            }
        }

        return rows;
    }

    private static XElement Swatch(string own, int series, double x, double y) =>
        El("rect", At("class", "chart-bar"), At("x", x), At("y", y), At("width", 12), At("height", 12), At("fill", Fill(own, series)), At("stroke", "#ffffff"));

    /// <summary>Labels at the last column's layers, pushed apart until none overlaps; null when they do not fit beside it.</summary>
    private static List<XElement>? BesideLabels(string own, TrendData data, Columns c)
    {
        const double lineHeight = 17;
        var last = data.Years.Count - 1;
        var places = new List<(int Series, IReadOnlyList<string> Lines, double Wanted)>();
        var y = c.Bottom;
        for (var i = 0; i < data.Series.Count; i++)
        {
            var height = Math.Max(0, data.Series[i].At(last).Count ?? 0) * c.Scale;
            places.Add((i, Wrap($"{data.Series[i].Name} {data.Series[i].At(last).Mark}", c.Layout.Size, c.Layout.Width - c.Right - 46), y - height / 2));
            y -= height;
        }

        if (places.Sum(p => p.Lines.Count * lineHeight + 4) > c.Layout.PlotHeight)
            return null;
        var marks = new List<XElement>();
        var floor = c.Bottom + 4;
        var above = places.Sum(p => p.Lines.Count * lineHeight + 4);
        foreach (var (series, lines, wanted) in places)
        {
            var height = lines.Count * lineHeight + 4;
            above -= height;
            var middle = Math.Max(Math.Min(wanted, floor - height / 2), c.Top + above + height / 2);
            floor = middle - height / 2;
            var edge = c.Middle(last) + c.Bar / 2;
            if (data.Series[series].At(last) is { IsCounted: true, Count: > 0 })
                marks.Add(El("polyline", At("class", "chart-leader"), At("points", Points((edge + 2, wanted), (c.Right + 8, middle), (c.Right + 18, middle))), At("fill", "none"), At("stroke", "#999999")));
            marks.Add(Swatch(own, series, c.Right + 22, middle - 6));
            marks.AddRange(lines.Select((line, n) => Text(c.Right + 40, middle + 4.5 + (n - (lines.Count - 1) / 2.0) * lineHeight, line, "chart-text", c.Layout.Size)));
        }

        return marks;
    }

    private static List<XElement> Legend(string own, TrendData data, Layout layout, ref double y)
    {
        var marks = new List<XElement>();
        for (var i = data.Series.Count - 1; i >= 0; i--)
        {
            y += 8;
            marks.Add(Swatch(own, i, 4, y + 2));
            foreach (var line in Wrap($"{data.Series[i].Name} {data.Series[i].At(data.Years.Count - 1).Mark}", layout.Size, layout.Width - 28))
            {
                marks.Add(Text(24, y + 12, line, "chart-text", layout.Size));
                y += 17;
            }
        }

        return marks;
    }

    private static List<XElement> BreakMark(ChartBreak gap, Columns c, ref double y)
    {
        var x = c.Middle(gap.BeforeYear) - c.Slot * 0.75;
        var marks = new List<XElement>
        {
            Line(x - 3, c.Top - 8, x - 3, c.Bottom + 6, "chart-break", dash: "4 3"),
            Line(x + 3, c.Top - 8, x + 3, c.Bottom + 6, "chart-break", dash: "4 3"),
            Text(x, c.Top - 13, "※", "chart-text", c.Layout.Size, "middle"),
        };
        y += 6;
        foreach (var line in Wrap($"※ {gap.Note}", c.Layout.Size, c.Layout.Width - 12))
        {
            y += 19;
            marks.Add(Text(4, y, line, "chart-text", c.Layout.Size));
        }

        y += 8;
        return marks;
    }

    private static string TotalMark(TrendData data, IReadOnlyList<long> totals, int year)
    {
        if (data.Series.Any(s => s.At(year).IsCounted))
            return Number(totals[year]);
        return data.Series.All(s => s.At(year).State == ChartState.NotExisting) ? "―" : "…";
    }

    private static string Sentence(TrendData data, IReadOnlyList<long> totals, int year)
    {
        var total = TotalMark(data, totals, year);
        return total switch
        {
            "―" => $"{data.Years[year]} 制度なし",
            "…" => $"{data.Years[year]} 未収集",
            _ => $"{data.Years[year]} 計{total}{data.Unit}",
        };
    }

    private static string Describe(TrendData data)
    {
        var totals = Enumerable.Range(0, data.Years.Count).Select(y => data.Series.Sum(s => Math.Max(0, s.At(y).Count ?? 0L))).ToList();
        var text = string.Join('、', Enumerable.Range(0, data.Years.Count).Select(y => Sentence(data, totals, y))) + "。";
        return data.Break is null ? text : $"{text}{data.Break.Note}";
    }

    private static string Points(params (double X, double Y)[] points) =>
        string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#},{p.Y:0.#}")));

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
