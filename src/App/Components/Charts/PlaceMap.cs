using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Html;
using static Kyodo.App.Components.Charts.Svg;

namespace Kyodo.App.Components.Charts;

/// <summary>A municipality to draw: its figure, what is read out for it, and where its cases are listed (null where it has none).</summary>
public sealed record PlaceOnMap(string Name, string Area, int Count, string Spoken, string? Link);

/// <summary>
/// Municipalities as tiles or as outlines, each a link. The number always stands there in figures; the bar or the shade only helps to find the
/// large ones.
/// </summary>
public static class PlaceMap
{
    private const double Side = 78, Tall = 64, Gap = 4;

    /// <param name="id">Unique on the page: letters, digits and hyphens.</param>
    public static IHtmlContent Tiles(string id, string title, IReadOnlyList<(PlaceOnMap Place, int Column, int Row)> tiles)
    {
        if (tiles.Count == 0)
            return HtmlString.Empty;
        var most = Math.Max(1, tiles.Max(tile => tile.Place.Count));
        var (width, height) = ((tiles.Max(tile => tile.Column) + 1) * (Side + Gap), (tiles.Max(tile => tile.Row) + 1) * (Tall + Gap));
        return Html(Picture(id, "map-tiles", width, height, title, tiles.Select(tile => Tile(tile.Place, tile.Column * (Side + Gap), tile.Row * (Tall + Gap), most))));
    }

    public static IHtmlContent Shapes(string id, string title, IReadOnlyList<(PlaceOnMap Place, string Path, double X, double Y)> shapes, double width, double height)
    {
        var most = Math.Max(1, shapes.Select(shape => shape.Place.Count).DefaultIfEmpty().Max());
        return Html(Picture(id, "map-shapes", width, height, title,
        [
            .. shapes.Select(shape => Shape(shape.Place, shape.Path, most)),
            .. shapes.Select(shape => Plain(Number(shape.Place.Count), shape.X, shape.Y + 4)),
        ]));
    }

    private static XElement Picture(string id, string css, double width, double height, string title, IEnumerable<XElement> content) =>
        El("svg", At("class", css), At("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width:0.#} {height:0.#}")), At("width", width), At("height", height),
            At("role", "group"), At("aria-labelledby", $"{id}-t"), At("font-family", "sans-serif"), El("title", At("id", $"{id}-t"), Clean(title)), content);

    // A link's name is what stands in it; the title says it as a sentence to those who point at it.
    private static XElement Tile(PlaceOnMap place, double x, double y, int most)
    {
        object[] drawing =
        [
            El("title", Clean(place.Spoken)),
            Rect(x, y, Side, Tall, $"map-tile map-level-{Level(place.Count, most)}", "#ffffff"),
            Text(x + (Side / 2), y + 19, place.Name, "chart-text", Math.Min(15, (Side - 6) / Math.Max(1, place.Name.Length)), "middle"),
            Text(x + (Side / 2), y + 40, Number(place.Count), "chart-text", 17, "middle", bold: true),
            Text(x + (Side / 2), y + 53, place.Area, "chart-text chart-quiet", 10.5, "middle"),
            Rect(x + 4, y + Tall - 7, place.Count == 0 ? 0 : Math.Max(2, (Side - 8) * place.Count / most), 4, "chart-fill-1", "#00428c"),
        ];
        return place.Link is { } link ? El("a", At("href", link), drawing) : El("g", At("role", "group"), drawing);
    }

    private static XElement Shape(PlaceOnMap place, string path, int most)
    {
        object[] drawing =
        [
            At("aria-label", place.Spoken),
            El("title", Clean(place.Spoken)),
            El("path", At("class", $"map-shape map-level-{Level(place.Count, most)}"), At("d", path), At("stroke", "#666666"), At("fill", "#ffffff")),
        ];
        return place.Link is { } link ? El("a", At("href", link), drawing) : El("g", At("role", "img"), drawing);
    }

    // The numbers lie over all outlines; each outline says its own already.
    private static XElement Plain(string text, double x, double y)
    {
        var number = Text(x, y, text, "chart-text map-number", 12, "middle", bold: true);
        number.Add(At("pointer-events", "none"), At("aria-hidden", "true"));
        return number;
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    // 0 for none, 1 to 4 by quarters of the largest.
    private static int Level(int count, int most) => ((count * 4) + most - 1) / most;
}
