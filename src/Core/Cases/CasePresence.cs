using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Cases;

/// <summary>Who has a case's form open, and which question they are writing: a row in the records, so that it is the same on every node.</summary>
public sealed class CasePresence
{
    private CasePresence()
    {
    }

    public string CaseId { get; private set; } = "";

    public long PersonId { get; private set; }

    public string PersonName { get; private set; } = "";

    /// <summary>The key of the question that they are in; null when in none.</summary>
    public string? Question { get; private set; }

    public DateTimeOffset SeenAt { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CasePresence>
    {
        public void Configure(EntityTypeBuilder<CasePresence> builder)
        {
            builder.ToTable("case_presences");
            builder.HasKey(p => new { p.CaseId, p.PersonId });
            builder.Property(p => p.CaseId).HasMaxLength(PublicId.Length);
            builder.Property(p => p.PersonName).HasMaxLength(60);
            builder.Property(p => p.Question).HasMaxLength(60);
            builder.HasIndex(p => p.SeenAt);
        }
    }
}

/// <summary>Somebody else in the same form.</summary>
public sealed record PresentPerson(string Name, string? Question);

public static class CasePresenceQueries
{
    /// <summary>A form says each ten seconds that it is open; without a word for so long it counts as closed.</summary>
    public static readonly TimeSpan Gone = TimeSpan.FromSeconds(35);

    /// <summary>Says that the person has the form open; one statement that two nodes may send at once.</summary>
    public static Task NotePresenceAsync(this AppDb db, string caseId, Actor by, string? question, DateTimeOffset now, CancellationToken stop = default)
    {
        var at = now.UtcDateTime;
        return db.WithoutWaitingForDiskAsync(() => db.Database.ExecuteSqlAsync($"""
            INSERT INTO case_presences (case_id, person_id, person_name, question, seen_at) VALUES ({caseId}, {by.PersonId}, {by.Name}, {question}, {at})
            ON CONFLICT (case_id, person_id) DO UPDATE SET person_name = excluded.person_name, question = excluded.question, seen_at = excluded.seen_at
            """, stop), stop);
    }

    /// <summary>The others who have the form open now.</summary>
    public static async Task<IReadOnlyList<PresentPerson>> OthersInAsync(this AppDb db, string caseId, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        var since = now - Gone;
        return await db.Set<CasePresence>().AsNoTracking()
            .Where(p => p.CaseId == caseId && p.PersonId != by.PersonId && p.SeenAt > since)
            .OrderBy(p => p.PersonId)
            .Select(p => new PresentPerson(p.PersonName, p.Question))
            .ToListAsync(stop);
    }

    public static Task ForgetThoseGoneAsync(this AppDb db, DateTimeOffset now, CancellationToken stop = default)
    {
        var since = now - TimeSpan.FromHours(1);
        return db.Set<CasePresence>().Where(p => p.SeenAt < since).ExecuteDeleteAsync(stop);
    }
}
