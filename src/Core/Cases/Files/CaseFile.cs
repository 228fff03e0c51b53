using System.Text.Json;
using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Programmes;
using Kyodo.Questions;
using Kyodo.Workbooks;

namespace Kyodo.Cases.Files;

/// <summary>A file of cases as it was handed in: its table, and what its own marks say of whose it is (null where it has none).</summary>
public sealed record CaseFile(CaseTable Table, string? UnitCode, FiscalYear? Year)
{
    private const int MostBytes = 10 << 20;

    // Of a large list, its first rows are enough to show how it was read: all its cells would stay in memory until it is saved.
    private const int RowsToShow = 200;

    /// <summary>What is to be said of the file beside its rows: rows left out, an encoding taken over.</summary>
    public IReadOnlyList<CheckedProblem> Notes { get; init; } = [];

    /// <summary>How a foreign list was read; null for files of ours.</summary>
    public MappedFile? Mapped { get; init; }

    /// <summary>
    /// Refuses what is no file of cases at all, by its content: a picture, a PDF, an old .xls, a text that only calls itself .xlsx.
    /// </summary>
    public static void RequireKind(ReadOnlyMemory<byte> content, string fileName)
    {
        var isText = Path.GetExtension(fileName).ToLowerInvariant() is ".csv" or ".json" && !content.Span.Contains((byte)0);
        if (!isText && !content.Span.StartsWith("PK"u8))
            FileSignature.RequireZip(content.Span);
    }

    /// <summary>All of a file, refused when it is larger than any that is read.</summary>
    public static byte[] ReadAll(Stream file)
    {
        var bytes = new byte[MostBytes + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > MostBytes)
            throw new Refusal($"ファイルが大きすぎます（{MostBytes >> 20} MBまで）。画像などを外すか、行を分けてください。");
        return length == 0 ? throw new Refusal("ファイルが空です。回答票（.xlsx）を選び直してください。") : bytes.AsSpan(0, length).ToArray();
    }

    /// <summary>Reads xlsx, csv or the JSON that <c>export</c> writes; which of them, the content says and not the name.</summary>
    /// <param name="reading">How to read a list that is not ours; null refuses it.</param>
    public static CaseFile Read(ReadOnlyMemory<byte> file, Programme programme, IReadOnlyList<Question> questions, ReadingContext context, ForeignReading? reading = null)
    {
        var start = file.Span[..Math.Min(file.Length, 64)];
        var text = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        if (text.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] or [(byte)'[', ..])
            return new CaseFile(CaseJson.Read(file, questions), null, null);
        if (text.IndexOfAnyExceptInRange((byte)0x20, (byte)0xFF) is var control && (control < 0 || text[control] is (byte)'\r' or (byte)'\n' or (byte)'\t') && !start.StartsWith("PK"u8))
        {
            var (utf8, isShiftJis) = CsvFile.AsUtf8(file);
            IReadOnlyList<CheckedProblem> notes = isShiftJis ? [new CheckedProblem("CSV", null, Severity.Warning, CsvFile.ShiftJisNote)] : [];
            var sheet = CsvFile.Sheet(utf8);
            return Foreign(new Workbook([sheet]), questions, context, CaseCsv.IsOurs(sheet, questions), reading, notes)
                ?? new CaseFile(CaseCsv.Read(sheet, questions), null, null) { Notes = notes };
        }
        using var stream = new MemoryStream(file.ToArray(), writable: false);
        var workbook = WorkbookReader.Read(stream);
        return Foreign(workbook, questions, context, CaseSheet.IsOurs(workbook, questions), reading, []) ?? CaseSheet.Read(workbook, programme, questions);
    }

    private static CaseFile? Foreign(Workbook workbook, IReadOnlyList<Question> questions, ReadingContext context, bool isOurs, ForeignReading? reading, IReadOnlyList<CheckedProblem> notes)
    {
        if (reading is null || (isOurs && reading.Given is null))
            return null;
        var list = MappingTableFinder.Find(workbook, reading.Given?.Sheet ?? reading.Sheet, reading.Given?.HeaderRows ?? reading.HeaderRows);
        var remembered = reading.Given is null ? reading.Remembered.GetValueOrDefault(RememberedMapping.Hashed(list.Signature)) : null;
        var mapping = reading.Given ?? (remembered is null ? MappingGuess.Of(list, questions) : remembered with { Sheet = list.Sheet, HeaderRows = list.HeaderRows });
        var foreign = new MappedReading(list, mapping, questions, context);
        var (table, said) = foreign.Read();
        return new CaseFile(table, null, null) { Notes = [.. notes, .. said], Mapped = new MappedFile(list with { Rows = [.. list.Rows.Take(RowsToShow)] }, mapping, remembered is not null, MappingTableFinder.SheetNames(workbook)) { Words = foreign.Words } };
    }
}

/// <summary>How to read a list that is not ours: by the mapping given, else by the unit's own of before (by hashed headers), else by a guess.</summary>
public sealed record ForeignReading(FileMapping? Given = null, string? Sheet = null)
{
    /// <summary>Which rows are the header; found by itself when empty.</summary>
    public IReadOnlyList<int> HeaderRows { get; init; } = [];

    public IReadOnlyDictionary<string, FileMapping> Remembered { get; init; } = new Dictionary<string, FileMapping>(StringComparer.Ordinal);
}

/// <summary>A foreign list and the mapping it was read by; <paramref name="SheetNames"/> are those that could have been read.</summary>
public sealed record MappedFile(MappingTable List, FileMapping Mapping, bool IsRemembered, IReadOnlyList<string> SheetNames)
{
    /// <summary>Words of this list that are not the questionnaire's.</summary>
    public IReadOnlyList<MappedWord> Words { get; init; } = [];
}

/// <summary>A sheet of a workbook as a table of cases.</summary>
internal static class CaseSheet
{
    private const int RowsBeforeHeader = 20;

    /// <summary>A workbook that this program wrote, or one under nothing but our headers.</summary>
    public static bool IsOurs(Workbook workbook, IReadOnlyList<Question> questions) =>
        workbook.Sheets.Any(s => s.Name == UnitWorkbook.MarkSheet) || workbook.Sheets.Any(s => !s.Hidden && !UnitWorkbook.IsPast(s.Name) && Header(s, CaseHeaders.Of(questions)) is { } header && CaseHeaders.Of(questions).AreAll(header));

    private static SheetRow? Header(Sheet sheet, CaseHeaders headers) =>
        sheet.Rows.TakeWhile(row => row.Number <= RowsBeforeHeader).MaxBy(row => row.Cells.Count(cell => headers.Find(cell.Text) is not null)) is { } header && header.Cells.Any(cell => headers.Find(cell.Text) == "title") ? header : null;

    public static CaseFile Read(Workbook workbook, Programme programme, IReadOnlyList<Question> questions)
    {
        var marks = workbook.Sheets.FirstOrDefault(s => s.Name == UnitWorkbook.MarkSheet)?.Rows.Select(row => (Key: row[1].Text, Value: row[2].Text)).ToList() ?? [];
        string? Mark(string key) => marks.Find(mark => mark.Key == key).Value;
        var headers = CaseHeaders.Of(questions);
        var sheet = Choose(workbook, programme, Mark($"programme:{programme.Key}"));
        if (Header(sheet, headers) is not { } header)
            throw new Refusal($"シート「{sheet.Name}」に、見出し「事業名」のある行が見つかりません（はじめの{RowsBeforeHeader}行を探しました）。回答票をダウンロードして、その見出しの下に書いてください。ほかの様式の一覧は、列の対応を選んで読み込めます（コマンドでは --mapping auto）。");
        var columns = header.Cells.Where(cell => cell.Text.Length > 0)
            .Select(cell => (cell.Column, Read: new CaseColumn(CellAddress.ColumnName(cell.Column), cell.Text, headers.Find(cell.Text)))).ToList();
        var used = columns.Where(c => c.Read.PartKey is not null).DistinctBy(c => c.Read.PartKey).ToList();
        var rows = sheet.Rows.Where(row => row.Number > header.Number)
            .Select(row => ReadRow(row, used, sheet.Name))
            .Where(row => row.Texts.Count > 0)
            .ToList();
        return new CaseFile(new CaseTable(sheet.Name, [.. columns.Select(c => c.Read)], rows), Mark("unit"), FiscalYear.TryParse(Mark("year"), out var year) ? year : null);
    }

    private static Sheet Choose(Workbook workbook, Programme programme, string? marked)
    {
        var visible = workbook.Sheets.Where(s => !s.Hidden && !UnitWorkbook.IsPast(s.Name)).ToList();
        return visible.Find(s => s.Name == marked)
            ?? visible.Find(s => TextForms.Key(s.Name) == TextForms.Key(programme.NameJa))
            ?? (visible.Count == 1 ? visible[0] : null)
            ?? throw new Refusal($"シート「{programme.NameJa}」がありません。あるのは {string.Join("、", visible.Select(s => $"「{s.Name}」"))} です。シートの名前を戻すか、回答票をダウンロードし直してください。");
    }

    private static CaseRow ReadRow(SheetRow row, List<(int Column, CaseColumn Read)> columns, string sheet)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        foreach (var (number, column) in columns)
        {
            var cell = row[number];
            if (cell.Text.Length == 0)
                continue;
            texts[column.PartKey!] = cell.Text;
            var place = CellAddress.Name(row.Number, number);
            if (cell.IsFormula)
                problems.Add(new Problem(Severity.Error, $"「{column.Header}」に数式が入っています。値として貼り付け直してください（いまの値: {Shorten(cell.Text)}）。", sheet, place));
            else if (cell.Kind is CellKind.Error)
                problems.Add(new Problem(Severity.Error, $"「{column.Header}」が Excel のエラー（{Shorten(cell.Text)}）になっています。値を書き直してください。", sheet, place));
        }
        return new CaseRow(row.Number, texts, problems);
    }

    private static string Shorten(string text) => text.Length <= 30 ? text : text[..30] + "…";
}

/// <summary>Comma-separated cases: the header holds part keys, as exported, or the labels of the questions.</summary>
internal static class CaseCsv
{
    private const string Place = "CSV";

    public static bool IsOurs(Sheet sheet, IReadOnlyList<Question> questions) =>
        sheet.Rows.Count > 0 && CaseHeaders.Of(questions) is var headers && sheet.Rows[0].Cells.Any(cell => headers.Find(cell.Text) == "title") && headers.AreAll(sheet.Rows[0]);

    public static CaseTable Read(Sheet sheet, IReadOnlyList<Question> questions)
    {
        var headers = CaseHeaders.Of(questions);
        if (sheet.Rows.Count == 0)
            throw new Refusal("CSVに見出しの行がありません。1行目に見出しを書いてください。");
        var columns = sheet.Rows[0].Cells.Select(cell => (cell.Column, Read: new CaseColumn(CellAddress.ColumnName(cell.Column), cell.Text, headers.Find(cell.Text)))).ToList();
        if (columns.TrueForAll(c => c.Read.PartKey != "title"))
            throw new Refusal("CSVの見出しに「事業名」（title）がありません。公表したCSVか回答票の見出しをそのまま使ってください。ほかの様式の一覧は、列の対応を選んで読み込めます（コマンドでは --mapping auto）。");
        var used = columns.Where(c => c.Read.PartKey is not null).DistinctBy(c => c.Read.PartKey).ToList();
        var rows = sheet.Rows.Skip(1)
            .Select(row => new CaseRow(row.Number, used.Select(c => (Key: c.Read.PartKey!, row[c.Column].Text)).Where(t => t.Text.Length > 0).ToDictionary(t => t.Key, t => t.Text, StringComparer.Ordinal), []))
            .Where(row => row.Texts.Count > 0).ToList();
        return new CaseTable(Place, [.. columns.Select(c => c.Read)], rows);
    }
}

/// <summary>The JSON that an edition's cases are exported in.</summary>
internal static class CaseJson
{
    public static CaseTable Read(ReadOnlyMemory<byte> bytes, IReadOnlyList<Question> questions)
    {
        try
        {
            var root = JsonNode.Parse(bytes.Span, documentOptions: new JsonDocumentOptions { MaxDepth = 64 });
            var cases = (root as JsonArray ?? root?["cases"] as JsonArray) ?? throw new Refusal("JSONに「cases」がありません。export が書き出した cases.json を使ってください。");
            var rows = cases.OfType<JsonObject>().Select((one, i) => ReadRow(one, i + 1, questions)).ToList();
            var columns = questions.SelectMany(q => q.Parts.Select(q.PartKey)).Where(key => rows.Exists(row => row.Texts.ContainsKey(key)))
                .Select(key => new CaseColumn(key, key, key)).ToList();
            return new CaseTable("JSON", columns, rows);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentException)
        {
            throw new Refusal("JSONとして読めません。export が書き出した cases.json を使ってください。");
        }
    }

    private static CaseRow ReadRow(JsonObject one, int number, IReadOnlyList<Question> questions)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var question in questions)
        {
            if (one["answers"]?[question.Key] is not { } value)
                continue;
            var written = question.AnswerType.Write(question, value);
            foreach (var part in question.Parts)
                texts[question.PartKey(part)] = written[part.Suffix];
        }
        if (one["case_id"]?.GetValue<string>() is { Length: > 0 } id)
            texts[CaseTable.IdColumn] = id;
        if (one["source_id"]?.ToString() is { Length: > 0 } source)
            texts[CaseTable.SourceIdColumn] = source;
        return new CaseRow(number, texts, []);
    }
}

/// <summary>Headers by which a column is known: the part's key, its label, or the label of the question when it has one part only.</summary>
internal sealed class CaseHeaders
{
    private readonly Dictionary<string, string> _partKeys = new(StringComparer.Ordinal);

    public static CaseHeaders Of(IReadOnlyList<Question> questions)
    {
        var headers = new CaseHeaders();
        headers.Add(CaseTable.IdColumn, CaseTable.IdColumn);
        headers.Add(UnitWorkbook.IdHeader, CaseTable.IdColumn);
        headers.Add(CaseTable.VersionColumn, CaseTable.VersionColumn);
        headers.Add(UnitWorkbook.VersionHeader, CaseTable.VersionColumn);
        headers.Add(CaseTable.SourceIdColumn, CaseTable.SourceIdColumn);
        foreach (var question in questions)
        {
            foreach (var part in question.Parts)
            {
                headers.Add(question.PartKey(part), question.PartKey(part));
                headers.Add(part.LabelJa, question.PartKey(part));
                headers.Add(part.LabelEn, question.PartKey(part));
            }
            if (question.Parts.Count > 0)
                headers.Add(question.LabelJa, question.PartKey(question.Parts[0]));
        }
        return headers;
    }

    /// <summary>Nothing but our headers: a list that happens to have a 事業名 is somebody else's.</summary>
    public bool AreAll(SheetRow header) => header.Cells.Count(cell => Find(cell.Text) is not null) * 5 >= header.Cells.Count * 4;

    public string? Find(string header) => _partKeys.GetValueOrDefault(TextForms.Key(header));

    private void Add(string header, string partKey) => _partKeys.TryAdd(TextForms.Key(header), partKey);
}
