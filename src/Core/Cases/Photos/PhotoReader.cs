using System.Buffers.Binary;
using System.Security.Cryptography;
using Kyodo.Common;
using SkiaSharp;

namespace Kyodo.Cases.Photos;

/// <summary>A picture as it will be kept: JPEG in sRGB, upright, without anything else that the file said.</summary>
/// <param name="Id">SHA-256 of <paramref name="Jpeg"/>, 64 hexadecimal digits.</param>
public sealed record ReadPhoto(string Id, string ThumbnailHash, int Width, int Height, byte[] Jpeg, byte[] Thumbnail);

/// <summary>
/// Reads a picture that somebody handed in. What it is is told by its content; its size is known before a pixel is decoded; what is kept is drawn
/// anew, so that neither the place where it was taken nor a page hidden in it goes along.
/// </summary>
public static class PhotoReader
{
    public const int MostBytes = 10 << 20;
    public const int LongSide = 1600;
    public const int ThumbnailLongSide = 480;

    private const long MostPixels = 40_000_000;
    private const int MostScans = 100;
    private const int Quality = 82;

    // A picture being drawn takes four bytes a pixel: one at a time.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    /// <exception cref="Refusal">It is no picture that can be taken, and why.</exception>
    public static async Task<ReadPhoto> ReadAsync(byte[] bytes, CancellationToken stop = default)
    {
        Refusal.If(WhyNotTake(bytes));
        await OneAtATime.WaitAsync(stop);
        try
        {
            return await Task.Run(() => Read(bytes), stop);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    /// <summary>Why a file cannot be taken, as far as it can be told without decoding it.</summary>
    public static string? WhyNotTake(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 0 ? "写真のファイルを選んでください。"
        : bytes.Length > MostBytes ? $"写真は{MostBytes >> 20}MBまでです（このファイルは{bytes.Length / 1048576.0:0.0}MB）。小さくしてから加えてください。"
        : KindOf(bytes) is not { } kind ? "写真として読めるのは JPEG・PNG・WebP です（中身で確かめています）。iPhone の HEIC は、JPEG に変えてから加えてください。"
        : kind == "PNG" && bytes.IndexOf("acTL"u8) is >= 0 and < 4096 ? Moving
        : kind == "JPEG" && Scans(bytes) > MostScans ? Broken
        : null;

    private const string Moving = "動く画像は使えません。静止画を加えてください。";
    private const string Broken = "このファイルは写真として読めません。壊れているか、途中で切れています。";

    private static ReadPhoto Read(byte[] bytes)
    {
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data) ?? throw new Refusal(Broken);
        var size = codec.Info;
        if ((long)size.Width * size.Height > MostPixels)
            throw new Refusal($"写真が大きすぎます（{size.Width}×{size.Height}画素）。4000万画素までに縮めてから加えてください。");
        if (codec.FrameCount > 1)
            throw new Refusal(Moving);
        // A JPEG can be decoded at a number of eighths of its size: the next above what is wanted.
        var scale = Math.Min(1f, MathF.Ceiling(8f * LongSide / Math.Max(size.Width, size.Height)) / 8);
        var decoded = codec.GetScaledDimensions(scale);
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(new SKImageInfo(decoded.Width, decoded.Height, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb())))
            throw new Refusal(Broken);
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) is not SKCodecResult.Success)
            throw new Refusal(Broken);
        bitmap.SetImmutable();
        using var image = SKImage.FromBitmap(bitmap);
        var (large, width, height) = Draw(image, codec.EncodedOrigin, LongSide);
        var (small, _, _) = Draw(image, codec.EncodedOrigin, ThumbnailLongSide);
        return new ReadPhoto(Hash(large), Hash(small), width, height, large, small);
    }

    private static (byte[] Jpeg, int Width, int Height) Draw(SKImage image, SKEncodedOrigin origin, int longSide)
    {
        var scale = Math.Min(1f, (float)longSide / Math.Max(image.Width, image.Height));
        var (width, height) = (Math.Max(1, (int)MathF.Round(image.Width * scale)), Math.Max(1, (int)MathF.Round(image.Height * scale)));
        var lies = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (shownWidth, shownHeight) = lies ? (height, width) : (width, height);
        using var surface = SKSurface.Create(new SKImageInfo(shownWidth, shownHeight, SKColorType.Rgba8888, SKAlphaType.Opaque, SKColorSpace.CreateSrgb()));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        canvas.SetMatrix(Upright(origin, width, height));
        canvas.DrawImage(image, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var drawn = surface.Snapshot();
        using var jpeg = drawn.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return (jpeg.ToArray(), shownWidth, shownHeight);
    }

    // The eight orientations of EXIF: where the first row and the first column of what is stored belong.
    private static SKMatrix Upright(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    private static string? KindOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "JPEG"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "PNG"
        : bytes.Length > 16 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) && BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) <= bytes.Length ? "WebP"
        : null;

    // A progressive JPEG of few bytes may ask for thousands of passes over all its pixels.
    private static int Scans(ReadOnlySpan<byte> bytes) => bytes.Count((ReadOnlySpan<byte>)[0xFF, 0xDA]);

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
