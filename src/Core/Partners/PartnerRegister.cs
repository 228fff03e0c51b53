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
    /// The register's partner for a name in an answer: by 法人番号 where one is given, else by the same name and kind; entered when there is none.
    /// </summary>
    public static async Task<Partner> FindOrEnterAsync(this AppDb db, string name, string kind, string? corporateNumber, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        var key = Partner.KeyOf(name);
        var known = db.Partners.Local.FirstOrDefault(p => p.NameKey == key && (corporateNumber is null || p.CorporateNumber is null || p.CorporateNumber == corporateNumber))
            ?? await db.Partners.FirstOrDefaultAsync(p => p.NameKey == key && (corporateNumber == null || p.CorporateNumber == null || p.CorporateNumber == corporateNumber), stop);
        if (known is not null)
            return known;
        var partner = new Partner(name, kind, corporateNumber);
        partner.Enter(by, now, $"回答から登録: {name}");
        db.Partners.Add(partner);
        return partner;
    }
}
