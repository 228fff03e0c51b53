using Kyodo.App.Pages.Staff.Rounds;
using Kyodo.Common;
using Kyodo.Rounds;
using Xunit;

namespace Kyodo.App.Tests.Rounds;

public sealed class BoardTreeTests
{
    private static readonly DateOnly Today = new(2026, 5, 11);

    private static readonly BoardRound Round = new(1, "照会", "ps", new FiscalYear(2026), Phase.StartOfYear, RoundStatus.Open, Today, Today, Today, JapanTime.At(new DateOnly(2026, 5, 1), 9), 1, null, 1);

    [Fact]
    public void A_unit_stands_under_the_one_above_it_else_under_its_relayer_else_under_a_name()
    {
        var tree = BoardTree.Of([Row(1, "土木部"), Row(2, "道路課", parent: 1), Row(3, "山鹿市", relayedBy: 1), Row(4, "会計課", parent: 90), Row(5, "用度課", parent: 90)]);
        Assert.Equal(["土木部 0", "道路課 1", "山鹿市 1", "名前90 0", "会計課 1", "用度課 1"], tree.Select(node => $"{node.Name} {node.Depth}"));
        Assert.Equal((3, 2), (tree[0].Asked, tree[0].Below));
        Assert.Equal((2, 2), (tree[3].Asked, tree[3].Below));
        Assert.Null(tree[3].Row);
    }

    [Fact]
    public void The_late_and_what_holds_them_come_first_and_the_arrived_last()
    {
        var tree = BoardTree.Of(
        [
            Row(1, "済んだ部", InquiryStatus.Accepted), Row(2, "待つ部"), Row(3, "上は済んだ部", InquiryStatus.Answered), Row(4, "遅れた課", due: Today.AddDays(-1), parent: 3), Row(5, "済んだ課", InquiryStatus.Answered, parent: 3),
        ]);
        Assert.Equal(["上は済んだ部", "遅れた課", "済んだ課", "待つ部", "済んだ部"], tree.Select(node => node.Name));
        Assert.Equal((1, 2, 3), (tree[0].Late, tree[0].Arrived, tree[0].Asked));
    }

    [Fact]
    public void Whoever_relayed_to_the_unit_above_is_still_on_the_board()
    {
        var tree = BoardTree.Of([Row(1, "部", relayedBy: 2), Row(2, "課", parent: 1)]);
        Assert.Equal(2, tree.Count);
    }

    [Fact]
    public void A_filter_keeps_those_above_what_fits()
    {
        var rows = new[] { Row(1, "土木部"), Row(2, "道路課", InquiryStatus.Returned, parent: 1), Row(3, "河川課", parent: 1), Row(4, "総務部") };
        IEnumerable<string> Shown(string? state, string? search) => new BoardView(Round, Today, rows) { MayCoordinate = true, State = state, Search = search }.Shown.Select(node => node.Name);
        Assert.Equal(["土木部", "道路課"], Shown("returned", null));
        Assert.Equal(["土木部", "河川課"], Shown(null, "河川"));
        Assert.Empty(Shown("late", null));
        Assert.Equal(4, Shown("awaited", "").Count());
    }

    [Fact]
    public void The_median_is_of_those_that_have_come()
    {
        DateTimeOffset After(int days) => JapanTime.At(new DateOnly(2026, 5, 1).AddDays(days), 17);
        var view = new BoardView(Round, Today, [Row(1, "a", answered: After(3)), Row(2, "b", answered: After(8)), Row(3, "c")]) { MayCoordinate = false };
        Assert.Equal((5.5, null), (view.MedianAnswered, view.MedianReceived));
    }

    private static BoardRow Row(long unit, string name, InquiryStatus status = InquiryStatus.Sent, long? parent = null, long? relayedBy = null, DateOnly? due = null, DateTimeOffset? answered = null) => new(
        new BoardUnit(unit * 10, unit, name, (int)unit, parent, parent is null ? null : $"名前{parent}", parent is null ? null : (int)parent, relayedBy, status, false, due ?? Today, null, answered, null),
        Round, Today, 0, 0, null);
}
