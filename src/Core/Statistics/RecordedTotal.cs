using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Statistics;

/// <summary>Whether a figure is a number, or why there is none. A blank in a source becomes one of these when it is entered.</summary>
public enum CountState
{
    /// <summary>Counted from a released edition.</summary>
    Released,

    /// <summary>Taken over from a source; 0 is a number.</summary>
    Recorded,

    /// <summary>制度なし: the programme did not exist; shown ―.</summary>
    NotExisting,

    /// <summary>未収集: there is no knowing; shown ….</summary>
    NotCollected,
}

/// <summary>A total of a year before the system, as its source states it. <see cref="FormNo"/> 0 is the programme's total.</summary>
public sealed class RecordedTotal : Record
{
    private RecordedTotal()
    {
    }

    public RecordedTotal(string programmeKey, string programmeName, int formNo, string form, FiscalYear year, CountState state, int? count, string source)
    {
        if ((state is CountState.Recorded) != count.HasValue)
            throw new Refusal("件数があるのは「記録」のときだけです。0、制度なし、未収集を分けてください。");
        (ProgrammeKey, ProgrammeName, FormNo, Form, Year, State, Count, Source) = (programmeKey, programmeName, formNo, form, year, state, count, source);
    }

    public long Id { get; private set; }

    public string ProgrammeKey { get; private set; } = "";

    public string ProgrammeName { get; private set; } = "";

    public int FormNo { get; private set; }

    public string Form { get; private set; } = "";

    public FiscalYear Year { get; private set; }

    public CountState State { get; private set; }

    public int? Count { get; private set; }

    public string Source { get; private set; } = "";

    public override string AuditName => $"recorded-total/{ProgrammeKey}/{Year}/{FormNo}";

    public void Publish(Actor by, DateTimeOffset now) => Happened(by, now, "total-recorded", Source);

    internal sealed class Mapping : IEntityTypeConfiguration<RecordedTotal>
    {
        public void Configure(EntityTypeBuilder<RecordedTotal> builder)
        {
            builder.ToTable("recorded_totals");
            builder.Property(t => t.ProgrammeKey).HasMaxLength(40);
            builder.Property(t => t.ProgrammeName).HasMaxLength(100);
            builder.Property(t => t.Form).HasMaxLength(100);
            builder.Property(t => t.Source).HasMaxLength(300);
            builder.HasIndex(t => new { t.ProgrammeKey, t.Year, t.FormNo }).IsUnique();
        }
    }
}

/// <summary>系列断絶: figures up to a year and after it are not comparable, and why.</summary>
public sealed class SeriesBreak : Record
{
    private SeriesBreak()
    {
    }

    public SeriesBreak(string programmeKey, FiscalYear lastBefore, string noteJa, string noteEn) =>
        (ProgrammeKey, LastBefore, NoteJa, NoteEn) = (programmeKey, lastBefore, noteJa, noteEn);

    public long Id { get; private set; }

    public string ProgrammeKey { get; private set; } = "";

    /// <summary>The last year of the old series.</summary>
    public FiscalYear LastBefore { get; private set; }

    public string NoteJa { get; private set; } = "";

    public string NoteEn { get; private set; } = "";

    public override string AuditName => $"series-break/{ProgrammeKey}/{LastBefore}";

    internal sealed class Mapping : IEntityTypeConfiguration<SeriesBreak>
    {
        public void Configure(EntityTypeBuilder<SeriesBreak> builder)
        {
            builder.ToTable("series_breaks");
            builder.Property(b => b.ProgrammeKey).HasMaxLength(40);
            builder.Property(b => b.NoteJa).HasMaxLength(400);
            builder.Property(b => b.NoteEn).HasMaxLength(400);
        }
    }
}

public static class TrendRecords
{
    extension(AppDb db)
    {
        public DbSet<RecordedTotal> RecordedTotals => db.Set<RecordedTotal>();

        public DbSet<SeriesBreak> SeriesBreaks => db.Set<SeriesBreak>();
    }
}
