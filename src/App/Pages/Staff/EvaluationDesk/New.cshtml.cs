using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Programmes;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.EvaluationDesk;

/// <summary>One action begins the evaluation of every accepted case of a programme and year.</summary>
public sealed class NewModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [BindProperty(Name = "programme", SupportsGet = true)]
    public string? Programme { get; set; }

    [BindProperty(Name = "year", SupportsGet = true)]
    public int? YearNumber { get; set; }

    [BindProperty(Name = "phase", SupportsGet = true)]
    public EvaluationPhase Phase { get; set; } = EvaluationPhase.Closing;

    [BindProperty(Name = "sheet")]
    public int? Sheet { get; set; }

    [BindProperty(Name = "due")]
    public string? Due { get; set; }

    [BindProperty(Name = "full")]
    public List<string> Full { get; set; } = [];

    public IReadOnlyList<Programme> Programmes { get; private set; } = [];

    public IReadOnlyList<FiscalYear> Years { get; private set; } = [];

    public IReadOnlyList<EvaluationSheet> Sheets { get; private set; } = [];

    public OpeningPlan? Plan { get; private set; }

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (Programme is null || YearNumber is not (>= 1900 and <= 2200))
            return NotFound();
        var due = DateField.Read(Due, "回答の期限", "due") ?? throw new Refusal("次のところを直してください。", [new Problem(Severity.Error, $"回答の期限を書いてください。{DateField.Example}", Field: "due")]);
        var opened = await Db.OpenEvaluationsAsync(Programme, new FiscalYear(YearNumber.Value), Phase, Sheet, due, Full.ToHashSet(StringComparer.Ordinal), Me, Now, stop: stop);
        return DoneAt($"/staff/evaluation/calls/{opened.Call.Id}", $"{opened.Evaluations}事業の評価を始め、{opened.Invited}団体に招待を送る列に入れました。{(opened.WithoutAddress > 0 ? $"メールアドレスの分からない相手方が{opened.WithoutAddress}団体あります。" : "")}");
    }

    public override async Task LoadAsync()
    {
        Programmes = await Db.Programmes.AsNoTracking().OrderBy(p => p.Order).ToListAsync();
        Years = await Db.Cases.Select(c => c.Year).Distinct().OrderByDescending(year => year).ToListAsync();
        Sheets = await Db.SheetsAsync(Me, Now);
        Programme = Programmes.Any(p => p.Key == Programme) ? Programme : Programmes is [var first, ..] ? first.Key : null;
        YearNumber = Years.Any(year => year.Year == YearNumber) ? YearNumber : Years.Count > 0 ? Years[0].Year : null;
        if (Programme is not null && YearNumber is { } chosen)
            Plan = await Db.PlanEvaluationsAsync(Programme, new FiscalYear(chosen), Phase);
    }
}
