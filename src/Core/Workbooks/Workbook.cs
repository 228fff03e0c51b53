namespace Kyodo.Workbooks;

/// <summary>What a workbook holds, sheets in the order of their tabs. Chart sheets are left out.</summary>
public sealed record Workbook(IReadOnlyList<Sheet> Sheets);

/// <summary>
/// One sheet. <paramref name="Rows"/> are only those that hold something, in rising order;
/// <paramref name="Hidden"/> is true for hidden and very hidden sheets;
/// <paramref name="Merges"/> are kept apart, since only the caller knows whether a merged header should be spread.
/// </summary>
public sealed record Sheet(string Name, bool Hidden, IReadOnlyList<SheetRow> Rows, IReadOnlyList<CellRange> Merges)
{
    /// <summary>The first and last column of each hidden run, counted from 1.</summary>
    public IReadOnlyList<(int First, int Last)> HiddenColumns { get; init; } = [];

    public bool HidesColumn(int column) => HiddenColumns.Any(run => run.First <= column && column <= run.Last);
}

/// <summary>One row. <paramref name="Number"/> counts from 1 as in Excel; <paramref name="Cells"/> are only those that hold something, from left to right.</summary>
public sealed record SheetRow(int Number, IReadOnlyList<Cell> Cells)
{
    /// <summary>Hidden by hand or by a filter.</summary>
    public bool Hidden { get; init; }

    /// <summary>The cell of a column, counted from 1 (A is 1); an empty one when nothing is there.</summary>
    public Cell this[int column]
    {
        get
        {
            int low = 0, high = Cells.Count - 1;
            while (low <= high)
            {
                var middle = (low + high) / 2;
                var found = Cells[middle].Column;
                if (found == column)
                    return Cells[middle];
                if (found < column)
                    low = middle + 1;
                else
                    high = middle - 1;
            }
            return Cell.Empty(column);
        }
    }
}

public enum CellKind
{
    Blank,
    Text,
    Number,
    Date,
    Boolean,
    Error,
}

/// <summary>
/// One cell, <paramref name="Column"/> counted from 1. <paramref name="Text"/> is what the user sees: numbers without exponent or thousands separators,
/// with the leading zeros of formats such as 000000; dates as yyyy-MM-dd, with HH:mm(:ss) when they carry a time; hours as H:mm; line breaks as \n; no furigana.
/// An <see cref="CellKind.Error"/> is an Excel error ("#N/A"), a number that is no date although the cell is formatted as one, or a formula that was never calculated (empty text).
/// </summary>
public sealed record Cell(int Column, string Text, CellKind Kind, double? Number = null, DateTime? Date = null, bool IsFormula = false)
{
    public static Cell Empty(int column) => new(column, "", CellKind.Blank);
}

/// <summary>A rectangle of cells, both corners included, counted from 1.</summary>
public sealed record CellRange(int FirstRow, int FirstColumn, int LastRow, int LastColumn)
{
    public bool Contains(int row, int column) => row >= FirstRow && row <= LastRow && column >= FirstColumn && column <= LastColumn;

    public override string ToString() => $"{CellAddress.Name(FirstRow, FirstColumn)}:{CellAddress.Name(LastRow, LastColumn)}";
}
