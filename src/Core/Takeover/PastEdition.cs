using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kyodo.Cases;
using Kyodo.Cases.Files;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Organizations;
using Kyodo.Partners;
using Kyodo.Programmes;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Statistics;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Takeover;

/// <summary>
/// 引継ぎ: a year's list that was published before this system, read to become revision 1 of that year's edition. What is missing or longer than
/// a round would allow is a warning, because nobody can be asked any more; what cannot be read is an error as in any file.
/// </summary>
public sealed class PastEdition
{
    private const int LongestText = 20_000;
    private const string NoUnit = "（担当の記載なし）";

    private readonly Programme _programme;
    private readonly FiscalYear _year;
    private readonly string _source;
    private readonly IReadOnlyList<ReadCase> _rows;

    private PastEdition(Programme programme, FiscalYear year, string source, IReadOnlyList<ReadCase> rows, CaseCheck check, MappedFile? mapped) =>
        (_programme, _year, _source, _rows, Check, Mapped) = (programme, year, source, rows, check, mapped);

    public CaseCheck Check { get; }

    public MappedFile? Mapped { get; }

    /// <param name="fileName">As readers are told where the list comes from.</param>
    public static async Task<PastEdition> ReadAsync(AppDb db, ReadOnlyMemory<byte> file, string fileName, string programmeKey, FiscalYear year, ForeignReading? reading, CancellationToken stop = default)
    {
        var programme = await db.ProgrammeAsync(programmeKey, stop);
        var asked = programme.Questionnaire.Questions;
        // Read with room for what an old list may hold; the lengths are looked at afterwards.
        var roomy = asked.Select(q => q.Type is "short text" or "long text" ? q with { MaxLength = q.Key == "title" ? PublishedCase.LongestTitle : LongestText } : q).ToList();
        var forms = programme.FormsIn(year);
        var context = new ReadingContext(year, forms.Count > 0 ? forms : [.. programme.Forms.Select(f => new NumberedForm(f.No, f.NameJa, f.AsksForText))], await db.MunicipalityNamesAsync(year, stop));
        var read = CaseFile.Read(file, programme, roomy, context, reading);
        var (rows, check) = read.Table.Read(roomy, context);
        check = check.With(read.Notes);
        check = check with { Problems = [.. check.Problems, .. TooLong(read.Table, rows, asked), .. Missing(read.Table, rows, asked), .. await DifferencesAsync(db, programme, year, rows, read.Table, stop)] };
        return new PastEdition(programme, year, fileName, rows, check, read.Mapped);
    }

    public static async Task<string?> WhyNotAsync(AppDb db, string programme, FiscalYear year, Actor by, CancellationToken stop = default) =>
        !by.Is(Role.Coordinator) ? "引き継げるのは、協働の担当課だけです。"
        : await db.Revisions.AnyAsync(r => r.ProgrammeKey == programme && r.Year == year, stop) ? $"{year.Japanese}の年度版はもう公表されています。引き継げるのは、版のない年度だけです。"
        : await db.Rounds.AnyAsync(r => r.ProgrammeKey == programme && r.Year == year && r.Status != RoundStatus.Draft, stop) ? $"{year.Japanese}はこのシステムで照会しています。回答を取りまとめて公表してください。"
        : null;

    /// <summary>Publishes the list as revision 1: all of it, or nothing.</summary>
    /// <param name="leaveOut">Publishes the rows that are right where others are wrong.</param>
    /// <param name="writeFiles">Writes the revision's files into the folder it is given.</param>
    public async Task<Revision> SaveAsync(AppDb db, EditionShelf shelf, Func<RevisionDraft, string, Task> writeFiles, bool leaveOut, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        Refusal.If(await WhyNotAsync(db, _programme.Key, _year, by, stop));
        if (Check.HasErrors && !leaveOut)
        {
            throw new Refusal($"{Check.Rows}行のうち{Check.Refused}行に直すところがあります。何も引き継いでいません。その行を除いて引き継ぐときは --leave-out を付けてください。",
                [.. Check.Problems.Where(p => p.Severity is Severity.Error).Select(p => new Problem(p.Severity, p.Message, p.Sheet, p.Cell))]);
        }
        if (_rows.Count == 0)
            throw new Refusal("引き継げる行が1つもありません。");
        var draft = await DraftAsync(db, by, now, stop);
        foreach (var total in await TotalsAsync(db, draft, stop))
        {
            total.Publish(by, now);
            db.RecordedTotals.Add(total);
        }
        return await db.TakeOverAsync(draft, shelf, writeFiles, by, now, stop);
    }

    private async Task<RevisionDraft> DraftAsync(AppDb db, Actor by, DateTimeOffset now, CancellationToken stop)
    {
        var forms = _programme.Forms.Where(f => f.StandsIn(_year)).OrderBy(f => f.No).ToList();
        var revision = Revision.TakenOver(_programme.Key, _programme.NameJa, _programme.NameEn, _year, _source,
            [.. (forms.Count > 0 ? forms : [.. _programme.Forms.OrderBy(f => f.No)]).Select(f => new PublishedForm(f.No, f.NameJa, f.NameEn, f.Door))],
            [.. _programme.Questionnaire.Questions.Where(q => q.Visibility is not Visibility.Secretariat)], _rows.Count, now);
        var units = (await db.OrgUnits.AsNoTracking().ToListAsync(stop)).Where(u => u.StandsIn(_year)).OrderByDescending(u => u.Name.Length).ToList();
        var rows = _rows.Select(row => (Row: row, row.Answers)).OrderBy(one => FormType.Main(one.Answers["form"]) ?? int.MaxValue).ToList();
        var projects = await ProjectsAsync(db, rows.ConvertAll(one => (one.Row, one.Answers.Text("title"))), stop);
        var register = await db.FindOrEnterAllAsync(rows.SelectMany(one => PartnersType.Of(one.Answers["partners"])).Select(p => (p.Name, p.Kind, p.Number)), by, now, stop);
        var cases = new List<PublishedCase>();
        var staff = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (row, answers) in rows)
        {
            var id = PublicId.New();
            var named = answers["unit_contact"]?["unit"]?.GetValue<string>() ?? "";
            var unit = units.Find(u => named.StartsWith(u.Name, StringComparison.Ordinal));
            var declared = answers.Text("declared");
            cases.Add(new PublishedCase
            {
                Revision = revision,
                CaseId = id,
                ProjectId = projects[row.Row],
                SourceId = row.SourceId,
                Order = cases.Count + 1,
                ProgrammeKey = _programme.Key,
                Year = _year,
                Title = answers.Text("title"),
                Summary = answers.Text("summary"),
                FormNo = FormType.Main(answers["form"]) ?? 0,
                UnitCode = unit?.Code ?? CodeOf(named),
                UnitName = TextForms.UpTo(100, unit?.Name ?? (named.Length > 0 ? named : NoUnit)),
                UnitOrder = unit?.Order ?? 10_000,
                IsBureau = unit?.Kind is OrgUnitKind.RegionalBureau,
                Declared = declared,
                Lineage = "unknown",
                Status = declared switch { "新規" => "new", "終了" => "ended", _ => "continued" },
                BudgetYen = answers["budget"] is JsonObject budget ? BudgetType.LatestYen(budget) : null,
                MunicipalitiesJson = JsonSerializer.Serialize(PlaceType.Municipalities(answers["place"]), Json.Plain),
                ThemesJson = answers["theme"]?.ToJsonString(Json.Plain) ?? "[]",
                PartnersJson = JsonSerializer.Serialize(PartnersType.Of(answers["partners"]).Select(p => new PublishedPartner(register[(p.Name, p.Number)].Id, p.Name, p.Kind)), Json.Plain),
                AnswersJson = Only(answers, Visibility.Public).ToJsonString(Json.Plain),
            });
            staff[id] = Only(answers, Visibility.Internal);
        }
        return new RevisionDraft(revision, cases, staff);
    }

    private JsonObject Only(Answers answers, Visibility visibility) =>
        new(_programme.Questionnaire.Questions.Where(q => q.Visibility == visibility && answers[q.Key] is not null).Select(q => KeyValuePair.Create(q.Key, answers[q.Key]?.DeepClone())));

    // A unit that this installation does not know has an address all the same, and always the same.
    private static string CodeOf(string name) => name.Length == 0 ? "unknown" : "past-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(TextForms.Key(name))))[..10];

    /// <summary>A project that another year has under the very same title, else a new one; the nearest year first. Renames are for people to join.</summary>
    private async Task<Dictionary<int, string>> ProjectsAsync(AppDb db, IReadOnlyList<(ReadCase Row, string Title)> rows, CancellationToken stop)
    {
        var known = (await db.LatestCases.Where(c => c.Year != _year).Select(c => new { c.ProjectId, c.Title, c.Year }).ToListAsync(stop))
            .Concat(await db.Cases.AsNoTracking().Where(c => c.Year != _year).Select(c => new { c.ProjectId, c.Title, c.Year }).ToListAsync(stop))
            .OrderBy(c => Math.Abs(c.Year.Year - _year.Year)).ThenBy(c => c.Year).GroupBy(c => TextForms.Key(c.Title)).ToDictionary(g => g.Key, g => g.First().ProjectId, StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var projects = new Dictionary<int, string>();
        foreach (var (row, title) in rows)
        {
            if (known.TryGetValue(TextForms.Key(title), out var project) && taken.Add(project))
                projects[row.Row] = project;
            else
            {
                var begun = Project.Of(TextForms.UpTo(200, title), _year);
                db.Add(begun);
                projects[row.Row] = begun.Id;
            }
        }
        return projects;
    }

    /// <summary>The totals of a year that has none recorded; by form only where each case has one.</summary>
    private async Task<IReadOnlyList<RecordedTotal>> TotalsAsync(AppDb db, RevisionDraft draft, CancellationToken stop)
    {
        if (await db.RecordedTotals.AnyAsync(t => t.ProgrammeKey == _programme.Key && t.Year == _year, stop))
            return [];
        RecordedTotal Total(int no, string form, int count) =>
            new(_programme.Key, _programme.NameJa, no, form, _year, CountState.Recorded, count, TextForms.UpTo(300, $"引き継いだ一覧: {_source}"));
        var forms = draft.Cases.All(one => one.FormNo > 0) ? draft.Revision.Forms.Select(f => Total(f.No, f.NameJa, draft.Cases.Count(one => one.FormNo == f.No))) : [];
        return [Total(0, "計", draft.Cases.Count), .. forms];
    }

    private static IEnumerable<CheckedProblem> TooLong(CaseTable table, IReadOnlyList<ReadCase> rows, IReadOnlyList<Question> asked)
    {
        var texts = asked.Where(q => q.Type is "short text" or "long text").Select(q => (Question: q, Most: q.Parts[0].MaxLength ?? int.MaxValue)).ToList();
        foreach (var row in rows)
        {
            var answers = row.Answers;
            foreach (var (question, most) in texts)
            {
                var length = new StringInfo(answers.Text(question.Key)).LengthInTextElements;
                if (length > most)
                    yield return new CheckedProblem(table.Place, Cell(table, question, row.Row), Severity.Warning, $"「{question.LabelJa}」が{length}字あります（照会では{most}字まで）。そのまま引き継ぎます。");
            }
        }
    }

    // A question at a time: an old list lacks whole columns.
    private static IEnumerable<CheckedProblem> Missing(CaseTable table, IReadOnlyList<ReadCase> rows, IReadOnlyList<Question> asked)
    {
        var empty = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var answers = row.Answers;
            foreach (var question in asked.Where(q => q.Needed && q.Visibility is Visibility.Public && answers[q.Key] is null))
                (empty.TryGetValue(question.Key, out var rowsOf) ? rowsOf : empty[question.Key] = []).Add(row.Row);
        }
        foreach (var question in asked.Where(q => empty.ContainsKey(q.Key)))
        {
            var without = empty[question.Key];
            yield return new CheckedProblem(table.Place, Cell(table, question, without[0]), Severity.Warning,
                without.Count == rows.Count ? $"「{question.LabelJa}」がどの行にもありません。ないまま引き継ぎます。" : $"「{question.LabelJa}」が{without.Count}行にありません（はじめは{without[0]}行目）。ないまま引き継ぎます。");
        }
    }

    private static async Task<IReadOnlyList<CheckedProblem>> DifferencesAsync(AppDb db, Programme programme, FiscalYear year, IReadOnlyList<ReadCase> rows, CaseTable table, CancellationToken stop)
    {
        var recorded = await db.RecordedTotals.AsNoTracking().Where(t => t.ProgrammeKey == programme.Key && t.Year == year).OrderBy(t => t.FormNo).ToListAsync(stop);
        var forms = rows.Select(row => FormType.Main(row.Answers["form"]) ?? 0).CountBy(no => no).ToDictionary();
        var differences = new List<CheckedProblem>();
        foreach (var total in recorded)
        {
            var count = total.FormNo == 0 ? rows.Count : forms.GetValueOrDefault(total.FormNo);
            if (total.State is CountState.Recorded && total.Count != count && (total.FormNo == 0 || (rows.Count > 0 && !forms.ContainsKey(0))))
                differences.Add(Said($"記録してある{year.Japanese}の件数（{(total.FormNo == 0 ? "計" : total.Form)} {total.Count}件、{total.Source}）と、この一覧（{count}件）が違います。記録した件数は変えません。"));
            else if (total.State is CountState.NotExisting && count > 0)
                differences.Add(Said($"{year.Japanese}は、{(total.FormNo == 0 ? "制度" : total.Form)}がなかった年度として記録してあります（{total.Source}）。記録は変えません。"));
        }
        return differences;

        CheckedProblem Said(string message) => new(table.Place, $"A{(table.Rows.Count > 0 ? table.Rows[0].Number : 1)}", Severity.Warning, message);
    }

    private static string Cell(CaseTable table, Question question, int row) =>
        $"{table.Columns.FirstOrDefault(c => c.PartKey is { } key && (key == question.Key || key.StartsWith(question.Key + ".", StringComparison.Ordinal)))?.Letters ?? "A"}{row}";
}
