using System.Globalization;
using System.Xml;

namespace Kyodo.Workbooks;

internal enum ValueFormat
{
    General,
    Text,
    Whole,
    Fraction,
    Date,
    Year,
}

/// <summary>The fixed table of cell formats of every workbook we write, and the style number of each.</summary>
internal static class CellFormats
{
    public const int Title = 1;
    public const int Subtitle = 2;
    public const int Header = 3;
    public const int RequiredHeader = 4;
    private const int FirstData = 5;
    private const string Grey = "FFF1F1F4";
    private static readonly ValueFormat[] Formats = Enum.GetValues<ValueFormat>();

    public static int Data(ValueFormat format, bool wrap, bool locked) => FirstData + (int)format * 4 + (wrap ? 2 : 0) + (locked ? 1 : 0);

    public static void Write(XmlWriter xml)
    {
        xml.Start("styleSheet");
        WriteNumberFormats(xml);
        WriteFonts(xml);
        WriteFills(xml);
        WriteBorders(xml);
        xml.Start("cellStyleXfs", ("count", "1"));
        xml.Element("xf", ("numFmtId", "0"), ("fontId", "0"), ("fillId", "0"), ("borderId", "0"));
        xml.WriteEndElement();
        xml.Start("cellXfs", ("count", Text(FirstData + Formats.Length * 4)));
        WriteFormat(xml, 0, font: 0, fill: 0, border: 0, wrap: false, locked: false);
        WriteFormat(xml, 0, font: 1, fill: 0, border: 0, wrap: true, locked: true, vertical: "center");
        WriteFormat(xml, 0, font: 0, fill: 0, border: 0, wrap: true, locked: true, vertical: "center");
        WriteFormat(xml, 0, font: 2, fill: 2, border: 1, wrap: true, locked: true, vertical: "center");
        WriteFormat(xml, 0, font: 2, fill: 3, border: 1, wrap: true, locked: true, vertical: "center");
        foreach (var format in Formats)
            for (var variant = 0; variant < 4; variant++)
                WriteFormat(xml, NumberFormatId(format), font: 0, fill: (variant & 1) == 1 ? 4 : 0, border: 1, wrap: variant >= 2, locked: (variant & 1) == 1);
        xml.WriteEndElement();
        xml.Start("cellStyles", ("count", "1"));
        xml.Element("cellStyle", ("name", "標準"), ("xfId", "0"), ("builtinId", "0"));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static int NumberFormatId(ValueFormat format) => format switch
    {
        ValueFormat.General => 0,
        ValueFormat.Text => 49,
        ValueFormat.Whole => 3,
        ValueFormat.Fraction => 164,
        ValueFormat.Date => 165,
        ValueFormat.Year => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private static void WriteNumberFormats(XmlWriter xml)
    {
        xml.Start("numFmts", ("count", "2"));
        xml.Element("numFmt", ("numFmtId", "164"), ("formatCode", "#,##0.##########"));
        xml.Element("numFmt", ("numFmtId", "165"), ("formatCode", "yyyy/mm/dd"));
        xml.WriteEndElement();
    }

    private static void WriteFonts(XmlWriter xml)
    {
        xml.Start("fonts", ("count", "3"));
        WriteFont(xml, "11", bold: false);
        WriteFont(xml, "14", bold: true);
        WriteFont(xml, "11", bold: true);
        xml.WriteEndElement();
    }

    private static void WriteFont(XmlWriter xml, string size, bool bold)
    {
        xml.Start("font");
        if (bold)
            xml.Element("b");
        xml.Element("sz", ("val", size));
        xml.Element("name", ("val", "BIZ UDPゴシック"));
        xml.Element("family", ("val", "3"));
        xml.Element("charset", ("val", "128"));
        xml.WriteEndElement();
    }

    private static void WriteFills(XmlWriter xml)
    {
        xml.Start("fills", ("count", "5"));
        WriteFill(xml, "none", null);
        WriteFill(xml, "gray125", null);
        WriteFill(xml, "solid", "FFE8F1FE");
        WriteFill(xml, "solid", "FFFFEEE2");
        WriteFill(xml, "solid", Grey);
        xml.WriteEndElement();
    }

    private static void WriteFill(XmlWriter xml, string pattern, string? colour)
    {
        xml.Start("fill");
        xml.Start("patternFill", ("patternType", pattern));
        if (colour is not null)
        {
            xml.Element("fgColor", ("rgb", colour));
            xml.Element("bgColor", ("indexed", "64"));
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteBorders(XmlWriter xml)
    {
        string[] sides = ["left", "right", "top", "bottom"];
        xml.Start("borders", ("count", "2"));
        xml.Start("border");
        foreach (var side in sides)
            xml.Element(side);
        xml.Element("diagonal");
        xml.WriteEndElement();
        xml.Start("border");
        foreach (var side in sides)
        {
            xml.Start(side, ("style", "thin"));
            xml.Element("color", ("rgb", "FFB3B3B3"));
            xml.WriteEndElement();
        }
        xml.Element("diagonal");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteFormat(XmlWriter xml, int numberFormat, int font, int fill, int border, bool wrap, bool locked, string vertical = "top")
    {
        xml.Start("xf", ("numFmtId", Text(numberFormat)), ("fontId", Text(font)), ("fillId", Text(fill)), ("borderId", Text(border)), ("xfId", "0"),
            ("applyNumberFormat", "1"), ("applyFont", "1"), ("applyFill", "1"), ("applyBorder", "1"), ("applyAlignment", "1"), ("applyProtection", "1"));
        xml.Element("alignment", ("vertical", vertical), ("wrapText", wrap ? "1" : null));
        xml.Element("protection", ("locked", locked ? "1" : "0"));
        xml.WriteEndElement();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
