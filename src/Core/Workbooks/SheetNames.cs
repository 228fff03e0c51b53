namespace Kyodo.Workbooks;

/// <summary>Makes names that Excel accepts: 1 to 31 characters, none of []:*?/\, no apostrophe at either end, no two alike.</summary>
internal sealed class SheetNames
{
    private const int MaxLength = 31;
    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase) { "History" };

    public string Next(string wanted)
    {
        var clean = string.Concat(CellText.Clean(wanted).Select(Legal)).Trim('\'', ' ');
        var name = Cut(clean.Length == 0 ? "シート" : clean, MaxLength);
        for (var n = 2; !taken.Add(name); n++)
            name = Cut(clean, MaxLength - 5) + $"({n})";
        return name;
    }

    /// <summary>As formulas and defined names write it.</summary>
    public static string Quoted(string name) => $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";

    private static char Legal(char c) => c switch
    {
        '[' => '［',
        ']' => '］',
        ':' => '：',
        '*' => '＊',
        '?' => '？',
        '/' => '／',
        '\\' => '＼',
        < ' ' => ' ',
        _ => c,
    };

    private static string Cut(string text, int length) => NoteText.Cut(text, length).TrimEnd('\'', ' ');
}
