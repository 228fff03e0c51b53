using System.Xml.Linq;
using Microsoft.AspNetCore.Html;
using static Kyodo.App.Components.Charts.Svg;

namespace Kyodo.App.Components.Charts;

/// <summary>One bar; without a value only <paramref name="Shown"/> (― or …) stands in its place.</summary>
public sealed record Bar(string Name, decimal? Value, string Shown);

/// <summary>
/// Lying bars: one figure each of many things in one year. Names stand beside the bars where there is room and above them on a phone;
/// CSS shows one of the two drawings.
/// </summary>
public static class BarChart
{
    private const int MostBars = 100;

    /// <param name="id">Unique on the page: letters, digits and hyphens.</param>
    /// <param name="rest">Says how many bars are left out, given their number.</param>
    public static IHtmlContent Draw(string id, string title, IReadOnlyList<Bar> bars, string empty, Func<int, string> rest)
    {
        var content = new HtmlContentBuilder();
        content.AppendHtml("<div class=\"chart chart-bars\">");
        content.AppendHtml(Html(Picture($"{id}-wide", "chart-wide", title, bars, empty, rest, width: 800, names: Math.Min(300, 20 + bars.Select(bar => Width(bar.Name, 13)).DefaultIfEmpty().Max()))));
        content.AppendHtml(Html(Picture($"{id}-narrow", "chart-narrow", title, bars, empty, rest, width: 340, names: 0)));
        content.AppendHtml("</div>");
        return content;
    }

    private static XElement Picture(string id, string css, string title, IReadOnlyList<Bar> bars, string empty, Func<int, string> rest, double width, double names)
    {
        if (bars.Count == 0)
            return Svg.Picture(id, css, width, 80, title, empty, [Text(width / 2, 46, empty, "chart-text chart-quiet", 13, "middle")]);
        var most = Math.Max(1e-9, (double)bars.Max(bar => Math.Max(0, bar.Value ?? 0)));
        var marks = new List<XElement>();
        var y = 4.0;
        foreach (var bar in bars.Take(MostBars))
        {
            var lines = Wrap(bar.Name, 13, names > 0 ? names - 16 : width - 8);
            var top = y;
            if (names == 0)
            {
                marks.AddRange(lines.Select((line, i) => Text(0, top + 13 + (i * 17), line, "chart-text", 13)));
                y += (lines.Count * 17) + 2;
            }
            else
            {
                marks.AddRange(lines.Select((line, i) => Text(names - 8, top + 16 + (i * 17), line, "chart-text", 13, "end")));
            }
            var length = Math.Max(0, (double)(bar.Value ?? 0)) / most * (width - names - 70);
            if (length > 0)
                marks.Add(Rect(names, y + 3, Math.Max(1, length), 16, "chart-fill-1", "#00428c"));
            marks.Add(Text(names + length + 6, y + 16, bar.Shown, bar.Value is null ? "chart-text chart-quiet" : "chart-text", 13, bold: bar.Value is not null));
            y += names == 0 ? 26 : Math.Max(24, (lines.Count * 17) + 7);
        }
        marks.Insert(0, Line(names, 2, names, y, "chart-axis", "#333333"));
        if (bars.Count > MostBars)
            marks.Add(Text(names + 6, y += 16, rest(bars.Count - MostBars), "chart-text chart-quiet", 13));
        return Svg.Picture(id, css, width, y + 6, title, string.Join('、', bars.Take(MostBars).Select(bar => $"{bar.Name} {bar.Shown}")), marks);
    }
}
