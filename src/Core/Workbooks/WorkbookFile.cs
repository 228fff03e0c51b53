using System.Globalization;
using System.IO.Compression;
using System.Xml;
using Kyodo.Common;

namespace Kyodo.Workbooks;

/// <summary>Writes .xlsx files, streamed: memory does not grow with the rows, and equal sheets with an equal stamp give equal bytes.</summary>
public static class WorkbookFile
{
    private const string ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string SpreadsheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const string PackageType = "application/vnd.openxmlformats-package.";

    private sealed record Page(SheetToWrite Sheet, string Name, int Number)
    {
        public int LastRow { get; set; }
    }

    /// <param name="output">Need not be seekable; is left open.</param>
    /// <param name="sheets">At least one, of which at least one is visible.</param>
    /// <param name="stamp">The time that the file says it was made at; years 1980 to 2107.</param>
    /// <param name="props">Title and author, shown by Excel.</param>
    /// <exception cref="Refusal">A text or a sheet is longer than Excel allows.</exception>
    /// <exception cref="ArgumentException">No visible sheet, a row longer than its columns, or a value of another type.</exception>
    public static void Write(Stream output, IEnumerable<SheetToWrite> sheets, DateTimeOffset stamp, WorkbookProperties props)
    {
        var wanted = sheets.ToList();
        if (!wanted.Exists(s => s.Visibility == SheetVisibility.Visible))
            throw new ArgumentException("A workbook needs a visible sheet.", nameof(sheets));
        var names = new SheetNames();
        var pages = wanted.Select((s, i) => new Page(s, names.Next(s.Name), i + 1)).ToList();
        var choices = new ChoiceLists(wanted, names);
        if (choices.ToSheet() is { } lists)
            pages.Add(new(lists, lists.Name, pages.Count + 1));

        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        zip.WritePart("[Content_Types].xml", stamp, xml => WriteContentTypes(xml, pages));
        zip.WritePart("_rels/.rels", stamp, WriteFileRelationships);
        zip.WritePart("docProps/core.xml", stamp, xml => WriteProperties(xml, props, stamp));
        zip.WritePart("xl/_rels/workbook.xml.rels", stamp, xml => WriteWorkbookRelationships(xml, pages));
        zip.WritePart("xl/styles.xml", stamp, CellFormats.Write);
        foreach (var page in pages)
            zip.WritePart($"xl/worksheets/sheet{page.Number}.xml", stamp, xml => page.LastRow = new SheetWriter(page.Sheet, page.Name, choices).Write(xml));
        zip.WritePart("xl/workbook.xml", stamp, xml => WriteWorkbook(xml, pages));
    }

    private static void WriteContentTypes(XmlWriter xml, List<Page> pages)
    {
        xml.WriteStartElement("Types", ContentTypes);
        WriteType("Default", "Extension", "rels", PackageType + "relationships+xml");
        WriteType("Default", "Extension", "xml", "application/xml");
        WriteType("Override", "PartName", "/xl/workbook.xml", SpreadsheetType + "sheet.main+xml");
        WriteType("Override", "PartName", "/xl/styles.xml", SpreadsheetType + "styles+xml");
        WriteType("Override", "PartName", "/docProps/core.xml", PackageType + "core-properties+xml");
        foreach (var page in pages)
            WriteType("Override", "PartName", $"/xl/worksheets/sheet{page.Number}.xml", SpreadsheetType + "worksheet+xml");
        xml.WriteEndElement();

        void WriteType(string element, string attribute, string what, string type)
        {
            xml.WriteStartElement(element, ContentTypes);
            xml.Attributes((attribute, what), ("ContentType", type));
            xml.WriteEndElement();
        }
    }

    private static void WriteFileRelationships(XmlWriter xml)
    {
        xml.WriteStartElement("Relationships", PartXmlWriter.PackageRelationships);
        WriteRelationship(xml, "rId1", PartXmlWriter.OfficeRelationships + "/officeDocument", "xl/workbook.xml");
        WriteRelationship(xml, "rId2", PartXmlWriter.PackageRelationships + "/metadata/core-properties", "docProps/core.xml");
        xml.WriteEndElement();
    }

    private static void WriteWorkbookRelationships(XmlWriter xml, List<Page> pages)
    {
        xml.WriteStartElement("Relationships", PartXmlWriter.PackageRelationships);
        foreach (var page in pages)
            WriteRelationship(xml, $"rId{page.Number}", PartXmlWriter.OfficeRelationships + "/worksheet", $"worksheets/sheet{page.Number}.xml");
        WriteRelationship(xml, $"rId{pages.Count + 1}", PartXmlWriter.OfficeRelationships + "/styles", "styles.xml");
        xml.WriteEndElement();
    }

    private static void WriteRelationship(XmlWriter xml, string id, string type, string target)
    {
        xml.WriteStartElement("Relationship", PartXmlWriter.PackageRelationships);
        xml.Attributes(("Id", id), ("Type", type), ("Target", target));
        xml.WriteEndElement();
    }

    private static void WriteProperties(XmlWriter xml, WorkbookProperties props, DateTimeOffset stamp)
    {
        const string core = PackageRelationships + "/metadata/core-properties";
        const string dublin = "http://purl.org/dc/elements/1.1/";
        xml.WriteStartElement("cp", "coreProperties", core);
        xml.WriteElementString("dc", "title", dublin, CellText.Clean(props.Title));
        xml.WriteElementString("dc", "creator", dublin, CellText.Clean(props.Author));
        WriteTime("created");
        WriteTime("modified");
        xml.WriteEndElement();

        void WriteTime(string name)
        {
            xml.WriteStartElement("dcterms", name, "http://purl.org/dc/terms/");
            xml.WriteAttributeString("xsi", "type", "http://www.w3.org/2001/XMLSchema-instance", "dcterms:W3CDTF");
            xml.WriteString(stamp.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }
    }

    private const string PackageRelationships = "http://schemas.openxmlformats.org/package/2006";

    private static void WriteWorkbook(XmlWriter xml, List<Page> pages)
    {
        xml.Start("workbook");
        xml.Start("bookViews");
        xml.Element("workbookView", ("activeTab", Text(pages.FindIndex(p => p.Sheet.Visibility == SheetVisibility.Visible))));
        xml.WriteEndElement();
        xml.Start("sheets");
        foreach (var page in pages)
        {
            xml.Start("sheet", ("name", page.Name), ("sheetId", Text(page.Number)), ("state", State(page.Sheet.Visibility)));
            xml.WriteAttributeString("r", "id", PartXmlWriter.OfficeRelationships, $"rId{page.Number}");
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.Start("definedNames");
        foreach (var page in pages)
            WriteDefinedNames(xml, page);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteDefinedNames(XmlWriter xml, Page page)
    {
        var header = page.Sheet.Titles.Count + 1;
        var quoted = SheetNames.Quoted(page.Name);
        if (page.Sheet.AutoFilter && page.Sheet.Columns.Count > 0)
            WriteName("_xlnm._FilterDatabase", $"{quoted}!$A${header}:${CellAddress.ColumnName(page.Sheet.Columns.Count)}${page.LastRow}", hidden: true);
        var firstColumn = page.Sheet.Print.PagesWide > 1 ? $"{quoted}!$A:$A," : "";
        if (page.Sheet.Print.InputRows is { } printed && page.Sheet.Columns.Count > 0)
            WriteName("_xlnm.Print_Area", $"{quoted}!$A$1:${CellAddress.ColumnName(page.Sheet.Columns.Count)}${page.LastRow + Math.Min(printed, page.Sheet.InputRows)}", hidden: false);
        WriteName("_xlnm.Print_Titles", $"{firstColumn}{quoted}!${header}:${header}", hidden: false);

        void WriteName(string name, string formula, bool hidden)
        {
            xml.Start("definedName", ("name", name), ("localSheetId", Text(page.Number - 1)), ("hidden", hidden ? "1" : null));
            xml.WriteString(formula);
            xml.WriteEndElement();
        }
    }

    private static string? State(SheetVisibility visibility) => visibility switch
    {
        SheetVisibility.Hidden => "hidden",
        SheetVisibility.VeryHidden => "veryHidden",
        _ => null,
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
