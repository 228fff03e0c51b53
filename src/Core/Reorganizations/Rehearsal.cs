using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Reorganizations;

/// <summary>Somebody who goes along: the same role in each successor from the day on.</summary>
public sealed record PersonMoving(string Name, Role Role, string Unit, IReadOnlyList<string> To);

/// <summary>An inquiry that is not answered yet: the partnership division passes it on to a successor.</summary>
public sealed record InquiryLeft(long Id, long RoundId, string Unit, string Title, InquiryStatus Status);

/// <summary>A route that a step of names a unit that ends, or that is such a unit's own.</summary>
public sealed record RouteTouched(string Unit, string Code, string Why);

/// <summary>What applying would do, and what is wrong: the units, the people, what is open, the routes. Nothing is changed by looking.</summary>
public sealed record Rehearsal(ReorganizationPlan Plan, IReadOnlyList<Problem> Problems, IReadOnlyList<PersonMoving> People, IReadOnlyList<InquiryLeft> Inquiries, IReadOnlyList<RouteTouched> Routes)
{
    internal static async Task<Rehearsal> OfAsync(AppDb db, DateOnly on, IReadOnlyList<ReorganizationLine> lines, IReadOnlyCollection<OrgUnit> units, CancellationToken stop)
    {
        var plan = ReorganizationPlan.Rehearse(on, lines, units);
        if (plan.Problems.Count > 0)
            return new Rehearsal(plan, plan.Problems, [], [], []);
        var byCode = units.ToDictionary(u => u.Code, StringComparer.Ordinal);
        var names = byCode.ToDictionary(u => u.Key, u => u.Value.Name, StringComparer.Ordinal);
        foreach (var begin in plan.Begins)
            names[begin.Code] = begin.Name;
        var ends = plan.Ends.ToDictionary(e => byCode[e.Code].Id);
        var ids = ends.Keys.ToList();
        var last = FiscalYear.Of(on.AddDays(-1));
        var problems = new List<Problem>();

        // What was written for a later year was written in that unit: the day is too early.
        var later = await db.Cases.AsNoTracking().Where(c => ids.Contains(c.UnitId) && c.RemovedAt == null).GroupBy(c => new { c.UnitId, c.Year }).Select(g => new { g.Key.UnitId, g.Key.Year, Count = g.Count() }).ToListAsync(stop);
        foreach (var late in later.Where(l => last < l.Year).GroupBy(l => l.UnitId).OrderBy(g => ends[g.Key].Code, StringComparer.Ordinal))
        {
            var newest = late.MaxBy(l => l.Year.Year)!;
            problems.Add(new Problem(Severity.Error, $"「{ends[late.Key].Name}」には{newest.Year.Japanese}の事例が{newest.Count}件あります。施行日をその年度より後にしてください。"));
        }

        var people = await db.Appointments.AsNoTracking().Where(a => ids.Contains(a.UnitId) && a.ActsFor == null && (a.Until == null || a.Until >= on))
            .Join(db.People, a => a.PersonId, p => p.Id, (a, p) => new { p.Name, a.Role, a.UnitId, a.Unit.Order })
            .OrderBy(p => p.Order).ThenBy(p => p.Name).ToListAsync(stop);
        var open = await db.Inquiries.AsNoTracking().Where(i => ids.Contains(i.UnitId) && i.Round.Status == RoundStatus.Open)
            .OrderBy(i => i.Unit.Order).ThenBy(i => i.Id)
            .Select(i => new { i.Id, i.RoundId, i.UnitId, i.Round.Title, i.Status }).ToListAsync(stop);
        var routes = await db.ApprovalRoutes.AsNoTracking().Include(r => r.Unit).OrderBy(r => r.Unit.Order).ToListAsync(stop);
        return new Rehearsal(plan, problems,
            [.. people.Select(p => new PersonMoving(p.Name, p.Role, ends[p.UnitId].Name, [.. ends[p.UnitId].Successors.Select(code => names[code])]))],
            [.. open.Where(i => InquiryStates.IsAwaited(i.Status)).Select(i => new InquiryLeft(i.Id, i.RoundId, ends[i.UnitId].Name, i.Title, i.Status))],
            [.. routes.Where(r => r.Steps.Count > 0).SelectMany(r => Touched(r, ends))]);
    }

    private static IEnumerable<RouteTouched> Touched(ApprovalRoute route, Dictionary<long, UnitEnding> ends)
    {
        if (ends.ContainsKey(route.UnitId))
            yield return new RouteTouched(route.Unit.Name, route.Unit.Code, "この組織が終わります。引き継ぐ組織は、上の組織のルートか標準を使います。");
        foreach (var step in route.Steps.Where(step => step.UnitId is { } unit && ends.ContainsKey(unit)))
            yield return new RouteTouched(route.Unit.Name, route.Unit.Code, $"段階「{step.Name}」が、終わる組織「{ends[step.UnitId!.Value].Name}」を指しています。施行日のあとで直してください。");
    }
}
