using System.Security.Cryptography;
using System.Text;
using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Organizations.People;

public enum LinkPurpose
{
    /// <summary>招待</summary>
    Invitation,

    /// <summary>パスワードを忘れたとき</summary>
    Forgotten,
}

/// <summary>
/// A one-time link by which a person sets their password. Kept as a hash only; opening it changes nothing, however often a scanner does.
/// </summary>
public sealed class PersonLink : Record
{
    public static readonly TimeSpan InvitationLife = TimeSpan.FromDays(7);
    public static readonly TimeSpan ForgottenLife = TimeSpan.FromDays(1);

    /// <summary>So many may be asked for in an hour: a button pressed without end must not fill a mailbox.</summary>
    public const int MostAnHour = 3;

    private readonly string? _token;

    private PersonLink()
    {
    }

    internal PersonLink(Person person, LinkPurpose purpose, string roles, Actor by, DateTimeOffset now)
    {
        _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        (Person, PersonId, Purpose, TokenHash) = (person, person.Id, purpose, Hash(_token));
        (AskedAt, ExpiresAt) = (now, now + (purpose is LinkPurpose.Invitation ? InvitationLife : ForgottenLife));
        Tell(new Mail(person.Email!, purpose is LinkPurpose.Invitation ? MailKind.PersonInvited : MailKind.PasswordForgotten, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["名前"] = person.Name,
            ["役割"] = roles,
            ["期限"] = ExpiresAt.JapaneseMinute(),
            ["招待者"] = by.Name,
        }, $"person-link/{TokenHash}"));
        person.Note(by, now, purpose is LinkPurpose.Invitation ? "person-invited" : "password-forgotten", purpose is LinkPurpose.Invitation ? roles.Replace('\n', ' ') : null);
    }

    public long Id { get; private set; }

    public long PersonId { get; private set; }

    public Person Person { get; private set; } = null!;

    public LinkPurpose Purpose { get; private set; }

    public string TokenHash { get; private set; } = "";

    public DateTimeOffset AskedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public override string AuditName => $"person/{PersonId}";

    public override MailPlace PlaceOfMails() => new($"/sign-in/password/{_token}", null, null);

    public bool IsUsable(DateTimeOffset now) => UsedAt is null && RevokedAt is null && now < ExpiresAt;

    internal void Use(DateTimeOffset now) => UsedAt = now;

    internal void Revoke(DateTimeOffset now) => RevokedAt = now;

    internal static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    internal sealed class Mapping : IEntityTypeConfiguration<PersonLink>
    {
        public void Configure(EntityTypeBuilder<PersonLink> builder)
        {
            builder.ToTable("person_links");
            builder.Property(l => l.TokenHash).HasMaxLength(64);
            builder.HasOne(l => l.Person).WithMany().HasForeignKey(l => l.PersonId);
            builder.HasIndex(l => l.TokenHash).IsUnique();
        }
    }
}
