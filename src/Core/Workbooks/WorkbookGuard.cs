using System.Buffers;
using System.IO.Compression;
using Kyodo.Common;

namespace Kyodo.Workbooks;

/// <summary>
/// Looks at the bytes before any reader does: size, kind, number, names and inflated size of the parts, macros, embedded objects, document types and depth.
/// What was kept of other files (externalLinks) is checked like the rest, then dropped: nobody follows it, and the cells hold the values last seen.
/// Sizes are counted while inflating, for the sizes a zip states about itself are only claims.
/// </summary>
internal static class WorkbookGuard
{
    private const string PasteIntoNew = "新しいブックに必要な表だけを値で貼り付け、.xlsx 形式で保存し直してください。";

    /// <returns>The XML parts, all well-formed, without document type and no deeper than allowed. Other parts (pictures, printer settings) are measured and dropped.</returns>
    public static WorkbookParts Open(Stream file, WorkbookLimits limits)
    {
        var bytes = ReadAll(file, limits);
        FileSignature.RequireZip(bytes);
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            var names = Names(zip, limits);
            RequirePassive(names);
            var parts = new WorkbookParts(Inflate(zip, names, limits));
            foreach (var (name, part) in parts.All)
                PartXml.RequireSafe(part, limits.XmlDepth, optional: !WorkbookParts.IsNeeded(name));
            parts.DropExternalLinks();
            parts.RequireWorkbook();
            return parts;
        }
        catch (Exception broken) when (BrokenWorkbook.IsReadingError(broken))
        {
            throw BrokenWorkbook.Refusal();
        }
    }

    private static byte[] ReadAll(Stream file, WorkbookLimits limits)
    {
        using var all = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(81_920);
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            if (all.Length + read > limits.FileBytes)
                throw new Refusal($"ファイルが大きすぎます（上限 {limits.FileBytes >> 20} MB）。画像や不要なシートを取り除くか、ファイルを分けてください。");
            all.Write(buffer, 0, read);
        }
        ArrayPool<byte>.Shared.Return(buffer);
        return all.ToArray();
    }

    private static List<string> Names(ZipArchive zip, WorkbookLimits limits)
    {
        if (zip.Entries.Count > limits.Entries)
            throw new Refusal($"ファイルの中の部品が多すぎます。{PasteIntoNew}");
        var names = zip.Entries.Select(e => e.FullName.Replace('\\', '/')).ToList();
        if (names.Exists(IsOutside) || names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Count)
            throw new Refusal($"ファイルの作りが正しくありません。{PasteIntoNew}");
        return names;
    }

    private static bool IsOutside(string name) =>
        name.Length == 0 || name[0] == '/' || name.Contains(':', StringComparison.Ordinal) || name.Any(char.IsControl) || name.Split('/').Any(s => s is ".." or ".");

    private static void RequirePassive(List<string> names)
    {
        bool Any(string piece) => names.Exists(n => n.Contains(piece, StringComparison.OrdinalIgnoreCase));
        if (Any("vbaProject") || Any("/macrosheets/"))
            throw ActiveContent.Macros();
        if (Any("/embeddings/") || Any("/activeX/"))
            throw ActiveContent.EmbeddedObjects();
    }

    private static Refusal TooLarge() => new("ファイルの中身が大きすぎます。不要な行・シート・書式を取り除くか、ファイルを分けてください。");

    private static Dictionary<string, byte[]> Inflate(ZipArchive zip, List<string> names, WorkbookLimits limits)
    {
        var parts = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase);
        var buffer = new byte[81_920];
        long total = 0;
        // What a file says of itself is not believed when it is small, but it is taken at its word when it is too large.
        if (zip.Entries.Any(entry => entry.Length > limits.PartBytes) || zip.Entries.Sum(entry => Math.Clamp(entry.Length, 0, int.MaxValue)) > limits.TotalBytes)
            throw TooLarge();
        foreach (var (entry, name) in zip.Entries.Zip(names))
        {
            // The stated size is only a claim: it saves the growing, and never more is taken than may be read.
            var keep = WorkbookParts.IsXml(name) ? new MemoryStream((int)Math.Clamp(entry.Length, 0, Math.Min(limits.PartBytes, limits.TotalBytes - total))) : null;
            var crc = new Crc32();
            long size = 0;
            using var inflated = entry.Open();
            for (int read; (read = inflated.Read(buffer)) > 0;)
            {
                size += read;
                total += read;
                if (size > limits.PartBytes || total > limits.TotalBytes)
                    throw TooLarge();
                crc.Append(buffer.AsSpan(0, read));
                keep?.Write(buffer, 0, read);
            }
            if (crc.Value != entry.Crc32)
                throw BrokenWorkbook.Refusal();
            if (keep is not null)
                parts.Add(name, keep.Capacity == keep.Length ? keep.GetBuffer() : keep.ToArray());
        }
        return parts;
    }
}
