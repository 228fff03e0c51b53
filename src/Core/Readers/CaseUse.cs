using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Readers;

/// <summary>参考にした: a unit used a published case, and says how; the case that came from it may be named. All staff read it.</summary>
public sealed class CaseUse : Record
{
    public const int MostNote = 500;

    private CaseUse()
    {
    }

    /// <param name="own">A published case of the unit that came from it; null where there is none.</param>
    public CaseUse(PublishedCase one, OrgUnit unit, string? note, PublishedCase? own, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotUse(one, unit, own, by));
        if (TextForms.Clean(note) is not { Length: > 0 and <= MostNote } clean)
            throw new Refusal($"何をどう参考にしたかを{MostNote}字以内で書いてください。");
        (CaseId, ProjectId, Unit, UnitId, Note) = (one.CaseId, one.ProjectId, unit, unit.Id, clean);
        (OwnCaseId, OwnProjectId, UsedBy, UsedAt) = (own?.CaseId, own?.ProjectId, by.Name, now);
        Happened(by, now, "case-used", clean);
    }

    public long Id { get; private set; }

    public string CaseId { get; private set; } = "";

    /// <summary>What spreads is the project, whichever of its years was read.</summary>
    public string ProjectId { get; private set; } = "";

    public long UnitId { get; private set; }

    public OrgUnit Unit { get; private set; } = null!;

    public string Note { get; private set; } = "";

    public string? OwnCaseId { get; private set; }

    public string? OwnProjectId { get; private set; }

    public string UsedBy { get; private set; } = "";

    public DateTimeOffset UsedAt { get; private set; }

    /// <summary>Taken back: it counts no more and is shown no more; the history keeps it.</summary>
    public DateTimeOffset? TakenBackAt { get; private set; }

    public override string AuditName => $"case-use/{Id}";

    public static string? WhyNotUse(PublishedCase one, OrgUnit unit, PublishedCase? own, Actor by) =>
        !ReaderRules.SpeaksFor(unit.Id, by) ? $"「参考にした」と言えるのは、{unit.Name}の担当者だけです。"
        : one.UnitCode == unit.Code ? "自分の組織の事例です。ほかの組織の事例を参考にしたときに使います。"
        : own is not null && own.UnitCode != unit.Code ? "「そこから生まれた事例」には、自分の組織の事例を選んでください。"
        : own?.ProjectId == one.ProjectId && own is not null ? "同じ事業です。ほかの事業を選んでください。"
        : null;

    public string? WhyNotTakeBack(Actor by) =>
        !ReaderRules.SpeaksFor(UnitId, by) && !by.Is(Role.Coordinator) ? "取り消せるのは、参考にした組織の担当者と協働の担当課だけです。"
        : TakenBackAt is not null ? "もう取り消されています。"
        : null;

    public void TakeBack(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotTakeBack(by));
        TakenBackAt = now;
        Happened(by, now, "case-use-taken-back", Note);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<CaseUse>
    {
        public void Configure(EntityTypeBuilder<CaseUse> builder)
        {
            builder.ToTable("case_uses");
            foreach (var id in new[] { nameof(CaseId), nameof(ProjectId), nameof(OwnCaseId), nameof(OwnProjectId) })
                builder.Property(id).HasMaxLength(PublicId.Length);
            builder.Property(u => u.Note).HasMaxLength(MostNote);
            builder.Property(u => u.UsedBy).HasMaxLength(60);
            builder.HasOne(u => u.Unit).WithMany().HasForeignKey(u => u.UnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(u => u.ProjectId);
            builder.HasIndex(u => u.UsedAt);
        }
    }
}
