namespace Kyodo.Workbooks;

/// <summary>How much one uploaded workbook may hold. Bytes are of the file or of inflated parts; characters are UTF-16 units; the rest are counts over the whole workbook, columns per sheet.</summary>
public sealed record WorkbookLimits
{
    public static readonly WorkbookLimits Default = new();

    public int FileBytes { get; init; } = 10 << 20;
    public int Entries { get; init; } = 200;
    public int PartBytes { get; init; } = 48 << 20;
    public int TotalBytes { get; init; } = 64 << 20;
    public int XmlDepth { get; init; } = 64;
    public int Rows { get; init; } = 100_000;
    public int Cells { get; init; } = 1_000_000;
    public int Columns { get; init; } = 200;
    public int Merges { get; init; } = 100_000;
    public int CellCharacters { get; init; } = 32_767;
    public int TotalCharacters { get; init; } = 20_000_000;
}
