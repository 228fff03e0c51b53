using SkiaSharp;

namespace Kyodo.Samples;

/// <summary>Calm drawn scenes for the sample's cases, so that nobody takes them for photographs of real places: a river, a road, a field, the sea, a forest.</summary>
internal static class SamplePictures
{
    private const int Width = 1200;
    private const int Height = 800;

    /// <summary>The units whose first PS case gets a picture, with the scene and what it shows.</summary>
    public static IReadOnlyDictionary<string, (string Scene, string Alt)> ByUnit { get; } = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["doboku"] = ("road", "見本の図: 並木の道と、道ばたの花壇"),
        ["kankyoseikatsu"] = ("river", "見本の図: 山あいを流れる川と、岸の草"),
        ["nosei"] = ("field", "見本の図: 山を背にした田んぼ"),
        ["rinmusuisan"] = ("forest", "見本の図: 丘に続く杉の林"),
        ["shokokanko"] = ("road", "見本の図: 町なかの並木の通り"),
        ["kyoiku"] = ("field", "見本の図: 校庭の先に広がる畑"),
        ["amakusa"] = ("sea", "見本の図: 夕方の海と島"),
        ["kuma"] = ("river", "見本の図: 谷を流れる川"),
    };

    /// <summary>The scene as PNG, the same bytes each time.</summary>
    public static byte[] Draw(string scene, int seed)
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height));
        var canvas = surface.Canvas;
        var evening = scene == "sea";
        Fill(canvas, new SKRect(0, 0, Width, Height), evening ? "#f6d9b8" : "#dcebf5");
        Circle(canvas, 880 + (seed * 37 % 160), evening ? 330 : 170, 62, evening ? "#e8935a" : "#fbe7b0");
        Hills(canvas, 430, 90, seed, "#a9c4c9");
        Hills(canvas, 500, 70, seed + 3, "#86ab9a");
        switch (scene)
        {
            case "sea":
                Fill(canvas, new SKRect(0, 520, Width, Height), "#5d8fa8");
                for (var y = 550; y < Height; y += 40)
                    Band(canvas, y, 6, seed + y, "#7fabc0");
                break;
            case "river":
                Fill(canvas, new SKRect(0, 540, Width, Height), "#8bb174");
                Shape(canvas, "#7db4d3", (520, 540), (600, 540), (900, 800), (330, 800));
                Shape(canvas, "#a4cde3", (545, 560), (570, 560), (640, 800), (560, 800));
                break;
            case "road":
                Fill(canvas, new SKRect(0, 540, Width, Height), "#8fb573");
                Shape(canvas, "#c9c5bb", (570, 540), (630, 540), (1000, 800), (200, 800));
                for (var i = 0; i < 6; i++)
                {
                    Tree(canvas, 500 - (i * 95), 560 + (i * 38), 40 + (i * 14), "#5f8f5a");
                    Tree(canvas, 700 + (i * 95), 560 + (i * 38), 40 + (i * 14), "#5f8f5a");
                    Circle(canvas, 350 - (i * 40), 640 + (i * 26), 12, i % 2 == 0 ? "#d98aa5" : "#f0c35c");
                }
                break;
            case "forest":
                Fill(canvas, new SKRect(0, 560, Width, Height), "#7ba05f");
                for (var i = 0; i < 26; i++)
                    Tree(canvas, (i * 131 + (seed * 53)) % Width, 560 + (i * 71 % 200), 70 + (i * 29 % 50), i % 2 == 0 ? "#476f4c" : "#57835a");
                break;
            default:
                Fill(canvas, new SKRect(0, 540, Width, Height), "#b9c86a");
                for (var i = 0; i < 9; i++)
                    Shape(canvas, i % 2 == 0 ? "#a5b757" : "#c9d67f", (600 - 40 + (i * 9), 540), (600 - 36 + (i * 9), 540), (i * 260 - 500, 800), (i * 260 - 640, 800));
                break;
        }
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static void Fill(SKCanvas canvas, SKRect place, string colour)
    {
        using var paint = Paint(colour);
        canvas.DrawRect(place, paint);
    }

    private static void Circle(SKCanvas canvas, float x, float y, float radius, string colour)
    {
        using var paint = Paint(colour);
        canvas.DrawCircle(x, y, radius, paint);
    }

    private static void Tree(SKCanvas canvas, float x, float foot, float height, string colour)
    {
        Fill(canvas, new SKRect(x - (height / 14), foot - (height / 2), x + (height / 14), foot), "#7a6552");
        Shape(canvas, colour, (x, foot - (height * 1.5f)), (x + (height / 2.4f), foot - (height / 3)), (x - (height / 2.4f), foot - (height / 3)));
    }

    private static void Hills(SKCanvas canvas, float level, float swing, int seed, string colour)
    {
        var crest = Enumerable.Range(0, 61).Select(i => (i * 20f, level - (swing * (MathF.Sin((i * .14f) + seed) + (.5f * MathF.Sin((i * .31f) + (seed * 2)))))));
        Shape(canvas, colour, [.. crest, (Width, Height), (0, Height)]);
    }

    private static void Band(SKCanvas canvas, float y, float thick, int seed, string colour) =>
        Fill(canvas, new SKRect(seed * 97 % 500, y, 500 + (seed * 61 % 600), y + thick), colour);

    private static void Shape(SKCanvas canvas, string colour, params (float X, float Y)[] corners)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(corners[0].X, corners[0].Y);
        foreach (var (x, y) in corners[1..])
            builder.LineTo(x, y);
        builder.Close();
        using var path = builder.Detach();
        using var paint = Paint(colour);
        canvas.DrawPath(path, paint);
    }

    private static SKPaint Paint(string colour) => new() { Color = SKColor.Parse(colour), IsAntialias = true };
}
