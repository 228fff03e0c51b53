using System.Globalization;
using System.Xml.Linq;
using Kyodo.Readers;
using Microsoft.AspNetCore.Html;

namespace Kyodo.App.Components.Charts;

/// <summary>The spread of a case from left to right: a box for each unit, with the case that came from it. The same stands as a list beside it.</summary>
internal static class SpreadTree
{
    private const double BoxWidth = 216;
    private const double BoxHeight = 52;
    private const double Across = 44;
    private const double Between = 14;
    private const double Padding = 10;
    private const double Edge = 2;

    public static IHtmlContent Draw(string id, SpreadNode root)
    {
        var boxes = new List<XElement>();
        var lines = new List<XElement>();
        var (next, deepest) = (Edge, 0);
        Place(root, 0);
        var (width, height) = ((2 * Edge) + ((deepest + 1) * BoxWidth) + (deepest * Across), next - Between + Edge);
        return Svg.Html(Svg.Picture(id, "chart", width, height,
            string.Create(CultureInfo.InvariantCulture, $"「{root.Title}」の広がり"),
            string.Create(CultureInfo.InvariantCulture, $"{root.Units}組織。同じ内容が図の上の一覧にあります。"),
            lines.Concat(boxes)));

        // A box stands in the middle of those that came from it; the middle of its box is what comes back.
        double Place(SpreadNode node, int depth)
        {
            deepest = Math.Max(deepest, depth);
            var left = Edge + (depth * (BoxWidth + Across));
            var middles = node.Next.Select(one => Place(one, depth + 1)).ToList();
            double middle;
            if (middles.Count == 0)
            {
                middle = next + (BoxHeight / 2);
                next += BoxHeight + Between;
            }
            else
            {
                middle = (middles[0] + middles[^1]) / 2;
            }
            foreach (var other in middles)
                lines.Add(Elbow(left + BoxWidth, middle, other));
            boxes.AddRange(Box(node, left, middle - (BoxHeight / 2), depth == 0));
            return middle;
        }
    }

    private static XElement Elbow(double from, double middle, double other)
    {
        var half = from + (Across / 2);
        var to = from + Across;
        return Svg.El("path", Svg.At("class", "chart-branch"), Svg.At("fill", "none"), Svg.At("stroke", "#767676"),
            Svg.At("d", string.Create(CultureInfo.InvariantCulture, $"M{from:0.#} {middle:0.#}H{half:0.#}V{other:0.#}H{to:0.#}")));
    }

    private static IEnumerable<XElement> Box(SpreadNode node, double left, double top, bool isRoot)
    {
        var box = Svg.Rect(left, top, BoxWidth, BoxHeight, isRoot ? "chart-box chart-box-root" : "chart-box", "#ffffff");
        box.Add(Svg.At("stroke", "#767676"), Svg.At("rx", 6));
        yield return box;
        yield return Svg.Text(left + Padding, top + 21, OneLine(node.Unit, 13), size: 13, bold: true);
        yield return Svg.Text(left + Padding, top + 41, OneLine(node.Repeated ? "（ほかの所に続きます）" : node.Title ?? "（事例の名前はありません）", 12), node.Title is null ? "chart-quiet" : "chart-text");
    }

    private static string OneLine(string text, double size)
    {
        const double room = BoxWidth - (2 * Padding);
        return Svg.Width(text, size) <= room ? text : Svg.Wrap(text, size, room - size)[0] + "…";
    }
}
