using System.Globalization;

namespace Kyodo.Editions.Files;

/// <summary>
/// The printed casebook's names on the shelf: <c>casebook.pdf</c>, and for an edition too large for one book the volumes <c>casebook-01.pdf</c>,
/// <c>casebook-02.pdf</c> … beside it, of which <c>casebook.pdf</c> is then the one with the contents and figures of all.
/// </summary>
public static class CasebookFile
{
    public const string Name = "casebook.pdf";

    private const string Before = "casebook-";
    private const string After = ".pdf";

    public static string Volume(int no) => string.Create(CultureInfo.InvariantCulture, $"{Before}{no:00}{After}");

    /// <summary>The volume's number; 0 where the file is no volume.</summary>
    public static int VolumeOf(string name) =>
        name.StartsWith(Before, StringComparison.Ordinal) && name.EndsWith(After, StringComparison.Ordinal) && int.TryParse(name.AsSpan(Before.Length..^After.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var no) ? no : 0;

    /// <summary>Is it the printed casebook or a volume of it?</summary>
    public static bool Is(string name) => name == Name || VolumeOf(name) > 0;
}
