using System.Globalization;
using Kyodo.Common;

namespace Kyodo.Statistics;

/// <summary>
/// A municipality's place on the tile map (left to right, top to bottom, from 0). The places are our own drawing; names, codes and years are facts.
/// </summary>
/// <param name="Bureau">The code of the bureau that serves it; empty where none does.</param>
/// <param name="LastYear">The last fiscal year in which it stood; null while it stands.</param>
public sealed record MapTile(string Name, string? Code, string Bureau, FiscalYear? LastYear, int Column, int Row)
{
    public bool StandsIn(FiscalYear year) => !(year > LastYear);
}

/// <summary>A regional bureau on the map.</summary>
public sealed record MapBureau(string Code, string Name);

/// <summary>The prefecture as tiles, one a municipality: from the two lists beside this file.</summary>
public static class MapTiles
{
    public static IReadOnlyList<MapTile> All { get; } = [.. Lines("map-tiles.csv").Select(cells => new MapTile(
        cells[0], cells[1].Length > 0 ? cells[1] : null, cells[2], cells[3].Length > 0 ? new FiscalYear(Number(cells[3])) : null, Number(cells[4]), Number(cells[5])))];

    public static IReadOnlyList<MapBureau> Bureaus { get; } = [.. Lines("map-bureaus.csv").Select(cells => new MapBureau(cells[0], cells[1]))];

    private static IEnumerable<string[]> Lines(string name)
    {
        using var stream = typeof(MapTiles).Assembly.GetManifestResourceStream($"Kyodo.Statistics.{name}") ?? throw new InvalidOperationException($"{name} is not in the program.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).Select(line => line.Split(','))];
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
