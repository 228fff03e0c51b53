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

    public List<BoardNode> Children { get; } = [];

    public int Depth { get; private set; }

    public int Asked { get; private set; }

    public int Late { get; private set; }

    public int Arrived { get; private set; }

    public int Cases { get; private set; }

    public int Below => Asked - (Row is { IsPassedOn: false } ? 1 : 0);

    /// <summary>Counts what is below and puts the late first, then those awaited, then the printed order.</summary>
    internal void Settle(int depth)
    {
        Depth = depth;
        (Asked, Late, Arrived, Cases) = Row is { IsPassedOn: false } own ? (1, own.IsLate ? 1 : 0, own.IsAwaited ? 0 : 1, own.Cases) : (0, 0, 0, 0);
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

/// <summary>The units of a round as a tree: under the unit above that was asked too, or under one that was not and holds several of them.</summary>
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
            if (unit.ParentUnitId is not { } parent)
                tops.Add(node);
            else if (asked.TryGetValue(parent, out var above) || headings.TryGetValue(parent, out above))
                above.Children.Add(node);
            else
            {
                headings.Add(parent, above = new BoardNode { Name = unit.ParentName ?? "", UnitId = parent, Order = unit.ParentOrder ?? 0 });
                above.Children.Add(node);
                tops.Add(above);
            }
        }
        foreach (var top in tops)
            top.Settle(0);
        tops.Sort(BoardNode.LateFirst);
        var drawn = new List<BoardNode>(rows.Count + headings.Count);
        foreach (var top in tops)
            Add(top);
        return drawn;

        void Add(BoardNode node)
        {
            drawn.Add(node);
            foreach (var child in node.Children)
                Add(child);
        }
    }
}
