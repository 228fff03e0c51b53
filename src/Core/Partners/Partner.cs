using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Partners;

/// <summary>
/// 協働の相手方: an organisation or group on the other side. The 法人番号 is optional, and one number is not always one partner: number and
/// branch name are. The contact is never public unless the partner agrees.
/// </summary>
public sealed class Partner : Record
{
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

    public string? Reading { get; init; }

    public string Kind { get; private set; } = "";

    public string? CorporateNumber { get; private set; }

    public string? Branch { get; private set; }

    public string? Municipality { get; init; }

    /// <summary>Where a fact of a real organisation comes from, with its credit.</summary>
    public string? Source { get; init; }

    /// <summary>Where it is written to; never public.</summary>
    public string? Email { get; private set; }

    /// <summary>The partner that it turned out to be the same as.</summary>
    public string? MergedIntoId { get; private set; }

    public override string AuditName => $"partner/{Id}";

    internal static string KeyOf(string name) => TextForms.UpTo(100, TextForms.OrganisationKey(name));

    public void Enter(Actor by, DateTimeOffset now, string? reason = null) => Happened(by, now, "entered", reason ?? Name);

    /// <summary>Notes the mail address under which it wants to be reached; null takes it off.</summary>
    public void Reach(string? email, Actor by, DateTimeOffset now)
    {
        var clean = TextForms.Fold(email);
        if (clean.Length > 0 && !IsAddress(clean))
            throw new Refusal($"メールアドレス「{clean}」は読めません。例: info@example.jp");
        if (clean == (Email ?? ""))
            return;
        Email = clean.Length == 0 ? null : clean;
        // The address itself is not written into a history that stays for good.
        Happened(by, now, "partner-address", Name);
    }

    public string? WhyNotMerge(Partner into, Actor by) =>
        !by.Is(Role.Coordinator) ? "相手方を統合できるのは、協働の担当課だけです。"
        : into.Id == Id ? "同じ相手方です。"
        : MergedIntoId is not null ? $"「{Name}」は、もう統合されています。"
        : into.MergedIntoId is not null ? $"「{into.Name}」は統合されています。統合先を選んでください。"
        : null;

    /// <summary>They are one and the same: the other one counts from now on, and this one stays as a record.</summary>
    public void MergeInto(Partner into, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotMerge(into, by));
        (MergedIntoId, into.Email) = (into.Id, into.Email ?? Email);
        Happened(by, now, "partner-merged", $"{Name} → {into.Name}");
    }

    private static bool IsAddress(string text) =>
        text.Length <= 254 && System.Net.Mail.MailAddress.TryCreate(text, out var address) && address.Address == text && text.All(c => c is > ' ' and < '\x7f' and not ('<' or '>' or '"' or ','));

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
            builder.Property(p => p.MergedIntoId).HasMaxLength(PublicId.Length);
            builder.HasIndex(p => p.NameKey);
            builder.HasIndex(p => p.CorporateNumber);
        }
    }
}
