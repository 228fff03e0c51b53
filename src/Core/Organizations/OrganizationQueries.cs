using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Organizations;

public static class OrganizationQueries
{
    extension(AppDb db)
    {
        public DbSet<Government> Governments => db.Set<Government>();

        public DbSet<OrgUnit> OrgUnits => db.Set<OrgUnit>();

        public DbSet<Person> People => db.Set<Person>();

        public DbSet<UnitLineage> UnitLineages => db.Set<UnitLineage>();

        public DbSet<Appointment> Appointments => db.Set<Appointment>();
    }

    /// <summary>The person as they act today; null when there is no such person.</summary>
    public static async Task<Actor?> ActorAsync(this AppDb db, long personId, DateOnly today, CancellationToken stop = default)
    {
        var name = await db.People.Where(p => p.Id == personId).Select(p => p.Name).FirstOrDefaultAsync(stop);
        if (name is null)
            return null;
        var duties = await db.Appointments
            .Where(a => a.PersonId == personId && (a.From == null || a.From <= today) && (a.Until == null || a.Until >= today))
            .Select(a => new { a.Role, a.UnitId, ForId = a.ActsFor == null ? (long?)null : a.ActsFor.PersonId, ForName = a.ActsFor == null ? null : a.ActsFor.Person.Name })
            .ToListAsync(stop);
        return new Actor(personId, name, duties.ConvertAll(d => new Duty(d.Role, d.UnitId) { For = d.ForId is { } absent ? new Absentee(absent, d.ForName!) : null }));
    }

    public static async Task<Actor> ActorAsync(this AppDb db, string email, DateOnly today, CancellationToken stop = default)
    {
        var id = await db.People.Where(p => p.Email == email).Select(p => (long?)p.Id).FirstOrDefaultAsync(stop)
            ?? throw new Refusal($"「{email}」という人は登録されていません。");
        return (await db.ActorAsync(id, today, stop))!;
    }

    /// <summary>The mail addresses of those who hold a role in one of the units.</summary>
    public static async Task<ILookup<long, string>> MailAddressesAsync(this AppDb db, Role role, IEnumerable<long> unitIds, DateOnly today, CancellationToken stop = default)
    {
        var ids = unitIds.ToList();
        var found = await db.Appointments
            .Where(a => a.Role == role && ids.Contains(a.UnitId) && (a.From == null || a.From <= today) && (a.Until == null || a.Until >= today))
            .Join(db.People, a => a.PersonId, p => p.Id, (a, p) => new { a.UnitId, p.Email })
            .ToListAsync(stop);
        return found.ToLookup(f => f.UnitId, f => f.Email!);
    }

    /// <summary>The mail addresses of the partnership division.</summary>
    public static Task<List<string>> CoordinatorAddressesAsync(this AppDb db, DateOnly today, CancellationToken stop = default) => db.Appointments
        .Where(a => a.Role == Role.Coordinator && (a.From == null || a.From <= today) && (a.Until == null || a.Until >= today))
        .Join(db.People, a => a.PersonId, p => p.Id, (a, p) => p.Email!)
        .Distinct().OrderBy(address => address)
        .ToListAsync(stop);

    /// <summary>The mail addresses of all who hold any role today.</summary>
    public static Task<List<string>> StaffAddressesAsync(this AppDb db, DateOnly today, CancellationToken stop = default) => db.Appointments
        .Where(a => (a.From == null || a.From <= today) && (a.Until == null || a.Until >= today))
        .Join(db.People, a => a.PersonId, p => p.Id, (a, p) => p.Email!)
        .Distinct().OrderBy(address => address)
        .ToListAsync(stop);

    /// <summary>The name of the government that runs this installation.</summary>
    public static async Task<string> HomeNameAsync(this AppDb db, CancellationToken stop = default)
    {
        var code = await db.HomeCodeAsync(stop);
        return await db.Governments.Where(g => g.Code == code).Select(g => g.Name).FirstOrDefaultAsync(stop) ?? "";
    }

    public static async Task<string> UnitNameAsync(this AppDb db, string code, CancellationToken stop = default) =>
        await db.OrgUnits.Where(u => u.Code == code).Select(u => u.Name).FirstOrDefaultAsync(stop) ?? throw new Refusal($"組織「{code}」はありません。組織コードを確かめてください。");

    /// <summary>The municipalities that stood in the year, in the order of their codes; those whose code is unknown come last.</summary>
    public static async Task<IReadOnlyList<string>> MunicipalityNamesAsync(this AppDb db, FiscalYear year, CancellationToken stop = default)
    {
        var all = await db.Governments.AsNoTracking()
            .Where(g => g.Kind != GovernmentKind.Prefecture)
            .Select(g => new { g.Name, g.Code, g.FirstYear, g.LastYear })
            .ToListAsync(stop);
        return [.. all.Where(g => !(year < g.FirstYear) && !(year > g.LastYear)).OrderBy(g => g.Code is null).ThenBy(g => g.Code, StringComparer.Ordinal).Select(g => g.Name)];
    }
}
