using System.Text;

namespace Kyodo.App.Pages.Portal.Data;

/// <summary>CSV as everything here reads it: UTF-8 with BOM, CRLF, one header row.</summary>
public sealed class CsvText
{
    // What a spreadsheet would run as a formula; reading takes the ' off again.
    private const string Formula = "=+-@\t\r＝＋－＠";

    public const string Type = "text/csv; charset=utf-8";

    private readonly StringBuilder _text = new("\uFEFF");

    public CsvText(params IEnumerable<string> header) => Row(header);

    public void Row(params IEnumerable<string?> cells) => _text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    /// <summary>What was written until now, once.</summary>
    public byte[] Take()
    {
        var bytes = Encoding.UTF8.GetBytes(_text.ToString());
        _text.Clear();
        return bytes;
    }

    public IResult Result(string? name = null) => Results.File(Take(), Type, name);

    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (Formula.Contains(text[0], StringComparison.Ordinal) && !decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _))
            text = $"'{text}";
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
