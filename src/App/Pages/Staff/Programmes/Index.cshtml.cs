using Kyodo.Common;
using Kyodo.Programmes;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Programmes;

public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public IReadOnlyList<Listed> Programmes { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync() =>
        Programmes = await Db.Programmes.AsNoTracking().OrderBy(p => p.Order)
            .Select(p => new Listed(p.Key, p.NameJa, p.AsksFor, p.FirstYear, p.Forms.Count, p.Questionnaires.Max(q => q.Version)))
            .ToListAsync();

    public sealed record Listed(string Key, string Name, string AsksFor, FiscalYear FirstYear, int Forms, int Version);
}
