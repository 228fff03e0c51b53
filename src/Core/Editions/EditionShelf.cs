using Kyodo.Common;

namespace Kyodo.Editions;

/// <summary>Where the files of revisions stand: <c>editions/{programme}/{year}/r{n}/public</c> and <c>staff</c> in the data folder.</summary>
public sealed record EditionShelf(string DataFolder)
{
    private static readonly TimeSpan LongestRelease = TimeSpan.FromHours(2);

    private string Root => Path.Combine(DataFolder, "editions");

    public string FolderOf(Revision revision) => FolderOf(revision.ProgrammeKey, revision.Year, revision.No);

    public string FolderOf(string programme, FiscalYear year, int no) => Path.Combine(Root, programme, year.ToString(), $"r{no}");

    /// <summary>The public file of a revision; null when there is none by that name.</summary>
    public string? PublicFile(string programme, FiscalYear year, int no, string name) => FileIn(programme, year, no, "public", name);

    public string? StaffFile(string programme, FiscalYear year, int no, string name) => FileIn(programme, year, no, "staff", name);

    internal string Begin(Revision revision)
    {
        var place = FolderOf(revision);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        var abandoned = TimeProvider.System.GetUtcNow() - LongestRelease;
        foreach (var old in Directory.EnumerateDirectories(Path.GetDirectoryName(place)!, "*.unfinished-*").Where(old => Directory.GetLastWriteTimeUtc(old) < abandoned.UtcDateTime))
            Directory.Delete(old, recursive: true);
        var folder = $"{place}.unfinished-{PublicId.New()}";
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

    /// <summary>Puts other files in the place of a revision's; those that stood there are returned, so that they can be put back.</summary>
    internal string Replace(Revision revision, string folder)
    {
        var (place, aside) = (FolderOf(revision), $"{FolderOf(revision)}.unfinished-{PublicId.New()}");
        Directory.Move(place, aside);
        Directory.Move(folder, place);
        return aside;
    }

    internal void PutBack(Revision revision, string aside)
    {
        Directory.Delete(FolderOf(revision), recursive: true);
        Directory.Move(aside, FolderOf(revision));
    }

    // What comes from an address is a plain name or names nothing.
    private string? FileIn(string programme, FiscalYear year, int no, string side, string name)
    {
        if (!IsPlain(programme) || !IsPlain(name))
            return null;
        var file = Path.Combine(FolderOf(programme, year, no), side, name);
        return File.Exists(file) ? file : null;
    }

    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= 60 && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') && !name.Contains("..", StringComparison.Ordinal);
}
