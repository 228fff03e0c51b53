using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Approval;

public enum DecisionKind
{
    /// <summary>承認</summary>
    Approved,

    /// <summary>代決: a deputy decided for somebody absent.</summary>
    Substituted,

    /// <summary>引上げ承認: the step was passed over because a later one's approver decided ahead.</summary>
    Escalated,

    /// <summary>Everybody of the step had agreed at an earlier one.</summary>
    SamePerson,
}

/// <summary>What happened at one step of a request. Never changed, except that an absent person looks at it afterwards.</summary>
public sealed class ApprovalDecision
{
    private ApprovalDecision()
    {
    }

    internal ApprovalDecision(int step, DecisionKind kind, Actor by, DateTimeOffset now, Seated? instead = null, string? reason = null) =>
        (Step, Kind, PersonId, PersonName, At, ForId, ForName, Reason) = (step, kind, by.PersonId ?? 0, by.Name, now, instead?.Id, instead?.Name, reason);

    public long Id { get; private set; }

    public long RequestId { get; private set; }

    /// <summary>The step's place in the route, from 0.</summary>
    public int Step { get; private set; }

    public DecisionKind Kind { get; private set; }

    public long PersonId { get; private set; }

    public string PersonName { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    /// <summary>Who was absent, at a 代決 or where a proxy (代理) decided.</summary>
    public long? ForId { get; private set; }

    public string? ForName { get; private set; }

    public string? Reason { get; private set; }

    public DateTimeOffset? ReviewedAt { get; private set; }

    public string? ReviewedBy { get; private set; }

    public bool AwaitsReview => Kind is DecisionKind.Substituted or DecisionKind.Escalated && ReviewedAt is null;

    /// <summary>A decision of a person, as opposed to a step passed over.</summary>
    public bool IsOwn => Kind is DecisionKind.Approved or DecisionKind.Substituted;

    public string Words => Kind switch
    {
        DecisionKind.Approved => ForName is null ? $"{PersonName}が承認" : $"{PersonName}（{ForName}の代理）が承認",
        DecisionKind.Substituted => $"{ForName}の不在により{PersonName}が代決",
        DecisionKind.Escalated => $"{PersonName}が引上げ承認",
        _ => "前の段階で同じ人が承認済み",
    };

    internal void Review(Actor by, DateTimeOffset now) => (ReviewedAt, ReviewedBy) = (now, by.Name);

    internal sealed class Mapping : IEntityTypeConfiguration<ApprovalDecision>
    {
        public void Configure(EntityTypeBuilder<ApprovalDecision> builder)
        {
            builder.ToTable("approval_decisions");
            builder.Property(d => d.PersonName).HasMaxLength(60);
            builder.Property(d => d.ForName).HasMaxLength(60);
            builder.Property(d => d.Reason).HasMaxLength(400);
            builder.Property(d => d.ReviewedBy).HasMaxLength(60);
        }
    }
}

/// <summary>Who may look at a request beyond its own unit: a person or a unit's approvers that its route names. An index, not a rule.</summary>
public sealed class ApprovalSeat
{
    private ApprovalSeat()
    {
    }

    internal ApprovalSeat(long? unitId, long? personId) => (UnitId, PersonId) = (unitId, personId);

    public long Id { get; private set; }

    public long RequestId { get; private set; }

    public long? UnitId { get; private set; }

    public long? PersonId { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ApprovalSeat>
    {
        public void Configure(EntityTypeBuilder<ApprovalSeat> builder)
        {
            builder.ToTable("approval_seats");
            builder.HasIndex(s => s.UnitId);
            builder.HasIndex(s => s.PersonId);
        }
    }
}
