using Kyodo.Common;
using Kyodo.Programmes;
using Kyodo.Selection;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Nominations;

/// <summary>What a department may put forward, why not what, and what became of it.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock, Candidates candidates) : StaffPage(db, clock)
{
    public IReadOnlyList<UnitsPlace> Places { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync([FromForm] long selection, [FromForm] string? caseId, CancellationToken stop) =>
        await Db.NominateAsync(candidates, selection, caseId ?? "", Request.Form[$"reason-{caseId}"], Me, Now, stop) is { } one ? DoneAt("/staff/nominations", $"「{one.CaseTitle}」を推薦しました。") : NotFound();

    public async Task<IActionResult> OnPostTakeBackAsync([FromForm] string? nomination, CancellationToken stop)
    {
        var units = Me.Duties.Where(duty => duty.Role is Role.Respondent).Select(duty => duty.UnitId).ToList();
        if (await Db.Nominations.Include(n => n.Selection).Include(n => n.Unit).FirstOrDefaultAsync(n => n.Id == nomination && units.Contains(n.UnitId), stop) is not { } one)
            return NotFound();
        one.TakeBack(Request.Form[$"back-{nomination}"], Me, Now);
        await Db.SaveChangesAsync(stop);
        return DoneAt("/staff/nominations", $"「{one.CaseTitle}」の推薦を取り下げました。");
    }

    public string Typed(string field) => Refusal is not null && Request.HasFormContentType ? Request.Form[field].ToString() : "";

    public string? WhyNotTakeBack(Nomination one) => one.WhyNotTakeBack(Me, Now);

    public override async Task LoadAsync()
    {
        var units = Me.Duties.Where(duty => duty.Role is Role.Respondent or Role.Approver).Select(duty => duty.UnitId).ToHashSet();
        var names = await Db.Programmes.AsNoTracking().ToDictionaryAsync(p => p.Key, p => p.NameJa);
        var places = new List<UnitsPlace>();
        foreach (var selection in await Db.Selections.AsNoTracking().OrderByDescending(s => s.Year).ThenBy(s => s.ProgrammeKey).Take(6).ToListAsync())
        {
            var entered = await Db.Nominations.AsNoTracking().Include(n => n.Selection).Include(n => n.Unit).Where(n => n.SelectionId == selection.Id && units.Contains(n.UnitId)).OrderBy(n => n.CaseTitle).ToListAsync();
            var own = selection.Status is SelectionStatus.Nominating ? (await candidates.OfAsync(Db, selection.ProgrammeKey, selection.Year)).Where(one => units.Contains(one.Unit.Id)).ToList() : [];
            if (own.Count + entered.Count > 0)
                places.Add(new UnitsPlace(selection, names.GetValueOrDefault(selection.ProgrammeKey, selection.ProgrammeKey), [.. own.Select(one => (one, SelectionQueries.WhyNotNominate(selection, one, entered, Me, Now))).OrderBy(one => one.Item2 is not null)], entered));
        }
        Places = places;
    }
}

/// <summary>One selection as a department sees it.</summary>
public sealed record UnitsPlace(BestSelection Selection, string Programme, IReadOnlyList<(Candidate Candidate, string? WhyNot)> Candidates, IReadOnlyList<Nomination> Entered);
