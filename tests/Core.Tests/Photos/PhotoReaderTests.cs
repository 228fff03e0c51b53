using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Kyodo.Cases.Photos;
using Kyodo.Common;
using SkiaSharp;
using Xunit;

namespace Kyodo.Core.Tests.Photos;

public sealed class PhotoReaderTests
{
    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task A_picture_is_kept_as_a_jpeg_of_at_most_1600_pixels_with_a_small_one_beside(SKEncodedImageFormat format)
    {
        var read = await PhotoReader.ReadAsync(Picture(3000, 1500, format));
        Assert.Equal((1600, 800), (read.Width, read.Height));
        Assert.Equal((1600, 800), SizeOf(read.Jpeg));
        Assert.Equal((480, 240), SizeOf(read.Thumbnail));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(read.Jpeg)), read.Id);
        Assert.True(Near(SKColors.Red, ColourAt(read.Jpeg, 0.25f, 0.25f)) && Near(SKColors.Blue, ColourAt(read.Jpeg, 0.75f, 0.75f)));
    }

    [Fact]
    public async Task A_small_picture_is_not_made_larger_and_what_is_clear_is_on_white()
    {
        using var bitmap = new SKBitmap(40, 30, SKColorType.Rgba8888, SKAlphaType.Premul);
        bitmap.Erase(SKColors.Transparent);
        var read = await PhotoReader.ReadAsync(Encoded(bitmap, SKEncodedImageFormat.Png));
        Assert.Equal((40, 30), (read.Width, read.Height));
        Assert.True(Near(SKColors.White, ColourAt(read.Jpeg, 0.5f, 0.5f)));
    }

    // The stored rows of a red (left) and blue (right) picture, told to be turned: where red must come to lie.
    [Theory]
    [InlineData(1, 0.25f, 0.5f, false)]
    [InlineData(2, 0.75f, 0.5f, false)]
    [InlineData(3, 0.75f, 0.5f, false)]
    [InlineData(4, 0.25f, 0.5f, false)]
    [InlineData(5, 0.5f, 0.25f, true)]
    [InlineData(6, 0.5f, 0.25f, true)]
    [InlineData(7, 0.5f, 0.75f, true)]
    [InlineData(8, 0.5f, 0.75f, true)]
    public async Task A_picture_is_upright_whatever_its_camera_said_and_the_camera_is_forgotten(int orientation, float redX, float redY, bool stands)
    {
        using var bitmap = new SKBitmap(400, 200);
        bitmap.Erase(SKColors.Blue);
        bitmap.Erase(SKColors.Red, new SKRectI(0, 0, 200, 200));
        var read = await PhotoReader.ReadAsync(WithExif(Encoded(bitmap, SKEncodedImageFormat.Jpeg), orientation));
        Assert.Equal(stands ? (200, 400) : (400, 200), (read.Width, read.Height));
        Assert.True(Near(SKColors.Red, ColourAt(read.Jpeg, redX, redY)));
        Assert.True(Near(SKColors.Blue, ColourAt(read.Jpeg, 1 - redX, 1 - redY)));
        foreach (var kept in new[] { read.Jpeg, read.Thumbnail })
            Assert.False(kept.AsSpan().IndexOf("Exif"u8) >= 0 || kept.AsSpan().IndexOf("GPS-KUMAMOTO"u8) >= 0);
    }

    public static TheoryData<string, byte[], string> Hostile => new()
    {
        { "nothing", [], "選んでください" },
        { "a page", Encoding.UTF8.GetBytes("<html><script>alert(1)</script></html>"), "JPEG・PNG・WebP" },
        { "SVG dressed as PNG", Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), "JPEG・PNG・WebP" },
        { "a GIF", [.. "GIF89a"u8, .. new byte[100]], "JPEG・PNG・WebP" },
        { "HEIC", [0, 0, 0, 24, .. "ftypheic"u8, .. new byte[100]], "HEIC" },
        { "50,000 × 50,000", Png(50_000, 50_000), "大きすぎます" },
        { "a billion wide", Png(1_000_000_000, 2_000_000_000), "" },
        { "a PNG of one head", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "読めません" },
        { "a page behind a PNG's head", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. "<html><script>alert(1)</script>"u8], "読めません" },
        { "cut off JPEG", Picture(2000, 1000, SKEncodedImageFormat.Jpeg)[..4000], "読めません" },
        { "cut off PNG", Picture(2000, 1000, SKEncodedImageFormat.Png)[..2000], "読めません" },
        { "cut off WebP", Picture(2000, 1000, SKEncodedImageFormat.Webp)[..600], "" },
        { "moving PNG", Moving(Png(100, 100)), "動く" },
        { "more than 10 MB", [0xFF, 0xD8, 0xFF, .. new byte[10 << 20]], "10MB" },
        { "thousands of passes", [0xFF, 0xD8, 0xFF, .. Enumerable.Repeat(new byte[] { 0xFF, 0xDA, 0, 0 }, 3000).SelectMany(scan => scan)], "読めません" },
    };

    [Theory, MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public async Task What_is_no_picture_or_too_much_of_one_is_refused_at_once(string what, byte[] bytes, string sentence)
    {
        var before = GC.GetTotalAllocatedBytes();
        var clock = Stopwatch.StartNew();
        var refused = await Assert.ThrowsAsync<Refusal>(() => PhotoReader.ReadAsync(bytes));
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        Assert.True(clock.ElapsedMilliseconds < 5000, $"{what} took {clock.ElapsedMilliseconds} ms");
        Assert.True(GC.GetTotalAllocatedBytes() - before < 64 << 20, what);
    }

    [Fact]
    public async Task What_hides_behind_a_picture_does_not_go_along()
    {
        var read = await PhotoReader.ReadAsync([.. Picture(100, 50, SKEncodedImageFormat.Jpeg), .. "<script>alert(1)</script>"u8]);
        Assert.True(read.Jpeg.AsSpan().IndexOf("script"u8) < 0);
    }

    private static byte[] Picture(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.Blue);
        bitmap.Erase(SKColors.Red, new SKRectI(0, 0, width / 2, height / 2));
        return Encoded(bitmap, format);
    }

    private static byte[] Encoded(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        using var data = bitmap.Encode(format, 95);
        return data.ToArray();
    }

    private static (int, int) SizeOf(byte[] jpeg)
    {
        using var bitmap = SKBitmap.Decode(jpeg);
        return (bitmap.Width, bitmap.Height);
    }

    private static SKColor ColourAt(byte[] jpeg, float x, float y)
    {
        using var bitmap = SKBitmap.Decode(jpeg);
        return bitmap.GetPixel((int)(bitmap.Width * x), (int)(bitmap.Height * y));
    }

    private static bool Near(SKColor one, SKColor other) => Math.Abs(one.Red - other.Red) + Math.Abs(one.Green - other.Green) + Math.Abs(one.Blue - other.Blue) < 40;

    // TIFF as cameras write it: an orientation, and the name of a place after it.
    private static byte[] WithExif(byte[] jpeg, int orientation)
    {
        byte[] tiff = [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, .. "GPS-KUMAMOTO"u8];
        byte[] content = [.. "Exif"u8, 0, 0, .. tiff];
        var length = content.Length + 2;
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. content, .. jpeg[2..]];
    }

    // A PNG that says how large it is and holds almost nothing.
    private static byte[] Png(int width, int height)
    {
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 2);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(new byte[1000]);
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", head), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Moving(byte[] png) => [.. png[..33], .. Chunk("acTL", new byte[8]), .. png[33..]];

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
        var chunk = new byte[4 + named.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        named.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4 + named.Length), Crc(named));
        return chunk;
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
        }
        return ~crc;
    }
}
