using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Organizations;

/// <summary>One signed-in browser. The key itself is only in its cookie.</summary>
public sealed class Session
{
    private Session()
    {
    }

    public Session(string keyHash, long personId, string securityStamp, DateTimeOffset now) =>
        (KeyHash, PersonId, SecurityStamp, BeganAt, SeenAt) = (keyHash, personId, securityStamp, now, now);

    public string KeyHash { get; private set; } = "";

    public long PersonId { get; private set; }

    /// <summary>The person's stamp when it began: a new password ends all sessions.</summary>
    public string SecurityStamp { get; private set; } = "";

    public DateTimeOffset BeganAt { get; private set; }

    public DateTimeOffset SeenAt { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> builder)
        {
            builder.ToTable("sessions");
            builder.HasKey(s => s.KeyHash);
            builder.Property(s => s.KeyHash).HasMaxLength(64);
            builder.Property(s => s.SecurityStamp).HasMaxLength(64);
            builder.HasIndex(s => s.PersonId);
        }
    }
}
