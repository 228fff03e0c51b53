using Kyodo.App.Components.Charts;
using Kyodo.Common;
using Kyodo.Statistics;
using Kyodo.Storage;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Portal;

/// <summary>Where a year's cases take place: the table first, then the same figures as a map.</summary>
public sealed class MapModel(AppDb db, ReleasedCounts released, Boundaries boundaries, ILogger<MapModel> log) : PublicPage
{
    public MapCounts? Counts { get; private set; }

    public IReadOnlyList<FiscalYear> Years { get; private set; } = [];

    public Outlines? Outlines { get; private set; }

    /// <summary>Municipalities of the year that the outlines, of another year, do not know.</summary>
    public IReadOnlyList<string> NotDrawn { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int? year, CancellationToken stop)
    {
        var counts = await released.ReadAsync(db, stop);
        Years = MapCounts.Years(counts);
        if (year is { } asked && !Years.Contains(new FiscalYear(asked)))
            return NotFound();
        Titled(Say("地図で見る", "On a map"), "map");
        if (Years.Count == 0)
            return Page();
        Counts = MapCounts.Of(counts, year is { } y ? new FiscalYear(y) : Years[0]);
        Outlines = boundaries.Read(out var problem);
        if (problem is not null)
            log.LogWarning("The map is drawn with tiles: {Problem}", problem);
        if (Outlines is { } outlines)
            NotDrawn = [.. Counts.Places.Select(p => p.Name).Except(outlines.Shapes.Select(shape => shape.Name))];
        return Page();
    }

    public string Cases(PlaceCount place) => To($"/cases?year={Counts!.Year}&municipality={Uri.EscapeDataString(place.Name)}");

    public string Cases(MapBureau bureau) => To($"/cases?year={Counts!.Year}&unit={bureau.Code}");

    public string Title => Say($"市町村ごとの事例の数 {Counts!.Year.InBothCalendars}", $"Cases by municipality, {YearWords(Counts!.Year)}");

    public IHtmlContent Tiles() => PlaceMap.Tiles("tiles", Title,
        [.. Counts!.Areas.SelectMany(area => area.Places.Where(p => p.Tile is not null).Select(p => (OnMap(area, p), p.Tile!.Column, p.Tile.Row)))]);

    public IHtmlContent Shapes()
    {
        var places = Counts!.Areas.SelectMany(area => area.Places.Select(place => (area, place))).ToDictionary(pair => pair.place.Name, pair => OnMap(pair.area, pair.place));
        return PlaceMap.Shapes("shapes", Title, [.. Outlines!.Shapes.Where(shape => places.ContainsKey(shape.Name)).Select(shape => (places[shape.Name], shape.Path, shape.X, shape.Y))], Outlines.Width, Outlines.Height);
    }

    private PlaceOnMap OnMap(MapArea area, PlaceCount place) => new(
        place.Name, area.Bureau?.Name.Replace("地域振興局", "", StringComparison.Ordinal) ?? "", place.Count, $"{place.Name} {PublicWords.Cases(place.Count, En)}", place.Count > 0 ? Cases(place) : null);
}
