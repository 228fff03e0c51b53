using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Editions.Files;

namespace Kyodo.App.Pages.Staff.Editions;

/// <summary>A revision with the files that stand on the shelf.</summary>
public sealed record RevisionRow(Revision Revision, IReadOnlyList<ShelfFile> Public, IReadOnlyList<ShelfFile> Staff)
{
    public static RevisionRow On(EditionShelf shelf, Revision revision)
    {
        var folder = shelf.FolderOf(revision);
        var edition = $"{revision.ProgrammeKey}/{revision.Year}/r{revision.No}";
        return new RevisionRow(revision, ShelfFile.In(Path.Combine(folder, "public"), $"/editions/{edition}"), ShelfFile.In(Path.Combine(folder, "staff"), $"/staff/casebook/{edition}"));
    }
}

public sealed record ShelfFile(string Name, string Words, long Bytes, string Address)
{
    private static readonly (string Name, string Words)[] Known =
    [
        (CasebookFile.Name, "事例集（PDF）"), ("casebook.xlsx", "事例集（印刷用のExcel）"), ("cases.xlsx", "事例のデータ（Excel）"), ("cases.csv", "事例のデータ（CSV）"), ("cases.json", "事例のデータ（JSON）"),
        ("ds451-3.json", "国の事例データモデル（GIF DS-451-3）"), ("changes.json", "前の版との違い"), ("manifest.json", "目録"),
    ];

    public bool IsPhoto => Name.StartsWith("photo-", StringComparison.Ordinal);

    public string Size => Bytes < 1 << 20 ? $"{Math.Max(1, Bytes / 1024)} KB" : $"{Quantity.Grouped(Math.Round(Bytes / 1048576m, 1))} MB";

    public static IReadOnlyList<ShelfFile> In(string folder, string address) => !Directory.Exists(folder)
        ? []
        : [.. new DirectoryInfo(folder).EnumerateFiles()
            .Select(file => (File: file, Place: Array.FindIndex(Known, known => known.Name == file.Name)))
            .OrderBy(f => f.Place < 0).ThenBy(f => f.Place).ThenBy(f => f.File.Name, StringComparer.Ordinal)
            .Select(f => new ShelfFile(f.File.Name, f.Place >= 0 ? Known[f.Place].Words : CasebookFile.VolumeOf(f.File.Name) is > 0 and var volume ? $"事例集（PDF）第{volume}分冊" : f.File.Name, f.File.Length, $"{address}/{f.File.Name}"))];
}
