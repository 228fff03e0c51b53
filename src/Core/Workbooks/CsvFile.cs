using System.Text;
using CsvHelper;
using Kyodo.Common;

namespace Kyodo.Workbooks;

/// <summary>Comma-separated text as a sheet, in UTF-8 or as Excel's plain 「CSV」 writes it in Japan.</summary>
public static class CsvFile
{
    private const string Place = "CSV";
    private const string Unreadable = "CSVとして読めません。引用符（\"）の対応を確かめるか、.xlsx で保存し直してください。";

    public const string ShiftJisNote = "文字コードがShift_JISのCSVとして読みました。「髙」「﨑」などの文字が化けていないか確かめてください。次からは「CSV UTF-8（コンマ区切り）」で保存してください。";

    /// <summary>The text in UTF-8; whether it came in Shift_JIS. Refused when it is neither.</summary>
    public static (ReadOnlyMemory<byte> Utf8, bool IsShiftJis) AsUtf8(ReadOnlyMemory<byte> file) => JapaneseText.Read(file.Span) switch
    {
        (_, false) => (file, false),
        ({ } text, true) => (Encoding.UTF8.GetBytes(text), true),
        _ => throw new Refusal("文字コードがUTF-8でもShift_JISでもありません。Excelの「CSV UTF-8（コンマ区切り）」で保存し直してください。"),
    };

    public static Sheet Sheet(ReadOnlyMemory<byte> utf8)
    {
        // An open quotation mark takes the rest of the file into one cell: a file cut off would pass for a short one.
        if (utf8.Span.Count((byte)'"') % 2 != 0)
            throw new Refusal(Unreadable);
        try
        {
            using var csv = CsvReader.Create(utf8, new CsvReaderOptions { HasHeader = false, MissingField = CsvMissingFieldHandling.ReturnEmpty });
            var rows = new List<SheetRow>();
            for (var number = 1; csv.Read(); number++)
            {
                var cells = Enumerable.Range(0, csv.FieldCount).Select(i => (Column: i + 1, Text: Unguard(csv.GetString(i).TrimStart('\uFEFF')))).Where(cell => cell.Text.Length > 0);
                rows.Add(new SheetRow(number, [.. cells.Select(cell => new Cell(cell.Column, cell.Text, CellKind.Text))]));
            }
            return new Sheet(Place, Hidden: false, rows, []);
        }
        catch (CsvFormatException)
        {
            throw new Refusal(Unreadable);
        }
    }

    // The quotation mark that exports set before a text that a spreadsheet would run.
    private static string Unguard(string text) => text.Length > 1 && text[0] == '\'' && "=+-@\t\r＝＋－＠".Contains(text[1], StringComparison.Ordinal) ? text[1..] : text;
}
