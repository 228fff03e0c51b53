using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Partners;

/// <summary>
/// 協働の相手方: an organisation or group on the other side. The 法人番号 is optional, and one number is not always one partner: number and
/// branch name are. The contact is never public unless the partner agrees (<see cref="ContactConsent"/>).
/// </summary>
public sealed class Partner : Record
{
    private string? _reading;
    private string? _municipality;
    private string? _source;

    private Partner()
    {
    }

    public Partner(string name, string kind, string? corporateNumber = null, string? branch = null)
    {
        if (corporateNumber is not null && !CheckDigit.IsCorporateNumber(corporateNumber))
            throw new Refusal($"法人番号「{corporateNumber}」の検査数字が合いません（{name}）。13桁の番号を確かめるか、空欄にしてください。");
        (Id, Name, Kind, CorporateNumber, Branch) = (PublicId.New(), name, kind, corporateNumber, branch);
        NameKey = KeyOf(name);
    }

    /// <summary>One whose id is settled already: it comes with data from elsewhere.</summary>
    internal static Partner Known(string id, string name, string kind) => new(name, kind) { Id = id };

    public string Id { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>The name as it is compared: ㈱ and 株式会社 are one.</summary>
    public string NameKey { get; private set; } = "";

    public string? Reading { get => _reading; init => _reading = value; }

    public string Kind { get; private set; } = "";

    public string? CorporateNumber { get; private set; }

    public string? Branch { get; private set; }

    public string? Municipality { get => _municipality; init => _municipality = value; }

    /// <summary>Where a fact of a real organisation comes from, with its credit.</summary>
    public string? Source { get => _source; init => _source = value; }

    /// <summary>Where it is written to; never public without a consent.</summary>
    public string? Email { get; private set; }

    /// <summary>The person to speak to; as <see cref="Phone"/> and <see cref="Address"/> never public without a consent.</summary>
    public string? ContactName { get; private set; }

    public string? Phone { get; private set; }

    public string? Address { get; private set; }

    /// <summary>When the contact last changed: a consent of before was given for another one.</summary>
    public DateTimeOffset? ContactChangedAt { get; private set; }

    /// <summary>The partner that it turned out to be the same as.</summary>
    public string? MergedIntoId { get; private set; }

    public override string AuditName => $"partner/{Id}";

    internal static string KeyOf(string name) => TextForms.UpTo(100, TextForms.OrganisationKey(name));

    public static string? WhyNotKeep(Actor by) => by.Is(Role.Coordinator) ? null : "相手方の台帳を直せるのは、協働の担当課だけです。";

    public void Enter(Actor by, DateTimeOffset now, string? reason = null) => Happened(by, now, "entered", reason ?? Name);

    /// <summary>What of it differs from an entry, in words; the contact is not among it.</summary>
    public IReadOnlyList<string> ChangesTo(PartnerEntry entry) =>
        [.. new[] { ("名称", Name, entry.Name), ("種別", Kind, entry.Kind), ("法人番号", CorporateNumber, entry.CorporateNumber), ("支部", Branch, entry.Branch), ("読み", Reading, entry.Reading), ("市町村", Municipality, entry.Municipality) }
            .Where(field => (field.Item2 ?? "") != (field.Item3 ?? "")).Select(field => $"{field.Item1} {Or(field.Item2)} → {Or(field.Item3)}")];

    internal void Describe(PartnerEntry entry, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotKeep(by));
        var changes = ChangesTo(entry);
        if (changes.Count == 0)
            return;
        (Name, NameKey, Kind, CorporateNumber, Branch) = (entry.Name, KeyOf(entry.Name), entry.Kind, entry.CorporateNumber, entry.Branch);
        (_reading, _municipality) = (entry.Reading, entry.Municipality);
        Happened(by, now, "partner-described", string.Join("、", changes));
    }

    /// <summary>Notes the mail address under which it wants to be reached; null takes it off.</summary>
    public void Reach(string? email, Actor by, DateTimeOffset now) => Reach(new PartnerContact(ContactName, email, Phone, Address), by, now);

    internal void Reach(PartnerContact contact, Actor by, DateTimeOffset now)
    {
        var clean = contact.Checked();
        if (clean == new PartnerContact(ContactName, Email, Phone, Address))
            return;
        (ContactName, Email, Phone, Address, ContactChangedAt) = (clean.Person, clean.Email, clean.Phone, clean.Address, now);
        // The contact itself is not written into a history that stays for good.
        Happened(by, now, "partner-address", Name);
    }

    public string? WhyNotMerge(Partner into, Actor by) =>
        !by.Is(Role.Coordinator) ? "相手方を統合できるのは、協働の担当課だけです。"
        : into.Id == Id ? "同じ相手方です。"
        : MergedIntoId is not null ? $"「{Name}」は、もう統合されています。"
        : into.MergedIntoId is not null ? $"「{into.Name}」は統合されています。統合先を選んでください。"
        : null;

    /// <summary>They are one and the same: the other one counts from now on, and this one stays as a record.</summary>
    internal PartnerMerge MergeInto(Partner into, string? reason, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotMerge(into, by));
        var merge = new PartnerMerge(this, into, TextForms.Clean(reason), into.Email is null && Email is not null, by, now);
        if (merge.GaveAddress)
            (into.Email, into.ContactChangedAt) = (Email, now);
        MergedIntoId = into.Id;
        var words = merge.Reason.Length > 0 ? $"（{merge.Reason}）" : "";
        Happened(by, now, "partner-merged", $"{Name} → {into.Name}{words}");
        into.Happened(by, now, "partner-took-in", $"{Name}{words}");
        return merge;
    }

    /// <summary>They are two after all: what came along goes back.</summary>
    internal void SplitFrom(Partner into, PartnerMerge merge, string reason, Actor by, DateTimeOffset now)
    {
        merge.Undo(this, into, reason, by, now);
        MergedIntoId = null;
        if (merge.GaveAddress && into.Email == Email)
            (into.Email, into.ContactChangedAt) = (null, now);
        Happened(by, now, "partner-split", $"{into.Name}から分けました（{merge.UndoReason}）");
        into.Happened(by, now, "partner-split", $"{Name}を分けました（{merge.UndoReason}）");
    }

    private static string Or(string? text) => string.IsNullOrEmpty(text) ? "（なし）" : text;

    internal sealed class Mapping : IEntityTypeConfiguration<Partner>
    {
        public void Configure(EntityTypeBuilder<Partner> builder)
        {
            builder.ToTable("partners");
            builder.Property(p => p.Id).HasMaxLength(PublicId.Length);
            builder.Property(p => p.Name).HasMaxLength(100);
            builder.Property(p => p.NameKey).HasMaxLength(100);
            builder.Property(p => p.Reading).HasMaxLength(200);
            builder.Property(p => p.Kind).HasMaxLength(40);
            builder.Property(p => p.CorporateNumber).HasMaxLength(13);
            builder.Property(p => p.Branch).HasMaxLength(100);
            builder.Property(p => p.Municipality).HasMaxLength(60);
            builder.Property(p => p.Source).HasMaxLength(300);
            builder.Property(p => p.Email).HasMaxLength(254);
            builder.Property(p => p.ContactName).HasMaxLength(60);
            builder.Property(p => p.Phone).HasMaxLength(40);
            builder.Property(p => p.Address).HasMaxLength(200);
            builder.Property(p => p.MergedIntoId).HasMaxLength(PublicId.Length);
            builder.HasIndex(p => p.NameKey);
            builder.HasIndex(p => p.CorporateNumber);
        }
    }
}
