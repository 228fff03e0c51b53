using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Readers;

/// <summary>When somebody last opened the casebook, and when the time before: what is newer than that is new to them. Shown to nobody else.</summary>
public sealed class CasebookVisit
{
    private CasebookVisit()
    {
    }

    public long PersonId { get; private set; }

    /// <summary>The beginning of the visit before this one; null on the first.</summary>
    public DateTimeOffset? BeforeAt { get; private set; }

    public DateTimeOffset SeenAt { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CasebookVisit>
    {
        public void Configure(EntityTypeBuilder<CasebookVisit> builder)
        {
            builder.ToTable("casebook_visits");
            builder.HasKey(v => v.PersonId);
            builder.Property(v => v.PersonId).ValueGeneratedNever();
        }
    }
}

/// <summary>How often a unit's people opened a case of the casebook in a month. No person stands in it.</summary>
public sealed class CaseReading
{
    private CaseReading()
    {
    }

    /// <summary>Year and month in Japan: 200705.</summary>
    public int Month { get; private set; }

    public long UnitId { get; private set; }

    public string CaseId { get; private set; } = "";

    public int Times { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CaseReading>
    {
        public void Configure(EntityTypeBuilder<CaseReading> builder)
        {
            builder.ToTable("case_readings");
            builder.HasKey(r => new { r.Month, r.UnitId, r.CaseId });
            builder.Property(r => r.CaseId).HasMaxLength(PublicId.Length);
            builder.HasIndex(r => r.CaseId);
        }
    }
}
