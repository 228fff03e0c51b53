using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.Cases;

/// <summary>
/// Cases as rows of texts, one column a part of a question: what a workbook's sheet, a CSV and a JSON file have in common.
/// Cells are named as the file names them, so that every problem can point at its place.
/// </summary>
public sealed record CaseTable(string Place, IReadOnlyList<CaseColumn> Columns, IReadOnlyList<CaseRow> Rows)
{
    /// <summary>Parts that are answered without a column of their own: both ends of a period in one cell, what is the same for all rows.</summary>
    public IReadOnlyList<string> FurtherParts { get; init; } = [];

    public IEnumerable<string> PartKeys => Columns.Select(column => column.PartKey).OfType<string>().Concat(FurtherParts);

    public const string IdColumn = "case_id";
    public const string VersionColumn = "version";
    public const string SourceIdColumn = "source_id";
}

/// <summary>A column of the file: its letters, its header as written, and the question's part it was matched with (null: not used).</summary>
public sealed record CaseColumn(string Letters, string Header, string? PartKey);

/// <summary>A row with something in it. <paramref name="Texts"/> are by part key.</summary>
public sealed record CaseRow(int Number, IReadOnlyDictionary<string, string> Texts, IReadOnlyList<Problem> Problems)
{
    /// <summary>Cells that were read as dates, where one cell may give two (a period); null where each part has its own cell.</summary>
    public int? Dates { get; init; }

    public string Text(string key) => Texts.GetValueOrDefault(key, "");
}

/// <summary>One row as it was understood. The answers are kept as bytes: ten thousand trees of them would not fit.</summary>
public sealed class ReadCase(int row, string? caseId, int? seenVersion, string? sourceId, Answers answers)
{
    private readonly byte[] _answers = Encoding.UTF8.GetBytes(answers.ToJson());

    public int Row => row;

    public string? CaseId => caseId;

    public int? SeenVersion => seenVersion;

    public string? SourceId => sourceId;

    public string TitleKey { get; } = Case.KeyOf(answers.Text("title"));

    public Answers Answers => Answers.Parse(Encoding.UTF8.GetString(_answers));
}

/// <summary>The amounts and dates that were read, to be compared with the file's own sums: yen over all rows, and cells read as dates.</summary>
public sealed record CaseTotals(long Amount, int Dates);

/// <summary>What a check found. Exactly the JSON of <c>import --check --json</c>.</summary>
public sealed record CaseCheck(int Rows, int Accepted, int Refused, IReadOnlyList<CheckedColumn> Columns, IReadOnlyList<CheckedProblem> Problems, CaseTotals Totals)
{
    [JsonIgnore]
    public bool HasErrors => Problems.Any(p => p.Severity is Severity.Error);

    /// <summary>The rows that have an error, so that they can be named where they are left out.</summary>
    [JsonIgnore]
    public IReadOnlyList<RefusedRow> RefusedRows { get; init; } = [];
}

public sealed record RefusedRow(int Row, string Title);

public sealed record CheckedColumn(string Column, string Header, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Question);

/// <summary>A problem with its place; one of the whole file has no cell, and says so.</summary>
public sealed record CheckedProblem(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Sheet, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Cell, Severity Severity, string Message);

public static class CaseTableReading
{
    private const int MostOfSourceId = 100;

    /// <summary>Reads every row to the end: all problems are found at once, each with its sheet and cell.</summary>
    public static (IReadOnlyList<ReadCase> Cases, CaseCheck Check) Read(this CaseTable table, IReadOnlyList<Question> questions, ReadingContext context)
    {
        var problems = new List<CheckedProblem>();
        var read = new List<ReadCase>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var refused = new List<RefusedRow>();
        var (amount, dates) = (0L, 0);
        var letters = table.Columns.Where(c => c.PartKey is not null).GroupBy(c => c.PartKey!).ToDictionary(g => g.Key, g => g.First().Letters, StringComparer.Ordinal);
        var parts = questions.Select(question => (question, question.Parts.Select(part => (part.Suffix, question.PartKey(part))).ToArray())).ToArray();
        foreach (var row in table.Rows)
        {
            var found = new List<Problem>(row.Problems);
            var answers = ReadAnswers(row, parts, context, found);
            FindDuplicates(row, answers, seen, found);
            if (row.Text(CaseTable.VersionColumn) is { Length: > 0 } version && !int.TryParse(version, out _))
                found.Add(new Problem(Severity.Error, $"版の番号「{version}」が読めません。ダウンロードした回答票の版の列は変えないでください。", Field: CaseTable.VersionColumn));
            if (row.Text(CaseTable.SourceIdColumn) is var source && (source.Length > MostOfSourceId || source != TextForms.Clean(source)))
                found.Add(new Problem(Severity.Error, $"元の番号（source_id）は{MostOfSourceId}字以内で、改行や制御文字を入れずに書いてください。", Field: CaseTable.SourceIdColumn));
            problems.AddRange(found.Select(p => Located(p, table.Place, row.Number, letters)));
            if (found.Exists(p => p.Severity is Severity.Error))
                refused.Add(new RefusedRow(row.Number, row.Text("title")));
            else
            {
                read.Add(new ReadCase(row.Number, NullIfBlank(row.Text(CaseTable.IdColumn)), int.TryParse(row.Text(CaseTable.VersionColumn), out var number) ? number : null,
                    NullIfBlank(row.Text(CaseTable.SourceIdColumn)), answers));
            }
            amount += questions.Sum(q => YenIn(q, answers[q.Key]));
            dates += row.Dates ?? questions.Sum(q => DatesIn(q, answers[q.Key]));
        }
        var check = new CaseCheck(table.Rows.Count, read.Count, refused.Count,
            [.. table.Columns.Select(c => new CheckedColumn(c.Letters, c.Header, c.PartKey))], problems, new CaseTotals(amount, dates))
        {
            RefusedRows = refused,
        };
        return (read, check);
    }

    /// <summary>Puts further problems into a check: a problem without a row counts against the whole file.</summary>
    public static CaseCheck With(this CaseCheck check, IEnumerable<CheckedProblem> problems) => check with { Problems = [.. problems, .. check.Problems] };

    private static Answers ReadAnswers(CaseRow row, (Question Question, (string Suffix, string Key)[] Parts)[] questions, ReadingContext context, List<Problem> problems)
    {
        var values = new JsonObject();
        foreach (var (question, parts) in questions)
        {
            var texts = new PartTexts();
            foreach (var (suffix, key) in parts)
                texts[suffix] = row.Text(key);
            if (question.Read(texts, context, problems) is { } value)
                values[question.Key] = value;
        }
        var answers = Answers.Of(values);
        if (answers.Text("title").Length == 0)
            problems.Add(new Problem(Severity.Error, "事業名がありません。事業名を書くか、行を空にしてください。", Field: "title"));
        return answers;
    }

    private static void FindDuplicates(CaseRow row, Answers answers, Dictionary<string, int> seen, List<Problem> problems)
    {
        var id = row.Text(CaseTable.IdColumn);
        if (id.Length > 0 && !seen.TryAdd("id " + id, row.Number))
            problems.Add(new Problem(Severity.Error, $"同じ事例の行が{seen["id " + id]}行目にもあります。行を複写して新しい事例を書くときは、事例IDの列を空にしてください。", Field: "title"));
        var source = row.Text(CaseTable.SourceIdColumn);
        if (source.Length > 0 && seen.TryAdd("source " + source, row.Number))
            return;
        var key = TextForms.Key(answers.Text("title"));
        if (key.Length > 0 && !seen.TryAdd("title " + key, row.Number))
            problems.Add(new Problem(Severity.Error, $"同じ事業名が{seen["title " + key]}行目にもあります。同じ事業なら1行にまとめ、別の事業なら事業名で区別してください。", Field: "title"));
    }

    private static CheckedProblem Located(Problem problem, string place, int row, Dictionary<string, string> letters)
    {
        if (problem.Cell is not null)
            return new CheckedProblem(problem.Sheet ?? place, problem.Cell, problem.Severity, problem.Message);
        var key = problem.Field ?? "";
        // A question without its own column under that key (period is period.from and period.to): its first part's column.
        var column = letters.GetValueOrDefault(key)
            ?? letters.Where(pair => pair.Key.StartsWith(key + ".", StringComparison.Ordinal)).Select(pair => pair.Value).FirstOrDefault()
            ?? letters.GetValueOrDefault(key.Split('.')[0], "A");
        return new CheckedProblem(place, $"{column}{row}", problem.Severity, problem.Message);
    }

    private static long YenIn(Question question, JsonNode? value) => (question.Type, value) switch
    {
        (_, null) => 0,
        ("budget", _) => value["initial"]?.GetValue<long>() ?? 0,
        ("amount", _) => value.GetValue<long>(),
        _ => 0,
    };

    private static int DatesIn(Question question, JsonNode? value) => (question.Type, value) switch
    {
        (_, null) => 0,
        ("period", _) => (value["from"] is null ? 0 : 1) + (value["to"] is null ? 0 : 1),
        ("date", _) => 1,
        _ => 0,
    };

    private static string? NullIfBlank(string text) => text.Length == 0 ? null : text;
}
