using System.Diagnostics;
using CsCheck;
using Kyodo.Scores;
using Xunit;

namespace Kyodo.Core.Tests.Evaluation;

public sealed class FiguresTests
{
    private static readonly Scale Four = new(["そうではない", "あまり", "おおむね", "十分"]);
    private static readonly string[] Nos = ["K1", "K2"];

    [Fact]
    public void Figures_are_what_one_counts_by_hand()
    {
        // K1: government 4,4,4,2,n; partners 2,4,3,2,3 → gaps 2,0,1,0.
        var judged = new[] { ("4 ", "2 "), ("4 ", "4 "), ("4 ", "3 "), ("2 ", "2 "), ("n ", "3 "), ("1 ", "u ") }.Select(pair => One("ps", pair.Item1, pair.Item2)).ToList();
        var figures = ScoreFigures.Of(judged, ScoreTable.Total);
        var (own, theirs) = (figures.Single(f => f is { Criterion: "K1", Side: SideKind.Government }), figures.Single(f => f is { Criterion: "K1", Side: SideKind.Partner }));
        Assert.Equal((5, 3.0, 4.0, 1, 0), (own.N, own.Mean, own.Median, own.NotApplicable, own.CannotJudge));
        Assert.Equal((5, 2.8, 3.0, 0, 1), (theirs.N, theirs.Mean, theirs.Median, theirs.NotApplicable, theirs.CannotJudge));
        // Four pairs only: what they differ by stays hidden.
        Assert.Null(own.MeanGap);
        figures = ScoreFigures.Of([.. judged, One("ps", "4 ", "1 ")], ScoreTable.Total);
        var gaps = figures.First(f => f is { Criterion: "K1", Side: SideKind.Partner });
        Assert.Equal((1.2, 0.4), (gaps.MeanGap, gaps.ShareGap2));
        Assert.Equal((0, null), (figures.First(f => f.Criterion == "K2").N, figures.First(f => f.Criterion == "K2").Mean));
    }

    [Fact]
    public void A_small_programme_cannot_be_worked_out_of_the_total()
    {
        var judged = Enumerable.Range(0, 10).Select(_ => One("ps", "33", "33")).Concat(Enumerable.Range(0, 7).Select(_ => One("zero-budget", "22", "22"))).Concat(Enumerable.Range(0, 3).Select(_ => One("other", "11", "11"))).ToList();
        var figures = ScoreFigures.Of(judged, ScoreTable.Total, ScoreTable.Programmes).Where(f => f is { Criterion: "K1", Side: SideKind.Government }).ToDictionary(f => f.Group, StringComparer.Ordinal);
        Assert.NotNull(figures["all"].Mean);
        Assert.NotNull(figures["ps"].Mean);
        Assert.Equal((3, null), (figures["other"].N, figures["other"].Mean));
        Assert.Equal((7, null, true), (figures["zero-budget"].N, figures["zero-budget"].Mean, figures["zero-budget"].IsHidden));
    }

    [Fact]
    public void No_group_of_less_than_five_comes_out_by_subtraction() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4]).Array[0, 45].Sample(members =>
        {
            var cells = new List<SuppressionCell> { new("total", true, members.Length) };
            for (var i = 0; i < members.Length; i++)
                cells[0].Add(i);
            foreach (var (table, groups, which) in new (string, int, Func<int, int>)[] { ("form", 4, i => members[i].Item1), ("unit", 5, i => members[i].Item2) })
            {
                for (var g = 0; g < groups; g++)
                {
                    var cell = new SuppressionCell(table, false, members.Length);
                    for (var i = 0; i < members.Length; i++)
                    {
                        if (which(i) == g)
                            cell.Add(i);
                    }
                    cells.Add(cell);
                }
            }
            var hidden = Suppression.Hidden(cells);
            var shown = cells.Where((cell, i) => !hidden[i] && cell.Count > 0).Select(cell => Enumerable.Range(0, members.Length).Where(cell.Contains).ToHashSet()).ToList();
            foreach (var whole in shown)
            {
                Assert.True(whole.Count >= Suppression.Least);
                // Whatever is taken off: any of one table's groups, or one of each.
                foreach (var left in Remainders(whole, [.. shown.Where(part => part != whole && part.IsSubsetOf(whole))], 2))
                    Assert.False(left is > 0 and < Suppression.Least, $"{left} of {whole.Count} come out");
            }
            for (var t = 0; t < 2; t++)
            {
                var table = t == 0 ? "form" : "unit";
                var rest = members.Length - cells.Where((cell, i) => cell.Table == table && !hidden[i]).Sum(cell => cell.Count);
                Assert.False(!hidden[0] && members.Length >= 5 && rest is > 0 and < Suppression.Least, $"{rest} come out of {table}");
            }
        }, iter: 400);

    [Fact]
    public void Figures_over_ten_thousand_evaluations_come_at_once()
    {
        var nos = Enumerable.Range(1, 20).Select(i => $"K{i}").ToArray();
        var judged = Enumerable.Range(0, 10_000).Select(i => new Judged(nos, Four, i % 3 == 0 ? "ps" : "zero-budget", 2007, i % 7, $"unit{i % 23}",
            string.Concat(Enumerable.Range(0, 20).Select(k => "1234nu"[((i * 7) + k) % 6])), [new(string.Concat(Enumerable.Range(0, 20).Select(k => "4321un"[((i * 5) + k) % 6])), $"kind{i % 12}")])).ToList();
        ScoreFigures.Of(judged, ScoreTable.Total);
        var watch = Stopwatch.StartNew();
        var figures = ScoreFigures.Of(judged, ScoreTable.Total, ScoreTable.Programmes);
        Assert.Equal(20 * 2 * 3, figures.Count);
        Assert.True(watch.ElapsedMilliseconds < 2000, $"{watch.ElapsedMilliseconds} ms");
        TestContext.Current.SendDiagnosticMessage("figures over 10,000: {0} ms", watch.ElapsedMilliseconds);
    }

    private static IEnumerable<int> Remainders(HashSet<int> whole, List<HashSet<int>> parts, int most)
    {
        for (var a = 0; a < parts.Count; a++)
        {
            yield return whole.Count - parts[a].Count;
            for (var b = a + 1; most > 1 && b < parts.Count; b++)
            {
                if (!parts[a].Overlaps(parts[b]))
                    yield return whole.Count - parts[a].Count - parts[b].Count;
            }
        }
    }

    private static Judged One(string programme, string own, string theirs) => new(Nos, Four, programme, 2007, 1, "doboku", own, [new(theirs, "NPO法人")]);
}
