using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Organizations.People;

/// <summary>How somebody stands.</summary>
public enum PersonState
{
    /// <summary>利用中</summary>
    Active,

    /// <summary>招待中: has not come yet.</summary>
    Invited,

    /// <summary>ロック中: too many wrong passwords.</summary>
    Locked,

    /// <summary>役割なし: nothing today.</summary>
    WithoutDuty,
}

/// <summary>A line of the list: the roles are those of today.</summary>
public sealed record PersonRow(long Id, string Name, string Email, DateTimeOffset? LastSignInAt, PersonState State, IReadOnlyList<string> Duties);

public static class PeopleQueries
{
    public static PersonState StateOf(Person person, DateTimeOffset now) =>
        person.LockoutEnd > now ? PersonState.Locked
        : !person.Appointments.Exists(a => a.Period.Includes(now.DayInJapan())) ? PersonState.WithoutDuty
        : person.PasswordHash is null ? PersonState.Invited
        : PersonState.Active;

    /// <summary>People by name, mail address or the unit of a role of today.</summary>
    public static async Task<Page<PersonRow>> PeopleAsync(this AppDb db, string? search, PersonState? state, int number, int size, DateTimeOffset now, CancellationToken stop = default)
    {
        var today = now.DayInJapan();
        var people = db.People.AsNoTracking();
        if (TextForms.Clean(search) is { Length: > 0 } words)
        {
            var upper = words.ToUpperInvariant();
            people = people.Where(p => p.Name.Contains(words) || p.NormalizedUserName!.Contains(upper)
                || p.Appointments.Any(a => a.Unit.Name.Contains(words) && (a.From == null || a.From <= today) && (a.Until == null || a.Until >= today)));
        }
        people = state switch
        {
            PersonState.Invited => people.Where(p => p.PasswordHash == null),
            PersonState.Locked => people.Where(p => p.LockoutEnd > now),
            PersonState.WithoutDuty => people.Where(p => !p.Appointments.Any(a => (a.From == null || a.From <= today) && (a.Until == null || a.Until >= today))),
            PersonState.Active => people.Where(p => p.PasswordHash != null && (p.LockoutEnd == null || p.LockoutEnd <= now) && p.Appointments.Any(a => (a.From == null || a.From <= today) && (a.Until == null || a.Until >= today))),
            _ => people,
        };
        var total = await people.CountAsync(stop);
        var page = Math.Clamp(number, 1, Math.Max(1, (total + size - 1) / size));
        var found = await people.OrderBy(p => p.Name).ThenBy(p => p.Id).Skip((page - 1) * size).Take(size)
            .Include(p => p.File).Include(p => p.Appointments).ThenInclude(a => a.Unit).AsSplitQuery().ToListAsync(stop);
        return new Page<PersonRow>([.. found.Select(p => new PersonRow(p.Id, p.Name, p.Email!, p.File?.LastSignInAt, StateOf(p, now),
            [.. p.Appointments.Where(a => a.Period.Includes(today)).OrderBy(a => a.Unit.Order).ThenBy(a => a.Role).Select(a => a.Words + (a.ActsForId is null ? "" : "（代理）"))]))], total, page, size);
    }

    /// <summary>The units in which somebody may be given a role from today on.</summary>
    public static async Task<IReadOnlyList<OrgUnit>> UnitsStandingAsync(this AppDb db, DateOnly today, CancellationToken stop = default) =>
        [.. (await db.OrgUnits.AsNoTracking().OrderBy(u => u.Order).ToListAsync(stop)).Where(u => u.StandsIn(FiscalYear.Of(today)) || u.StandsIn(FiscalYear.Of(today).Next))];
}
