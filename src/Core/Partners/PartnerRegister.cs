using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Partners;

public static class PartnerRegister
{
    extension(AppDb db)
    {
        public DbSet<Partner> Partners => db.Set<Partner>();

        public DbSet<PartnerName> PartnerNames => db.Set<PartnerName>();

        public DbSet<PartnerMerge> PartnerMerges => db.Set<PartnerMerge>();

        public DbSet<ContactConsent> ContactConsents => db.Set<ContactConsent>();
    }

    /// <summary>The registered name of each 法人番号; one that several partners share is left out.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> RegisteredNamesAsync(this AppDb db, CancellationToken stop = default) =>
        (await db.Partners.AsNoTracking().Where(p => p.CorporateNumber != null).Select(p => new { p.CorporateNumber, p.Name }).ToListAsync(stop))
        .GroupBy(p => p.CorporateNumber!).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single().Name, StringComparer.Ordinal);

    /// <summary>
    /// The register's partners for the names in answers: those of the same name, now or before, whose 法人番号 does not say otherwise; of one that
    /// was merged, the one that counts. Those that the register does not hold yet are entered. All at once, because an edition names thousands.
    /// </summary>
    public static async Task<IReadOnlyDictionary<(string Name, string? Number), Partner>> FindOrEnterAllAsync(
        this AppDb db, IEnumerable<(string Name, string Kind, string? Number)> named, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        var wanted = named.Select(one => (one.Name, one.Kind, one.Number, Key: Partner.KeyOf(one.Name))).ToList();
        var known = new Dictionary<string, List<Partner>>(StringComparer.Ordinal);
        var merged = new Dictionary<string, Partner>(StringComparer.Ordinal);
        foreach (var keys in wanted.Select(one => one.Key).Distinct().Chunk(500))
        {
            foreach (var partner in await db.Partners.Where(p => keys.Contains(p.NameKey)).OrderBy(p => p.Id).ToListAsync(stop))
                Keep(partner.NameKey, partner);
            foreach (var before in await db.PartnerNames.AsNoTracking().Where(n => keys.Contains(n.NameKey)).Join(db.Partners, n => n.PartnerId, p => p.Id, (n, p) => new { n.NameKey, Partner = p }).OrderBy(n => n.Partner.Id).ToListAsync(stop))
                Keep(before.NameKey, before.Partner);
        }
        await FollowAsync();
        var found = new Dictionary<(string, string?), Partner>();
        foreach (var (name, kind, number, key) in wanted.Where(one => !found.ContainsKey((one.Name, one.Number))))
        {
            var partner = known.GetValueOrDefault(key)?.Find(p => number is null || p.CorporateNumber is null || p.CorporateNumber == number);
            if (partner is null)
            {
                partner = new Partner(name, kind, number);
                partner.Enter(by, now, $"回答から登録: {name}");
                db.Partners.Add(partner);
                Keep(key, partner);
            }
            while (partner.MergedIntoId is { } into)
                partner = merged[into];
            found.TryAdd((name, number), partner);
        }
        return found;

        void Keep(string key, Partner partner)
        {
            if (!known.TryGetValue(key, out var same))
                known[key] = same = [];
            same.Add(partner);
        }

        async Task FollowAsync()
        {
            var next = known.Values.SelectMany(same => same).Select(p => p.MergedIntoId).OfType<string>().Distinct().ToList();
            while (next.Count > 0)
            {
                var into = await db.Partners.Where(p => next.Contains(p.Id)).ToListAsync(stop);
                foreach (var partner in into)
                    merged[partner.Id] = partner;
                next = [.. into.Select(p => p.MergedIntoId).OfType<string>().Where(id => !merged.ContainsKey(id)).Distinct()];
            }
        }
    }

    /// <summary>A page of the register by name, reading, 法人番号 or a name of before; merged partners are left out.</summary>
    public static async Task<Page<Partner>> PartnersAsync(this AppDb db, string? text, string? kind, int number, int size, CancellationToken stop = default)
    {
        var partners = db.Partners.AsNoTracking().Where(p => p.MergedIntoId == null);
        if (!string.IsNullOrEmpty(kind))
            partners = partners.Where(p => p.Kind == kind);
        if (Partner.KeyOf(text ?? "") is { Length: > 0 } key)
        {
            var (kana, digits) = (SimilarNames.Kana(text), PartnerEntry.Digits(text));
            partners = partners.Where(p => p.NameKey.Contains(key) || p.CorporateNumber == digits || (p.Reading != null && p.Reading.Contains(kana)) || db.Set<PartnerName>().Any(n => n.PartnerId == p.Id && n.NameKey.Contains(key)));
        }
        var total = await partners.CountAsync(stop);
        var page = Math.Clamp(number, 1, Math.Max(1, (total + size - 1) / size));
        return new Page<Partner>(await partners.OrderBy(p => p.NameKey).ThenBy(p => p.Id).Skip((page - 1) * size).Take(size).ToListAsync(stop), total, page, size);
    }

    /// <summary>Enters a partner. One whose name is like another's only when somebody has looked and says that it is another one.</summary>
    public static async Task<Partner> EnterPartnerAsync(this AppDb db, PartnerEntry entry, bool isAnother, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        Refusal.If(Partner.WhyNotKeep(by));
        var clean = entry.Checked();
        await using var transaction = await db.BeginAloneAsync(stop);
        await RequireOwnNumberAsync(db, clean, null, stop);
        if (!isAnother && (await SimilarNames.LoadAsync(db, stop)).Find(clean.Name, clean.Reading) is { Count: > 0 } similar)
        {
            throw new Refusal("よく似た名前の相手方が登録されています。同じ団体なら、新しく登録しないでください。",
                [new Problem(Severity.Error, $"{similar[0].Words}の「{similar[0].Name}」があります。別の団体なら、「別の団体です」に印をつけてください。", Field: "another")]);
        }
        var partner = new Partner(clean.Name, clean.Kind, clean.CorporateNumber, clean.Branch) { Reading = clean.Reading, Municipality = clean.Municipality };
        partner.Enter(by, now);
        db.Partners.Add(partner);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return partner;
    }

    /// <summary>Changes what the register says of a partner; the name of before stays its name for answers that use it.</summary>
    public static async Task DescribePartnerAsync(this AppDb db, Partner partner, PartnerEntry entry, PartnerContact contact, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        Refusal.If(Partner.WhyNotKeep(by));
        Refusal.If(partner.MergedIntoId is null ? null : "統合された相手方は直せません。統合先を直してください。");
        var clean = entry.Checked();
        await using var transaction = await db.BeginAloneAsync(stop);
        await RequireOwnNumberAsync(db, clean, partner.Id, stop);
        var (name, key) = (partner.Name, partner.NameKey);
        partner.Describe(clean, by, now);
        if (partner.NameKey != key && !await db.PartnerNames.AnyAsync(n => n.PartnerId == partner.Id && n.NameKey == key, stop))
            db.PartnerNames.Add(new PartnerName(partner, name));
        partner.Reach(contact, by, now);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    public static async Task<ContactConsent> ConsentToContactAsync(this AppDb db, Partner partner, ConsentEntry entry, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        Refusal.If(Partner.WhyNotKeep(by));
        var consent = new ContactConsent(partner, entry.Checked(partner, now), by, now);
        db.ContactConsents.Add(consent);
        await db.SaveChangesAsync(stop);
        return consent;
    }

    /// <summary>What may be public of these partners' contacts now; those that let nothing be public are not in it.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> PublicContactsAsync(this AppDb db, IEnumerable<Partner> partners, CancellationToken stop = default)
    {
        var newest = (await db.ContactConsents.AsNoTracking().OrderBy(c => c.Id).ToListAsync(stop)).GroupBy(c => c.PartnerId, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        return partners.DistinctBy(p => p.Id).Select(p => (p.Id, Contact: ContactConsent.PublicContact(p, newest.GetValueOrDefault(p.Id)))).Where(pair => pair.Contact is not null).ToDictionary(pair => pair.Id, pair => pair.Contact!, StringComparer.Ordinal);
    }

    // One number is not always one partner, but number and branch are.
    private static async Task RequireOwnNumberAsync(AppDb db, PartnerEntry entry, string? except, CancellationToken stop)
    {
        if (entry.CorporateNumber is not { } number)
            return;
        var others = await db.Partners.AsNoTracking().Where(p => p.CorporateNumber == number && p.MergedIntoId == null && p.Id != except).ToListAsync(stop);
        if (others.Find(p => TextForms.Key(p.Branch) == TextForms.Key(entry.Branch)) is { } other)
        {
            var sentence = entry.Branch is null ? $"同じ法人番号の「{other.Name}」が登録されています。別の支部・事業所なら、その名前を書いてください。" : $"同じ法人番号と支部の「{other.Name}」が登録されています。";
            throw new Refusal(sentence, [new Problem(Severity.Error, sentence, Field: entry.Branch is null ? "number" : "branch")]);
        }
    }
}
