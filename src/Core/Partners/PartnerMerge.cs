using System.Text.Json;
using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Partners;

/// <summary>One thing that went along with a merge, so that it can go back: its kind, its key and how it stood before.</summary>
public sealed record MovedRecord(string Kind, string Key, string? Name = null, string? Status = null);

/// <summary>統合: one entry of the register was another one's. Undone by a split, which is noted on it, too.</summary>
public sealed class PartnerMerge : Record
{
    public const int LongestReason = 400;

    private PartnerMerge()
    {
    }

    internal PartnerMerge(Partner from, Partner into, string reason, bool gaveAddress, Actor by, DateTimeOffset now)
    {
        if (reason.Length > LongestReason)
            throw new Refusal($"理由は{LongestReason}字以内で書いてください。", [new Problem(Severity.Error, $"理由は{LongestReason}字以内で書いてください。", Field: "reason")]);
        (FromId, FromName, IntoId, IntoName) = (from.Id, from.Name, into.Id, into.Name);
        (Reason, GaveAddress, MergedBy, MergedAt) = (reason, gaveAddress, by.Name, now);
    }

    public long Id { get; private set; }

    public string FromId { get; private set; } = "";

    public string FromName { get; private set; } = "";

    public string IntoId { get; private set; } = "";

    public string IntoName { get; private set; } = "";

    public string Reason { get; private set; } = "";

    /// <summary>The other one had no mail address and took this one's.</summary>
    public bool GaveAddress { get; private set; }

    public string MergedBy { get; private set; } = "";

    public DateTimeOffset MergedAt { get; private set; }

    public string MovedJson { get; private set; } = "[]";

    public DateTimeOffset? UndoneAt { get; private set; }

    public string UndoneBy { get; private set; } = "";

    public string UndoReason { get; private set; } = "";

    public IReadOnlyList<MovedRecord> Moved => JsonSerializer.Deserialize<List<MovedRecord>>(MovedJson, Json.Plain)!;

    public override string AuditName => $"partner-merge/{Id}";

    /// <summary>What later stages moved with it.</summary>
    public void NoteMoved(IReadOnlyList<MovedRecord> moved) => MovedJson = JsonSerializer.Serialize(moved, Json.Plain);

    public string? WhyNotUndo(Partner into, Actor by) =>
        !by.Is(Role.Coordinator) ? "統合を解けるのは、協働の担当課だけです。"
        : UndoneAt is not null ? "この統合は、もう解かれています。"
        : into.MergedIntoId is not null ? $"「{into.Name}」がそのあと別の相手方に統合されています。先に、あとの統合を解いてください。"
        : null;

    internal void Undo(Partner from, Partner into, string reason, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotUndo(into, by));
        Refusal.If(from.Id != FromId || into.Id != IntoId || from.MergedIntoId != IntoId ? "この統合は、もう解かれています。" : null);
        var clean = TextForms.Clean(reason);
        var wrong = clean.Length == 0 ? "分ける理由を書いてください。" : clean.Length > LongestReason ? $"理由は{LongestReason}字以内で書いてください。" : null;
        if (wrong is not null)
            throw new Refusal(wrong, [new Problem(Severity.Error, wrong, Field: $"split-{Id}")]);
        (UndoneAt, UndoneBy, UndoReason) = (now, by.Name, clean);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<PartnerMerge>
    {
        public void Configure(EntityTypeBuilder<PartnerMerge> builder)
        {
            builder.ToTable("partner_merges");
            builder.Property(m => m.FromId).HasMaxLength(PublicId.Length);
            builder.Property(m => m.IntoId).HasMaxLength(PublicId.Length);
            builder.Property(m => m.FromName).HasMaxLength(100);
            builder.Property(m => m.IntoName).HasMaxLength(100);
            builder.Property(m => m.Reason).HasMaxLength(LongestReason);
            builder.Property(m => m.UndoReason).HasMaxLength(LongestReason);
            builder.Property(m => m.MergedBy).HasMaxLength(60);
            builder.Property(m => m.UndoneBy).HasMaxLength(60);
            builder.Ignore(m => m.Moved);
            builder.HasIndex(m => m.FromId);
            builder.HasIndex(m => m.IntoId);
        }
    }
}
