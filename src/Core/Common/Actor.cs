namespace Kyodo.Common;

/// <summary>What a person may be in a unit (役割).</summary>
public enum Role
{
    Respondent,
    Approver,
    Coordinator,
    Juror,
    TrainingOfficer,
    Auditor,
    Administrator,
}

/// <summary>Who acts: a person with what they are and where, as it stood when they came in. The program itself has no person.</summary>
public sealed record Actor(long? PersonId, string Name, IReadOnlyList<Duty> Duties)
{
    /// <summary>Set where somebody acts for a partner (相手方), who has no account and no role.</summary>
    public string? PartnerId { get; init; }

    public static Actor Program { get; } = new(null, "Kyodo", []);

    public bool Is(Role role) => Duties.Any(duty => duty.Role == role);

    public bool Is(Role role, long unitId) => Duties.Any(duty => duty.Role == role && duty.UnitId == unitId);

    /// <summary>May look into what every unit does: the partnership division, the auditor and the administrator.</summary>
    public bool SeesAllUnits => Is(Role.Coordinator) || Is(Role.Auditor) || Is(Role.Administrator);

    public IEnumerable<long> UnitIds => Duties.Select(duty => duty.UnitId).Distinct();
}

/// <summary>A role in a unit.</summary>
public readonly record struct Duty(Role Role, long UnitId)
{
    /// <summary>The absent person for whom somebody acts (代理); null where the role is their own.</summary>
    public Absentee? For { get; init; }
}

/// <summary>Somebody who is away, and for whom another acts.</summary>
public sealed record Absentee(long Id, string Name);
