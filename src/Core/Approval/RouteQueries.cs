using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Approval;

public static class RouteQueries
{
    extension(AppDb db)
    {
        public DbSet<ApprovalRoute> ApprovalRoutes => db.Set<ApprovalRoute>();
    }

    /// <summary>The steps that a unit goes by, and the unit they were written for: null when there is only the default.</summary>
    public static async Task<(IReadOnlyList<RouteStep> Steps, OrgUnit? From)> RouteStepsAsync(this AppDb db, long unitId, CancellationToken stop = default)
    {
        var units = await db.OrgUnits.AsNoTracking().ToDictionaryAsync(u => u.Id, stop);
        var routes = await db.ApprovalRoutes.AsNoTracking().ToDictionaryAsync(r => r.UnitId, stop);
        for (var unit = units.GetValueOrDefault(unitId); unit is not null; unit = unit.ParentId is { } above ? units.GetValueOrDefault(above) : null)
        {
            if (routes.GetValueOrDefault(unit.Id) is { Steps.Count: > 0 } route)
                return (route.Steps, unit);
        }
        return ([RouteStep.Default], null);
    }

    /// <summary>The route as it stands today for what somebody would submit: those who wrote the last version of a case are barred from deciding on it.</summary>
    public static async Task<FrozenRoute> RouteForAsync(this AppDb db, Inquiry inquiry, IReadOnlyList<Case> cases, Actor by, DateOnly today, CancellationToken stop = default)
    {
        var (steps, _) = await db.RouteStepsAsync(inquiry.UnitId, stop);
        var parent = inquiry.Unit.ParentId;
        // Without a unit above, "the unit above" is the unit itself.
        long? UnitOf(RouteStep step) => step.Seat switch { Seat.Unit => inquiry.UnitId, Seat.Parent => parent ?? inquiry.UnitId, Seat.OtherUnit => step.UnitId, _ => null };
        var units = steps.Select(UnitOf).OfType<long>().Distinct().ToList();
        var approvers = (await db.Appointments.AsNoTracking()
            // Who acts for somebody absent sits on that person's seat and has none of their own.
            .Where(a => a.Role == Role.Approver && a.ActsForId == null && units.Contains(a.UnitId) && (a.From == null || a.From <= today) && (a.Until == null || a.Until >= today))
            .Join(db.People, a => a.PersonId, p => p.Id, (a, p) => new { a.UnitId, p.Id, p.Name })
            .OrderBy(p => p.Id).ToListAsync(stop)).ToLookup(p => p.UnitId, p => new Seated(p.Id, p.Name));
        var named = steps.SelectMany(step => step.People.Concat(step.Deputies)).Distinct().ToList();
        var people = await db.People.AsNoTracking().Where(p => named.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => new Seated(p.Id, p.Name), stop);
        IReadOnlyList<Seated> Known(IReadOnlyList<long> ids) => [.. ids.Select(id => people.GetValueOrDefault(id)).OfType<Seated>()];
        return new FrozenRoute(
            [.. steps.Select(step => new FrozenStep(step.Name, UnitOf(step), UnitOf(step) is { } unit ? [.. approvers[unit].Distinct()] : Known(step.People), Known(step.Deputies), step.NeedsAll))],
            await db.LastWritersAsync(cases, by, stop));
    }

    /// <summary>Where mails about the request go today.</summary>
    public static async Task<ApprovalAddresses> AddressesOfAsync(this AppDb db, ApprovalRequest request, DateOnly today, CancellationToken stop = default)
    {
        var steps = request.Route.Steps;
        var byUnit = await db.MailAddressesAsync(Role.Approver, steps.Select(s => s.UnitId).OfType<long>(), today, stop);
        var ids = steps.SelectMany(s => s.People.Concat(s.Deputies)).Select(p => p.Id).Append(request.SubmittedById ?? 0).ToList();
        var byPerson = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Email!, stop);
        IReadOnlyList<string> checkers = request.Inquiry.Parent is { } upper ? [.. (await db.MailAddressesAsync(Role.Respondent, [upper.UnitId], today, stop))[upper.UnitId]] : [];
        return new ApprovalAddresses(
            [.. steps.Select(step => (IReadOnlyList<string>)[.. step.UnitId is { } unit ? byUnit[unit] : step.People.Where(p => byPerson.ContainsKey(p.Id)).Select(p => byPerson[p.Id])])],
            byPerson.GetValueOrDefault(request.SubmittedById ?? 0) is { } submitter ? [submitter] : [],
            checkers);
    }

    /// <summary>Submits a reply by the unit's route.</summary>
    public static async Task<ApprovalRequest> SubmitAsync(this AppDb db, Inquiry inquiry, IReadOnlyList<Case> cases, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        var today = now.DayInJapan();
        var route = await db.RouteForAsync(inquiry, cases, by, today, stop);
        var first = route.Steps[0];
        var people = first.People.Select(p => p.Id).ToList();
        var addresses = await db.People.AsNoTracking().Where(p => people.Contains(p.Id)).Select(p => p.Email!).ToListAsync(stop);
        if (first.UnitId is { } unit)
            addresses = [.. addresses.Union((await db.MailAddressesAsync(Role.Approver, [unit], today, stop))[unit], StringComparer.Ordinal)];
        var before = await db.ApprovalRequests.AsNoTracking().Where(a => a.InquiryId == inquiry.Id).OrderByDescending(a => a.Id).Select(a => (ApprovalStatus?)a.Status).FirstOrDefaultAsync(stop);
        var request = ApprovalRequest.Submit(inquiry, cases, by, now, addresses, await db.LastYearAsync(inquiry, withAnswers: true, stop), route, before);
        db.ApprovalRequests.Add(request);
        return request;
    }

    private static async Task<IReadOnlyList<long>> LastWritersAsync(this AppDb db, IReadOnlyList<Case> cases, Actor by, CancellationToken stop)
    {
        var ids = cases.Select(c => c.Id).ToList();
        var writers = await db.Set<CaseVersion>().AsNoTracking()
            .Where(v => ids.Contains(v.CaseId) && v.PersonId != null && v.Version == db.Set<CaseVersion>().Where(other => other.CaseId == v.CaseId).Max(other => other.Version))
            .Select(v => v.PersonId!.Value).Distinct().ToListAsync(stop);
        return [.. writers.Append(by.PersonId ?? 0).Distinct().Order()];
    }
}
