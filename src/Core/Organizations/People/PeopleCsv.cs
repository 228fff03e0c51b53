using System.Text;
using CsvHelper;
using Kyodo.Common;

namespace Kyodo.Organizations.People;

/// <summary>
/// A list of people or of handovers as it was handed in: UTF-8, or Shift_JIS as Excel saves it; columns in any order, known by their headers.
/// </summary>
public sealed class PeopleCsv
{
    private const int MostBytes = 1 << 20;
    private const int MostRows = 2000;

    private readonly IReadOnlyDictionary<string, int> _columns;

    private PeopleCsv(string text, bool wasShiftJis, IReadOnlyDictionary<string, int> columns, IReadOnlyList<(int Number, IReadOnlyList<string> Cells)> rows) =>
        (Text, WasShiftJis, _columns, Rows) = (text, wasShiftJis, columns, rows);

    /// <summary>The whole file, to be handed in again on confirmation.</summary>
    public string Text { get; }

    public bool WasShiftJis { get; }

    /// <summary>Every row that is not empty, with its number in the file.</summary>
    public IReadOnlyList<(int Number, IReadOnlyList<string> Cells)> Rows { get; }

    /// <summary>The cell as it is compared and kept; empty where there is none.</summary>
    public string Cell(IReadOnlyList<string> cells, string header) =>
        _columns.TryGetValue(header, out var at) && at < cells.Count ? TextForms.Fold(Unguarded(cells[at])) : "";

    public static PeopleCsv Read(ReadOnlySpan<byte> file, IReadOnlyList<string> headers, IReadOnlyList<string> needed)
    {
        if (file.Length is 0 or > MostBytes)
            throw new Refusal(file.Length == 0 ? "ファイルが空です。書いたCSVを選び直してください。" : $"CSVが大きすぎます。{MostBytes >> 20} MBまでにしてください。");
        var (text, wasShiftJis) = JapaneseText.Read(file) ?? throw new Refusal("文字コードがUTF-8でもShift_JISでもありません。Excelの「CSV UTF-8（コンマ区切り）」で保存し直してください。");
        // An open quotation mark takes the rest of the file into one cell.
        if (text.Contains('\0', StringComparison.Ordinal) || text.Count(c => c == '"') % 2 != 0)
            throw new Refusal("CSVとして読めません。Excelのブック（.xlsx）ではなくCSVか、引用符（\"）の対応を確かめてください。");
        var rows = Parse(text);
        var header = rows.Count == 0 ? [] : rows[0].Select(TextForms.Key).ToList();
        var columns = headers.Select(name => (name, At: header.IndexOf(TextForms.Key(name)))).Where(column => column.At >= 0).ToDictionary(column => column.name, column => column.At, StringComparer.Ordinal);
        if (needed.FirstOrDefault(name => !columns.ContainsKey(name)) is { } missing)
            throw new Refusal($"CSVの見出しに「{missing}」がありません。1行目を「{string.Join(',', headers)}」にしてください。");
        var found = rows.Select((cells, i) => (Number: i + 1, Cells: (IReadOnlyList<string>)cells)).Skip(1).Where(row => row.Cells.Any(cell => !string.IsNullOrWhiteSpace(cell))).ToList();
        return found.Count switch
        {
            0 => throw new Refusal("CSVに、見出しのほかの行がありません。"),
            > MostRows => throw new Refusal($"一度に読み込めるのは{MostRows}行までです。CSVを分けてください。"),
            _ => new PeopleCsv(text, wasShiftJis, columns, found),
        };
    }

    /// <summary>The day in a cell; null where it is empty or (with a problem noted) cannot be read.</summary>
    internal static DateOnly? Day(string cell, Action<string> wrong)
    {
        if (cell.Length == 0)
            return null;
        if (PartialDate.TryParse(cell, out var date) && date.Day is not null)
            return date.Earliest;
        wrong($"「{cell}」は日付として読めません。例: 2008-04-01、平成20年4月1日、H20.4.1");
        return null;
    }

    private static List<List<string>> Parse(string text)
    {
        try
        {
            using var csv = CsvReader.Create(Encoding.UTF8.GetBytes(text), new CsvReaderOptions { HasHeader = false, MissingField = CsvMissingFieldHandling.ReturnEmpty });
            var rows = new List<List<string>>();
            while (csv.Read())
                rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i))]);
            return rows;
        }
        catch (CsvFormatException)
        {
            throw new Refusal("CSVとして読めません。引用符（\"）の対応を確かめてください。");
        }
    }

    // The quotation mark that exports set before a text that a spreadsheet would run.
    private static string Unguarded(string text) => text.Length > 1 && text[0] == '\'' && "=+-@\t\r＝＋－＠".Contains(text[1], StringComparison.Ordinal) ? text[1..] : text;
}
