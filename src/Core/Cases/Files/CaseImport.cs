using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Programmes;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Cases.Files;

/// <summary>
/// A file of cases set against a unit's reply: what it would change, and all that is wrong with it. Nothing is saved while anything is wrong.
/// Rows are matched by id, then by source id, then by title; a case that the file does not hold stays as it is.
/// </summary>
public sealed class CaseImport
{
    private readonly Inquiry? _inquiry;
    private readonly IReadOnlyList<(ReadCase Row, Case? Known)> _rows;
    private readonly IReadOnlyList<AskedQuestion> _asked;

    private CaseImport(Inquiry? inquiry, IReadOnlyList<(ReadCase, Case?)> rows, IReadOnlyList<AskedQuestion> asked, CaseCheck check) =>
        (_inquiry, _rows, _asked, Check) = (inquiry, rows, asked, check);

    public CaseCheck Check { get; }

    /// <summary>How a list that is not ours was read; null for files of ours.</summary>
    public MappedFile? Mapped { get; private init; }

    public Inquiry Inquiry => _inquiry ?? throw new InvalidOperationException("The unit was not asked.");

    /// <summary>What each row would do, in the order of the file.</summary>
    public IReadOnlyList<RowChange> Changes => [.. _rows.Select(row => new RowChange(row.Row.Row, row.Known, row.Known is { } known ? Merged(row.Row, known) : row.Row.Answers, row.Row.SeenVersion))];

    public int NewCases => _rows.Count(row => row.Known is null);

    public int ChangedCases => _rows.Count(row => row.Known is not null && Merged(row.Row, row.Known).Differing(row.Known.Answers).Any());

    /// <summary>Reads the whole file to its end. A closed round is one problem among others.</summary>
    /// <param name="reading">How to read a list that is not ours; null refuses it.</param>
    public static async Task<CaseImport> CheckAsync(AppDb db, Inquiry inquiry, ReadOnlyMemory<byte> file, IReadOnlyList<string> municipalities, Actor by, DateTimeOffset now, ForeignReading? reading = null, CancellationToken stop = default)
    {
        var round = inquiry.Round;
        var (read, rows, check) = ReadFile(file, round.Programme, round.Questionnaire.Questions, round.Year, municipalities, reading);
        var problems = new Problems(read.Table.Place);
        if (inquiry.WhyNotAnswer(by, now) is { } closed)
            problems.Wrong(closed);
        problems.AddMarks(read, inquiry.Unit.Code, inquiry.Unit.Name, round.Year, round.Programme.NameJa);
        if (check.Rows == 0)
            problems.Wrong("事例が1行もありません。見出しの下の行に書いてください。該当する事業がないときは、回答画面で「該当なし」を選んでください。");
        var parts = read.Table.PartKeys.ToHashSet(StringComparer.Ordinal);
        var asked = round.Questionnaire.Questions.Where(q => q.Parts.Any(part => parts.Contains(q.PartKey(part)))).Select(q => new AskedQuestion(q, q.Parts.All(part => parts.Contains(q.PartKey(part))))).ToList();
        foreach (var question in round.Questionnaire.Questions.Where(q => q.Needed && q.Parts.Count > 0 && asked.TrueForAll(a => a.Question != q)))
            problems.Warn($"必要な項目「{question.LabelJa}」の列がありません。提出までに回答画面で書いてください。");
        var known = await db.Cases.Include(c => c.Project).InReplyTo(inquiry).ToListAsync(stop);
        var matched = Match(rows, known);
        var idColumn = read.Table.Columns.FirstOrDefault(c => c.PartKey == CaseTable.IdColumn)?.Letters ?? "A";
        // Another unit's workbook is one problem, not one a row.
        foreach (var (row, one) in read.UnitCode is null || read.UnitCode == inquiry.Unit.Code ? matched : [])
        {
            if (row.CaseId is not null && one is null)
                problems.Wrong($"事例ID「{row.CaseId}」は{inquiry.Unit.Name}の回答にありません。新しい事例を書くときは、事例IDの列を空にしてください。", $"{idColumn}{row.Row}");
            else if (one is not null && row.SeenVersion is { } seen && seen != one.Version && one.Answers.Differing(Merged(row, one, asked)).Any())
                problems.Wrong($"「{one.Title}」は、回答票をダウンロードしたあとに別の人が変えています（ダウンロードしたのは第{seen}稿、いまは第{one.Version}稿）。最新の回答票をダウンロードして、書き写してください。", $"{idColumn}{row.Row}");
        }
        return new CaseImport(inquiry, matched, asked, check.With(problems.Found)) { Mapped = read.Mapped };
    }

    /// <summary>The same check where the unit has not been asked at all: the file is still read to its end.</summary>
    public static CaseImport CheckUnasked(ReadOnlyMemory<byte> file, Programme programme, FiscalYear year, string unitCode, string unitName, IReadOnlyList<string> municipalities, ForeignReading? reading = null)
    {
        var (read, rows, check) = ReadFile(file, programme, programme.Questionnaire.Questions, year, municipalities, reading);
        var problems = new Problems(read.Table.Place);
        problems.Wrong($"{year.Japanese}の{programme.NameJa}の照会は、{unitName}（{unitCode}）に送られていません。年度と組織を確かめてください。");
        problems.AddMarks(read, unitCode, unitName, year, programme.NameJa);
        return new CaseImport(null, [.. rows.Select(row => (row, (Case?)null))], [], check.With(problems.Found)) { Mapped = read.Mapped };
    }

    private static (CaseFile File, IReadOnlyList<ReadCase> Rows, CaseCheck Check) ReadFile(ReadOnlyMemory<byte> file, Programme programme, IReadOnlyList<Question> questions, FiscalYear year, IReadOnlyList<string> municipalities, ForeignReading? reading)
    {
        var context = new ReadingContext(year, programme.FormsIn(year), municipalities);
        var read = CaseFile.Read(file, programme, questions, context, reading);
        var (rows, check) = read.Table.Read(questions, context);
        return (read, rows, check.With(read.Notes));
    }

    /// <summary>Takes all rows into the reply. The caller saves; all of it or nothing.</summary>
    public void Apply(AppDb db, string origin, Actor by, DateTimeOffset now)
    {
        if (Check.Problems.Where(p => p.Severity is Severity.Error).ToList() is { Count: > 0 } errors)
        {
            throw new Refusal($"直すところが{errors.Count}か所あります。何も保存していません。",
                [.. errors.Select(p => new Problem(p.Severity, p.Message, p.Sheet, p.Cell))]);
        }
        foreach (var (row, known) in _rows)
        {
            var one = known ?? new Case(_inquiry!, by, now);
            if (known is null)
                db.Cases.Add(one);
            one.SourceId ??= row.SourceId;
            one.Edit(Merged(row, one), _inquiry!, one.Version, origin, by, now);
        }
    }

    private Answers Merged(ReadCase row, Case one) => Merged(row, one, _asked);

    private static Answers Merged(ReadCase row, Case one, IReadOnlyList<AskedQuestion> asked) =>
        asked.Aggregate(one.Answers, (answers, question) => answers.With(question.Question.Key, question.Over(one.Answers[question.Question.Key], row.Answers[question.Question.Key])));

    // A case belongs to one row only: a new row with the title that another row has just given up is a new case.
    private static List<(ReadCase Row, Case? Known)> Match(IReadOnlyList<ReadCase> rows, List<Case> known)
    {
        var free = known.ToList();
        var found = new Dictionary<ReadCase, Case>(ReferenceEqualityComparer.Instance);
        void Claim(Func<ReadCase, Case, bool> fits)
        {
            foreach (var row in rows.Where(row => !found.ContainsKey(row)))
            {
                if (free.Find(one => fits(row, one)) is { } one && free.Remove(one))
                    found[row] = one;
            }
        }
        Claim((row, one) => row.CaseId == one.Id);
        Claim((row, one) => row.CaseId is null && row.SourceId is not null && row.SourceId == one.SourceId);
        Claim((row, one) => row.CaseId is null && one.TitleKey == Case.KeyOf(row.Answers.Text("title")));
        return [.. rows.Select(row => (row, found.GetValueOrDefault(row)))];
    }

    /// <summary>What is wrong with the file as a whole, or with a row as such.</summary>
    private sealed class Problems(string place)
    {
        public List<CheckedProblem> Found { get; } = [];

        public void Wrong(string message, string? cell = null) => Found.Add(new CheckedProblem(place, cell, Severity.Error, message));

        public void Warn(string message) => Found.Add(new CheckedProblem(place, null, Severity.Warning, message));

        public void AddMarks(CaseFile read, string unitCode, string unitName, FiscalYear year, string programme)
        {
            if (read.UnitCode is { } unit && unit != unitCode)
                Wrong($"この回答票は別の組織（{unit}）のものです。{unitName}（{unitCode}）の回答票を選んでください。");
            if (read.Year is { } marked && marked != year)
                Wrong($"この回答票は{marked.Japanese}のものです。{year.Japanese}の{programme}の回答票を選んでください。");
        }
    }
}

/// <summary>A question that the file has columns for, all of its parts or only some.</summary>
internal sealed record AskedQuestion(Question Question, bool IsWhole)
{
    /// <summary>What the file says goes over what is there; parts without a column stay.</summary>
    public JsonNode? Over(JsonNode? before, JsonNode? said)
    {
        if (IsWhole || before is not JsonObject parts)
            return said;
        var merged = (JsonObject)parts.DeepClone();
        foreach (var (name, value) in said as JsonObject ?? [])
            merged[name] = value?.DeepClone();
        return merged;
    }
}

/// <summary>What one row of a file would make of a case: <paramref name="Known"/> is the case as it is now, null for a new one.</summary>
public sealed record RowChange(int Row, Case? Known, Answers Uploaded, int? SeenVersion)
{
    public IReadOnlyList<string> DifferingKeys => [.. Uploaded.Differing(Known?.Answers ?? Answers.None)];

    /// <summary>Somebody changed the case after the file was downloaded, and the file says something else.</summary>
    public bool IsStale => Known is not null && SeenVersion is { } seen && seen != Known.Version && DifferingKeys.Count > 0;
}
