namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>
/// A place on the board: a unit that was asked, or one that was not and stands there only over those below it. <see cref="Below"/> counts all
/// units under it, at any depth.
/// </summary>
public sealed class BoardNode
{
    public required string Name { get; init; }

    public required long UnitId { get; init; }

    public BoardRow? Row { get; init; }

    public int Order { get; init; }

    public BoardNode? Parent { get; private set; }

    public List<BoardNode> Children { get; } = [];

    public int Depth { get; private set; }

    public int Asked { get; private set; }

    public int Late { get; private set; }

    public int Arrived { get; private set; }

    public int Cases { get; private set; }

    public int Below => Asked - (Row is { IsGone: false } ? 1 : 0);

    internal void Put(BoardNode below)
    {
        below.Parent = this;
        Children.Add(below);
    }

    /// <summary>Counts what is below and puts the late first, then those awaited, then the printed order.</summary>
    internal void Settle(int depth)
    {
        Depth = depth;
        (Asked, Late, Arrived, Cases) = Row is { IsGone: false } own ? (1, own.IsLate ? 1 : 0, own.HasArrived ? 1 : 0, own.Cases) : (0, 0, 0, 0);
        foreach (var child in Children)
        {
            child.Settle(depth + 1);
            Asked += child.Asked;
            Late += child.Late;
            Arrived += child.Arrived;
            Cases += child.Cases;
        }
        Children.Sort(LateFirst);
    }

    internal static int LateFirst(BoardNode a, BoardNode b) =>
        (b.Late > 0).CompareTo(a.Late > 0) is var late and not 0 ? late
        : (b.Arrived < b.Asked).CompareTo(a.Arrived < a.Asked) is var awaited and not 0 ? awaited
        : a.Order.CompareTo(b.Order) is var order and not 0 ? order
        : a.UnitId.CompareTo(b.UnitId);
}

/// <summary>
/// The units of a round as a tree: each under the unit above it that was asked too, else under the one that relayed the inquiry to it, else under
/// the name of the unit above it.
/// </summary>
public static class BoardTree
{
    /// <summary>The places in the order in which they are drawn: each before those below it.</summary>
    public static IReadOnlyList<BoardNode> Of(IReadOnlyList<BoardRow> rows)
    {
        var asked = new Dictionary<long, BoardNode>(rows.Count);
        foreach (var row in rows)
            asked.Add(row.Unit.UnitId, new BoardNode { Name = row.Unit.Name, UnitId = row.Unit.UnitId, Row = row, Order = row.Unit.Order });
        var (tops, headings) = (new List<BoardNode>(), new Dictionary<long, BoardNode>());
        foreach (var node in asked.Values)
        {
            var unit = node.Row!.Unit;
            if ((Above(unit.ParentUnitId, node) ?? Above(unit.RelayedByUnitId, node)) is { } above)
                above.Put(node);
            else if (unit.ParentUnitId is not { } parent || asked.ContainsKey(parent))
                tops.Add(node);
            else
            {
                if (!headings.TryGetValue(parent, out var heading))
                {
                    headings.Add(parent, heading = new BoardNode { Name = unit.ParentName ?? "", UnitId = parent, Order = unit.ParentOrder ?? 0 });
                    tops.Add(heading);
                }
                heading.Put(node);
            }
        }
        foreach (var top in tops)
            top.Settle(0);
        tops.Sort(BoardNode.LateFirst);
        var drawn = new List<BoardNode>(rows.Count + headings.Count);
        foreach (var top in tops)
            Add(top);
        return drawn;

        // A unit that relayed to the one above it in the organisation stands on top: nothing is under itself.
        BoardNode? Above(long? unit, BoardNode node)
        {
            if (unit is not { } id || !asked.TryGetValue(id, out var above))
                return null;
            for (var place = above; place is not null; place = place.Parent)
            {
                if (place == node)
                    return null;
            }
            return above;
        }

        void Add(BoardNode node)
        {
            drawn.Add(node);
            foreach (var child in node.Children)
                Add(child);
        }
    }
}
