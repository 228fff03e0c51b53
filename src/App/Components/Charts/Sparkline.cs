using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Html;
using static Kyodo.App.Components.Charts.Svg;

namespace Kyodo.App.Components.Charts;

/// <summary>A trend the size of a word, for beside a number. The break leaves a gap; a year without a count does too.</summary>
public static class Sparkline
{
    private const double W = 120, H = 36;

    /// <param name="id">Unique on the page: letters, digits and hyphens.</param>
    public static IHtmlContent Draw(string id, string title, IReadOnlyList<string> years, IReadOnlyList<ChartValue> values, int? breakBefore = null, string unit = "件")
    {
        var max = Math.Max(1, values.Select(v => v.Count ?? 0).DefaultIfEmpty().Max());
        double X(int i) => values.Count == 1 ? W / 2 : 6 + (W - 12) * i / (values.Count - 1);
        double Y(int count) => H - 5 - (H - 10) * count / max;

        var marks = new List<XElement> { Line(0, H - 1, W, H - 1, "chart-axis", "#333333") };
        for (var i = 1; i < values.Count; i++)
        {
            if (values[i - 1].IsCounted && values[i].IsCounted && i != breakBefore)
                marks.Add(Line(X(i - 1), Y(values[i - 1].Count!.Value), X(i), Y(values[i].Count!.Value), "chart-line", "#0055ad"));
        }

        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].IsCounted)
                marks.Add(El("circle", At("class", i == values.Count - 1 ? "chart-point chart-now" : "chart-point"), At("cx", X(i)), At("cy", Y(values[i].Count!.Value)),
                    At("r", i == values.Count - 1 ? 4 : values.Count > 30 ? 0.8 : 2), At("fill", "#0055ad")));
        }

        var description = string.Join('、', values.Select((v, i) => string.Create(CultureInfo.InvariantCulture,
            $"{(i < years.Count ? years[i] : "")} {v.Mark}{(v.IsCounted ? unit : "")}")));
        return Html(Picture(id, "chart chart-spark", W, H, title, description, marks));
    }
}
