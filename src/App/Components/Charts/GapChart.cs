using System.Globalization;
using System.Xml.Linq;
using Kyodo.Scores;
using Microsoft.AspNetCore.Html;
using static Kyodo.App.Components.Charts.Svg;

namespace Kyodo.App.Components.Charts;

/// <summary>One criterion as both sides judged it: a score each, or a word where there is none.</summary>
public sealed record JudgedRow(string No, string Text, Mark Government, IReadOnlyList<Mark> Partners, double? Gap)
{
    public bool IsFlagged => Gap >= 2;
}

/// <summary>
/// Both sides on one line a criterion: a disc for the government, a diamond for each partner, and a bar between them as wide as they differ.
/// </summary>
public static class GapChart
{
    private const double W = 340, Left = 14, Right = 14, Line1 = 17, LineStep = 16;

    public static IHtmlContent Draw(string id, string title, IReadOnlyList<JudgedRow> rows, Scale scale)
    {
        double X(double score) => Left + ((W - Left - Right) * (score - 1) / (scale.Max - 1));
        var (marks, y) = (new List<XElement>(), 0.0);
        foreach (var row in rows)
        {
            var lines = Wrap($"{row.No}　{row.Text}", 13, W - 4);
            foreach (var (line, i) in lines.Select((line, i) => (line, i)))
                marks.Add(Text(2, y + Line1 + (i * LineStep), line, "chart-text", 13, bold: row.IsFlagged));
            y += Line1 + (lines.Count * LineStep) + 6;
            marks.Add(Line(X(1), y, X(scale.Max), y, "chart-grid", "#cccccc"));
            for (var score = 1; score <= scale.Max; score++)
                marks.Add(Line(X(score), y - 4, X(score), y + 4, "chart-grid", "#cccccc"));
            var theirs = row.Partners.Select(mark => mark.Score).OfType<int>().ToList();
            if (row.Government.Score is { } own && theirs.Count > 0)
            {
                var far = theirs.MaxBy(score => Math.Abs(score - own));
                if (far != own)
                    marks.Add(Rect(X(Math.Min(own, far)), y - 4, X(Math.Max(own, far)) - X(Math.Min(own, far)), 8, row.IsFlagged ? "gap-bar flagged" : "gap-bar", row.IsFlagged ? "#ffa66d" : "#e6e6e6"));
            }
            if (row.Government.Score is { } government)
                marks.Add(El("circle", At("class", "gap-government"), At("cx", X(government)), At("cy", y), At("r", 10), At("fill", "#0055ad")));
            foreach (var score in theirs.Distinct())
                marks.Add(Diamond(X(score), y, 7));
            var words = Outside(row);
            if (words.Length > 0)
            {
                y += 19;
                marks.Add(Text(2, y, words, "chart-text chart-quiet", 12));
            }
            y += 20;
        }
        marks.Add(Text(X(1) - 12, y + 6, scale.Labels[0], "chart-text chart-quiet", 12));
        marks.Add(Text(X(scale.Max) + 12, y + 6, scale.Labels[^1], "chart-text chart-quiet", 12, "end"));
        return Html(Picture(id, "chart chart-gap", W, y + 14, title, string.Join('、', rows.Select(Sentence)), marks));
    }

    internal static XElement Diamond(double x, double y, double r) => El("polygon", At("class", "gap-partner"), At("fill", "#ac3e00"),
        At("points", string.Create(CultureInfo.InvariantCulture, $"{x:0.#},{y - r:0.#} {x + r:0.#},{y:0.#} {x:0.#},{y + r:0.#} {x - r:0.#},{y:0.#}")));

    private static string Outside(JudgedRow row) => string.Join('、', new[] { row.Government.Score is null && row.Government.IsGiven ? $"行政は{row.Government.Name}" : null }
        .Concat(row.Partners.Where(mark => mark.Score is null && mark.IsGiven).Select(mark => $"相手方は{mark.Name}")).OfType<string>().Distinct());

    private static string Sentence(JudgedRow row) => $"{row.No} 行政{row.Government.Name} 相手方{string.Join('・', row.Partners.Select(mark => mark.IsGiven ? mark.Name : "答えなし"))}{(row.IsFlagged ? " 差が大きい" : "")}";
}

/// <summary>Both sides' shape over all criteria. Needs three; a criterion without a score leaves a gap in the line, never a zero.</summary>
public static class RadarChart
{
    private const double W = 340, H = 320, R = 118;

    public static IHtmlContent Draw(string id, string title, IReadOnlyList<(string No, double? Government, double? Partner)> axes, int max)
    {
        var (cx, cy) = (W / 2, H / 2);
        (double X, double Y) At2(int i, double share)
        {
            var angle = (Math.PI * 2 * i / axes.Count) - (Math.PI / 2);
            return (cx + (Math.Cos(angle) * R * share), cy + (Math.Sin(angle) * R * share));
        }
        double Share(double score) => 0.15 + (0.85 * (score - 1) / (max - 1));
        var marks = new List<XElement>();
        for (var score = 1; score <= max; score++)
            marks.Add(El("polygon", At("class", "radar-grid"), At("fill", "none"), At("stroke", "#cccccc"), At("points", Points(Enumerable.Range(0, axes.Count).Select(i => At2(i, Share(score)))))));
        for (var i = 0; i < axes.Count; i++)
        {
            var ((x, y), (tx, ty)) = (At2(i, 1), At2(i, 1.13));
            marks.Add(Line(cx, cy, x, y, "chart-grid", "#cccccc"));
            marks.Add(Text(tx, ty + 4, axes[i].No, "chart-text", 12, "middle"));
        }
        marks.AddRange(Shape(axes.Select(axis => axis.Government).ToList(), "radar-government", "#0055ad", null));
        marks.AddRange(Shape(axes.Select(axis => axis.Partner).ToList(), "radar-partner", "#ac3e00", "6 4"));
        var description = string.Join('、', axes.Select(axis => $"{axis.No} 行政{Say(axis.Government)} 相手方{Say(axis.Partner)}"));
        return Html(Picture(id, "chart chart-radar", W, H, title, description, marks));

        IEnumerable<XElement> Shape(List<double?> values, string cssClass, string stroke, string? dash)
        {
            for (var i = 0; i < values.Count; i++)
            {
                var next = (i + 1) % values.Count;
                if (values[i] is { } from && values[next] is { } to)
                {
                    var ((x1, y1), (x2, y2)) = (At2(i, Share(from)), At2(next, Share(to)));
                    var line = Line(x1, y1, x2, y2, cssClass, stroke, dash);
                    line.Add(At("stroke-width", 2.5));
                    yield return line;
                }
            }
            for (var i = 0; i < values.Count; i++)
            {
                if (values[i] is not { } value)
                    continue;
                var (x, y) = At2(i, Share(value));
                yield return cssClass == "radar-partner" ? GapChart.Diamond(x, y, 6) : El("circle", At("class", "gap-government"), At("cx", x), At("cy", y), At("r", 4.5), At("fill", stroke));
            }
        }
    }

    private static string Say(double? score) => score?.ToString("0.#", CultureInfo.InvariantCulture) ?? "なし";

    private static string Points(IEnumerable<(double X, double Y)> points) => string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#},{p.Y:0.#}")));
}
