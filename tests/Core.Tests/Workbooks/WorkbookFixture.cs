using System.IO.Compression;
using System.Text;
using Kyodo.Common;
using Kyodo.Workbooks;
using Xunit;

namespace Kyodo.Core.Tests.Workbooks;

/// <summary>Small .xlsx files written part by part, so that each test can spoil just one thing.</summary>
internal sealed record WorkbookFixture
{
    private const string Declaration = """<?xml version="1.0" encoding="UTF-8"?>""";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    public string Rows { get; init; } = """<row r="1"><c r="A1"><v>1</v></c></row>""";
    public string AfterRows { get; init; } = "";
    public string Strings { get; init; } = "";
    public string Formats { get; init; } = """<numFmts><numFmt numFmtId="164" formatCode="[$-411]ge.m.d;@"/><numFmt numFmtId="165" formatCode="000000"/><numFmt numFmtId="166" formatCode="[h]:mm"/><numFmt numFmtId="167" formatCode="#,##0&quot;days&quot;"/></numFmts>""";
    public string Xfs { get; init; } = """<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="22"/>""";
    public string WorkbookProperties { get; init; } = "";
    public string SheetAttributes { get; init; } = "";
    public string SheetTarget { get; init; } = "worksheets/sheet1.xml";
    public string MainType { get; init; } = Types + ".sheet.main+xml";
    public string DocumentType { get; init; } = "";
    public IReadOnlyList<(string Name, string Content)> More { get; init; } = [];

    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in Parts())
            {
                using var part = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                part.Write(Encoding.UTF8.GetBytes(content));
            }
        return file.ToArray();
    }

    public Workbook Read(WorkbookLimits? limits = null) => Read(ToBytes(), limits);

    public IReadOnlyList<SheetRow> ReadRows() => Read().Sheets[0].Rows;

    public string Refused(WorkbookLimits? limits = null) => Refused(ToBytes(), limits);

    public static Workbook Read(byte[] file, WorkbookLimits? limits = null) => WorkbookReader.Read(new MemoryStream(file), limits);

    public static string Refused(byte[] file, WorkbookLimits? limits = null)
    {
        var refusal = Assert.Throws<Refusal>(() => Read(file, limits));
        Assert.EndsWith("ください。", refusal.Message);
        return refusal.Message;
    }

    /// <summary>Everything read, as text that can be compared.</summary>
    public static string Describe(Workbook workbook) => string.Join('\n', workbook.Sheets.Select(s =>
        $"{s.Name} {s.Hidden} {string.Join(' ', s.Merges)}\n" + string.Join('\n', s.Rows.Select(r => $"{r.Number}: {string.Join(" | ", r.Cells)}"))));

    private IEnumerable<(string Name, string Content)> Parts()
    {
        yield return ("[Content_Types].xml", $"""{Declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{MainType}"/></Types>""");
        yield return ("_rels/.rels", $"""{Declaration}<Relationships xmlns="{Package}"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        yield return ("xl/workbook.xml", $"""{Declaration}{DocumentType}<workbook xmlns="{Main}" xmlns:r="{Office}">{WorkbookProperties}<sheets><sheet name="一覧" sheetId="1" r:id="rId1" {SheetAttributes}/></sheets></workbook>""");
        yield return ("xl/_rels/workbook.xml.rels", $"""{Declaration}<Relationships xmlns="{Package}"><Relationship Id="rId1" Type="{Office}/worksheet" Target="{SheetTarget}"/><Relationship Id="rId2" Type="{Office}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="rId3" Type="{Office}/styles" Target="styles.xml"/></Relationships>""");
        yield return ("xl/sharedStrings.xml", $"""{Declaration}<sst xmlns="{Main}">{Strings}</sst>""");
        yield return ("xl/styles.xml", $"""{Declaration}<styleSheet xmlns="{Main}">{Formats}<cellXfs>{Xfs}</cellXfs></styleSheet>""");
        yield return ("xl/worksheets/sheet1.xml", $"""{Declaration}<worksheet xmlns="{Main}"><sheetData>{Rows}</sheetData>{AfterRows}</worksheet>""");
        foreach (var part in More)
            yield return part;
    }
}
