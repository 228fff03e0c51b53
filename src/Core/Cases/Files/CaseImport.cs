using System.Security.Cryptography;
using System.Text;
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
    private const int Portion = 500;

    private readonly Inquiry? _inquiry;
    private readonly IReadOnlyList<(ReadCase Row, Case? Known)> _rows;
    private readonly IReadOnlyList<AskedQuestion> _asked;
    private readonly IReadOnlyDictionary<string, StaleCase> _stale;

    private CaseImport(Inquiry? inquiry, IReadOnlyList<(ReadCase, Case?)> rows, IReadOnlyList<AskedQuestion> asked, CaseCheck check, IReadOnlyDictionary<string, StaleCase>? stale = null) =>
        (_inquiry, _rows, _asked, Check, _stale) = (inquiry, rows, asked, check, stale ?? new Dictionary<string, StaleCase>(StringComparer.Ordinal));

    public CaseCheck Check { get; }

    /// <summary>SHA-256 of the file, and of the mapping that it was read by.</summary>
    public string FileHash { get; private init; } = "";

    /// <summary>The same file was saved into this reply before: saving it again does nothing.</summary>
    public bool WasTaken { get; private init; }

    /// <summary>How a list that is not ours was read; null for files of ours.</summary>
    public MappedFile? Mapped { get; private init; }

    /// <summary>Cases that somebody changed after the file was downloaded, where the file says something else.</summary>
    public IEnumerable<StaleCase> Stale => _stale.Values;

    /// <summary>The cases of the reply that no row of the file is about: they stay.</summary>
    public IReadOnlyList<Case> Untouched { get; private init; } = [];

    /// <summary>Why the file cannot be saved even without its wrong rows; null where it can, or where no row is wrong.</summary>
    public string? WhyNotLeaveOut =>
        Check.Problems.FirstOrDefault(p => p.Severity is Severity.Error && p.Cell is null) is { } whole ? whole.Message
        : Check.RefusedRows.Count > 0 && _rows.Count == 0 ? "どの行にも誤りがあり、取り込める行がありません。"
        : null;

    public Inquiry Inquiry => _inquiry ?? throw new InvalidOperationException("The unit was not asked.");

    /// <summary>What each row would do, in the order of the file.</summary>
    public IReadOnlyList<RowChange> Changes => [.. _rows.Select(row => new RowChange(row.Row.Row, row.Known, row.Known is { } known ? Merged(row.Row, known) : row.Row.Answers))];

    public int NewCases => WasTaken ? 0 : _rows.Count(row => row.Known is null);

    public int ChangedCases => WasTaken ? 0 : _rows.Count(row => row.Known is not null && Merged(row.Row, row.Known).Differing(row.Known.Answers).Any());

    /// <summary>Reads the whole file to its end. A closed round is one problem among others.</summary>
    /// <param name="reading">How to read a list that is not ours; null refuses it.</param>
    /// <param name="choices">What was chosen of fields that both the file and somebody else changed; null refuses such rows.</param>
    public static async Task<CaseImport> CheckAsync(AppDb db, Inquiry inquiry, ReadOnlyMemory<byte> file, IReadOnlyList<string> municipalities, Actor by, DateTimeOffset now, ForeignReading? reading = null, MergeChoices? choices = null, CancellationToken stop = default)
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
        var known = await db.Cases.AsNoTracking().Include(c => c.Project).InReplyTo(inquiry).ToListAsync(stop);
        var matched = Match(rows, known);
        var idColumn = read.Table.Columns.FirstOrDefault(c => c.PartKey == CaseTable.IdColumn)?.Letters ?? "A";
        // Another unit's workbook is one problem, not one a row.
        var (stale, strangers) = (new Dictionary<string, StaleCase>(StringComparer.Ordinal), new HashSet<ReadCase>());
        foreach (var (row, one) in read.UnitCode is null || read.UnitCode == inquiry.Unit.Code ? matched : [])
        {
            if (row.CaseId is not null && one is null)
            {
                strangers.Add(row);
                problems.Wrong($"事例ID「{row.CaseId}」は{inquiry.Unit.Name}の回答にありません。新しい事例を書くときは、事例IDの列を空にしてください。", $"{idColumn}{row.Row}");
            }
            else if (one is null || row.SeenVersion is not { } seen || seen == one.Version || !one.Answers.Differing(Merged(row, one.Answers, asked)).Any())
                continue;
            else if (choices is not null)
                stale.Add(one.Id, await StaleCase.ReadAsync(db, one, seen, before => Merged(row, before, asked), choices, stop));
            else
                problems.Wrong($"「{one.Title}」は、回答票をダウンロードしたあとに別の人が変えています（ダウンロードしたのは第{seen}稿、いまは第{one.Version}稿）。最新の回答票をダウンロードして、書き写してください。", $"{idColumn}{row.Row}");
        }
        var hash = HashOf(file, read.Mapped);
        var taken = await db.TakenAsync(inquiry, hash, stop);
        if (taken is not null)
            problems.Warn($"このファイルは、{taken.At.DayInJapan():yyyy年M月d日}に{taken.PersonName}がもう取り込んでいます。もう一度取り込んでも何も変わりません。直したいところがあるときは、いまの回答票をダウンロードして直してください。");
        check = check.With(problems.Found) with
        {
            Accepted = check.Accepted - strangers.Count,
            Refused = check.Refused + strangers.Count,
            RefusedRows = [.. check.RefusedRows.Concat(strangers.Select(row => new RefusedRow(row.Row, row.Answers.Text("title")))).OrderBy(row => row.Row)],
        };
        return new CaseImport(inquiry, matched.FindAll(pair => !strangers.Contains(pair.Row)), asked, check, stale)
        {
            Mapped = read.Mapped,
            FileHash = hash,
            WasTaken = taken is not null,
            Untouched = [.. known.Except(matched.Select(pair => pair.Known).OfType<Case>()).OrderBy(one => one.CreatedAt)],
        };
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

    /// <summary>
    /// Saves all rows of the reply in one transaction, or nothing; in portions, so that ten thousand cases are never in memory at once. A large
    /// file leaves one entry in the audit trail, with the number of its rows and its hash; each case's own version says who, when and how.
    /// </summary>
    /// <param name="leaveOut">Saves the other rows where some are wrong; the audit trail names those left out.</param>
    public async Task SaveAsync(AppDb db, string origin, Actor by, DateTimeOffset now, bool leaveOut = false, CancellationToken stop = default)
    {
        Refusal.If(leaveOut ? WhyNotLeaveOut : null);
        Refusal.If(Stale.Select(one => one.WhyNotMerge).FirstOrDefault(why => why is not null));
        if (!leaveOut && Check.Problems.Where(p => p.Severity is Severity.Error).ToList() is { Count: > 0 } errors)
        {
            throw new Refusal($"直すところが{errors.Count}か所あります。何も保存していません。",
                [.. errors.Select(p => new Problem(p.Severity, p.Message, p.Sheet, p.Cell))]);
        }
        if (WasTaken)
            return;
        await using var own = db.Database.CurrentTransaction is null ? await db.BeginAloneAsync(stop) : null;
        Inquiry.TakeFile(_rows.Count, FileHash + LeftOut(), by, now);
        await db.SaveChangesAsync(stop);
        foreach (var portion in _rows.Chunk(Portion))
        {
            var cases = portion.Select(row => Take(db, row.Row, row.Known, origin, by, now)).ToList();
            if (_rows.Count > Portion)
            {
                await InsertAsync(db, cases.FindAll(one => one.RowVersion == 0), stop);
                cases.ForEach(one => one.TakeNotes());
            }
            await db.SaveChangesAsync(stop);
            if (_rows.Count > Portion)
                Forget(db);
        }
        if (own is not null)
            await own.CommitAsync(stop);
    }

    // After the hash: without these rows the file has not been taken whole, and may come again.
    private string LeftOut() => Check.RefusedRows.Count == 0 ? "" : $"（誤りのため除いた行: {string.Join("、", Check.RefusedRows.Take(100).Select(row => row.Row))}{(Check.RefusedRows.Count > 100 ? "ほか" : "")}）";

    private Case Take(AppDb db, ReadCase row, Case? known, string origin, Actor by, DateTimeOffset now)
    {
        var one = known is null ? Begin(db, by, now) : db.Cases.Local.FindEntry(known.Id)?.Entity ?? db.Attach(known).Entity;
        one.SourceId ??= row.SourceId;
        one.Edit(Merged(row, one), Inquiry, one.Version, origin, by, now);
        return one;
    }

    private Case Begin(AppDb db, Actor by, DateTimeOffset now)
    {
        var one = new Case(Inquiry, by, now);
        if (_rows.Count <= Portion)
            db.Cases.Add(one);
        return one;
    }

    private static async Task InsertAsync(AppDb db, List<Case> cases, CancellationToken stop)
    {
        await db.InsertAsync(cases.ConvertAll(one => one.Project), stop);
        await db.InsertAsync(cases, stop);
        await db.InsertAsync(cases.ConvertAll(one => one.Versions[0]), stop);
    }

    // What is saved is done with; the inquiry stays, for the next portion touches it too.
    private static void Forget(AppDb db)
    {
        foreach (var entry in db.ChangeTracker.Entries().Where(entry => entry.Entity is Case or CaseVersion or Project or AuditEntry).ToList())
            entry.State = EntityState.Detached;
    }

    private static string HashOf(ReadOnlyMemory<byte> file, MappedFile? mapped)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file.Span);
        if (mapped is not null)
            hash.AppendData(Encoding.UTF8.GetBytes(mapped.Mapping.ToJson()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private Answers Merged(ReadCase row, Case one) => _stale.GetValueOrDefault(one.Id)?.Merged ?? Merged(row, one.Answers, _asked);

    private static Answers Merged(ReadCase row, Answers before, IReadOnlyList<AskedQuestion> asked)
    {
        var (values, said) = (before.Copied(), row.Answers.Copied());
        foreach (var question in asked)
        {
            var value = question.Over(values[question.Key], said[question.Key]);
            said.Remove(question.Key);
            values.Remove(question.Key);
            if (value is not null)
                values[question.Key] = value;
        }
        return Answers.Of(values);
    }

    // A case belongs to one row only: a new row with the title that another row has just given up is a new case.
    private static List<(ReadCase Row, Case? Known)> Match(IReadOnlyList<ReadCase> rows, List<Case> known)
    {
        var free = known.ToHashSet();
        var found = new Dictionary<ReadCase, Case>(ReferenceEqualityComparer.Instance);
        void Claim(Func<ReadCase, string?> ofRow, Func<Case, string?> ofCase)
        {
            var byKey = free.Where(one => ofCase(one) is { Length: > 0 }).ToLookup(ofCase, StringComparer.Ordinal);
            foreach (var row in rows.Where(row => !found.ContainsKey(row)))
            {
                if (ofRow(row) is { Length: > 0 } key && byKey[key].FirstOrDefault(free.Contains) is { } one && free.Remove(one))
                    found[row] = one;
            }
        }
        Claim(row => row.CaseId, one => one.Id);
        Claim(row => row.CaseId is null ? row.SourceId : null, one => one.SourceId);
        Claim(row => row.CaseId is null ? row.TitleKey : null, one => one.TitleKey);
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

/// <summary>Which files a reply has taken in: the audit trail says so, and nothing else needs to.</summary>
internal static class TakenFiles
{
    extension(AppDb db)
    {
        public Task<AuditEntry?> TakenAsync(Inquiry inquiry, string hash, CancellationToken stop) =>
            db.AuditTrail.AsNoTracking().Where(entry => entry.Subject == inquiry.AuditName && entry.Verb == Inquiry.FileTaken && entry.Reason!.EndsWith(hash)).OrderBy(entry => entry.Id).FirstOrDefaultAsync(stop);
    }
}

/// <summary>A question that the file has columns for, all of its parts or only some.</summary>
internal sealed record AskedQuestion(Question Question, bool IsWhole)
{
    public string Key => Question.Key;

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
public sealed record RowChange(int Row, Case? Known, Answers Uploaded)
{
    public IReadOnlyList<string> DifferingKeys => [.. Uploaded.Differing(Known?.Answers ?? Answers.None)];
}
