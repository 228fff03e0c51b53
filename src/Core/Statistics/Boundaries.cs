using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Kyodo.Statistics;

/// <summary>The outline of a municipality, ready to draw: an SVG path, and where its number may stand.</summary>
public sealed record Outline(string Name, string Path, double X, double Y);

/// <summary>All outlines in a frame of that size.</summary>
public sealed record Outlines(IReadOnlyList<Outline> Shapes, double Width, double Height);

/// <summary>
/// The official boundaries (国土数値情報 行政区域データ N03, GeoJSON) that an operator may put into the data folder. They are read once for each
/// time that the file is changed, and made as simple as the picture can show.
/// </summary>
public sealed class Boundaries(string dataFolder)
{
    public const string FileName = "boundaries.geojson";

    private const double Width = 720;
    private const double Tolerance = 0.7;
    private const long MostBytes = 300L << 20;

    // A municipality, the city of a ward, and the names that other makers of such files use.
    private static readonly string[] NameProperties = ["N03_004", "N03_003", "N03_005", "name", "NAME"];

    private readonly Lock _reading = new();
    private (DateTime Changed, Outlines? Outlines, string? Problem)? _read;

    private string Place => Path.Combine(dataFolder, FileName);

    /// <summary>Null where there is no such file, or none that can be read; <paramref name="problem"/> then says why it cannot.</summary>
    public Outlines? Read(out string? problem)
    {
        problem = null;
        if (!File.Exists(Place))
            return null;
        var changed = File.GetLastWriteTimeUtc(Place);
        lock (_reading)
        {
            if (_read is not { } read || read.Changed != changed)
                _read = read = (changed, TryRead(out var why), why);
            problem = read.Problem;
            return read.Outlines;
        }
    }

    private Outlines? TryRead(out string? problem)
    {
        try
        {
            if (new FileInfo(Place).Length > MostBytes)
            {
                problem = $"{FileName}は{MostBytes >> 20}MBを超えています。県の分だけのファイルを使ってください。";
                return null;
            }
            using var stream = File.OpenRead(Place);
            using var document = JsonDocument.Parse(stream);
            var rings = Rings(document.RootElement);
            problem = rings.Count > 0 ? null : $"{FileName}に、この県の市町村の区域が見つかりません。";
            return rings.Count > 0 ? Draw(rings) : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException or IndexOutOfRangeException or KeyNotFoundException)
        {
            problem = $"{FileName}を読めません: {broken.Message}";
            return null;
        }
    }

    private static Dictionary<string, List<(double X, double Y)[]>> Rings(JsonElement root)
    {
        var names = MapTiles.All.Select(tile => tile.Name).ToHashSet(StringComparer.Ordinal);
        var prefecture = MapTiles.All.Select(tile => tile.Code).OfType<string>().First()[..2];
        var found = new Dictionary<string, List<(double, double)[]>>(StringComparer.Ordinal);
        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("features", out var features) || features.ValueKind is not JsonValueKind.Array)
            return found;
        foreach (var feature in features.EnumerateArray())
        {
            if (feature.ValueKind is not JsonValueKind.Object || !feature.TryGetProperty("properties", out var properties) || !feature.TryGetProperty("geometry", out var geometry)
                || properties.ValueKind is not JsonValueKind.Object || geometry.ValueKind is not JsonValueKind.Object)
                continue;
            string? Text(string property) => properties.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
            // Two prefectures may have a village of the same name.
            if (Text("N03_007") is { Length: 5 } code && !code.StartsWith(prefecture, StringComparison.Ordinal))
                continue;
            if (NameProperties.Select(Text).FirstOrDefault(name => name is not null && names.Contains(name)) is not { } own)
                continue;
            if (!found.TryGetValue(own, out var rings))
                found[own] = rings = [];
            var coordinates = geometry.GetProperty("coordinates");
            rings.AddRange(geometry.GetProperty("type").GetString() switch
            {
                "Polygon" => coordinates.EnumerateArray().Select(Ring),
                "MultiPolygon" => coordinates.EnumerateArray().SelectMany(polygon => polygon.EnumerateArray()).Select(Ring),
                _ => [],
            });
        }
        return found.Where(pair => pair.Value.Count > 0).ToDictionary();
    }

    private static (double X, double Y)[] Ring(JsonElement ring) => [.. ring.EnumerateArray().Select(point => (point[0].GetDouble(), point[1].GetDouble()))];

    private static Outlines Draw(Dictionary<string, List<(double X, double Y)[]>> rings)
    {
        var all = rings.Values.SelectMany(own => own).SelectMany(ring => ring).ToList();
        var (west, east, south, north) = (all.Min(p => p.X), all.Max(p => p.X), all.Min(p => p.Y), all.Max(p => p.Y));
        if (!(east > west && north > south) || west < -180 || east > 180 || south < -90 || north > 90)
            throw new FormatException("座標が緯度・経度ではありません。");
        // At this latitude a degree of longitude is shorter than one of latitude.
        var squeeze = Math.Cos((south + north) / 2 * Math.PI / 180);
        var scale = Width / ((east - west) * squeeze);
        (double X, double Y) Place((double X, double Y) p) => ((p.X - west) * squeeze * scale, (north - p.Y) * scale);
        return new Outlines([.. rings.Select(pair => Of(pair.Key, [.. pair.Value.Select(ring => ring.Select(Place).ToArray())]))], Width, (north - south) * scale);
    }

    private static Outline Of(string name, List<(double X, double Y)[]> rings)
    {
        var largest = rings.MaxBy(Area)!;
        var path = new StringBuilder();
        // Rocks in the sea are smaller than the line that would be drawn around them.
        foreach (var ring in rings.Where(ring => ring == largest || Area(ring) >= 1.5))
        {
            var first = true;
            foreach (var (x, y) in Simplify(ring))
            {
                path.Append(CultureInfo.InvariantCulture, $"{(first ? 'M' : 'L')}{x:0.#} {y:0.#}");
                first = false;
            }
            path.Append('Z');
        }
        var (left, right, top, bottom) = (largest.Min(p => p.X), largest.Max(p => p.X), largest.Min(p => p.Y), largest.Max(p => p.Y));
        var middle = Middle(largest);
        return new Outline(name, path.ToString(), Math.Clamp(middle.X, left, right), Math.Clamp(middle.Y, top, bottom));
    }

    private static double Area((double X, double Y)[] ring)
    {
        double sum = 0;
        for (var (i, j) = (0, ring.Length - 1); i < ring.Length; j = i++)
            sum += (ring[j].X * ring[i].Y) - (ring[i].X * ring[j].Y);
        return Math.Abs(sum) / 2;
    }

    /// <summary>The centre of gravity of the area.</summary>
    private static (double X, double Y) Middle((double X, double Y)[] ring)
    {
        double x = 0, y = 0, sum = 0;
        for (var (i, j) = (0, ring.Length - 1); i < ring.Length; j = i++)
        {
            var cross = (ring[j].X * ring[i].Y) - (ring[i].X * ring[j].Y);
            (x, y, sum) = (x + ((ring[j].X + ring[i].X) * cross), y + ((ring[j].Y + ring[i].Y) * cross), sum + cross);
        }
        return Math.Abs(sum) < 1e-9 ? ring[0] : (x / (3 * sum), y / (3 * sum));
    }

    // Douglas and Peucker's: a point stays when it is further from the line between those that stay than the eye can tell.
    private static IEnumerable<(double X, double Y)> Simplify((double X, double Y)[] ring)
    {
        if (ring.Length <= 4)
            return ring;
        var stays = new bool[ring.Length];
        stays[0] = stays[^1] = stays[ring.Length / 2] = true;
        var open = new Stack<(int From, int To)>([(0, ring.Length / 2), (ring.Length / 2, ring.Length - 1)]);
        while (open.TryPop(out var part))
        {
            var (farthest, most) = (0, Tolerance);
            for (var i = part.From + 1; i < part.To; i++)
            {
                if (Distance(ring[i], ring[part.From], ring[part.To]) is var distance && distance > most)
                    (farthest, most) = (i, distance);
            }
            if (farthest == 0)
                continue;
            stays[farthest] = true;
            open.Push((part.From, farthest));
            open.Push((farthest, part.To));
        }
        return ring.Where((_, i) => stays[i]);
    }

    private static double Distance((double X, double Y) p, (double X, double Y) a, (double X, double Y) b)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var length = (dx * dx) + (dy * dy);
        var along = length == 0 ? 0 : Math.Clamp((((p.X - a.X) * dx) + ((p.Y - a.Y) * dy)) / length, 0, 1);
        return Math.Sqrt(Math.Pow(p.X - a.X - (along * dx), 2) + Math.Pow(p.Y - a.Y - (along * dy), 2));
    }
}
