using System.Security.Cryptography;
using Kyodo.Common;
using Kyodo.Partners;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Evaluation.Door;

/// <summary>
/// 招待: the address that a partner gets by mail. It can do nothing by itself: whoever opens it sees a page with a button, and what the button
/// sends goes to the partner's own address only. So it may lie in a mailbox for weeks, be fetched by scanners and be forwarded.
/// </summary>
public sealed class PartnerInvitation : Record
{
    /// <summary>So many one-time links may be asked for in an hour: a button pressed without end must not fill a mailbox.</summary>
    public const int MostLinksAnHour = 5;

    private static readonly TimeSpan Life = TimeSpan.FromDays(400);

    private PartnerInvitation()
    {
    }

    internal PartnerInvitation(Partner partner, string email, DateTimeOffset now) =>
        (Partner, PartnerId, Email, Token, InvitedAt, ExpiresAt) = (partner, partner.Id, email, RandomNumberGenerator.GetString("0123456789abcdefghjkmnpqrstvwxyz", 32), now, now + Life);

    public long Id { get; private set; }

    public string PartnerId { get; private set; } = "";

    public Partner Partner { get; private set; } = null!;

    public string Email { get; private set; } = "";

    /// <summary>Part of an address. No secret: it opens nothing.</summary>
    public string Token { get; private set; } = "";

    public DateTimeOffset InvitedAt { get; private set; }

    public DateTimeOffset? RemindedAt { get; private set; }

    public DateTimeOffset? LastEnteredAt { get; internal set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public string? RevokedBy { get; private set; }

    public override string AuditName => $"partner-invitation/{Id}";

    public override MailPlace PlaceOfMails() => new($"/partner/invitations/{Token}", null, null);

    public bool Stands(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    /// <summary>m***@example.jp: enough to know one's own address by, and no more.</summary>
    public string MaskedEmail => Email.Split('@') is [[var first, ..], var host] ? $"{first}***@{host}" : "***";

    internal void Invite(IReadOnlyDictionary<string, string> words, string occasion, Actor by, DateTimeOffset now)
    {
        Tell(new Mail(Email, MailKind.PartnerInvited, words, $"partner-invitation/{Token}/{occasion}"));
        Happened(by, now, "partner-invited", words.GetValueOrDefault("団体"));
    }

    internal void Remind(IReadOnlyDictionary<string, string> words, Actor by, DateTimeOffset now)
    {
        RemindedAt = now;
        Tell(new Mail(Email, MailKind.PartnerReminded, words, $"partner-invitation/{Token}/reminded/{now.DayInJapan():yyyy-MM-dd}"));
        Happened(by, now, "partner-reminded");
    }

    internal void NoteEntering(Actor by, DateTimeOffset now)
    {
        LastEnteredAt = now;
        Happened(by, now, "partner-entered");
    }

    public string? WhyNotRevoke(Actor by) =>
        !by.Is(Role.Coordinator) ? "招待を取り消せるのは、協働の担当課だけです。"
        : RevokedAt is not null ? "もう取り消されています。"
        : null;

    /// <summary>Closes the door at once: links that were asked for and sessions that run end with it.</summary>
    public void Revoke(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotRevoke(by));
        (RevokedAt, RevokedBy) = (now, by.Name);
        Happened(by, now, "partner-revoked");
    }

    internal void Follow(Partner into) => (Partner, PartnerId) = (into, into.Id);

    internal sealed class Mapping : IEntityTypeConfiguration<PartnerInvitation>
    {
        public void Configure(EntityTypeBuilder<PartnerInvitation> builder)
        {
            builder.ToTable("partner_invitations");
            builder.Property(i => i.PartnerId).HasMaxLength(PublicId.Length);
            builder.Property(i => i.Email).HasMaxLength(254);
            builder.Property(i => i.Token).HasMaxLength(32);
            builder.Property(i => i.RevokedBy).HasMaxLength(60);
            builder.HasOne(i => i.Partner).WithMany().HasForeignKey(i => i.PartnerId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(i => i.Token).IsUnique();
            builder.HasIndex(i => i.PartnerId);
        }
    }
}
