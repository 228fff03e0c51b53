using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Reorganizations;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Organizations;

/// <summary>組織: the tree of a year, what each unit came out of and became, and the reorganisations.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    /// <param name="Depth">0 at the top.</param>
    /// <param name="From">The units it came out of.</param>
    /// <param name="To">The units it became.</param>
    public sealed record Row(string Code, string Name, OrgUnitKind Kind, int Depth, FiscalYear? First, FiscalYear? Last, int People, IReadOnlyList<string> From, IReadOnlyList<string> To);

    [FromQuery(Name = "year")]
    public string? YearTyped { get; set; }

    [BindProperty(Name = "title")]
    public string? ChangeTitle { get; set; }

    [BindProperty(Name = "on")]
    public string? On { get; set; }

    public FiscalYear Year { get; private set; }

    public IReadOnlyList<FiscalYear> Years { get; private set; } = [];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyList<Reorganization> Changes { get; private set; } = [];

    public bool MayReorganize => Reorganization.WhyNotReorganize(Me) is null;

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var change = new Reorganization(ChangeTitle, DateField.Read(On, "施行日", "on"), Me, Now);
        Db.Add(change);
        await Db.SaveChangesAsync(stop);
        return DoneAt($"/staff/organizations/changes/{change.Id}", "機構改革の準備を始めました。変更を1行ずつ書くか、CSVを読み込んでください。適用するまで、組織は変わりません。");
    }

    public override async Task LoadAsync()
    {
        Changes = await Db.Reorganizations.AsNoTracking().OrderByDescending(r => r.On).ThenBy(r => r.Title).ToListAsync();
        var all = await Db.OrgUnits.AsNoTracking().OrderBy(u => u.Order).ThenBy(u => u.Code).ToListAsync();
        var present = FiscalYear.Of(Today);
        Year = FiscalYear.TryParse(YearTyped ?? "", out var asked) ? asked : present;
        // The years in which something changed, and the present one.
        Years = [.. all.SelectMany(u => new[] { u.FirstYear, u.LastYear }).OfType<FiscalYear>().Append(present).Append(Year).Distinct().OrderDescending()];
        var today = Today;
        var people = await Db.Appointments.Where(a => (a.From == null || a.From <= today) && (a.Until == null || a.Until >= today)).GroupBy(a => a.UnitId).Select(g => new { g.Key, Count = g.Select(a => a.PersonId).Distinct().Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        var lineages = await Db.UnitLineages.AsNoTracking().Select(l => new { l.PredecessorId, From = l.Predecessor.Name, l.SuccessorId, To = l.Successor.Name }).ToListAsync();
        var (from, to) = (lineages.ToLookup(l => l.SuccessorId, l => l.From), lineages.ToLookup(l => l.PredecessorId, l => l.To));
        var standing = all.Where(u => u.StandsIn(Year)).ToList();
        var ids = standing.Select(u => u.Id).ToHashSet();
        var below = standing.ToLookup(u => u.ParentId is { } upper && ids.Contains(upper) ? upper : 0);
        Rows = [.. Under(0, 0)];

        IEnumerable<Row> Under(long upper, int depth) => depth > 20 ? [] : below[upper].SelectMany(u =>
            Under(u.Id, depth + 1).Prepend(new Row(u.Code, u.Name, u.Kind, depth, u.FirstYear, u.LastYear, people.GetValueOrDefault(u.Id), [.. from[u.Id]], [.. to[u.Id]])));
    }
}
