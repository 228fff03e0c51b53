using System.Globalization;
using System.Xml;
using Kyodo.Common;

namespace Kyodo.Workbooks;

/// <summary>Writes one sheet from top to bottom, a row at a time.</summary>
internal sealed class SheetWriter(SheetToWrite sheet, string name, ChoiceLists choices)
{
    private int HeaderRow => sheet.Titles.Count + 1;

    private int LastColumn => Math.Max(1, sheet.Columns.Count);

    /// <returns>The number of the last row that holds a value or the header.</returns>
    public int Write(XmlWriter xml)
    {
        xml.Start("worksheet");
        xml.Start("sheetPr");
        xml.Element("pageSetUpPr", ("fitToPage", "1"));
        xml.WriteEndElement();
        WriteView(xml);
        xml.Element("sheetFormatPr", ("defaultRowHeight", "18"));
        WriteColumns(xml);
        var lastRow = WriteRows(xml);
        WriteProtection(xml);
        if (sheet.AutoFilter && sheet.Columns.Count > 0)
            xml.Element("autoFilter", ("ref", new CellRange(HeaderRow, 1, lastRow, LastColumn).ToString()));
        WriteTitleMerges(xml);
        WriteValidations(xml, Math.Max(lastRow + sheet.InputRows, HeaderRow + 1));
        WritePrintSetup(xml);
        xml.WriteEndElement();
        return lastRow;
    }

    private void WriteView(XmlWriter xml)
    {
        xml.Start("sheetViews");
        xml.Start("sheetView", ("workbookViewId", "0"));
        if (sheet.FreezeHeader)
        {
            xml.Element("pane", ("ySplit", Text(HeaderRow)), ("topLeftCell", CellAddress.Name(HeaderRow + 1, 1)), ("activePane", "bottomLeft"), ("state", "frozen"));
            xml.Element("selection", ("pane", "bottomLeft"));
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void WriteColumns(XmlWriter xml)
    {
        if (sheet.Columns.Count == 0)
            return;
        xml.Start("cols");
        for (var i = 0; i < sheet.Columns.Count; i++)
            xml.Element("col", ("min", Text(i + 1)), ("max", Text(i + 1)), ("width", Math.Clamp(sheet.Columns[i].Width, 1, 255).ToString("R", CultureInfo.InvariantCulture)), ("customWidth", "1"));
        xml.WriteEndElement();
    }

    private int WriteRows(XmlWriter xml)
    {
        var cells = new CellWriter(xml, name);
        xml.Start("sheetData");
        for (var i = 0; i < sheet.Titles.Count; i++)
            WriteTitle(xml, cells, i);
        xml.Start("row", ("r", Text(HeaderRow)), ("ht", Height(RowHeight.OfHeader(sheet.Columns))));
        for (var i = 0; i < sheet.Columns.Count; i++)
            cells.Text(HeaderRow, i + 1, sheet.Columns[i].Header, sheet.Columns[i].Required ? CellFormats.RequiredHeader : CellFormats.Header);
        xml.WriteEndElement();
        var row = HeaderRow;
        foreach (var values in sheet.Rows)
            WriteRow(xml, cells, ++row, values);
        for (var i = 1; i <= sheet.InputRows; i++)
            WriteRow(xml, cells, row + i, []);
        xml.WriteEndElement();
        return row;
    }

    private void WriteTitle(XmlWriter xml, CellWriter cells, int index)
    {
        var title = sheet.Titles[index];
        var points = (index == 0 ? 24 : 18) * (1 + CellText.Clean(title).Count(c => c == '\n'));
        xml.Start("row", ("r", Text(index + 1)), ("ht", Text(points)), ("customHeight", "1"));
        cells.Text(index + 1, 1, title, index == 0 ? CellFormats.Title : CellFormats.Subtitle);
        xml.WriteEndElement();
    }

    private void WriteRow(XmlWriter xml, CellWriter cells, int row, IReadOnlyList<object?> values)
    {
        if (values.Count > sheet.Columns.Count)
            throw new ArgumentException($"Row {row} of {name} has {values.Count} values for {sheet.Columns.Count} columns.");
        if (row > CellAddress.LastRow)
            throw new Refusal($"Excel のシートに入るのは {CellAddress.LastRow:#,0} 行までです。年度などで分けて書き出してください。");
        xml.WriteStartElement("row", PartXmlWriter.Main);
        xml.WriteStartAttribute("r");
        xml.WriteValue(row);
        xml.WriteEndAttribute();
        xml.Attributes(("ht", Height(RowHeight.Of(values, sheet.Columns))));
        for (var i = 0; i < sheet.Columns.Count; i++)
            cells.Write(row, i + 1, i < values.Count ? values[i] : null, sheet.Columns[i]);
        xml.WriteEndElement();
    }

    private void WriteProtection(XmlWriter xml)
    {
        if (sheet.Columns.Any(c => c.Locked))
            xml.Element("sheetProtection", ("sheet", "1"), ("formatCells", "0"), ("formatColumns", "0"), ("formatRows", "0"), ("sort", "0"), ("autoFilter", "0"));
    }

    private void WriteTitleMerges(XmlWriter xml)
    {
        if (sheet.Titles.Count == 0 || LastColumn == 1)
            return;
        xml.Start("mergeCells", ("count", Text(sheet.Titles.Count)));
        for (var row = 1; row <= sheet.Titles.Count; row++)
            xml.Element("mergeCell", ("ref", new CellRange(row, 1, row, LastColumn).ToString()));
        xml.WriteEndElement();
    }

    private void WriteValidations(XmlWriter xml, int lastRow)
    {
        var ruled = sheet.Columns.Index().Where(c => c.Item.Choices.Count > 0 || !string.IsNullOrEmpty(c.Item.Note)).ToList();
        if (ruled.Count == 0)
            return;
        xml.Start("dataValidations", ("count", Text(ruled.Count)));
        foreach (var (index, column) in ruled)
            WriteValidation(xml, column, new CellRange(HeaderRow + 1, index + 1, lastRow, index + 1).ToString());
        xml.WriteEndElement();
    }

    private void WriteValidation(XmlWriter xml, ColumnToWrite column, string range)
    {
        var formula = choices.FormulaOf(column);
        xml.Start("dataValidation", ("type", formula is null ? null : "list"), ("allowBlank", "1"),
            ("showInputMessage", string.IsNullOrEmpty(column.Note) ? null : "1"), ("showErrorMessage", formula is null ? null : "1"),
            ("errorTitle", formula is null ? null : "選択肢にない値です"), ("error", formula is null ? null : "一覧から選んでください。"),
            ("promptTitle", NoteAttribute(column.NoteTitle, 32)), ("prompt", NoteAttribute(column.Note, 255)), ("sqref", range));
        if (formula is not null)
            xml.WriteElementString("formula1", PartXmlWriter.Main, formula);
        xml.WriteEndElement();
    }

    private static string? NoteAttribute(string? text, int length) =>
        string.IsNullOrEmpty(text) ? null : CellText.ToFile(NoteText.CutWithEllipsis(CellText.Clean(text), length));

    private void WritePrintSetup(XmlWriter xml)
    {
        xml.Element("printOptions", ("horizontalCentered", "1"));
        xml.Element("pageMargins", ("left", "0.4"), ("right", "0.4"), ("top", "0.75"), ("bottom", "0.6"), ("header", "0.3"), ("footer", "0.3"));
        xml.Element("pageSetup", ("paperSize", "9"), ("orientation", sheet.Print.Portrait ? "portrait" : "landscape"), ("fitToWidth", sheet.Print.PagesWide.ToString(CultureInfo.InvariantCulture)), ("fitToHeight", "0"));
        xml.Start("headerFooter");
        if (sheet.Print.Header.Length > 0)
            xml.WriteElementString("oddHeader", PartXmlWriter.Main, "&L" + PageText(sheet.Print.Header));
        xml.WriteElementString("oddFooter", PartXmlWriter.Main, (sheet.Print.Footer.Length > 0 ? "&L" + PageText(sheet.Print.Footer) : "") + "&C&P / &N");
        xml.WriteEndElement();
    }

    /// <summary>An ampersand begins a code there, and the whole line holds 255 characters.</summary>
    private static string PageText(string text) =>
        NoteText.CutWithEllipsis(CellText.Clean(text), 100).Replace("&", "&&", StringComparison.Ordinal);

    private static string? Height(double? points) => points?.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
