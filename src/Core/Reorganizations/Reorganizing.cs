using System.Globalization;
using Kyodo.Approval;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Reorganizations;

/// <summary>The verbs of a reorganisation that reach beyond it: rehearse, apply, undo.</summary>
public static class Reorganizing
{
    extension(AppDb db)
    {
        public DbSet<Reorganization> Reorganizations => db.Set<Reorganization>();
    }

    public static async Task<Rehearsal> RehearseAsync(this AppDb db, DateOnly on, IReadOnlyList<ReorganizationLine> lines, CancellationToken stop = default) =>
        await Rehearsal.OfAsync(db, on, lines, await db.OrgUnits.AsNoTrackingWithIdentityResolution().Include(u => u.Parent).ToListAsync(stop), stop);

    /// <summary>
    /// All lines or none. Units that end keep their records and their people, who have what is open there to finish; the people get the same
    /// role in each successor from the day on. A municipality that ends takes its government's last year along.
    /// </summary>
    public static async Task ApplyReorganizationAsync(this AppDb db, string id, long seenVersion, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var alone = await db.BeginAloneAsync(stop);
        var change = await FindAsync(db, id, stop);
        db.Entry(change).Property(r => r.RowVersion).OriginalValue = seenVersion;
        Refusal.If(change.WhyNot(ReorganizationVerb.Apply, by));
        var units = (await db.OrgUnits.Include(u => u.Parent).ToListAsync(stop)).ToDictionary(u => u.Code, StringComparer.Ordinal);
        var rehearsal = await Rehearsal.OfAsync(db, change.On, change.Lines, units.Values, stop);
        if (rehearsal.Problems.Count > 0)
            throw new Refusal("この機構改革は適用できません。次のところを直してください。", rehearsal.Problems);
        var plan = rehearsal.Plan;
        var order = units.Values.Select(u => u.Order).DefaultIfEmpty().Max();
        var begins = plan.Begins.ToDictionary(b => b.Code, StringComparer.Ordinal);
        OrgUnit Unit(string code)
        {
            if (units.TryGetValue(code, out var known))
                return known;
            var begin = begins[code];
            var place = begin.Predecessors.Count > 0 ? begin.Predecessors.Min(p => units[p].Order) : ++order;
            var unit = new OrgUnit(code, begin.Name, begin.Kind, begin.Parent is { } parent ? Unit(parent) : null, place) { FirstYear = change.BeginsIn };
            unit.Enter(by, now);
            units.Add(code, unit);
            db.Add(unit);
            return unit;
        }
        foreach (var begin in plan.Begins)
            Unit(begin.Code);
        foreach (var end in plan.Ends)
        {
            foreach (var successor in end.Successors)
                db.Add(new UnitLineage(change.Id, units[end.Code], units[successor]));
        }
        var former = plan.Ends.ToDictionary(e => e.Code, e => units[e.Code].LastYear?.Year, StringComparer.Ordinal);
        foreach (var end in plan.Ends)
            units[end.Code].LastsUntil(change.EndsIn, by, now, change.Title);
        change.Apply(former, await db.GoAlongAsync(change.On, plan, units, stop), by, now);
        await db.SaveChangesAsync(stop);
        await alone.CommitAsync(stop);
    }

    /// <summary>Only while no record stands in a unit that it made: what people have done there is not taken away. It becomes a draft again.</summary>
    public static async Task UndoReorganizationAsync(this AppDb db, string id, string? reason, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var alone = await db.BeginAloneAsync(stop);
        var change = await FindAsync(db, id, stop);
        Refusal.If(change.WhyNot(ReorganizationVerb.Undo, by));
        reason = TextForms.Clean(reason);
        Refusal.If(reason.Length is 0 or > 400 ? "取り消す理由を400字以内で書いてください。" : null);
        var lineages = await db.UnitLineages.Where(l => l.ReorganizationId == id).ToListAsync(stop);
        var codes = change.Lines.Where(l => l.To is not null).Select(l => l.To!).Distinct(StringComparer.Ordinal).ToList();
        // A unit that another was merged into stood before, and stands on.
        var beginsIn = change.BeginsIn;
        var named = await db.OrgUnits.Where(u => codes.Contains(u.Code)).ToListAsync(stop);
        var absorbing = named.Where(u => change.Lines.Any(l => l.To == u.Code && l.Change is ReorganizationChange.Merged) && u.FirstYear != beginsIn).Select(u => u.Id).ToHashSet();
        var made = named.Where(u => !absorbing.Contains(u.Id)).ToList();
        var ids = made.ConvertAll(u => u.Id);
        var appointed = await MadeAppointmentsAsync(db, named.ConvertAll(u => u.Id), change, stop);
        var inMade = await db.Appointments.CountAsync(a => ids.Contains(a.UnitId), stop);
        Refusal.If(!change.HasMade(appointed.Select(Named)) || inMade != appointed.Count(a => ids.Contains(a.UnitId)) ? "適用のあとで、新しい組織の人の役割が変えられています。取り消せません。" : null);
        var depending = await db.CountDependingAsync(ids, stop) - lineages.Count(l => ids.Contains(l.SuccessorId)) - inMade - made.Count(u => u.ParentId is { } above && ids.Contains(above));
        Refusal.If(depending > 0 ? $"新しい組織の記録が{depending}件あるため、取り消せません。直すときは、次の機構改革として書いてください。" : null);
        var route = (await db.ApprovalRoutes.Include(r => r.Unit).AsNoTracking().ToListAsync(stop)).Find(r => r.Steps.Any(step => step.UnitId is { } unit && ids.Contains(unit)));
        Refusal.If(route is null ? null : $"{route.Unit.Name}の決裁ルートが新しい組織を指しているため、取り消せません。先に決裁ルートを直してください。");
        db.RemoveRange(appointed);
        db.RemoveRange(lineages);
        db.RemoveRange(made);
        var former = change.FormerYears;
        var ended = former.Keys.ToList();
        foreach (var unit in await db.OrgUnits.Where(u => ended.Contains(u.Code)).ToListAsync(stop))
            unit.LastsUntil(former[unit.Code] is { } year ? new FiscalYear(year) : null, by, now, reason);
        change.Undo(reason, by, now);
        await db.SaveChangesAsync(stop);
        await alone.CommitAsync(stop);
    }

    private static async Task<Reorganization> FindAsync(AppDb db, string id, CancellationToken stop) =>
        await db.Reorganizations.FirstOrDefaultAsync(r => r.Id == id, stop) ?? throw new Refusal("その機構改革はありません。");

    private static async Task<List<string>> GoAlongAsync(this AppDb db, DateOnly on, ReorganizationPlan plan, Dictionary<string, OrgUnit> units, CancellationToken stop)
    {
        var successors = plan.Ends.ToDictionary(e => units[e.Code].Id, e => e.Successors);
        var ids = successors.Keys.ToList();
        // A proxy acts for somebody for some days: that is given anew, and never becomes a role of its own.
        var going = await db.Appointments.AsNoTracking().Where(a => ids.Contains(a.UnitId) && a.ActsFor == null && (a.Until == null || a.Until >= on)).ToListAsync(stop);
        var who = going.ConvertAll(a => a.PersonId);
        var people = await db.People.Where(p => who.Contains(p.Id)).ToDictionaryAsync(p => p.Id, stop);
        // In a merger one person may come from two units with one role.
        var taken = going
            .SelectMany(a => successors[a.UnitId].Select(code => (a.PersonId, Code: code, a.Role, From: a.From > on ? a.From.Value : on, a.Until)))
            .Distinct().ToList();
        foreach (var (person, code, role, from, until) in taken)
            people[person].Appoint(units[code], role, from, until);
        return taken.ConvertAll(t => Named(t.PersonId, t.Code, t.Role, t.From, t.Until));
    }

    // Of the units that stood before, only what begins with the day itself is its own.
    private static async Task<List<Appointment>> MadeAppointmentsAsync(AppDb db, List<long> unitIds, Reorganization change, CancellationToken stop)
    {
        var all = await db.Appointments.Include(a => a.Unit).Where(a => unitIds.Contains(a.UnitId) && a.From >= change.On).ToListAsync(stop);
        return [.. all.Where(a => a.Unit.FirstYear == change.BeginsIn || change.HasMadeOne(Named(a)))];
    }

    private static string Named(Appointment one) => Named(one.PersonId, one.Unit.Code, one.Role, one.From!.Value, one.Until);

    private static string Named(long person, string unit, Role role, DateOnly from, DateOnly? until) =>
        string.Create(CultureInfo.InvariantCulture, $"{person}/{unit}/{role}/{from:yyyy-MM-dd}/{until:yyyy-MM-dd}");

    // Every table that names a unit, later stages' too: the model knows them, so that none is forgotten here.
    private static async Task<long> CountDependingAsync(this AppDb db, List<long> unitIds, CancellationToken stop)
    {
        if (unitIds.Count == 0)
            return 0;
        var count = 0L;
        foreach (var key in db.Model.FindEntityType(typeof(OrgUnit))!.GetReferencingForeignKeys())
        {
            var table = key.DeclaringEntityType.GetTableName();
            var sql = $"SELECT COUNT(*) AS \"Value\" FROM \"{table}\" WHERE \"{key.Properties[0].GetColumnName()}\" IN ({string.Join(',', unitIds)})";
            count += await db.Database.SqlQueryRaw<long>(sql).SingleAsync(stop);
        }
        return count;
    }
}
