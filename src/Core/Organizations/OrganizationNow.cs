using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Organizations;

/// <summary>A unit of today that stands for one of the past.</summary>
public sealed record UnitNow(string Code, string Name, OrgUnitKind Kind, int Order);

/// <summary>
/// いまの組織: what each unit that has ended has become, followed through every reorganisation. Where it became several (分割), nobody can say to
/// which of them a record of the past belongs: it stays under its old name.
/// </summary>
public sealed class OrganizationNow
{
    private readonly Dictionary<string, UnitNow> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _municipalities = new(StringComparer.Ordinal);

    private OrganizationNow()
    {
    }

    /// <summary>The unit of today; null where the unit stands, is not known, or became several.</summary>
    public UnitNow? Of(string code) => _units.GetValueOrDefault(code);

    /// <summary>The name of the municipality of today: 富合町 → 熊本市.</summary>
    public string Municipality(string name) => _municipalities.GetValueOrDefault(name, name);

    public static async Task<OrganizationNow> ReadAsync(AppDb db, FiscalYear year, CancellationToken stop = default)
    {
        var lines = await db.UnitLineages.AsNoTracking().Select(l => new
        {
            From = l.Predecessor.Code,
            FromName = l.Predecessor.Name,
            l.Predecessor.Kind,
            l.Predecessor.LastYear,
            To = new UnitNow(l.Successor.Code, l.Successor.Name, l.Successor.Kind, l.Successor.Order),
        }).ToListAsync(stop);
        var next = lines.Where(l => l.LastYear < year).ToLookup(l => l.From, StringComparer.Ordinal);
        var now = new OrganizationNow();
        foreach (var from in next)
        {
            // A ring cannot be applied; the count of steps guards against a database that was changed by hand.
            UnitNow? at = null;
            for (var (code, steps) = (from.Key, 0); next[code].Take(2).ToList() is [var only] && steps <= next.Count; code = at.Code, steps++)
                at = only.To;
            if (at is null || next.Contains(at.Code))
                continue;
            now._units[from.Key] = at;
            if (from.First().Kind is OrgUnitKind.Municipality && at.Kind is OrgUnitKind.Municipality)
                now._municipalities[from.First().FromName] = at.Name;
        }
        return now;
    }
}
