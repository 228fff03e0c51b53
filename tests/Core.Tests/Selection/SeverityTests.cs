using CsCheck;
using Kyodo.Selection;
using Xunit;

namespace Kyodo.Core.Tests.Selection;

public sealed class SeverityTests
{
    [Fact]
    public void A_strict_juror_does_not_cost_the_entries_that_were_given_to_them()
    {
        // 甲 and 乙 see all but one entry each; 丙 takes 20 points off.
        JurorScore[] marks =
        [
            new("a", "甲", 80), new("a", "乙", 80), new("b", "甲", 75), new("b", "丙", 55), new("c", "乙", 60), new("c", "丙", 40), new("d", "甲", 50), new("d", "乙", 50), new("e", "甲", 70), new("e", "丙", 50),
        ];
        var found = JurorSeverity.Of(marks);
        Assert.True(found.IsConnected);
        Assert.True(found.Leniency["丙"] < found.Leniency["甲"] - 10);
        Assert.Equal(["a", "b", "e", "c", "d"], found.Worth.OrderByDescending(pair => pair.Value).Select(pair => pair.Key));
    }

    [Fact]
    public void Who_only_saw_weak_entries_is_not_taken_for_strict()
    {
        JurorScore[] marks = [new("good", "甲", 90), new("good", "乙", 90), new("weak", "乙", 30), new("weak", "丙", 30), new("poor", "乙", 20), new("poor", "丙", 20)];
        Assert.All(JurorSeverity.Of(marks).Leniency.Values, leniency => Assert.Equal(0, leniency, 9));
    }

    [Fact]
    public void Of_one_juror_alone_or_of_equal_marks_nothing_is_corrected()
    {
        Assert.Equal(new Dictionary<string, double> { ["a"] = 80, ["b"] = 20 }, JurorSeverity.Of([new("a", "甲", 80), new("b", "甲", 20)]).Worth);
        var equal = JurorSeverity.Of([.. from entry in "abc" from juror in "甲乙丙" select new JurorScore($"{entry}", $"{juror}", 60)]);
        Assert.All(equal.Worth.Values, worth => Assert.Equal(60, worth, 9));
        Assert.Empty(JurorSeverity.Of([]).Worth);
    }

    [Fact]
    public void Jurors_whom_no_entry_links_are_said_not_to_be_comparable() =>
        Assert.False(JurorSeverity.Of([new("a", "甲", 80), new("a", "乙", 70), new("b", "丙", 20), new("b", "丁", 30)]).IsConnected);

    [Fact]
    public void Where_all_judge_all_the_correction_changes_no_order() =>
        Gen.Select(Gen.Int[2, 6], Gen.Int[2, 5]).SelectMany((entries, jurors) => Gen.Double[0, 100].Array[entries * jurors].Select(scores => (jurors, scores))).Sample(drawn =>
        {
            var marks = drawn.scores.Select((score, i) => new JurorScore($"{i / drawn.jurors}", $"{i % drawn.jurors}", score)).ToList();
            var worth = JurorSeverity.Of(marks).Worth;
            return marks.GroupBy(mark => mark.Entry).All(own => Math.Abs(own.Average(mark => mark.Score) - worth[own.Key]) < 1e-6);
        });

    [Fact]
    public void What_one_juror_gives_more_to_everybody_moves_no_entry_before_another() =>
        Gen.Select(Gen.Double[0, 60].Array[30], Gen.Double[0, 40]).Sample((scores, gift) =>
        {
            // Three of five for each entry, in turn.
            var marks = scores.Select((score, i) => new JurorScore($"{i / 3}", $"{((i / 3) + (i % 3 * 2)) % 5}", score)).ToList();
            var (plain, given) = (JurorSeverity.Of(marks), JurorSeverity.Of([.. marks.Select(mark => mark.Juror == "2" ? mark with { Score = mark.Score + gift } : mark)]));
            // The ridge keeps a little of the gift; what is left is small beside it.
            return plain.Worth.All(pair => Math.Abs(given.Worth[pair.Key] - pair.Value - given.Worth.Values.Average() + plain.Worth.Values.Average()) <= (gift * 0.2) + 1e-9);
        });

    [Theory]
    [InlineData(1.0, "a甲80 a乙80 b甲20 b乙20")]
    [InlineData(-0.5, "a甲80 a乙20 b甲20 b乙80")]
    [InlineData(null, "a甲50 a乙50")]
    [InlineData(null, "a甲50 b乙60")]
    public void Agreement_is_one_where_all_say_the_same_and_below_nothing_where_they_contradict(double? alpha, string marks)
    {
        var found = Agreement.Alpha([.. marks.Split(' ').Select(mark => new JurorScore(mark[..1], mark[1..2], double.Parse(mark[2..], System.Globalization.CultureInfo.InvariantCulture)))]);
        Assert.Equal(alpha is null, found is null);
        Assert.Equal(alpha ?? 0, found ?? 0, 9);
    }
}
