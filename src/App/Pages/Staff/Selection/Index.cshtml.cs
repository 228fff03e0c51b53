using Kyodo.Common;
using Kyodo.Programmes;
using Kyodo.Selection;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Kyodo.Evaluation;

namespace Kyodo.App.Pages.Staff.Selection;

/// <summary>The selections of all years, and the beginning of the next.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public IReadOnlyList<(BestSelection Selection, string Programme, int Entered, int Best)> Selections { get; private set; } = [];

    public IReadOnlyList<(string Key, string Name, FiscalYear Year)> ToBegin { get; private set; } = [];

    [BindProperty(Name = "of")]
    public string? Chosen { get; set; }

    [BindProperty(Name = "nominate")]
    public string? NominateUntil { get; set; }

    [BindProperty(Name = "score")]
    public string? ScoreUntil { get; set; }

    [BindProperty(Name = "places")]
    public int Places { get; set; } = 2;

    [BindProperty(Name = "jurors")]
    public int Jurors { get; set; } = 3;

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (Chosen?.Split('/') is not [var programme, var number] || !FiscalYear.TryParse(number, out var year))
            throw new Refusal("制度と年度を選んでください。");
        var (nominate, score) = (Day(NominateUntil, "推薦の期限", "nominate"), Day(ScoreUntil, "審査の期限", "score"));
        var selection = await Db.OpenSelectionAsync(programme, year, nominate, score, Places, Jurors, Me, Now, stop);
        return DoneAt($"/staff/selection/{selection.Id}", "推薦の受付を始めました。評価のある組織へのお願いを、送信の列に入れました。");
    }

    public override async Task LoadAsync()
    {
        var names = await Db.Programmes.AsNoTracking().ToDictionaryAsync(p => p.Key, p => p.NameJa);
        var all = await Db.Selections.AsNoTracking().OrderByDescending(s => s.Year).ThenBy(s => s.ProgrammeKey).ToListAsync();
        var counts = (await Db.Nominations.GroupBy(n => new { n.SelectionId, n.Status }).Select(g => new { g.Key.SelectionId, g.Key.Status, Count = g.Count() }).ToListAsync()).ToLookup(c => c.SelectionId);
        Selections = all.ConvertAll(s => (s, names.GetValueOrDefault(s.ProgrammeKey, s.ProgrammeKey), counts[s.Id].Where(c => c.Status is not NominationStatus.Withdrawn).Sum(c => c.Count), counts[s.Id].Where(c => c.Status is NominationStatus.Best).Sum(c => c.Count)));
        var evaluated = await Db.EvaluationCalls.Select(c => new { c.ProgrammeKey, c.Year }).Distinct().ToListAsync();
        ToBegin = [.. evaluated.Where(e => !all.Exists(s => s.ProgrammeKey == e.ProgrammeKey && s.Year == e.Year)).OrderByDescending(e => e.Year).ThenBy(e => e.ProgrammeKey, StringComparer.Ordinal).Select(e => (e.ProgrammeKey, names.GetValueOrDefault(e.ProgrammeKey, e.ProgrammeKey), e.Year))];
    }

    internal static DateOnly Day(string? typed, string name, string field) =>
        DateField.Read(typed, name, field) ?? throw new Refusal("次のところを直してください。", [new Problem(Severity.Error, $"{name}を書いてください。{DateField.Example}", Field: field)]);
}
