using System.Security.Cryptography;
using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Cases.Photos;

/// <summary>
/// The files of photos: <c>files/{first two digits}/{SHA-256}.jpg</c> and <c>-480.jpg</c> in the data folder. A file is there before its record;
/// one whose record never came is swept away after a day.
/// </summary>
public sealed record PhotoStore(string DataFolder)
{
    public const string FolderName = "files";

    private static readonly TimeSpan Orphaned = TimeSpan.FromDays(1);

    private string Root => Path.Combine(DataFolder, FolderName);

    /// <summary>The kept picture, or its small one; null where there is none by that number.</summary>
    public string? Find(string id, bool small) => IsId(id) && PathOf(id, small) is var path && File.Exists(path) ? path : null;

    public async Task WriteAsync(ReadPhoto photo, CancellationToken stop = default)
    {
        // The small one first: where the large one is, both are.
        foreach (var (bytes, small) in new[] { (photo.Thumbnail, true), (photo.Jpeg, false) })
        {
            var place = PathOf(photo.Id, small);
            if (File.Exists(place))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            var unfinished = $"{place}.{PublicId.New()}";
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                await file.WriteAsync(bytes, stop);
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, place, overwrite: true);
        }
    }

    /// <summary>Takes away what no record names and is older than a day; returns how many files went.</summary>
    public async Task<int> SweepAsync(AppDb db, DateTimeOffset now, CancellationToken stop = default)
    {
        if (!Directory.Exists(Root))
            return 0;
        var old = Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Where(file => now.UtcDateTime - File.GetLastWriteTimeUtc(file) > Orphaned).ToList();
        var named = old.Select(NumberIn).Distinct().ToList();
        var known = (await db.Photos.Where(p => named.Contains(p.Id)).Select(p => p.Id).ToListAsync(stop)).ToHashSet(StringComparer.Ordinal);
        var orphans = old.Where(file => !known.Contains(NumberIn(file)) || !file.EndsWith(".jpg", StringComparison.Ordinal)).ToList();
        orphans.ForEach(File.Delete);
        return orphans.Count;
    }

    /// <summary>All photos whose files are missing or changed, in words.</summary>
    public async Task<IReadOnlyList<string>> VerifyAsync(AppDb db, CancellationToken stop = default)
    {
        var wrong = new List<string>();
        foreach (var photo in await db.Photos.AsNoTracking().OrderBy(p => p.Id).ToListAsync(stop))
        {
            foreach (var (small, hash) in new[] { (false, photo.Id), (true, photo.ThumbnailHash) })
            {
                var path = PathOf(photo.Id, small);
                if (!File.Exists(path))
                    wrong.Add($"{path}: 写真のファイルがありません。");
                else if (Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, stop))) != hash)
                    wrong.Add($"{path}: 写真の中身が記録と違います。");
            }
        }
        return wrong;
    }

    private string PathOf(string id, bool small) => Path.Combine(Root, id[..2], small ? $"{id}-480.jpg" : $"{id}.jpg");

    private static string NumberIn(string file) => Path.GetFileName(file).Split('.', '-')[0];

    private static bool IsId(string id) => id.Length == 64 && id.All(char.IsAsciiHexDigitLower);
}
