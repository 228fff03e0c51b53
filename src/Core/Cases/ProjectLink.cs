using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Cases;

/// <summary>What became of a project in a year.</summary>
public enum ProjectLinkKind
{
    /// <summary>A case that began as another project turned out to be this one under a new name.</summary>
    Renamed,

    /// <summary>The same, in another unit.</summary>
    MovedUnit,

    /// <summary>The same, now with a budget: from the zero-budget programme.</summary>
    BecameBudgeted,

    /// <summary>The same, now without a budget.</summary>
    BecameZeroBudget,

    /// <summary>It went on within another project.</summary>
    Merged,

    /// <summary>Another project came out of it.</summary>
    Split,

    /// <summary>Nothing followed.</summary>
    Ended,

    /// <summary>It was asked whether the two are one, and they are not. Remembered, so that nobody is asked again.</summary>
    Different,
}

public static class ProjectLinkWords
{
    public static string Name(ProjectLinkKind kind) => kind switch
    {
        ProjectLinkKind.Renamed => "名称変更",
        ProjectLinkKind.MovedUnit => "所管替え",
        ProjectLinkKind.BecameBudgeted => "予算化",
        ProjectLinkKind.BecameZeroBudget => "予算なしへ",
        ProjectLinkKind.Merged => "統合",
        ProjectLinkKind.Split => "分割",
        ProjectLinkKind.Ended => "終了",
        _ => "別の事業",
    };
}

/// <summary>
/// What became of a project (事業のつながり): an entry of its history, never changed, only undone. <see cref="ToId"/> is the project that
/// followed, or the identity that a case gave up when it took this one's; null where nothing followed.
/// </summary>
public sealed class ProjectLink : Record
{
    private ProjectLink()
    {
    }

    internal ProjectLink(string fromId, string? toId, FiscalYear year, ProjectLinkKind kind, string note, Actor by, DateTimeOffset now)
    {
        (FromId, ToId, Year, Kind, Note, By, At) = (fromId, toId, year, kind, note, by.Name, now);
        Happened(by, now, $"project-{kind.ToString().ToLowerInvariant()}", note.Length > 0 ? note : null);
    }

    public long Id { get; private set; }

    public string FromId { get; private set; } = "";

    public string? ToId { get; private set; }

    /// <summary>The first year in which it was so.</summary>
    public FiscalYear Year { get; private set; }

    public ProjectLinkKind Kind { get; private set; }

    public string Note { get; private set; } = "";

    public string By { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public DateTimeOffset? UndoneAt { get; private set; }

    public string? UndoneBy { get; private set; }

    // Named by its project: the entry has no number before it is saved.
    public override string AuditName => $"project/{FromId}";

    /// <summary>The project went on under its own identity: a case joined it and gave up the one it had.</summary>
    public bool IsIdentity => Kind is ProjectLinkKind.Renamed or ProjectLinkKind.MovedUnit or ProjectLinkKind.BecameBudgeted or ProjectLinkKind.BecameZeroBudget;

    internal void Undo(Actor by, DateTimeOffset now)
    {
        Refusal.If(UndoneAt is not null ? "このつながりは、もう取り消されています。" : null);
        (UndoneAt, UndoneBy) = (now, by.Name);
        Happened(by, now, "project-link-undone", ProjectLinkWords.Name(Kind));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ProjectLink>
    {
        public void Configure(EntityTypeBuilder<ProjectLink> builder)
        {
            builder.ToTable("project_links");
            builder.Property(l => l.FromId).HasMaxLength(PublicId.Length);
            builder.Property(l => l.ToId).HasMaxLength(PublicId.Length);
            builder.Property(l => l.Note).HasMaxLength(400);
            builder.Property(l => l.By).HasMaxLength(60);
            builder.Property(l => l.UndoneBy).HasMaxLength(60);
            builder.Ignore(l => l.IsIdentity);
            builder.HasOne<Project>().WithMany().HasForeignKey(l => l.FromId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Project>().WithMany().HasForeignKey(l => l.ToId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(l => new { l.FromId, l.ToId, l.Year, l.Kind }).IsUnique().HasFilter("undone_at IS NULL");
        }
    }
}
