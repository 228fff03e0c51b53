using System.Globalization;
using System.Xml;

namespace Kyodo.Workbooks;

/// <summary>Streams through one sheet. Costs follow what the file spells out, never how far away a cell claims to be.</summary>
internal sealed class SheetReader(string name, IReadOnlyList<string> strings, CellStyles styles, bool is1904, ReadingBudget budget)
{
    private const int LongestPooled = 64;
    private const int MostPooled = 20_000;

    private readonly List<SheetRow> rows = [];
    private readonly List<CellRange> merges = [];
    private readonly List<(int First, int Last)> hiddenColumns = [];
    private readonly bool[] usedColumns = new bool[CellAddress.LastColumn + 1];
    private readonly Dictionary<string, string> pool = new(StringComparer.Ordinal);
    private int usedColumnCount;
    private int lastRow;

    public Sheet Read(byte[] part, bool hidden)
    {
        using var reader = PartXml.Open(part);
        while (reader.Read())
        {
            if (reader.IsStart("row"))
                ReadRow(reader);
            else if (reader.IsStart("mergeCell"))
                ReadMerge(reader);
            else if (reader.IsStart("col") && reader.IsTrue("hidden") && hiddenColumns.Count < CellAddress.LastColumn)
                hiddenColumns.Add((Number(reader, "min"), Number(reader, "max")));
        }
        return new(name, hidden, rows, merges) { HiddenColumns = hiddenColumns };
    }

    private static int Number(XmlReader reader, string attribute) =>
        int.TryParse(reader.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private void ReadRow(XmlReader reader)
    {
        var number = lastRow + 1;
        if (reader.GetAttribute("r") is { } stated && (!int.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number <= lastRow))
            throw BrokenWorkbook.Refusal(name);
        if (number > CellAddress.LastRow)
            throw BrokenWorkbook.Refusal(name);
        lastRow = number;
        if (reader.IsEmptyElement)
            return;
        var isHidden = reader.IsTrue("hidden");
        var cells = ReadCells(reader, number);
        if (cells.Count == 0)
            return;
        budget.CountRow();
        rows.Add(new(number, cells) { Hidden = isHidden });
    }

    private List<Cell> ReadCells(XmlReader reader, int row)
    {
        var cells = new List<Cell>();
        var depth = reader.Depth;
        var lastColumn = 0;
        while (reader.ReadChild(depth))
        {
            if (reader.LocalName != "c")
                continue;
            var column = ColumnOf(reader, row, lastColumn);
            lastColumn = column;
            if (reader.IsEmptyElement)
                continue;
            var cell = ReadCell(reader, row, column);
            if (cell.Kind == CellKind.Blank)
                continue;
            budget.Count(cell);
            CountColumn(column);
            cells.Add(cell);
        }
        return cells;
    }

    private int ColumnOf(XmlReader reader, int row, int lastColumn)
    {
        var column = lastColumn + 1;
        if (reader.GetAttribute("r") is { } stated && (!CellAddress.TryParse(stated, out var statedRow, out column) || statedRow != row))
            throw BrokenWorkbook.Refusal(name);
        if (column <= lastColumn || column > CellAddress.LastColumn)
            throw BrokenWorkbook.Refusal(name, CellAddress.Name(row, column));
        return column;
    }

    private void CountColumn(int column)
    {
        if (usedColumns[column])
            return;
        usedColumns[column] = true;
        budget.RequireColumns(++usedColumnCount, name);
    }

    private Cell ReadCell(XmlReader reader, int row, int column)
    {
        var type = reader.GetAttribute("t") ?? "n";
        var style = int.TryParse(reader.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var s) ? s : 0;
        var isFormula = false;
        string? value = null;
        var depth = reader.Depth;
        while (reader.ReadChild(depth))
        {
            switch (reader.LocalName)
            {
                case "f":
                    isFormula = true;
                    break;
                case "v":
                    value = reader.ReadText();
                    break;
                case "is":
                    value = Pooled(budget.Fits(SharedStrings.RichText(reader)));
                    type = "inlineStr";
                    break;
            }
        }
        if (value is null)
            return isFormula ? new(column, "", CellKind.Error, IsFormula: true) : Cell.Empty(column);
        return type switch
        {
            "s" => Text(column, Shared(value, row, column), isFormula),
            "inlineStr" => Text(column, value, isFormula),
            "str" => Text(column, budget.Fits(CellText.FromFile(value)), isFormula),
            "b" => new(column, value.Trim() is "1" or "true" ? "TRUE" : "FALSE", CellKind.Boolean, IsFormula: isFormula),
            "e" => new(column, budget.Fits(CellText.FromFile(value)), CellKind.Error, IsFormula: isFormula),
            "d" => IsoDate(column, value, isFormula),
            _ => Numeric(column, value, styles[style], isFormula),
        };
    }

    /// <summary>A drop-down's word stands in thousands of cells.</summary>
    private string Pooled(string text)
    {
        if (text.Length > LongestPooled || pool.Count >= MostPooled)
            return text;
        return pool.TryGetValue(text, out var same) ? same : pool[text] = text;
    }

    private string Shared(string index, int row, int column) =>
        int.TryParse(index, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var i) && i < strings.Count
            ? strings[i]
            : throw BrokenWorkbook.Refusal(name, CellAddress.Name(row, column));

    private static Cell Text(int column, string text, bool isFormula) =>
        text.Length == 0 ? Cell.Empty(column) : new(column, text, CellKind.Text, IsFormula: isFormula);

    private Cell IsoDate(int column, string value, bool isFormula) =>
        DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var date)
            ? Dated(column, DateTime.SpecifyKind(date, DateTimeKind.Unspecified), null, isFormula)
            : new(column, budget.Fits(CellText.FromFile(value)), CellKind.Error, IsFormula: isFormula);

    private Cell Numeric(int column, string value, NumberFormat format, bool isFormula)
    {
        if (string.IsNullOrWhiteSpace(value))
            return Cell.Empty(column);
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return new(column, budget.Fits(CellText.FromFile(value)), CellKind.Error, IsFormula: isFormula);
        if (format.Shape != NumberShape.Date)
            return new(column, format.Text(number), CellKind.Number, number, IsFormula: isFormula);
        return DateSerial.ToDate(number, is1904) is { } date
            ? Dated(column, date, number, isFormula)
            : new(column, NumberFormat.PlainText(number), CellKind.Error, number, IsFormula: isFormula);
    }

    private static Cell Dated(int column, DateTime date, double? number, bool isFormula)
    {
        var pattern = date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : date.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss";
        return new(column, date.ToString(pattern, CultureInfo.InvariantCulture), CellKind.Date, number, date, isFormula);
    }

    private void ReadMerge(XmlReader reader)
    {
        if (!CellAddress.TryParse(reader.GetAttribute("ref"), out CellRange? range))
            throw BrokenWorkbook.Refusal(name);
        budget.CountMerge();
        merges.Add(range);
    }
}
