using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Partners;

public static class PartnerRegister
{
    extension(AppDb db)
    {
        public DbSet<Partner> Partners => db.Set<Partner>();
    }

    /// <summary>The registered name of each 法人番号; one that several partners share is left out.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> RegisteredNamesAsync(this AppDb db, CancellationToken stop = default) =>
        (await db.Partners.AsNoTracking().Where(p => p.CorporateNumber != null).Select(p => new { p.CorporateNumber, p.Name }).ToListAsync(stop))
        .GroupBy(p => p.CorporateNumber!).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single().Name, StringComparer.Ordinal);

    /// <summary>
    /// The register's partners for the names in answers: by 法人番号 where one is given, else by the same name; those that it does not hold yet
    /// are entered. All at once, because an edition names thousands.
    /// </summary>
    public static async Task<IReadOnlyDictionary<(string Name, string? Number), Partner>> FindOrEnterAllAsync(
        this AppDb db, IEnumerable<(string Name, string Kind, string? Number)> named, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        var wanted = named.Select(one => (one.Name, one.Kind, one.Number, Key: Partner.KeyOf(one.Name))).ToList();
        var known = new Dictionary<string, List<Partner>>(StringComparer.Ordinal);
        foreach (var keys in wanted.Select(one => one.Key).Distinct().Chunk(500))
        {
            foreach (var partner in await db.Partners.Where(p => keys.Contains(p.NameKey)).OrderBy(p => p.Id).ToListAsync(stop))
                Keep(partner);
        }
        var found = new Dictionary<(string, string?), Partner>();
        foreach (var (name, kind, number, key) in wanted.Where(one => !found.ContainsKey((one.Name, one.Number))))
        {
            var partner = known.GetValueOrDefault(key)?.Find(p => number is null || p.CorporateNumber is null || p.CorporateNumber == number);
            if (partner is null)
            {
                partner = new Partner(name, kind, number);
                partner.Enter(by, now, $"回答から登録: {name}");
                db.Partners.Add(partner);
                Keep(partner);
            }
            found.TryAdd((name, number), partner);
        }
        return found;

        void Keep(Partner partner)
        {
            if (!known.TryGetValue(partner.NameKey, out var same))
                known[partner.NameKey] = same = [];
            same.Add(partner);
        }
    }
}
