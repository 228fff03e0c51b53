using Kyodo.Organizations;

namespace Kyodo.Reorganizations;

public enum ReorganizationChange
{
    New,
    Renamed,
    Merged,
    Split,
    Moved,
    Abolished,
}

/// <summary>
/// One line of a change set. A merger has one line for each unit that goes in, a split one for each that comes out. Whatever changes its name
/// or its place becomes a new unit with a code of its own, so that every past year keeps its tree; only a merger may go into a unit that
/// stands already (編入). <paramref name="Parent"/>: the code of the unit above; null is the top, and for a renamed unit where it was.
/// </summary>
public sealed record ReorganizationLine(ReorganizationChange Change, string? From, string? To, string? Name = null, string? Parent = null, OrgUnitKind? Kind = null);

public sealed record UnitBeginning(string Code, string Name, OrgUnitKind Kind, string? Parent, IReadOnlyList<string> Predecessors);

public sealed record UnitEnding(string Code, string Name, IReadOnlyList<string> Successors);
