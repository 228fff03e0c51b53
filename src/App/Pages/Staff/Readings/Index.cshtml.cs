using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Readers;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Readings;

/// <summary>庁内での読まれ方: how often each unit opened cases of the casebook in the last twelve months, and which cases are read most. No person stands in it.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    private const int Months = 12;
    private const int MostCases = 20;

    /// <summary>A unit with its count of each month; null for a month before anything was counted.</summary>
    public sealed record UnitRow(string Unit, IReadOnlyList<int?> Counts)
    {
        public int Total => Counts.Sum() ?? 0;
    }

    public sealed record CaseRow(PublishedCase Case, int Times, int Units, int Uses);

    public IReadOnlyList<DateOnly> LastMonths { get; private set; } = [];

    public IReadOnlyList<UnitRow> Units { get; private set; } = [];

    public IReadOnlyList<CaseRow> Cases { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync()
    {
        var first = new DateOnly(Today.Year, Today.Month, 1);
        LastMonths = [.. Enumerable.Range(0, Months).Select(back => first.AddMonths(back - Months + 1))];
        var since = ReaderQueries.MonthOf(LastMonths[0]);
        var readings = await Db.CaseReadings.AsNoTracking().Where(r => r.Month >= since).ToListAsync();
        var byUnit = readings.GroupBy(r => r.UnitId).ToDictionary(g => g.Key, g => g.GroupBy(r => r.Month).ToDictionary(m => m.Key, m => m.Sum(r => r.Times)));
        var began = await Db.CaseReadings.MinAsync(r => (int?)r.Month) ?? ReaderQueries.MonthOf(Today);
        // All units that have somebody: that nobody of one reads is what a reader of this table looks for.
        var staffed = await Db.Set<Kyodo.Organizations.Appointment>().Select(a => a.UnitId).Distinct().ToListAsync();
        var units = await Db.Set<Kyodo.Organizations.OrgUnit>().AsNoTracking().Where(u => staffed.Contains(u.Id)).OrderBy(u => u.Order).Select(u => new { u.Id, u.Name }).ToListAsync();
        Units = [.. units.Select(u => new UnitRow(u.Name, [.. LastMonths.Select(ReaderQueries.MonthOf).Select(month => month < began ? (int?)null : byUnit.GetValueOrDefault(u.Id)?.GetValueOrDefault(month) ?? 0)]))];
        var top = readings.GroupBy(r => r.CaseId).Select(g => (Id: g.Key, Times: g.Sum(r => r.Times), Units: g.Select(r => r.UnitId).Distinct().Count())).OrderByDescending(c => c.Times).Take(MostCases).ToList();
        var ids = top.ConvertAll(c => c.Id);
        var cases = await Db.LatestCases.Where(c => ids.Contains(c.CaseId)).ToDictionaryAsync(c => c.CaseId);
        var projects = cases.Values.Select(c => c.ProjectId).ToList();
        var uses = (await Db.CaseUses.Where(u => projects.Contains(u.ProjectId) && u.TakenBackAt == null).Select(u => u.ProjectId).ToListAsync()).CountBy(id => id).ToDictionary();
        Cases = [.. top.Where(c => cases.ContainsKey(c.Id)).Select(c => new CaseRow(cases[c.Id], c.Times, c.Units, uses.GetValueOrDefault(cases[c.Id].ProjectId)))];
    }
}
