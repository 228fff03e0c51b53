using Kyodo.Common;

namespace Kyodo.Statistics;

/// <summary>A municipality, or a bureau, with the number of its cases in a year, of all programmes.</summary>
public sealed record PlaceCount(string Name, int Count, MapTile? Tile = null);

/// <summary>A bureau's own cases and those that take place in its municipalities; <paramref name="Bureau"/> is null for those that no bureau serves.</summary>
public sealed record MapArea(MapBureau? Bureau, int OwnCases, IReadOnlyList<PlaceCount> Places);

/// <summary>Where the cases of a year take place. A case in several municipalities counts in each; <paramref name="NoPlace"/> counts those that name none.</summary>
public sealed record MapCounts(FiscalYear Year, IReadOnlyList<MapArea> Areas, int NoPlace)
{
    public IEnumerable<PlaceCount> Places => Areas.SelectMany(area => area.Places);

    /// <summary>The years that have an edition, the newest first.</summary>
    public static IReadOnlyList<FiscalYear> Years(CaseCounts counts) => [.. counts.Cases.Select(c => c.Year).Distinct().OrderDescending()];

    public static MapCounts Of(CaseCounts counts, FiscalYear year)
    {
        var places = counts.Places.Where(p => p.Year == year).GroupBy(p => p.Name).ToDictionary(g => g.Key, g => g.Sum(p => p.Count));
        var bureaus = counts.Cases.Where(c => c.Year == year && c.IsBureau).GroupBy(c => c.Unit).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));
        var tiles = MapTiles.All.Where(tile => tile.StandsIn(year)).ToList();
        IReadOnlyList<PlaceCount> Served(string bureau) => [.. tiles.Where(tile => tile.Bureau == bureau).Select(tile => new PlaceCount(tile.Name, places.GetValueOrDefault(tile.Name), tile))];
        // What the records name and the tiles do not know still counts.
        var others = places.Keys.Where(name => name.Length > 0 && !tiles.Exists(tile => tile.Name == name)).Order(StringComparer.Ordinal).Select(name => new PlaceCount(name, places[name]));
        return new MapCounts(year,
            [new MapArea(null, 0, [.. Served(""), .. others]), .. MapTiles.Bureaus.Select(bureau => new MapArea(bureau, bureaus.GetValueOrDefault(bureau.Code), Served(bureau.Code)))],
            places.GetValueOrDefault(""));
    }
}
