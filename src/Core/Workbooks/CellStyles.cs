using System.Globalization;
using System.Xml;

namespace Kyodo.Workbooks;

/// <summary>Which style numbers of the cells mean dates, times or codes with leading zeros.</summary>
internal sealed class CellStyles
{
    private readonly List<NumberFormat> formats = [];

    public static CellStyles None { get; } = new();

    public NumberFormat this[int style] => style >= 0 && style < formats.Count ? formats[style] : default;

    public static CellStyles Read(byte[] part)
    {
        var styles = new CellStyles();
        var codes = new Dictionary<int, NumberFormat>();
        using var reader = PartXml.Open(part);
        while (reader.Read())
        {
            if (reader.IsStart("numFmts"))
                ReadCodes(reader, codes);
            else if (reader.IsStart("cellXfs"))
                styles.ReadFormats(reader, codes);
        }
        return styles;
    }

    private static void ReadCodes(XmlReader reader, Dictionary<int, NumberFormat> codes)
    {
        var depth = reader.Depth;
        if (reader.IsEmptyElement)
            return;
        while (reader.ReadChild(depth))
            codes[Number(reader)] = NumberFormat.Parse(reader.GetAttribute("formatCode") ?? "");
    }

    private void ReadFormats(XmlReader reader, Dictionary<int, NumberFormat> codes)
    {
        var depth = reader.Depth;
        if (reader.IsEmptyElement)
            return;
        while (reader.ReadChild(depth))
            formats.Add(codes.TryGetValue(Number(reader), out var format) ? format : NumberFormat.BuiltIn(Number(reader)));
    }

    private static int Number(XmlReader reader) =>
        int.TryParse(reader.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}
