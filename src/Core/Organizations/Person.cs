using Kyodo.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Organizations;

/// <summary>Somebody who signs in. What they may do comes from their appointments, never from the person.</summary>
public sealed class Person : IdentityUser<long>
{
    private Person()
    {
    }

    public Person(string email, string name)
    {
        (Email, UserName, Name) = (email, email, name);
        SecurityStamp = Guid.NewGuid().ToString("N");
    }

    public string Name { get; private set; } = "";

    public List<Appointment> Appointments { get; } = [];

    public void Appoint(OrgUnit unit, Role role, DateOnly? from = null, DateOnly? until = null) =>
        Appointments.Add(new Appointment(unit, role) { From = from, Until = until });

    internal sealed class Mapping :
        IEntityTypeConfiguration<Person>,
        IEntityTypeConfiguration<IdentityUserClaim<long>>,
        IEntityTypeConfiguration<IdentityUserLogin<long>>,
        IEntityTypeConfiguration<IdentityUserToken<long>>
    {
        public void Configure(EntityTypeBuilder<Person> builder)
        {
            builder.ToTable("people");
            builder.Property(p => p.Name).HasMaxLength(60);
            builder.Property(p => p.Email).HasMaxLength(254);
            builder.Property(p => p.UserName).HasMaxLength(254);
            builder.Property(p => p.NormalizedEmail).HasMaxLength(254);
            builder.Property(p => p.NormalizedUserName).HasMaxLength(254);
            builder.Property(p => p.ConcurrencyStamp).IsConcurrencyToken();
            builder.HasIndex(p => p.NormalizedUserName).IsUnique();
            builder.HasMany(p => p.Appointments).WithOne().HasForeignKey(a => a.PersonId);
        }

        public void Configure(EntityTypeBuilder<IdentityUserClaim<long>> builder) => builder.ToTable("person_claims");

        public void Configure(EntityTypeBuilder<IdentityUserLogin<long>> builder)
        {
            builder.ToTable("person_logins");
            builder.HasKey(l => new { l.LoginProvider, l.ProviderKey });
        }

        public void Configure(EntityTypeBuilder<IdentityUserToken<long>> builder)
        {
            builder.ToTable("person_tokens");
            builder.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
        }
    }
}

/// <summary>A person's role in a unit, from a day to a day.</summary>
public sealed class Appointment
{
    private Appointment()
    {
    }

    internal Appointment(OrgUnit unit, Role role) => (Unit, Role) = (unit, role);

    public long Id { get; private set; }

    public long PersonId { get; private set; }

    public long UnitId { get; private set; }

    public OrgUnit Unit { get; private set; } = null!;

    public Role Role { get; private set; }

    public DateOnly? From { get; init; }

    public DateOnly? Until { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Appointment>
    {
        public void Configure(EntityTypeBuilder<Appointment> builder)
        {
            builder.ToTable("appointments");
            builder.HasOne(a => a.Unit).WithMany().HasForeignKey(a => a.UnitId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
