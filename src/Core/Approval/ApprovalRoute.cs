using System.Text.Json;
using Kyodo.Common;
using Kyodo.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Approval;

/// <summary>Who sits at a step of a route, as it is written down: read for the unit that submits.</summary>
public enum Seat
{
    /// <summary>The approvers of the unit that submits.</summary>
    Unit,

    /// <summary>The approvers of the unit above it.</summary>
    Parent,

    /// <summary>The approvers of a unit that the step names: the lead division (主管課), the general affairs.</summary>
    OtherUnit,

    /// <summary>Persons by name.</summary>
    People,
}

/// <summary>
/// One step: <paramref name="NeedsAll"/> asks everybody there, otherwise anyone. <paramref name="Deputies"/> may decide for somebody absent (代決).
/// </summary>
public sealed record RouteStep(string Name, Seat Seat, long? UnitId, IReadOnlyList<long> People, IReadOnlyList<long> Deputies, bool NeedsAll)
{
    public static RouteStep Default { get; } = new("決裁者", Seat.Unit, null, [], [], NeedsAll: false);
}

/// <summary>
/// 決裁ルート: the order in which people must agree to what a unit submits. A unit without one takes that of the unit above; where none has
/// one, there is one step, the unit's own approvers.
/// </summary>
public sealed class ApprovalRoute : Record
{
    public const int MostSteps = 6;

    private IReadOnlyList<RouteStep>? _steps;

    private ApprovalRoute()
    {
    }

    public ApprovalRoute(OrgUnit unit) => (Unit, UnitId) = (unit, unit.Id);

    public long Id { get; private set; }

    public long UnitId { get; private set; }

    public OrgUnit Unit { get; private set; } = null!;

    public string StepsJson { get; private set; } = "[]";

    /// <summary>None: the unit takes the route of the unit above it.</summary>
    public IReadOnlyList<RouteStep> Steps => _steps ??= JsonSerializer.Deserialize<List<RouteStep>>(StepsJson, Json.Plain)!;

    public override string AuditName => $"approval-route/{Unit.Code}";

    public static string? WhyNotChange(Actor by) =>
        by.Is(Role.Coordinator) || by.Is(Role.Administrator) ? null : "決裁ルートを変えられるのは、協働の担当課と管理者です。";

    public void Describe(IReadOnlyList<RouteStep> steps, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotChange(by));
        if (steps.Count > MostSteps)
            throw new Refusal($"段階は{MostSteps}つまでです。");
        foreach (var (step, no) in steps.Select((step, i) => (step, i + 1)))
        {
            if (step.Name.Length is 0 or > 40)
                throw new Refusal($"{no}段階目の名前を40字以内で書いてください。例: 課長");
            if (step.Seat is Seat.OtherUnit && step.UnitId is null)
                throw new Refusal($"{no}段階目「{step.Name}」の組織を選んでください。");
            if (step.Seat is Seat.People && step.People.Count == 0)
                throw new Refusal($"{no}段階目「{step.Name}」の人を1人以上選んでください。");
        }
        if (JsonSerializer.Serialize(steps, Json.Plain) is var json && json == StepsJson)
            return;
        (StepsJson, _steps) = (json, null);
        Happened(by, now, "route-described", steps.Count == 0 ? "上の組織のルートを使う" : string.Join(" → ", steps.Select(step => step.Name)));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ApprovalRoute>
    {
        public void Configure(EntityTypeBuilder<ApprovalRoute> builder)
        {
            builder.ToTable("approval_routes");
            builder.Ignore(r => r.Steps);
            builder.HasOne(r => r.Unit).WithMany().HasForeignKey(r => r.UnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(r => r.UnitId).IsUnique();
        }
    }
}
