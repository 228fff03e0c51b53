using System.Globalization;
using System.Text;
using CsvHelper;
using Kyodo.Common;
using Kyodo.Workbooks;

namespace Kyodo.Editions.Files;

/// <summary>
/// The national rules for tables that machines read (統計表における機械判読可能なデータの表記方法の統一ルール), asked of every data file of a release: what
/// was written is read again, so that a slip of a writer cannot leave. A file that breaks one is refused with its cell.
/// </summary>
public static class TableRules
{
    private const string Csv = "cases.csv";
    private const int Shown = 50;

    // What a spreadsheet shows as a box elsewhere: control and private characters.
    private static bool IsStray(char c) => (char.IsControl(c) && c is not '\n') || char.GetUnicodeCategory(c) is UnicodeCategory.PrivateUse;

    /// <summary>Refuses a side of a revision's folder whose tables machines could not read.</summary>
    internal static void Require(EditionCopy copy, string folder)
    {
        var columns = EditionColumns.Of(copy).ToDictionary(column => column.Name, StringComparer.Ordinal);
        var problems = CheckCsv(File.ReadAllBytes(Path.Combine(folder, CasesCsv.FileName)), columns).Select(p => p with { Sheet = Csv }).ToList();
        using (var workbook = File.OpenRead(Path.Combine(folder, CasesWorkbook.FileName)))
            problems.AddRange(CheckWorkbook(workbook, columns).Select(p => p with { Sheet = $"{CasesWorkbook.FileName} {p.Sheet}" }));
        if (problems.Count > 0)
            throw new Refusal($"機械で読める表の決まりに合わないところが{problems.Count}か所あるため、公表しませんでした。{problems[0].Sheet}の{problems[0].Cell}: {problems[0].Message}", problems.Take(Shown).ToArray());
    }

    internal static IEnumerable<Problem> CheckCsv(byte[] file, IReadOnlyDictionary<string, EditionColumn> columns)
    {
        if (!file.AsSpan().StartsWith(Encoding.UTF8.Preamble))
            yield return Wrong("A1", "UTF-8の印（BOM）がありません。");
        if (!System.Text.Unicode.Utf8.IsValid(file))
            yield return Wrong("A1", "UTF-8として読めない文字があります。");
        var rows = new List<string[]>();
        using (var csv = CsvReader.Create(file, new CsvReaderOptions { HasHeader = false, MissingField = CsvMissingFieldHandling.ReturnEmpty }))
        {
            while (csv.Read())
                rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i).TrimStart('\uFEFF'))]);
        }
        if (rows.Count == 0)
        {
            yield return Wrong("A1", "見出しの行がありません。");
            yield break;
        }
        foreach (var problem in Header(rows[0]))
            yield return problem;
        for (var row = 1; row < rows.Count; row++)
        {
            if (rows[row].Length != rows[0].Length)
                yield return Wrong($"A{row + 1}", $"列の数が見出し（{rows[0].Length}列）と違います（{rows[row].Length}列）。");
            if (Array.TrueForAll(rows[row], text => text.Length == 0))
                yield return Wrong($"A{row + 1}", "空の行があります。表は1つだけにします。");
            for (var column = 0; column < Math.Min(rows[row].Length, rows[0].Length); column++)
            {
                if (WhyNot(rows[row][column], columns.GetValueOrDefault(rows[0][column])) is { } why)
                    yield return Wrong(CellAddress.Name(row + 1, column + 1), why);
                else if (rows[row][column] is [var first, ..] text && "=+-@\t\r＝＋－＠".Contains(first, StringComparison.Ordinal) && columns.GetValueOrDefault(rows[0][column])?.Kind is not ColumnKind.Number)
                    yield return Wrong(CellAddress.Name(row + 1, column + 1), $"数式として動く書き出しです（{TextForms.UpTo(20, text)}）。");
            }
        }
    }

    internal static IEnumerable<Problem> CheckWorkbook(Stream file, IReadOnlyDictionary<string, EditionColumn> columns)
    {
        foreach (var sheet in WorkbookReader.Read(file).Sheets)
        {
            Problem In(Problem problem) => problem with { Sheet = sheet.Name };
            foreach (var merge in sheet.Merges)
                yield return In(Wrong($"{merge}", "結合したセルがあります。"));
            if (sheet.Hidden || sheet.Rows.Any(row => row.Hidden) || sheet.HiddenColumns.Count > 0)
                yield return In(Wrong("A1", "隠したシート・行・列があります。"));
            if (sheet.Rows is not [{ Number: 1 } header, ..])
            {
                yield return In(Wrong("A1", "見出しが1行目にありません。"));
                continue;
            }
            var width = header.Cells.Count == 0 ? 0 : header.Cells[^1].Column;
            string[] names = [.. Enumerable.Range(1, width).Select(column => header[column].Text)];
            foreach (var problem in Header(names))
                yield return In(problem);
            for (var i = 0; i < sheet.Rows.Count; i++)
            {
                var row = sheet.Rows[i];
                if (row.Number != i + 1)
                {
                    yield return In(Wrong($"A{i + 1}", "空の行があります。表は1枚のシートに1つだけにします。"));
                    break;
                }
                foreach (var cell in row.Cells)
                {
                    var place = CellAddress.Name(row.Number, cell.Column);
                    if (cell.Column > width)
                        yield return In(Wrong(place, "見出しのない列に値があります。"));
                    else if (cell.IsFormula || cell.Kind is CellKind.Error)
                        yield return In(Wrong(place, "数式があります。値にします。"));
                    else if (i > 0 && WhyNot(cell, columns.GetValueOrDefault(names[cell.Column - 1])) is { } why)
                        yield return In(Wrong(place, why));
                }
            }
        }
    }

    private static IEnumerable<Problem> Header(string[] names)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Length; i++)
        {
            var cell = CellAddress.Name(1, i + 1);
            if (names[i].Trim().Length == 0)
                yield return Wrong(cell, "見出しがありません。");
            else if (!seen.Add(names[i]))
                yield return Wrong(cell, $"見出し「{names[i]}」が2つあります。");
            else if (names[i].Trim() != names[i] || names[i].Contains('\n', StringComparison.Ordinal))
                yield return Wrong(cell, $"見出し「{names[i].ReplaceLineEndings(" ")}」に、改行か余分な空白があります。");
        }
    }

    private static string? WhyNot(Cell cell, EditionColumn? column) => column?.Kind is ColumnKind.Number or ColumnKind.Year
        ? cell.Kind is CellKind.Number ? null : $"数の列に、数でない値があります（{TextForms.UpTo(20, cell.Text)}）。"
        : WhyNot(cell.Text, column);

    private static string? WhyNot(string text, EditionColumn? column) =>
        text.Length == 0 ? null
        : text.Any(IsStray) ? "制御文字か外字があります。"
        : column?.Kind is ColumnKind.Number or ColumnKind.Year && !IsPlainNumber(text) ? $"数に、桁区切り・単位・改行などが付いています（{TextForms.UpTo(20, text.ReplaceLineEndings(" "))}）。"
        : column?.IsDate is true && !PartialDate.IsIso(text) ? $"日付がISO 8601の形ではありません（{TextForms.UpTo(20, text)}）。"
        : text.Trim(' ', '　') != text ? $"体裁を整える空白があります（{TextForms.UpTo(20, text.ReplaceLineEndings(" "))}）。"
        : null;

    private static bool IsPlainNumber(string text) => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) && text.All(c => char.IsAsciiDigit(c) || c is '-' or '.');

    private static Problem Wrong(string cell, string message) => new(Severity.Error, message, Cell: cell);
}
