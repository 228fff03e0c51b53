using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Storage;

/// <summary>
/// 監査証跡: who did what, when and why. Each entry holds the SHA-256 of the one before and of its own canonical JSON, so that a changed,
/// missing or inserted entry shows. <see cref="At"/> is the time of the deed, <see cref="RecordedAt"/> the clock of the computer:
/// they differ where a past year is carried through.
/// </summary>
public sealed class AuditEntry
{
    public static string Beginning { get; } = new('0', 64);

    public long Id { get; private set; }

    public long? PersonId { get; private set; }

    public string PersonName { get; private set; } = "";

    public string Subject { get; private set; } = "";

    public string Verb { get; private set; } = "";

    public string? Reason { get; private set; }

    public DateTimeOffset At { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }

    public string PreviousHash { get; private set; } = "";

    public string Hash { get; private set; } = "";

    internal static AuditEntry After(long id, string previousHash, string subject, Happening happening, DateTimeOffset recordedAt)
    {
        var entry = new AuditEntry
        {
            Id = id,
            PersonId = happening.PersonId,
            PersonName = happening.PersonName,
            Subject = subject,
            Verb = happening.Verb,
            Reason = happening.Reason,
            At = WholeMilliseconds(happening.At),
            RecordedAt = WholeMilliseconds(recordedAt),
            PreviousHash = previousHash,
        };
        entry.Hash = entry.ComputeHash();
        return entry;
    }

    public string ComputeHash()
    {
        var canonical = JsonSerializer.Serialize(new
        {
            Id,
            PersonId,
            PersonName,
            Subject,
            Verb,
            Reason,
            At = At.ToUnixTimeMilliseconds(),
            RecordedAt = RecordedAt.ToUnixTimeMilliseconds(),
            PreviousHash,
        });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }

    // PostgreSQL keeps microseconds and SQLite text: what is hashed must come back the same from both.
    private static DateTimeOffset WholeMilliseconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    /// <summary>The first entry that does not fit, in words; null when the whole chain holds.</summary>
    public static async Task<string?> FirstBreakAsync(AppDb db, CancellationToken stop = default)
    {
        var (id, hash) = (0L, Beginning);
        await foreach (var entry in db.AuditTrail.AsNoTracking().OrderBy(e => e.Id).AsAsyncEnumerable().WithCancellation(stop))
        {
            if (entry.Id != ++id)
                return $"監査証跡の {id} 番が欠けています。";
            if (entry.PreviousHash != hash || entry.ComputeHash() != entry.Hash)
                return $"監査証跡の {id} 番が書き換えられています。";
            hash = entry.Hash;
        }
        return null;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> builder)
        {
            builder.ToTable("audit_trail");
            builder.Property(e => e.Id).ValueGeneratedNever();
            builder.Property(e => e.Hash).HasMaxLength(64);
            builder.Property(e => e.PreviousHash).HasMaxLength(64);
            builder.Property(e => e.Subject).HasMaxLength(80);
            builder.Property(e => e.Verb).HasMaxLength(60);
            builder.HasIndex(e => e.Subject);
        }
    }
}
