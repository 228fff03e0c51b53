using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Evaluation;

/// <summary>Tells a unit what became of its answers.</summary>
public sealed class ReportModel(AppDb db, TimeProvider clock, EvaluatedProjects evaluated) : StaffPage(db, clock)
{
    public IReadOnlyList<ReportYear> Years { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync()
    {
        var seen = Db.Evaluations.AsNoTracking().SeenBy(Me).Where(e => e.Status != EvaluationStatus.Answering);
        var years = await seen.Select(e => e.Call.Year).Distinct().OrderByDescending(year => year).ToListAsync();
        var found = new List<ReportYear>();
        foreach (var year in years)
        {
            var own = await seen.Where(e => e.Call.Year == year).ToListAsync();
            var ids = own.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
            var projects = (await evaluated.OfYearAsync(Db, year)).Where(one => ids.Contains(one.EvaluationId)).ToList();
            found.Add(new ReportYear(year, projects.Count, projects.Count(one => one.IsMutual), projects.Count(one => one.SilentPartners.Count > 0),
                projects.Sum(one => one.Flagged), projects.Sum(one => one.Flagged - one.Unreflected), [.. own.SelectMany(e => e.Improvements.Select(line => $"{line}（{e.CaseTitle}）"))], projects.Count(one => one.PartnersConsent)));
        }
        Years = found;
    }
}

/// <summary>What became of a unit's evaluations of one year.</summary>
public sealed record ReportYear(FiscalYear Year, int Opened, int Mutual, int Silent, int Flagged, int Reflected, IReadOnlyList<string> Improvements, int Consented);
