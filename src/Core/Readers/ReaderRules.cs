using Kyodo.Common;

namespace Kyodo.Readers;

internal static class ReaderRules
{
    /// <summary>Answers for a case: its unit's respondents and approvers, and the partnership division.</summary>
    public static bool IsInCharge(long? unitId, Actor by) => by.Is(Role.Coordinator) || (unitId is { } unit && SpeaksFor(unit, by));

    /// <summary>May say in the unit's name what the unit did.</summary>
    public static bool SpeaksFor(long unit, Actor by) => by.Is(Role.Respondent, unit) || by.Is(Role.Approver, unit) || by.Is(Role.Coordinator, unit);
}
