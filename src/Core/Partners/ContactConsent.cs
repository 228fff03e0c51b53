using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Partners;

public enum ConsentChannel
{
    Paper,
    Mail,
    Phone,
    Meeting,
}

/// <summary>
/// 連絡先の公表の同意: who of a partner agreed, when, by which way and to what; and, later, who withdrew it. Each consent is a row of its own and
/// the newest counts. It was given for the contact as it stood: once that changes, it counts no more.
/// </summary>
public sealed class ContactConsent : Record
{
    private ContactConsent()
    {
    }

    internal ContactConsent(Partner partner, ConsentEntry entry, Actor by, DateTimeOffset now)
    {
        (PartnerId, Person, Email, Phone, Address) = (partner.Id, entry.Person, entry.Email, entry.Phone, entry.Address);
        (GivenBy, GivenOn, Channel, RecordedBy, RecordedAt) = (entry.GivenBy, entry.GivenOn, entry.Channel, by.Name, now);
        Happened(by, now, "contact-consent-given", $"{What}（{PartialDate.Of(GivenOn).Japanese}）");
    }

    public long Id { get; private set; }

    public string PartnerId { get; private set; } = "";

    public bool Person { get; private set; }

    public bool Email { get; private set; }

    public bool Phone { get; private set; }

    public bool Address { get; private set; }

    /// <summary>Who on the partner's side agreed.</summary>
    public string GivenBy { get; private set; } = "";

    public DateOnly GivenOn { get; private set; }

    public ConsentChannel Channel { get; private set; }

    public string RecordedBy { get; private set; } = "";

    public DateTimeOffset RecordedAt { get; private set; }

    public DateOnly? WithdrawnOn { get; private set; }

    /// <summary>Who on the partner's side took it back.</summary>
    public string WithdrawnBy { get; private set; } = "";

    public string What => string.Join("・", new[] { Person ? "担当者名" : null, Email ? "メール" : null, Phone ? "電話" : null, Address ? "所在地" : null }.OfType<string>());

    public override string AuditName => $"contact-consent/{PartnerId}";

    public bool CountsFor(Partner partner) => PartnerId == partner.Id && WithdrawnOn is null && (partner.ContactChangedAt is not { } changed || changed <= RecordedAt);

    /// <summary>What may be public of a partner's contact, a line each; null where that is nothing.</summary>
    /// <param name="newest">The newest consent of the partner.</param>
    public static string? PublicContact(Partner partner, ContactConsent? newest)
    {
        if (newest?.CountsFor(partner) is not true)
            return null;
        var lines = new[] { ("担当", newest.Person, partner.ContactName), ("電話", newest.Phone, partner.Phone), ("メール", newest.Email, partner.Email), ("所在地", newest.Address, partner.Address) }
            .Where(item => item.Item2 && !string.IsNullOrEmpty(item.Item3)).Select(item => $"{item.Item1}: {item.Item3}").ToList();
        return lines.Count == 0 ? null : string.Join('\n', lines);
    }

    public string? WhyNotWithdraw(Actor by) => Partner.WhyNotKeep(by) ?? (WithdrawnOn is null ? null : "この同意は、もう取り消されています。");

    public void Withdraw(string? withdrawnBy, DateOnly on, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotWithdraw(by));
        var name = ConsentEntry.NameOf(withdrawnBy, "取り消した人", "withdrawn-by");
        Refusal.If(on < GivenOn || on > now.DayInJapan() ? "取り消した日は、同意した日から今日までの日にしてください。" : null);
        (WithdrawnOn, WithdrawnBy) = (on, name);
        Happened(by, now, "contact-consent-withdrawn", $"{What}（{PartialDate.Of(on).Japanese}）");
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ContactConsent>
    {
        public void Configure(EntityTypeBuilder<ContactConsent> builder)
        {
            builder.ToTable("contact_consents");
            builder.Property(c => c.PartnerId).HasMaxLength(PublicId.Length);
            builder.Property(c => c.GivenBy).HasMaxLength(60);
            builder.Property(c => c.WithdrawnBy).HasMaxLength(60);
            builder.Property(c => c.RecordedBy).HasMaxLength(60);
            builder.Ignore(c => c.What);
            builder.HasOne<Partner>().WithMany().HasForeignKey(c => c.PartnerId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A consent as it is written in.</summary>
public sealed record ConsentEntry(bool Person, bool Email, bool Phone, bool Address, string GivenBy, DateOnly GivenOn, ConsentChannel Channel)
{
    internal ConsentEntry Checked(Partner partner, DateTimeOffset now)
    {
        Refusal.If(!(Person || Email || Phone || Address) ? "公表してよいと言われた項目を選んでください。" : null);
        Refusal.If((Person && partner.ContactName is null) || (Email && partner.Email is null) || (Phone && partner.Phone is null) || (Address && partner.Address is null) ? "登録のない項目には、同意を書けません。先に連絡先を書いてください。" : null);
        Refusal.If(GivenOn > now.DayInJapan() ? "同意した日は、今日か、それより前の日にしてください。" : null);
        return this with { GivenBy = NameOf(GivenBy, "同意した人", "given-by") };
    }

    internal static string NameOf(string? text, string label, string field) => TextForms.Fold(text) is { Length: > 0 and <= 60 } name ? name
        : throw new Refusal($"{label}の名前を60字以内で書いてください。", [new Problem(Severity.Error, $"{label}の名前を60字以内で書いてください。", Field: field)]);
}
