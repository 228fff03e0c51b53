using System.Security.Cryptography;
using System.Text;
using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Evaluation.Door;

/// <summary>
/// A one-time link with its code: ten minutes, one use, in the browser that asked for it. Kept as hashes only; the code is hashed together
/// with the browser's secret, which stands in no table, so that eight digits cannot be tried out on a stolen copy.
/// </summary>
public sealed class PartnerLink : Record
{
    public const int MostWrongCodes = 5;

    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly string? _token;

    private PartnerLink()
    {
    }

    internal PartnerLink(PartnerInvitation invitation, string browser, DateTimeOffset now)
    {
        _token = NewSecret();
        var code = RandomNumberGenerator.GetString("0123456789", 8);
        (Invitation, TokenHash, CodeHash, BrowserHash) = (invitation, Hash(_token), Hash($"{browser}:{code}"), Hash(browser));
        (AskedAt, ExpiresAt) = (now, now + Life);
        Tell(new Mail(invitation.Email, MailKind.PartnerLink, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["団体"] = invitation.Partner.Name,
            ["番号"] = $"{code[..4]} {code[4..]}",
        }, $"partner-link/{TokenHash}"));
        Happened(new Actor(null, invitation.Partner.Name, []), now, "partner-link-asked");
    }

    public long Id { get; private set; }

    public long InvitationId { get; private set; }

    public PartnerInvitation Invitation { get; private set; } = null!;

    public string TokenHash { get; private set; } = "";

    public string CodeHash { get; private set; } = "";

    public string BrowserHash { get; private set; } = "";

    public DateTimeOffset AskedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    public int WrongCodes { get; internal set; }

    // In the history of the invitation, where people look for it.
    public override string AuditName => $"partner-invitation/{InvitationId}";

    public override MailPlace PlaceOfMails() => new($"/partner/enter/{_token}", null, null);

    public bool IsUsable(DateTimeOffset now) => UsedAt is null && now < ExpiresAt && WrongCodes < MostWrongCodes && Invitation.Stands(now);

    internal void Use(DateTimeOffset now) => UsedAt = now;

    internal static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    internal static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    internal sealed class Mapping : IEntityTypeConfiguration<PartnerLink>, IEntityTypeConfiguration<PartnerSession>
    {
        public void Configure(EntityTypeBuilder<PartnerLink> builder)
        {
            builder.ToTable("partner_links");
            builder.Property(l => l.TokenHash).HasMaxLength(64);
            builder.Property(l => l.CodeHash).HasMaxLength(64);
            builder.Property(l => l.BrowserHash).HasMaxLength(64);
            builder.HasOne(l => l.Invitation).WithMany().HasForeignKey(l => l.InvitationId);
            builder.HasIndex(l => l.TokenHash).IsUnique();
            builder.HasIndex(l => l.BrowserHash);
        }

        public void Configure(EntityTypeBuilder<PartnerSession> builder)
        {
            builder.ToTable("partner_sessions");
            builder.HasKey(s => s.KeyHash);
            builder.Property(s => s.KeyHash).HasMaxLength(64);
            builder.HasOne<PartnerInvitation>().WithMany().HasForeignKey(s => s.InvitationId);
        }
    }
}

/// <summary>One browser in which a partner is at work. The key itself is only in its cookie; it ends with its invitation.</summary>
public sealed class PartnerSession
{
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(60);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private PartnerSession()
    {
    }

    internal PartnerSession(string keyHash, long invitationId, DateTimeOffset now) => (KeyHash, InvitationId, BeganAt, SeenAt) = (keyHash, invitationId, now, now);

    public string KeyHash { get; private set; } = "";

    public long InvitationId { get; private set; }

    public DateTimeOffset BeganAt { get; private set; }

    public DateTimeOffset SeenAt { get; private set; }
}
