using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Organizations.People;

/// <summary>
/// What is kept of a person beside the account: by this record the trail has what happens to them (<c>person/12</c>), as the account itself is
/// the framework's. No entry names a mail address or a secret.
/// </summary>
public sealed class PersonFile : Record
{
    /// <summary>Failed sign-ins are noted once in so long, with their count: whoever tries without end fills no trail.</summary>
    public static readonly TimeSpan BetweenFailures = TimeSpan.FromHours(1);

    public long PersonId { get; private set; }

    public DateTimeOffset? LastSignInAt { get; private set; }

    /// <summary>Failed sign-ins that no entry has counted yet.</summary>
    public int Failures { get; private set; }

    public DateTimeOffset? FailureNotedAt { get; private set; }

    public DateTimeOffset? LockNotedAt { get; private set; }

    public override string AuditName => $"person/{PersonId}";

    internal void Note(Actor by, DateTimeOffset now, string verb, string? reason) => Happened(by, now, verb, reason);

    internal void SignedIn(Person person, DateTimeOffset now)
    {
        var (failed, code) = (Failures > 0 ? $"その前に失敗{Failures}回" : null, person.TwoFactorEnabled ? "確認コードあり" : null);
        (LastSignInAt, Failures) = (now, 0);
        Happened(new Actor(person.Id, person.Name, []), now, "signed-in", failed is null && code is null ? null : string.Join("、", new[] { code, failed }.OfType<string>()));
    }

    // Who it was nobody knows: the program notes it.
    internal void Failed(bool wasCode, bool isLocked, DateTimeOffset now)
    {
        Failures++;
        if (FailureNotedAt is null || now - FailureNotedAt >= BetweenFailures)
        {
            Happened(Actor.Program, now, wasCode ? "second-factor-failed" : "sign-in-failed", $"{Failures}回");
            (Failures, FailureNotedAt) = (0, now);
        }
        if (isLocked && (LockNotedAt is null || now - LockNotedAt >= BetweenFailures))
        {
            Happened(Actor.Program, now, "locked-out");
            LockNotedAt = now;
        }
    }

    internal sealed class Mapping : IEntityTypeConfiguration<PersonFile>
    {
        public void Configure(EntityTypeBuilder<PersonFile> builder)
        {
            builder.ToTable("person_files");
            builder.HasKey(f => f.PersonId);
            builder.Property(f => f.PersonId).ValueGeneratedNever();
        }
    }
}
