using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Kyodo.Workbooks;

/// <summary>Excel's names of places: row 12, column 2 is "B12". Rows and columns count from 1.</summary>
public static class CellAddress
{
    public const int LastRow = 1_048_576;
    public const int LastColumn = 16_384;

    public static string Name(int row, int column) => ColumnName(column) + row.ToString(CultureInfo.InvariantCulture);

    public static string ColumnName(int column)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(column, 1);
        var name = "";
        for (var rest = column; rest > 0; rest = (rest - 1) / 26)
            name = (char)('A' + (rest - 1) % 26) + name;
        return name;
    }

    /// <summary>False for anything but a plain address within Excel's bounds; the dollars of "$B$12" are allowed.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out int row, out int column)
    {
        row = column = 0;
        var i = 0;
        if (i < name.Length && name[i] == '$')
            i++;
        for (; i < name.Length && char.IsAsciiLetter(name[i]) && column <= LastColumn; i++)
            column = column * 26 + (name[i] & ~0x20) - 'A' + 1;
        if (i < name.Length && name[i] == '$')
            i++;
        for (; i < name.Length && char.IsAsciiDigit(name[i]) && row <= LastRow; i++)
            row = row * 10 + name[i] - '0';
        return i == name.Length && row is >= 1 and <= LastRow && column is >= 1 and <= LastColumn;
    }

    public static bool TryParse(ReadOnlySpan<char> name, [NotNullWhen(true)] out CellRange? range)
    {
        range = null;
        var colon = name.IndexOf(':');
        if (!TryParse(colon < 0 ? name : name[..colon], out var row, out var column))
            return false;
        int lastRow = row, lastColumn = column;
        if (colon >= 0 && !TryParse(name[(colon + 1)..], out lastRow, out lastColumn))
            return false;
        range = new CellRange(Math.Min(row, lastRow), Math.Min(column, lastColumn), Math.Max(row, lastRow), Math.Max(column, lastColumn));
        return true;
    }
}
