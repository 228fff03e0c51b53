using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Compilation;

/// <summary>
/// Something that the checks of a compilation found. <paramref name="Key"/> stays the same as long as the finding does, so that a note written
/// for a warning keeps its place. <paramref name="Field"/>: the question that it is about.
/// </summary>
public sealed record Finding(string Key, Severity Severity, string Message, string? CaseId = null, string? CaseTitle = null, string? Unit = null, string? Note = null, string? Field = null);

/// <summary>Why a warning may stand, in the coordinator's words. A warning without a note holds the release back.</summary>
public sealed class WarningNote : Record
{
    private WarningNote()
    {
    }

    public WarningNote(string programme, FiscalYear year, string findingKey, string note, Actor by, DateTimeOffset now)
    {
        if (!by.Is(Role.Coordinator))
            throw new Refusal("注意への説明を書けるのは、協働の担当課だけです。");
        if (TextForms.Clean(note) is not { Length: > 0 and <= 400 } clean)
            throw new Refusal("なぜこのままでよいかを、400字以内で書いてください。");
        (ProgrammeKey, Year, FindingKey, Note, By) = (programme, year, findingKey, clean, by.Name);
        Happened(by, now, "warning-noted", $"{findingKey}: {clean}");
    }

    public long Id { get; private set; }

    public string ProgrammeKey { get; private set; } = "";

    public FiscalYear Year { get; private set; }

    public string FindingKey { get; private set; } = "";

    public string Note { get; private set; } = "";

    public string By { get; private set; } = "";

    public override string AuditName => $"warning-note/{Id}";

    internal sealed class Mapping : IEntityTypeConfiguration<WarningNote>
    {
        public void Configure(EntityTypeBuilder<WarningNote> builder)
        {
            builder.ToTable("warning_notes");
            builder.Property(n => n.ProgrammeKey).HasMaxLength(40);
            builder.Property(n => n.FindingKey).HasMaxLength(120);
            builder.Property(n => n.Note).HasMaxLength(400);
            builder.Property(n => n.By).HasMaxLength(60);
            builder.HasIndex(n => new { n.ProgrammeKey, n.Year });
        }
    }
}
