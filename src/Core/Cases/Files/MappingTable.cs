using System.Text.RegularExpressions;
using Kyodo.Common;
using Kyodo.Workbooks;

namespace Kyodo.Cases.Files;

/// <summary>
/// A list of somebody else's, found in a sheet: its header (one row or several, merged cells spread), its rows of data with merged cells
/// and 同上 filled in, and what stood around them and was left out.
/// </summary>
/// <param name="Unit">What the sheet says of all its amounts (単位：千円), in yen; null where it says nothing.</param>
public sealed record MappingTable(string Sheet, IReadOnlyList<string> OtherSheets, IReadOnlyList<int> HeaderRows, IReadOnlyList<MappingTableColumn> Columns, IReadOnlyList<MappingTableRow> Rows, IReadOnlyList<CheckedProblem> Notes, long? Unit)
{
    /// <summary>The same headers in the same order: next year's list of the same office.</summary>
    public string Signature => string.Join('|', Columns.Select(column => TextForms.Key(column.Header)));
}

/// <summary>A column with its header in one line; <paramref name="Number"/> counts from 1.</summary>
public sealed record MappingTableColumn(int Number, string Header, bool Hidden)
{
    public string Letters => CellAddress.ColumnName(Number);

    /// <summary>The lowest line of a header of several: 決算 under 予算額.</summary>
    public string LastLine { get; init; } = Header;
}

/// <summary>A row of data: its cells by column, merged ones filled in.</summary>
public sealed class MappingTableRow
{
    // Ten thousand rows are in memory at once, so no dictionary for each.
    private readonly int[] _columns;
    private readonly Cell[] _cells;

    public MappingTableRow(int number, IReadOnlyDictionary<int, Cell> cells)
    {
        (Number, _columns) = (number, [.. cells.Keys.Order()]);
        _cells = Array.ConvertAll(_columns, column => cells[column]);
    }

    public int Number { get; }

    public Cell this[int column] => Array.BinarySearch(_columns, column) is >= 0 and var at ? _cells[at] : Cell.Empty(column);
}

/// <summary>Finds the list in a workbook: nobody marks where it begins.</summary>
public static partial class MappingTableFinder
{
    private const int RowsToSearch = 40;
    private const int MostHeaderRows = 4;
    private const int LongestHeader = 80;
    private const long MostFilledCells = 2_000_000;

    public static IReadOnlyList<string> SheetNames(Workbook workbook) => [.. Candidates(workbook).Select(sheet => sheet.Name)];

    /// <param name="sheetName">Which sheet to read; guessed when null.</param>
    /// <param name="headerRows">Which rows are the header; guessed when empty.</param>
    public static MappingTable Find(Workbook workbook, string? sheetName, IReadOnlyList<int> headerRows)
    {
        var candidates = Candidates(workbook);
        var named = sheetName is null ? null : workbook.Sheets.FirstOrDefault(sheet => sheet.Name == sheetName)
            ?? throw new Refusal($"シート「{sheetName}」がありません。あるのは {string.Join("、", workbook.Sheets.Select(sheet => $"「{sheet.Name}」"))} です。");
        var sheet = named ?? candidates.MaxBy(one => Likeness(one)) ?? throw new Refusal("読めるシートがありません。一覧のあるシートを表示して、保存し直してください。");
        return Read(sheet, headerRows, [.. candidates.Where(one => one != sheet).Select(one => one.Name)]);
    }

    private static List<Sheet> Candidates(Workbook workbook)
    {
        var filled = workbook.Sheets.Where(sheet => sheet.Rows.Count > 0).ToList();
        return filled.Exists(sheet => !sheet.Hidden) ? filled.FindAll(sheet => !sheet.Hidden) : filled;
    }

    // A list has headers that are known, and then rows.
    private static double Likeness(Sheet sheet) => FindHeader(sheet) is { } header ? HeaderLikeness(header) * 1000 + Math.Min(sheet.Rows.Count, 999) : 0;

    private static MappingTable Read(Sheet sheet, IReadOnlyList<int> headerRows, IReadOnlyList<string> others)
    {
        var merges = new MergedCells(sheet);
        var header = headerRows.Count > 0 ? headerRows : HeaderBlock(sheet, merges);
        if (header.Count == 0)
            throw new Refusal($"シート「{sheet.Name}」に、見出しの行（事業名・相手方・金額など）が見つかりません。一覧の上に見出しのある表を選んでください。");
        var (top, bottom) = (header.Min(), header.Max());
        var columns = Columns(sheet, merges, header);
        var (rows, notes) = (new List<MappingTableRow>(), new List<CheckedProblem>());
        if (others.Count > 0)
            notes.Add(new CheckedProblem(sheet.Name, null, Severity.Warning, $"シート「{sheet.Name}」を読みました。読んでいないシート: {string.Join("、", others.Select(name => $"「{name}」"))}"));
        var above = new Dictionary<int, Cell>();
        var hidden = new List<int>();
        foreach (var row in sheet.Rows.Where(row => row.Number > bottom))
        {
            var cells = columns.Select(column => (column.Number, Cell: merges.Fill(row, column.Number))).Where(cell => cell.Cell.Text.Trim().Length > 0).ToDictionary(cell => cell.Number, cell => cell.Cell);
            if (cells.Count == 0 || IsNumbering(cells) || IsHeaderAgain(cells, columns))
                continue;
            if (WhyNoData(row, cells, columns) is { } why)
            {
                notes.Add(new CheckedProblem(sheet.Name, CellAddress.Name(row.Number, row.Cells[0].Column), Severity.Warning, $"{row.Number}行目は{why}とみて、事例として読みませんでした: {Shorten(row.Cells[0].Text)}"));
                continue;
            }
            foreach (var (number, cell) in cells.ToList())
            {
                if (IsDitto(cell.Text))
                    cells[number] = TextForms.Key(cell.Text) == "同左" ? cells.GetValueOrDefault(number - 1) ?? Cell.Empty(number) : above.GetValueOrDefault(number) ?? Cell.Empty(number);
                above[number] = cells[number];
            }
            if (row.Hidden)
                hidden.Add(row.Number);
            rows.Add(new MappingTableRow(row.Number, cells));
        }
        if (hidden.Count > 0)
            notes.Add(new CheckedProblem(sheet.Name, $"A{hidden[0]}", Severity.Warning, $"非表示の行（絞り込みを含む）が{hidden.Count}行あります。これらも読みました: {string.Join("、", hidden.Take(20))}{(hidden.Count > 20 ? "…" : "")}行目"));
        var around = sheet.Rows.TakeWhile(row => row.Number <= bottom).SelectMany(row => row.Cells).Where(cell => columns.TrueForAll(column => column.Number != cell.Column) || cell.Text.Length < LongestHeader);
        return new MappingTable(sheet.Name, others, [.. Enumerable.Range(top, bottom - top + 1)], columns, rows, notes, around.Select(cell => UnitSaid(cell.Text)).FirstOrDefault(unit => unit is not null));
    }

    /// <summary>単位：千円 → 1,000.</summary>
    private static long? UnitSaid(string text) => UnitNote().Match(TextForms.Fold(text)) is { Success: true } said ? MappedAmount.Unit(said.Groups["unit"].Value) : null;

    private static List<MappingTableColumn> Columns(Sheet sheet, MergedCells merges, IReadOnlyList<int> header)
    {
        var rows = sheet.Rows.Where(row => header.Contains(row.Number)).ToList();
        var last = rows.SelectMany(row => row.Cells).Max(cell => cell.Column);
        var end = Math.Max(last, merges.LastColumnIn(header, last));
        var columns = new List<MappingTableColumn>();
        for (var number = 1; number <= end; number++)
        {
            var texts = rows.Select(row => OneLine(merges.Fill(row, number).Text)).Where(text => text.Length > 0).Distinct().ToList();
            if (texts.Count > 0)
                columns.Add(new MappingTableColumn(number, string.Join(" ", texts), sheet.HidesColumn(number)) { LastLine = texts[^1] });
        }
        return columns;
    }

    private static IReadOnlyList<int> HeaderBlock(Sheet sheet, MergedCells merges)
    {
        if (FindHeader(sheet) is not { } found)
            return [];
        var rows = sheet.Rows.Where(row => row.Number <= found.Number + MostHeaderRows).ToList();
        var (top, bottom) = merges.RowsTouching(found, MostHeaderRows);
        // A group heading above (予算額 over 当初 and 決算) without merged cells, or the second line of a header below.
        var above = rows.FindLast(row => row.Number < top);
        if (above is not null && above.Number == top - 1 && above.Cells.Count > 1 && above.Cells.All(IsHeaderCell) && above.Cells.Any(cell => MappingWords.IsKnown(cell.Text)))
            top = above.Number;
        for (var next = rows.Find(row => row.Number == bottom + 1); next is not null && IsSecondLine(next, rows.FindAll(row => row.Number >= top && row.Number <= bottom)); next = rows.Find(row => row.Number == bottom + 1))
            bottom = next.Number;
        return [.. Enumerable.Range(top, bottom - top + 1)];
    }

    // Short words only, one of them under a blank; and nothing under the name of the project, for a row of data has one.
    private static bool IsSecondLine(SheetRow row, List<SheetRow> header)
    {
        var title = header.SelectMany(one => one.Cells).FirstOrDefault(cell => MappingWords.IsTitle(cell.Text))?.Column;
        return row.Cells.All(cell => IsHeaderCell(cell) && cell.Text.Length <= 20 && cell.Column != title)
            && row.Cells.Any(cell => header.TrueForAll(one => one[cell.Column].Text.Length == 0) || UnitOnly().IsMatch(TextForms.Key(cell.Text)));
    }

    private static SheetRow? FindHeader(Sheet sheet) => sheet.Rows.Take(RowsToSearch)
        .Where(row => row.Cells.Any(cell => MappingWords.IsKnown(cell.Text)))
        .MaxBy(HeaderLikeness);

    private static double HeaderLikeness(SheetRow row) =>
        row.Cells.Count(cell => IsHeaderCell(cell) && MappingWords.IsKnown(cell.Text)) + 0.2 * row.Cells.Count(IsHeaderCell) - row.Cells.Count(cell => !IsHeaderCell(cell));

    private static bool IsHeaderCell(Cell cell) => cell.Kind is CellKind.Text && cell.Text.Length <= LongestHeader && !MappedDate.IsOne(cell.Text) && !MappedAmount.IsNumber(cell.Text);

    private static bool IsNumbering(Dictionary<int, Cell> cells) => cells.Count > 2 && cells.Values.All(cell => Numbering().IsMatch(TextForms.Key(cell.Text)))
        && cells.Values.Select(cell => TextForms.Key(cell.Text).Trim('(', ')')).Distinct().Count() == cells.Count && TextForms.Key(cells.Values.First().Text).Trim('(', ')') == "1";

    private static bool IsHeaderAgain(Dictionary<int, Cell> cells, List<MappingTableColumn> columns) =>
        cells.Count > 1 && cells.All(cell => TextForms.Key(columns.Find(column => column.Number == cell.Key)!.Header).Contains(TextForms.Key(cell.Value.Text), StringComparison.Ordinal));

    private static string? WhyNoData(SheetRow row, Dictionary<int, Cell> cells, List<MappingTableColumn> columns)
    {
        var first = TextForms.Fold(row.Cells[0].Text);
        if (row.Cells.Count <= 2 && NoteStart().IsMatch(first))
            return "注";
        var texts = cells.Values.Where(cell => cell.Kind is CellKind.Text && !MappedAmount.IsNumber(cell.Text)).ToList();
        if (texts.Count is 1 or 2 && Total().IsMatch(TextForms.Key(texts[0].Text)) && texts.TrueForAll(cell => Total().IsMatch(TextForms.Key(cell.Text)) || TextForms.Key(cell.Text).Length <= 6))
            return "合計";
        var isWide = columns.Count > 2 && cells.Count > 2 && cells.Values.All(cell => ReferenceEquals(cell, cells.Values.First()));
        return isWide ? "小見出し" : null;
    }

    private static bool IsDitto(string text) => TextForms.Key(text) is "〃" or "″" or "\"" or "''" or "′′" or "同上" or "同左" or "々";

    private static string OneLine(string header) => TextForms.Clean(header.Replace("\n", "", StringComparison.Ordinal));

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    [GeneratedRegex(@"(単位\s?[:：]?\s?|^[(（【\[]\s?)(?<unit>億円|百万円|万円|千円|円)\s?[)）】\]]?", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex UnitNote();

    [GeneratedRegex(@"^[(（【\[]?(単位:?)?(億円|百万円|万円|千円|円|人|団体|%)[)）】\]]?$", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex UnitOnly();

    [GeneratedRegex(@"^\(?\d{1,2}\)?$", RegexOptions.None, 500)]
    private static partial Regex Numbering();

    [GeneratedRegex(@"^(※|\*|\(?注\d{0,2}[):. 。、]|\(?注\d{0,2}$|注意|備考[:：]|出典|資料[:：]|\(備考\))", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex NoteStart();

    [GeneratedRegex(@"^[【(\[]?.{0,12}(合計|総計|小計|累計)(額|金額)?[】)\]]?$|^[【(\[]?計\d*(件|事業)?[】)\]]?$|^\d+(件|事業)$", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Total();
}

/// <summary>Which cell shows where cells were merged. Costs follow the rows that are there, not what a merge claims to span.</summary>
internal sealed class MergedCells
{
    private const int MostSteps = 2_000_000;
    private readonly Dictionary<int, List<CellRange>> _byRow = [];
    private readonly Dictionary<int, SheetRow> _rows;

    public MergedCells(Sheet sheet)
    {
        _rows = sheet.Rows.ToDictionary(row => row.Number);
        var numbers = sheet.Rows.Select(row => row.Number).ToList();
        var steps = 0;
        foreach (var merge in sheet.Merges.Where(merge => merge.FirstRow < merge.LastRow || merge.FirstColumn < merge.LastColumn))
        {
            var at = numbers.BinarySearch(merge.FirstRow);
            for (var i = at < 0 ? ~at : at; i < numbers.Count && numbers[i] <= merge.LastRow; i++)
            {
                if (++steps > MostSteps)
                    throw new Refusal("結合されたセルが多すぎます。セルの結合を解除して保存し直してください。");
                if (!_byRow.TryGetValue(numbers[i], out var merges))
                    _byRow.Add(numbers[i], merges = []);
                merges.Add(merge);
            }
        }
    }

    /// <summary>The cell itself, or the first one of the merge that it is hidden under.</summary>
    public Cell Fill(SheetRow row, int column)
    {
        var own = row[column];
        return own.Text.Length == 0 && Over(row.Number, column) is { } merge && _rows.TryGetValue(merge.FirstRow, out var first) ? first[merge.FirstColumn] : own;
    }

    public bool IsFilled(int row, int column) => Over(row, column) is { } merge && merge.FirstRow < row;

    /// <summary>The rows that merges of several rows bind to this one.</summary>
    public (int Top, int Bottom) RowsTouching(SheetRow row, int most)
    {
        var touching = _byRow.GetValueOrDefault(row.Number, []).FindAll(merge => merge.LastRow - merge.FirstRow < most);
        return (touching.Select(merge => merge.FirstRow).Append(row.Number).Min(), touching.Select(merge => merge.LastRow).Append(row.Number).Max());
    }

    public int LastColumnIn(IReadOnlyList<int> rows, int atLeast) =>
        rows.SelectMany(row => _byRow.GetValueOrDefault(row, [])).Where(merge => merge.FirstColumn <= atLeast && merge.LastColumn <= atLeast + 50).Select(merge => merge.LastColumn).Append(atLeast).Max();

    private CellRange? Over(int row, int column) => _byRow.TryGetValue(row, out var merges) ? merges.Find(merge => merge.Contains(row, column)) : null;
}
