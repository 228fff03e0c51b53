using System.IO.Compression;
using Kyodo.Common;

namespace Kyodo.Rounds;

/// <summary>What may be attached, told by the bytes and not by the name: PDF, PNG, JPEG, xlsx and docx without macros.</summary>
public sealed record AttachmentKind(string Extension, string MediaType)
{
    private const int MostEntries = 2000;
    private const string Office = "application/vnd.openxmlformats-officedocument.";

    private static readonly AttachmentKind Pdf = new(".pdf", "application/pdf");
    private static readonly AttachmentKind Png = new(".png", "image/png");
    private static readonly AttachmentKind Jpeg = new(".jpg", "image/jpeg");
    private static readonly AttachmentKind Xlsx = new(".xlsx", Office + "spreadsheetml.sheet");
    private static readonly AttachmentKind Docx = new(".docx", Office + "wordprocessingml.document");

    public static AttachmentKind Of(byte[] bytes, string name)
    {
        var found = bytes.AsSpan() switch
        {
            var b when b.StartsWith("%PDF-"u8) => Pdf,
            var b when b.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) => Png,
            var b when b.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => Jpeg,
            var b when b.StartsWith("PK"u8) => OfOffice(bytes),
            _ => null,
        };
        return found ?? throw new Refusal($"「{name}」は添付できません。添付できるのは、PDF、PNG、JPEG、Excel（.xlsx）、Word（.docx）で、マクロのないものです。");
    }

    // Only the list of the parts is read; nothing is unpacked.
    private static AttachmentKind? OfOffice(byte[] bytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            if (zip.Entries.Count > MostEntries || zip.Entries.Any(entry => entry.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
                return null;
            return zip.GetEntry("[Content_Types].xml") is null ? null
                : zip.GetEntry("xl/workbook.xml") is not null ? Xlsx
                : zip.GetEntry("word/document.xml") is not null ? Docx
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
