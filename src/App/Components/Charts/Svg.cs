using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Html;

namespace Kyodo.App.Components.Charts;

/// <summary>
/// The few SVG words the charts speak. Built as XML so that a picture is well formed and its text encoded by construction;
/// colours stand as presentation attributes (they hold in a PDF or a saved file) and CSS classes replace them on the page.
/// </summary>
internal static class Svg
{
    private static readonly XNamespace Ns = "http://www.w3.org/2000/svg";

    internal static XElement El(string name, params object?[] content) => new(Ns + name, content);

    internal static XAttribute At(string name, string value) => new(name, Clean(value));

    internal static XAttribute At(string name, double value) =>
        new(name, Math.Round(value, 1).ToString(CultureInfo.InvariantCulture));

    internal static XElement Picture(string id, string cssClass, double width, double height, string title, string description, IEnumerable<XElement> content) =>
        El("svg",
            At("class", cssClass), At("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width:0.#} {height:0.#}")),
            At("width", width), At("height", height), At("role", "img"), At("aria-labelledby", $"{id}-t {id}-d"), At("font-family", "sans-serif"),
            El("title", At("id", $"{id}-t"), Clean(title)),
            El("desc", At("id", $"{id}-d"), Clean(description)),
            content);

    internal static XElement Text(double x, double y, string text, string cssClass = "chart-text", double size = 12, string anchor = "start", bool bold = false) =>
        El("text", At("class", cssClass), At("x", x), At("y", y), At("font-size", size), At("text-anchor", anchor), At("fill", "#1a1a1a"),
            bold ? At("font-weight", "700") : null, Clean(text));

    internal static XElement Line(double x1, double y1, double x2, double y2, string cssClass, string stroke = "#767676", string? dash = null) =>
        El("line", At("class", cssClass), At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2), At("stroke", stroke),
            dash is null ? null : At("stroke-dasharray", dash));

    internal static XElement Rect(double x, double y, double width, double height, string cssClass, string fill) =>
        El("rect", At("class", cssClass), At("x", x), At("y", y), At("width", width), At("height", height), At("fill", fill));

    internal static IHtmlContent Html(XElement element) => new HtmlString(element.ToString(SaveOptions.DisableFormatting));

    /// <summary>Labels come from people: characters that XML cannot hold (control codes, half a surrogate pair) become U+FFFD.</summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value))
                clean.Append('\uFFFD');
            else
                clean.Append(rune);
        }

        return clean.ToString();
    }

    /// <summary>Japanese is set solid: a full-width character is one em, the rest a little over half.</summary>
    internal static double Width(string text, double size) => text.EnumerateRunes().Sum(r => r.Value < 0x2000 ? 0.58 : 1.0) * size;

    internal static IReadOnlyList<string> Wrap(string text, double size, double width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        var used = 0.0;
        foreach (var rune in text.EnumerateRunes())
        {
            var step = Width(rune.ToString(), size);
            var mayHang = rune.Value is '、' or '。' or '）' or '」' or '・' or 'ー';
            if (used + step > width && line.Length > 0 && !mayHang)
            {
                lines.Add(line.ToString());
                line.Clear();
                used = 0;
            }

            line.Append(rune);
            used += step;
        }

        lines.Add(line.ToString());
        return lines;
    }

    /// <summary>Round steps (1, 2, 5 × 10ⁿ) for about four lines, never less than one.</summary>
    internal static double Step(double max)
    {
        if (max <= 4)
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(max / 4)));
        return new[] { 1, 2, 5, 10 }.Select(m => m * power).First(s => max / s <= 5);
    }
}
