using Kyodo.Common;
using Kyodo.Rounds;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>The board of a round at one moment, counted and put in order.</summary>
public sealed class BoardView(BoardRound round, DateOnly today, IReadOnlyList<BoardRow> rows)
{
    public BoardRound Round => round;

    public DateOnly Today => today;

    public IReadOnlyList<BoardRow> Rows => rows;

    public IReadOnlyList<BoardNode> Tree { get; } = BoardTree.Of(rows);

    public int Awaited { get; } = rows.Count(row => row.IsAwaited);

    public int Late { get; } = rows.Count(row => row.IsLate);

    public bool HasPast { get; } = rows.Any(row => row.Past is not null);

    public bool IsOpen => round.Status is RoundStatus.Open;

    /// <summary>Days from sending to receipt and to answer, of those that have come: the middle one.</summary>
    public double? MedianReceived { get; } = Median(rows.Select(row => row.ReceivedAfter));

    public double? MedianAnswered { get; } = Median(rows.Select(row => row.AnsweredAfter));

    public IReadOnlyList<BoardSegment> Segments
    {
        get
        {
            var counts = rows.CountBy(row => row.Segment).ToDictionary();
            var at = 0;
            return [.. BoardSegment.InOrder.Where(s => counts.ContainsKey(s.Key)).Select(s => new BoardSegment(s.Key, s.Word, counts[s.Key], (at += counts[s.Key]) - counts[s.Key]))];
        }
    }

    public required bool MayCoordinate { get; init; }

    public string? State { get; init; }

    public string? Search { get; init; }

    public bool IsFiltered => !string.IsNullOrEmpty(State) || !string.IsNullOrWhiteSpace(Search);

    /// <summary>The places to draw: all, or those that fit with the ones above them.</summary>
    public IReadOnlyList<BoardNode> Shown
    {
        get
        {
            if (!IsFiltered)
                return Tree;
            var wanted = TextForms.Key(Search);
            var shown = new List<BoardNode>();
            foreach (var top in Tree.Where(node => node.Depth == 0))
                Add(top);
            return shown;

            bool Add(BoardNode node)
            {
                var place = shown.Count;
                var fits = node.Row?.Fits(State, wanted) is true;
                foreach (var child in node.Children)
                    fits |= Add(child);
                if (fits)
                    shown.Insert(place, node);
                return fits;
            }
        }
    }

    public string Address(string? state) => $"/staff/rounds/{round.Id}{Query(state)}";

    /// <summary>Where the drawn part is asked for again.</summary>
    public string PartAddress => $"/staff/rounds/{round.Id}/board{Query(State)}";

    private string Query(string? state)
    {
        var query = string.Join('&', new[] { string.IsNullOrEmpty(state) ? null : $"state={Uri.EscapeDataString(state)}", string.IsNullOrWhiteSpace(Search) ? null : $"q={Uri.EscapeDataString(Search)}" }.OfType<string>());
        return query.Length == 0 ? "" : $"?{query}";
    }

    private static double? Median(IEnumerable<int?> days)
    {
        var known = days.OfType<int>().Order().ToList();
        return known.Count == 0 ? null : (known[(known.Count - 1) / 2] + known[known.Count / 2]) / 2.0;
    }
}
