using System.Globalization;
using System.Xml;
using Kyodo.Common;

namespace Kyodo.Workbooks;

/// <summary>Writes the value of one cell. Text is always written as text, so that one beginning with = + - @ never becomes a formula.</summary>
internal sealed class CellWriter(XmlWriter xml, string sheet)
{
    private const int MaxCharacters = 32_767;

    /// <summary>Excel keeps 15 digits; a longer number is written as text rather than changed.</summary>
    private const decimal LargestExact = 999_999_999_999_999m;

    private static readonly string[] ColumnNames = [.. Enumerable.Range(1, 256).Select(CellAddress.ColumnName)];

    public void Write(int row, int column, object? value, ColumnToWrite definition)
    {
        switch (value)
        {
            case null:
                Empty(row, column, Style(definition, EmptyFormat(definition)));
                break;
            case string text:
                Text(row, column, text, definition);
                break;
            case bool flag:
                Value(row, column, "b", flag ? "1" : "0", Style(definition, ValueFormat.General));
                break;
            case DateOnly date when DateSerial.FromDate(date) is { } serial:
                Value(row, column, null, serial.ToString(CultureInfo.InvariantCulture), Style(definition, ValueFormat.Date));
                break;
            case DateOnly date:
                Text(row, column, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), definition);
                break;
            case int number:
                Number(row, column, number, definition);
                break;
            case long number:
                Number(row, column, number, definition);
                break;
            case decimal number:
                Number(row, column, number, definition);
                break;
            case double number when double.IsFinite(number):
                Value(row, column, null, number.ToString("R", CultureInfo.InvariantCulture), Style(definition, NumberFormatOf(definition, Math.Floor(number) == number)));
                break;
            default:
                throw new ArgumentException($"A cell cannot hold {value} ({value.GetType()}).", nameof(value));
        }
    }

    public void Text(int row, int column, string text, int style)
    {
        var clean = CellText.Clean(text);
        if (clean.Length > MaxCharacters)
            throw new Refusal(
                $"Excel のセルに入るのは {MaxCharacters:#,0} 字までです。文章を短くしてください。",
                [new Problem(Severity.Error, $"{clean.Length:#,0} 字あります。", sheet, CellAddress.Name(row, column))]);
        if (clean.Length == 0)
        {
            Empty(row, column, style);
            return;
        }
        Start(row, column, "inlineStr", style);
        xml.WriteStartElement("is", PartXmlWriter.Main);
        xml.WriteStartElement("t", PartXmlWriter.Main);
        if (char.IsWhiteSpace(clean[0]) || char.IsWhiteSpace(clean[^1]) || clean.Contains('\n', StringComparison.Ordinal))
            xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(CellText.ToFile(clean));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    public void Empty(int row, int column, int style)
    {
        Start(row, column, null, style);
        xml.WriteEndElement();
    }

    private void Text(int row, int column, string text, ColumnToWrite definition) =>
        Text(row, column, text, CellFormats.Data(ValueFormat.Text, definition.Wrap || text.AsSpan().ContainsAny('\n', '\r'), definition.Locked));

    private void Number(int row, int column, decimal number, ColumnToWrite definition)
    {
        var digits = number.ToString("0.############################", CultureInfo.InvariantCulture);
        if (Math.Abs(number) > LargestExact || digits.Count(char.IsAsciiDigit) > 15)
            Text(row, column, digits, definition);
        else
            Value(row, column, null, digits, Style(definition, NumberFormatOf(definition, decimal.IsInteger(number))));
    }

    private static ValueFormat NumberFormatOf(ColumnToWrite definition, bool isWhole) => definition.Kind switch
    {
        ColumnKind.Number => isWhole ? ValueFormat.Whole : ValueFormat.Fraction,
        ColumnKind.Year when isWhole => ValueFormat.Year,
        _ => ValueFormat.General,
    };

    private static ValueFormat EmptyFormat(ColumnToWrite definition) => definition.Kind switch
    {
        ColumnKind.Number => ValueFormat.General,
        ColumnKind.Date => ValueFormat.Date,
        ColumnKind.Year => ValueFormat.Year,
        _ => ValueFormat.Text,
    };

    private static int Style(ColumnToWrite definition, ValueFormat format) => CellFormats.Data(format, definition.Wrap, definition.Locked);

    private void Value(int row, int column, string? type, string value, int style)
    {
        Start(row, column, type, style);
        xml.WriteElementString("v", PartXmlWriter.Main, value);
        xml.WriteEndElement();
    }

    private void Start(int row, int column, string? type, int style)
    {
        xml.WriteStartElement("c", PartXmlWriter.Main);
        xml.WriteStartAttribute("r");
        xml.WriteString(column <= ColumnNames.Length ? ColumnNames[column - 1] : CellAddress.ColumnName(column));
        xml.WriteValue(row);
        xml.WriteEndAttribute();
        xml.WriteStartAttribute("s");
        xml.WriteValue(style);
        xml.WriteEndAttribute();
        if (type is not null)
            xml.WriteAttributeString("t", type);
    }
}
