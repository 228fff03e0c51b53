using Kyodo.Common;
using Kyodo.Organizations.People;
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
        NormalizedEmail = NormalizedUserName = email.ToUpperInvariant();
        EmailConfirmed = LockoutEnabled = true;
        SecurityStamp = Guid.NewGuid().ToString("N");
    }

    public string Name { get; private set; } = "";

    public List<Appointment> Appointments { get; } = [];

    /// <summary>What is kept of the person beside the account; null until something has happened. Read with the person wherever something happens to them.</summary>
    public PersonFile? File { get; private set; }

    public void Appoint(OrgUnit unit, Role role, DateOnly? from = null, DateOnly? until = null) =>
        Appointments.Add(new Appointment(unit, role) { From = from, Until = until });

    /// <summary>A further role, by those who may have given it: Core/Organizations/People.</summary>
    internal Appointment Appoint(OrgUnit unit, Role role, Period period, Appointment? actsFor = null)
    {
        var appointment = new Appointment(unit, role) { From = period.From, Until = period.Until, ActsFor = actsFor };
        Appointments.Add(appointment);
        return appointment;
    }

    /// <summary>A new password ends every session. The password has been looked at by <see cref="PasswordRule"/>.</summary>
    public void ChangePassword(string hash, Actor by, DateTimeOffset now)
    {
        Note(by, now, PasswordHash is null ? "password-set" : "password-changed");
        (PasswordHash, SecurityStamp) = (hash, Guid.NewGuid().ToString("N"));
        (AccessFailedCount, LockoutEnd) = (0, null);
    }

    /// <summary>Writes into the person's history. Its entries name no mail address: they stay for good.</summary>
    public void Note(Actor by, DateTimeOffset now, string verb, string? reason = null) => Filed.Note(by, now, verb, reason);

    /// <summary>The name in the trail.</summary>
    public string AuditSubject => $"person/{Id.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    internal PersonFile Filed => File ??= new PersonFile();

    internal sealed class Mapping :
        IEntityTypeConfiguration<Person>,
        IEntityTypeConfiguration<IdentityUserClaim<long>>,
        IEntityTypeConfiguration<IdentityUserLogin<long>>,
        IEntityTypeConfiguration<IdentityUserToken<long>>
    {
        public void Configure(EntityTypeBuilder<Person> builder)
        {
            builder.ToTable("people");
            builder.Property(p => p.Name).HasMaxLength(PeopleRules.LongestName);
            builder.Ignore(p => p.AuditSubject);
            builder.Property(p => p.Email).HasMaxLength(254);
            builder.Property(p => p.UserName).HasMaxLength(254);
            builder.Property(p => p.NormalizedEmail).HasMaxLength(254);
            builder.Property(p => p.NormalizedUserName).HasMaxLength(254);
            builder.Property(p => p.ConcurrencyStamp).IsConcurrencyToken();
            builder.HasIndex(p => p.NormalizedUserName).IsUnique();
            builder.HasMany(p => p.Appointments).WithOne(a => a.Person).HasForeignKey(a => a.PersonId);
            builder.HasOne(p => p.File).WithOne().HasForeignKey<PersonFile>(f => f.PersonId);
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

    public Person Person { get; private set; } = null!;

    public long UnitId { get; private set; }

    public OrgUnit Unit { get; private set; } = null!;

    public Role Role { get; private set; }

    public DateOnly? From { get; internal set; }

    public DateOnly? Until { get; internal set; }

    public Period Period => new(From, Until);

    public long? ActsForId { get; private set; }

    /// <summary>代理: the appointment of somebody absent in whose stead this one acts; null where the role is the person's own.</summary>
    public Appointment? ActsFor { get; internal set; }

    public string Words => $"{Unit.Name} {RoleNames.Of(Role)}";

    internal sealed class Mapping : IEntityTypeConfiguration<Appointment>
    {
        public void Configure(EntityTypeBuilder<Appointment> builder)
        {
            builder.ToTable("appointments");
            builder.HasOne(a => a.Unit).WithMany().HasForeignKey(a => a.UnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(a => a.ActsFor).WithMany().HasForeignKey(a => a.ActsForId).OnDelete(DeleteBehavior.Cascade);
            builder.Ignore(a => a.Period);
            builder.Ignore(a => a.Words);
        }
    }
}
