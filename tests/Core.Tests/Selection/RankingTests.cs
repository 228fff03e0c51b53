using CsCheck;
using Kyodo.Selection;
using Xunit;

namespace Kyodo.Core.Tests.Selection;

public sealed class RankingTests
{
    [Theory]
    // Equal in all: they share.
    [InlineData("a5515555 b5515555", "a1 b1")]
    // Equal points (協働度 and 成果 weigh the same): the better 協働度 stands before.
    [InlineData("a3343333 b3334333", "a1 b2")]
    // Equal points and 協働度: the better 成果. 目標 and 住民 weigh ten each against twenty.
    [InlineData("a3334333 b4333433", "a1 b2")]
    [InlineData("a3333333 b4444444 c4444444 d2222222", "b1 c1 a3 d4")]
    public void Equal_points_are_parted_by_the_stated_rule(string given, string ranks)
    {
        var found = Of(given.Split(' ').SelectMany(one => "甲乙丙".Select(juror => (one[..1], $"{juror}", one[1..]))));
        Assert.Equal(ranks, string.Join(' ', found.Entries.Select(row => $"{row.NominationId}{row.PlainRank}")));
        Assert.All(found.Entries, row => Assert.Equal(row.PlainRank, row.CorrectedRank));
    }

    [Fact]
    public void The_order_in_which_marks_come_in_changes_nothing() =>
        Drawn.Sample(given =>
        {
            string Line(IEnumerable<(string, string, string)> marks) => string.Join(' ', Of(marks).Entries.Select(row => $"{row.NominationId}/{row.PlainRank}/{row.CorrectedRank}/{row.Corrected:0.000000}"));
            return Line(given) == Line(given.Reverse());
        });

    [Fact]
    public void A_better_mark_never_costs_an_entry_its_place() =>
        Gen.Select(Drawn, Gen.Int[0, 1000], Gen.Int[0, 6]).Sample((given, which, place) =>
        {
            var at = which % given.Length;
            var (entry, juror, points) = given[at];
            if (points[place] == '5')
                return true;
            var better = given.ToArray();
            better[at] = (entry, juror, $"{points[..place]}{(char)(points[place] + 1)}{points[(place + 1)..]}");
            int Rank(IEnumerable<(string, string, string)> marks) => Of(marks).Entries.Single(row => row.NominationId == entry).PlainRank;
            return Rank(better) <= Rank(given);
        });

    [Fact]
    public void Places_run_from_the_first_and_after_two_of_one_place_the_next_is_left_out() =>
        Drawn.Sample(given =>
        {
            foreach (var ranks in new[] { Of(given).Entries.Select(row => row.PlainRank).Order().ToList(), [.. Of(given).Entries.Select(row => row.CorrectedRank).Order()] })
            {
                for (var i = 0; i < ranks.Count; i++)
                {
                    if (ranks[i] != (i > 0 && ranks[i] == ranks[i - 1] ? ranks[i - 1] : i + 1))
                        return false;
                }
            }
            return true;
        });

    // Up to twenty entries with three of five jurors each, in turn.
    private static Gen<(string, string, string)[]> Drawn => Gen.Int[1, 20].SelectMany(entries => Gen.Int[1, 5].Array[entries * 3 * 7].Select(dice =>
        Enumerable.Range(0, entries * 3).Select(i => ($"e{i / 3:00}", $"j{((i / 3) + (i % 3 * 2)) % 5}", string.Concat(dice.Skip(i * 7).Take(7)))).ToArray()));

    private static Ranking Of(IEnumerable<(string, string, string)> given) => Ranking.Of(SelectionCriterion.BuiltIn, [.. given]);
}
