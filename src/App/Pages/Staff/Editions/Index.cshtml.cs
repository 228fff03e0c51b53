using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Programmes;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Editions;

public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public IReadOnlyList<Listed> Editions { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync()
    {
        var names = await Db.Programmes.AsNoTracking().ToDictionaryAsync(p => p.Key, p => (p.NameJa, p.Order));
        var asked = await Db.Rounds.Where(r => r.Status != RoundStatus.Draft).Select(r => new { r.ProgrammeKey, r.Year }).Distinct().ToListAsync();
        var latest = await Db.Revisions.AsNoTracking().Where(r => r.IsLatest).Select(r => new { r.ProgrammeKey, r.Year, r.NameJa, r.No, r.ReleasedAt, r.CaseCount }).ToListAsync();
        Editions = [.. asked.Concat(latest.Select(r => new { r.ProgrammeKey, r.Year })).Distinct()
            .Select(e => (Edition: e, Revision: latest.Find(r => r.ProgrammeKey == e.ProgrammeKey && r.Year == e.Year)))
            .OrderByDescending(e => e.Edition.Year).ThenBy(e => names.GetValueOrDefault(e.Edition.ProgrammeKey).Order)
            .Select(e => new Listed(e.Edition.ProgrammeKey, names.TryGetValue(e.Edition.ProgrammeKey, out var name) ? name.NameJa : e.Revision!.NameJa, e.Edition.Year,
                e.Revision?.No ?? 0, e.Revision?.ReleasedAt, e.Revision?.CaseCount ?? 0))];
    }

    public sealed record Listed(string Key, string Name, FiscalYear Year, int No, DateTimeOffset? ReleasedAt, int Cases);
}
