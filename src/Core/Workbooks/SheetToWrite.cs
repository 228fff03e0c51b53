namespace Kyodo.Workbooks;

public enum SheetVisibility
{
    Visible,
    Hidden,

    /// <summary>Excel's menus do not offer to show it again.</summary>
    VeryHidden,
}

public enum ColumnKind
{
    Text,
    Number,
    Date,

    /// <summary>A number without thousands separators.</summary>
    Year,
}

/// <summary>
/// One sheet to write. Each row holds string, int, long, decimal, double, DateOnly, bool or null, at most as many as there are columns; rows are walked once while writing.
/// A name that Excel does not allow is made legal (31 characters, no []:*?/\, unique).
/// </summary>
public sealed record SheetToWrite(string Name, IReadOnlyList<ColumnToWrite> Columns, IEnumerable<IReadOnlyList<object?>> Rows)
{
    public SheetVisibility Visibility { get; init; }

    /// <summary>Lines above the header, each merged over the width; the first is the large one.</summary>
    public IReadOnlyList<string> Titles { get; init; } = [];

    public bool FreezeHeader { get; init; } = true;

    public bool AutoFilter { get; init; }

    /// <summary>Empty rows below the last one that are ready to be filled in: with borders, drop-downs and notes.</summary>
    public int InputRows { get; init; }

    public PrintSetup Print { get; init; } = new();
}

/// <summary>One column; <paramref name="Width"/> is in characters of the standard font. When any column is locked, the sheet is protected (without a password) and the others stay open to typing.</summary>
public sealed record ColumnToWrite(string Header, double Width = 16)
{
    public ColumnKind Kind { get; init; }

    public bool Wrap { get; init; }

    /// <summary>Shown by the colour of the header only: say it in <see cref="Header"/> or <see cref="Note"/> as well, for those who do not see the colour.</summary>
    public bool Required { get; init; }

    public bool Locked { get; init; }

    /// <summary>The values of the drop-down; anything else typed is turned down by Excel.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Head of the note, cut to 32 characters.</summary>
    public string? NoteTitle { get; init; }

    /// <summary>Shown while a cell of the column is selected, cut to 255 characters.</summary>
    public string? Note { get; init; }
}

/// <summary>On A4, fitted to <paramref name="PagesWide"/> pages side by side (with more than one, the first column stands on each), header rows on each page. <paramref name="Header"/> stands at the top of each page on the left, <paramref name="Footer"/> at the bottom on the left, the page number at the bottom in the middle.</summary>
/// <param name="InputRows">How many of the empty rows are printed below the last one; null prints them all.</param>
public sealed record PrintSetup(string Header = "", string Footer = "", bool Portrait = false, int PagesWide = 1, int? InputRows = null);

/// <summary>What Excel shows about the file.</summary>
public sealed record WorkbookProperties(string Title, string Author);
