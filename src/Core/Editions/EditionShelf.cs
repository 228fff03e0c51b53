using Kyodo.Common;

namespace Kyodo.Editions;

/// <summary>Where the files of revisions stand: <c>editions/{programme}/{year}/r{n}/public</c> and <c>staff</c> in the data folder.</summary>
public sealed record EditionShelf(string DataFolder)
{
    private string Root => Path.Combine(DataFolder, "editions");

    public string FolderOf(Revision revision) => FolderOf(revision.ProgrammeKey, revision.Year, revision.No);

    public string FolderOf(string programme, FiscalYear year, int no) => Path.Combine(Root, programme, year.ToString(), $"r{no}");

    /// <summary>The public file of a revision; null when there is none by that name.</summary>
    public string? PublicFile(string programme, FiscalYear year, int no, string name) => FileIn(Path.Combine(FolderOf(programme, year, no), "public"), name);

    public string? StaffFile(string programme, FiscalYear year, int no, string name) => FileIn(Path.Combine(FolderOf(programme, year, no), "staff"), name);

    internal string Begin(Revision revision)
    {
        var folder = FolderOf(revision) + ".unfinished";
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(Path.Combine(folder, "public"));
        Directory.CreateDirectory(Path.Combine(folder, "staff"));
        return folder;
    }

    internal void Place(Revision revision, string folder)
    {
        var place = FolderOf(revision);
        // No record names it, or this revision would have another number: an earlier release was interrupted here.
        if (Directory.Exists(place))
            Directory.Delete(place, recursive: true);
        Directory.Move(folder, place);
    }

    private static string? FileIn(string folder, string name)
    {
        if (name.Length is 0 or > 60 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not '.' and not '-') || name.Contains("..", StringComparison.Ordinal))
            return null;
        var file = Path.Combine(folder, name);
        return File.Exists(file) ? file : null;
    }
}
