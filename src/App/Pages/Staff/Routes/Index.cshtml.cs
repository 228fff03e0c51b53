using Kyodo.Approval;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Routes;

/// <summary>Each unit with the way its submissions go.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    /// <summary><paramref name="From"/>: the unit above whose route it takes; null for its own or the default.</summary>
    public sealed record Row(string Code, string Name, IReadOnlyList<RouteStep> Steps, string? From, bool IsOwn);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync()
    {
        var units = await Db.OrgUnits.AsNoTracking().OrderBy(u => u.Order).ToListAsync();
        var byId = units.ToDictionary(u => u.Id);
        var routes = (await Db.ApprovalRoutes.AsNoTracking().ToListAsync()).Where(r => r.Steps.Count > 0).ToDictionary(r => r.UnitId);
        Rows = [.. units.Where(u => u.StandsIn(FiscalYear.Of(Today))).Select(unit =>
        {
            OrgUnit? at = unit;
            while (at is not null && !routes.ContainsKey(at.Id))
                at = at.ParentId is { } above ? byId[above] : null;
            return new Row(unit.Code, unit.Name, at is null ? [RouteStep.Default] : routes[at.Id].Steps, at is null || at == unit ? null : at.Name, at == unit);
        })];
    }
}
