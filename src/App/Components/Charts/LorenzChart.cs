using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Html;
using static Kyodo.App.Components.Charts.Svg;

namespace Kyodo.App.Components.Charts;

/// <summary>The Lorenz curve against the line of equal shares; both axes from 0 to 100 %.</summary>
public static class LorenzChart
{
    private const double Side = 280, Left = 44, Top = 12;

    /// <param name="id">Unique on the page: letters, digits and hyphens.</param>
    /// <param name="points">From (0, 0) to (1, 1); empty where nothing can be drawn.</param>
    public static IHtmlContent Draw(string id, string title, IReadOnlyList<(double Across, double Up)> points, LorenzWords words)
    {
        var (width, height) = (Left + Side + 16, Top + Side + 52);
        if (points.Count < 2)
            return Html(Picture(id, "chart chart-lorenz", width, 80, title, words.Empty, [Text(width / 2, 46, words.Empty, "chart-text chart-quiet", 13, "middle")]));
        double X(double share) => Left + (share * Side);
        double Y(double share) => Top + Side - (share * Side);
        var marks = new List<XElement>();
        for (var step = 0; step <= 4; step++)
        {
            var share = step / 4.0;
            marks.Add(Line(Left, Y(share), Left + Side, Y(share), step == 0 ? "chart-axis" : "chart-grid", step == 0 ? "#333333" : "#e6e6e6"));
            marks.Add(Text(Left - 6, Y(share) + 4, $"{step * 25}%", "chart-text chart-quiet", 12, "end"));
            marks.Add(Text(X(share), Top + Side + 18, $"{step * 25}%", "chart-text chart-quiet", 12, "middle"));
        }
        marks.Add(Line(Left, Top, Left, Top + Side, "chart-axis", "#333333"));
        marks.Add(Line(X(0), Y(0), X(1), Y(1), "chart-break", dash: "5 4"));
        marks.Add(Text(X(0.42), Y(0.5), words.Equal, "chart-text chart-quiet", 12, "end"));
        marks.Add(El("polyline", At("class", "chart-line"), At("fill", "none"), At("stroke", "#0055ad"), At("stroke-width", 2.5), At("stroke-linejoin", "round"),
            At("points", string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.Across):0.#},{Y(p.Up):0.#}"))))));
        if (points.Count <= 60)
            marks.AddRange(points.Select(p => El("circle", At("class", "chart-point"), At("cx", X(p.Across)), At("cy", Y(p.Up)), At("r", 2.5), At("fill", "#0055ad"))));
        marks.Add(Text(Left + Side, Top + Side + 40, words.Across, "chart-text", 12, "end"));
        return Html(Picture(id, "chart chart-lorenz", width, height, title, words.Description, marks));
    }
}

/// <summary>What the picture says in the page's language.</summary>
public sealed record LorenzWords(string Equal, string Across, string Description, string Empty);
