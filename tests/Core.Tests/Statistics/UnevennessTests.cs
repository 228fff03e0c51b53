using CsCheck;
using Kyodo.Statistics;
using Xunit;

namespace Kyodo.Core.Tests.Statistics;

public sealed class UnevennessTests
{
    private static readonly Gen<int[]> Counts = Gen.Int[0, 1000].Array[1, 60].Where(counts => counts.Any(count => count > 0));

    [Fact]
    public void Where_all_have_the_same_it_is_0() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[1, 1_000_000]).Sample((n, each) => Assert.Equal(0, Unevenness.Gini([.. Enumerable.Repeat(each, n)])));

    [Fact]
    public void Where_one_has_all_it_is_n_minus_1_of_n() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[1, 1_000_000]).Sample((n, all) => Assert.Equal((n - 1) / (double)n, Unevenness.Gini([.. Enumerable.Repeat(0, n - 1), all])!.Value, 12));

    [Fact]
    public void The_order_of_the_units_does_not_matter() =>
        Counts.SelectMany(counts => Gen.Shuffle(counts).Select(shuffled => (counts, shuffled))).Sample(pair =>
        {
            Assert.Equal(Unevenness.Gini(pair.counts), Unevenness.Gini(pair.shuffled));
            Assert.Equal(Unevenness.Lorenz(pair.counts), Unevenness.Lorenz(pair.shuffled));
        });

    [Fact]
    public void The_scale_does_not_matter() =>
        Gen.Select(Counts, Gen.Int[2, 1000]).Sample((counts, times) => Assert.Equal(Unevenness.Gini(counts)!.Value, Unevenness.Gini([.. counts.Select(count => count * times)])!.Value, 12));

    [Fact]
    public void It_is_at_least_0_and_below_1() => Counts.Sample(counts => Assert.InRange(Unevenness.Gini(counts)!.Value, 0, 1 - (1.0 / counts.Length) + 1e-12));

    [Fact]
    public void A_thing_given_from_the_one_with_the_most_to_the_one_with_the_fewest_makes_it_smaller() => Counts.Where(counts => counts.Max() > counts.Min() + 1).Sample(counts =>
    {
        var given = counts.Order().ToArray();
        given[0]++;
        given[^1]--;
        Assert.True(Unevenness.Gini(given) < Unevenness.Gini(counts));
    });

    [Fact]
    public void The_curve_runs_from_nothing_to_all_under_the_line_of_equal_shares_and_bends_up() => Counts.Sample(counts =>
    {
        var curve = Unevenness.Lorenz(counts);
        Assert.Equal(counts.Length + 1, curve.Count);
        Assert.Equal((new LorenzPoint(0, 0), new LorenzPoint(1, 1)), (curve[0], curve[^1]));
        Assert.All(curve, point => Assert.True(point.Cases <= point.Units + 1e-12));
        var steps = curve.Zip(curve.Skip(1), (a, b) => b.Cases - a.Cases).ToList();
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.True(pair.Second >= pair.First - 1e-12));
    });

    // Gini is twice the area between the line of equal shares and the curve.
    [Fact]
    public void The_coefficient_is_the_area_that_the_curve_shows() => Counts.Sample(counts =>
    {
        var curve = Unevenness.Lorenz(counts);
        var under = curve.Zip(curve.Skip(1), (a, b) => (b.Units - a.Units) * (a.Cases + b.Cases) / 2).Sum();
        Assert.Equal(1 - (2 * under), Unevenness.Gini(counts)!.Value, 9);
    });

    [Fact]
    public void Of_nobody_or_nothing_no_spread_can_be_told()
    {
        Assert.Null(Unevenness.Gini([]));
        Assert.Null(Unevenness.Gini([0, 0, 0]));
        Assert.Empty(Unevenness.Lorenz([0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Unevenness.Gini([1, -1]));
    }

    [Fact]
    public void A_hundred_thousand_of_the_largest_do_not_overflow() => Assert.Equal(0, Unevenness.Gini([.. Enumerable.Repeat(int.MaxValue, 100_000)]));
}
