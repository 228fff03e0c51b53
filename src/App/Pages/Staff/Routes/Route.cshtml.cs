using Kyodo.Approval;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Routes;

/// <summary>One unit's route, step by step. A step without a name is taken out.</summary>
public sealed class RouteModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    /// <summary>One step as the form holds it.</summary>
    public sealed class StepForm
    {
        public string? Name { get; set; }

        public Seat Seat { get; set; }

        public long? Unit { get; set; }

        public List<long> People { get; set; } = [];

        public List<long> Deputies { get; set; } = [];

        public bool All { get; set; }
    }

    public sealed record Choice(long Id, string Words);

    [FromRoute(Name = "unitCode")]
    public string UnitCode { get; set; } = "";

    [BindProperty(Name = "steps")]
    public List<StepForm> Steps { get; set; } = [];

    [BindProperty(Name = "version")]
    public long Version { get; set; }

    public OrgUnit Unit { get; private set; } = null!;

    public string? Inherited { get; private set; }

    public IReadOnlyList<Choice> Units { get; private set; } = [];

    public IReadOnlyList<Choice> Approvers { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync())
            return NotFound();
        await LoadAsync();
        var route = await Db.ApprovalRoutes.AsNoTracking().FirstOrDefaultAsync(r => r.UnitId == Unit.Id);
        Version = route?.RowVersion ?? 0;
        Steps = [.. (route?.Steps ?? []).Select(s => new StepForm { Name = s.Name, Seat = s.Seat, Unit = s.UnitId, People = [.. s.People], Deputies = [.. s.Deputies], All = s.NeedsAll })];
        AddBlank();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await FindAsync())
            return NotFound();
        var route = await Db.ApprovalRoutes.Include(r => r.Unit).FirstOrDefaultAsync(r => r.UnitId == Unit.Id);
        if (route is null)
            Db.ApprovalRoutes.Add(route = new ApprovalRoute(Unit));
        else
            Expect(route, Version);
        route.Describe([.. Steps.Where(s => !string.IsNullOrWhiteSpace(s.Name)).Select(s => new RouteStep(
            TextForms.Clean(s.Name), s.Seat, s.Seat is Seat.OtherUnit ? s.Unit : null, s.Seat is Seat.People ? s.People : [], s.Deputies, s.All))], Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt("/staff/routes", $"{Unit.Name}の決裁ルートを保存しました。次の提出から使います。");
    }

    public override async Task LoadAsync()
    {
        await FindAsync();
        Units = await Db.OrgUnits.AsNoTracking().OrderBy(u => u.Order).Select(u => new Choice(u.Id, u.Name)).ToListAsync();
        var today = Today;
        Approvers = (await Db.Appointments.AsNoTracking()
            .Where(a => a.Role == Role.Approver && (a.From == null || a.From <= today) && (a.Until == null || a.Until >= today))
            .Join(Db.People, a => a.PersonId, p => p.Id, (a, p) => new { p.Id, p.Name, Unit = a.Unit.Name, a.Unit.Order })
            .OrderBy(p => p.Order).ThenBy(p => p.Id).ToListAsync())
            .DistinctBy(p => p.Id).Select(p => new Choice(p.Id, $"{p.Name}（{p.Unit}）")).ToList();
        if (Refusal is not null)
            AddBlank();
    }

    private void AddBlank()
    {
        while (Steps.Count < ApprovalRoute.MostSteps && Steps.Count(s => string.IsNullOrWhiteSpace(s.Name)) < 2)
            Steps.Add(new StepForm());
    }

    private async Task<bool> FindAsync()
    {
        if (await Db.OrgUnits.FirstOrDefaultAsync(u => u.Code == UnitCode) is not { } unit)
            return false;
        Unit = unit;
        if (unit.ParentId is { } above && await Db.RouteStepsAsync(above) is (var steps, { } from))
            Inherited = $"{from.Name}のルート（{string.Join(" → ", steps.Select(s => s.Name))}）";
        return true;
    }
}
