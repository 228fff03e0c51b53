using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Programmes;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Compilation;

/// <summary>All answers of a programme and year in one table: filtered, sorted and paged here, so that ten thousand are as quick as ten.</summary>
public sealed class AnswersModel(AppDb db, TimeProvider clock, CompilationMemory memory) : StaffPage(db, clock)
{
    private const int PageSize = 100;

    [FromRoute(Name = "programme")]
    public string ProgrammeKey { get; set; } = "";

    [FromRoute(Name = "year")]
    public int YearNumber { get; set; }

    [FromQuery(Name = "unit")]
    public string? UnitCode { get; set; }

    [FromQuery(Name = "form")]
    public int? FormNo { get; set; }

    [FromQuery(Name = "state")]
    public InquiryStatus? State { get; set; }

    [FromQuery(Name = "declared")]
    public string? Declared { get; set; }

    /// <summary><c>error</c>, <c>warning</c> or <c>none</c>.</summary>
    [FromQuery(Name = "found")]
    public string? Found { get; set; }

    [FromQuery(Name = "changed")]
    public bool Changed { get; set; }

    [FromQuery(Name = "q")]
    public string? Words { get; set; }

    [FromQuery(Name = "col")]
    public List<string> ColumnKeys { get; set; } = [];

    /// <summary>A column's key, with a minus before it for downwards; else the printed order of the units.</summary>
    [FromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [FromQuery(Name = "page")]
    public int PageNumber { get; set; } = 1;

    public CompilationTable Table { get; private set; } = null!;

    public Page<CompiledCase> Shown { get; private set; } = null!;

    public ILookup<string, Finding> Findings { get; private set; } = null!;

    public IReadOnlyList<AnswerColumn> AllColumns { get; private set; } = [];

    public IReadOnlyList<AnswerColumn> Columns { get; private set; } = [];

    public IReadOnlyList<NumberedForm> Forms { get; private set; } = [];

    public FiscalYear Year => new(YearNumber);

    public string Overview => $"/staff/compilation/{ProgrammeKey}/{Year}";

    public bool IsFiltered => !string.IsNullOrEmpty(UnitCode + Declared + Found + Words) || FormNo is not null || State is not null || Changed;

    public async Task<IActionResult> OnGetAsync()
    {
        if (YearNumber is < 1900 or > 2200 || !await Db.Programmes.AnyAsync(p => p.Key == ProgrammeKey))
            return NotFound();
        await LoadAsync();
        return Page();
    }

    public override async Task LoadAsync()
    {
        Table = await Db.CompileAsync(ProgrammeKey, Year, memory, withChecks: !string.IsNullOrEmpty(Found));
        Forms = Table.Programme.FormsIn(Year);
        AllColumns = AnswerColumn.For(Table.Questions, Forms);
        var wanted = ColumnKeys.Count > 0 ? (IReadOnlyList<string>)ColumnKeys : AnswerColumn.Usual;
        Columns = [.. AllColumns.Where(c => wanted.Contains(c.Key))];
        Findings = Table.Findings.Where(f => f.CaseId is not null).ToLookup(f => f.CaseId!);
        var rows = Sorted(Table.Cases.Where(IsWanted)).ToList();
        var number = Math.Clamp(PageNumber, 1, Math.Max(1, (rows.Count + PageSize - 1) / PageSize));
        Shown = new Page<CompiledCase>([.. rows.Skip((number - 1) * PageSize).Take(PageSize)], rows.Count, number, PageSize);
    }

    /// <summary>This table with some of its query changed; null takes it away.</summary>
    public string With(params (string Name, string? Value)[] changes)
    {
        var query = Request.Query.SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value))
            .Where(pair => Array.TrueForAll(changes, change => change.Name != pair.Key) && !string.IsNullOrEmpty(pair.Value) && pair.Key is not "page")
            .Concat(changes.Where(change => change.Value is not null).Select(change => KeyValuePair.Create(change.Name, change.Value)));
        return $"{Overview}/answers{QueryString.Create(query)}";
    }

    private bool IsWanted(CompiledCase one) =>
        (string.IsNullOrEmpty(UnitCode) || one.Reply.UnitCode == UnitCode)
        && (FormNo is null || one.Facts.FormNo == FormNo)
        && (State is null || one.Reply.Status == State)
        && (string.IsNullOrEmpty(Declared) || one.Facts.Declared == Declared)
        && (!Changed || one.IsChangedAfterApproval)
        && Found switch
        {
            "error" => Severities(one).Contains(Severity.Error),
            "warning" => Severities(one).Contains(Severity.Warning),
            "none" => !Severities(one).Any(),
            _ => true,
        }
        && (string.IsNullOrWhiteSpace(Words) || Words.Split([' ', '　'], StringSplitOptions.RemoveEmptyEntries).All(word => one.Facts.Words.Contains(TextForms.Key(word), StringComparison.Ordinal)));

    private IEnumerable<Severity> Severities(CompiledCase one) => one.Facts.Hits.Select(h => h.Severity).Concat(Findings[one.Case.Id].Select(f => f.Severity));

    private IEnumerable<CompiledCase> Sorted(IEnumerable<CompiledCase> rows)
    {
        var downwards = Sort?.StartsWith('-') is true;
        return Sort?.TrimStart('-') switch
        {
            "title" => By(one => one.Facts.Title, StringComparer.Ordinal),
            "budget" => By(one => one.Facts.BudgetYen ?? -1, Comparer<long>.Default),
            "done" => By(one => one.Facts.Done - one.Facts.Needed, Comparer<int>.Default),
            "form" => By(one => one.Facts.FormNo ?? 0, Comparer<int>.Default),
            "state" => By(one => one.Reply.Status, Comparer<InquiryStatus>.Default),
            _ => rows,
        };

        IEnumerable<CompiledCase> By<T>(Func<CompiledCase, T> key, IComparer<T> comparer) => downwards ? rows.OrderByDescending(key, comparer) : rows.OrderBy(key, comparer);
    }
}
