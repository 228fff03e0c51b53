using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Html;
using static Kyodo.App.Components.Charts.Svg;

namespace Kyodo.App.Components.Charts;

/// <summary>One indicator over the years: the sentence "70団体 → 182団体" on top, the line that bears it out below; a year without a value is a gap.</summary>
public static class IndicatorChart
{
    private const double W = 360, H = 176, Left = 6, Right = 6, Top = 58, Bottom = 144;

    /// <param name="id">Unique on the page: letters, digits and hyphens.</param>
    public static IHtmlContent Draw(string id, string name, string unit, IReadOnlyList<IndicatorPoint> points, string empty = "まだ値がありません")
    {
        var known = points.Select((p, i) => (p.Year, p.Value, Index: i)).Where(p => p.Value is not null).Select(p => (p.Year, Value: p.Value!.Value, p.Index)).ToList();
        if (known.Count == 0)
        {
            return Html(Picture(id, "chart chart-indicator", W, 64, name, empty, [Text(0, 38, empty, "chart-text chart-quiet", 13)]));
        }

        var sentence = Sentence(unit, [.. known.Select(p => p.Value)]);
        var max = known.Max(p => p.Value);
        var min = Math.Min(0, known.Min(p => p.Value));
        var range = max == min ? 1m : max - min;
        double X(int index) => points.Count == 1 ? W / 2 : Left + (W - Left - Right) * index / (points.Count - 1);
        double Y(decimal value) => Bottom - (double)((value - min) / range) * (Bottom - Top);

        var marks = new List<XElement>
        {
            Text(0, 20, sentence, "chart-text chart-sentence", 17, bold: true),
            Line(0, Y(0), W, Y(0), "chart-axis", "#333333"),
        };
        foreach (var run in Runs(known))
        {
            if (run.Count > 1)
                marks.Add(El("polyline", At("class", "chart-line"), At("fill", "none"), At("stroke", "#0055ad"), At("stroke-width", 2.5), At("stroke-linejoin", "round"),
                    At("points", string.Join(' ', run.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.Index):0.#},{Y(p.Value):0.#}"))))));
        }

        marks.AddRange(known.Select(p => El("circle", At("class", "chart-point"), At("cx", X(p.Index)), At("cy", Y(p.Value)), At("r", known.Count > 40 ? 1.5 : 4),
            At("fill", "#0055ad"), El("title", Clean($"{p.Year} {Number(p.Value)}{unit}")))));
        foreach (var (year, value, index) in known.Count == 1 ? known : [known[0], known[^1]])
        {
            var anchor = points.Count == 1 ? "middle" : index == 0 ? "start" : index == points.Count - 1 ? "end" : "middle";
            var x = anchor switch { "start" => 0, "end" => W, _ => X(index) };
            marks.Add(Text(x, Y(value) - 10, Number(value), "chart-text", 13, anchor, bold: true));
            marks.Add(Text(x, Bottom + 24, year, "chart-text chart-quiet", 12, anchor));
        }

        return Html(Picture(id, "chart chart-indicator", W, H, name,
            $"{sentence}。{string.Join('、', known.Select(p => $"{p.Year} {Number(p.Value)}{unit}"))}", marks));
    }

    /// <summary>"70団体 → 182団体", or the one value there is; empty without any. The same words for a caption.</summary>
    public static string Sentence(string unit, IReadOnlyList<decimal> values) => values switch
    {
        [] => "",
        [var only] => $"{Number(only)}{unit}",
        [var first, .., var last] => $"{Number(first)}{unit} → {Number(last)}{unit}",
    };

    private static List<List<(string Year, decimal Value, int Index)>> Runs(List<(string Year, decimal Value, int Index)> known)
    {
        var runs = new List<List<(string Year, decimal Value, int Index)>>();
        foreach (var point in known)
        {
            if (runs.Count == 0 || runs[^1][^1].Index != point.Index - 1)
                runs.Add([]);
            runs[^1].Add(point);
        }

        return runs;
    }

    private static string Number(decimal value) => value.ToString("#,0.##########", CultureInfo.InvariantCulture);
}
