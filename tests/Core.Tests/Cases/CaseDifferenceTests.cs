using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Kyodo.Cases;
using Kyodo.Questions;
using Xunit;

namespace Kyodo.Core.Tests.Cases;

public sealed class CaseDifferenceTests
{
    private static readonly Question Title = new() { Key = "title", Type = "short text", LabelJa = "事業名" };
    private static readonly Question Budget = new() { Key = "budget", Type = "budget", LabelJa = "予算額", ChangeLimit = 30 };
    private static readonly Question Amount = new() { Key = "cost", Type = "amount", LabelJa = "経費", ChangeLimit = 10 };
    private static readonly Question Number = new() { Key = "people", Type = "number", LabelJa = "人数", Unit = "人", ChangeLimit = 30 };
    private static readonly Question Indicators = new() { Key = "indicators", Type = "indicator series", LabelJa = "指標", ChangeLimit = 30 };
    private static readonly Question Links = new() { Key = "links", Type = "addresses", LabelJa = "リンク" };

    private static readonly Question[] All = [Title, Budget, Amount, Number, Indicators, Links];

    [Fact]
    public void Only_what_differs_is_named_in_the_order_of_the_questions()
    {
        var before = Of(("title", "道の清掃"), ("people", 10m));
        var after = Of(("people", 12m), ("title", "道と川の清掃"), ("links", new JsonArray("https://example.jp")));
        Assert.Equal(["title", "people", "links"], CaseDifference.Between(before, after, All).Select(d => d.Question.Key));
        Assert.Empty(CaseDifference.Between(after, Answers.Parse(after.ToJson()), All));
    }

    [Fact]
    public void Amounts_say_by_how_much_of_what_they_were()
    {
        var change = Assert.Single(Between(Of(("budget", Json("""{"initial":1000000,"source":"一般財源"}"""))), Of(("budget", Json("""{"initial":2500000,"source":"基金"}"""))))).Changes;
        Assert.Equal("当初 1,000千円 → 2,500千円（＋150％）", Assert.Single(change).ToString());
    }

    [Theory]
    [InlineData(100, 130, false)]
    [InlineData(100, 130.1, true)]
    [InlineData(100, 70, false)]
    [InlineData(100, 69, true)]
    [InlineData(0, 1, true)]
    [InlineData(0, 0, false)]
    [InlineData(-100, -131, true)]
    public void A_change_is_large_when_it_is_over_the_limit_up_or_down(double before, double after, bool large)
    {
        var unexplained = CaseDifference.Unexplained(Of(("people", (decimal)before)), Of(("people", (decimal)after)), All);
        Assert.Equal(large ? ["people"] : [], unexplained.Select(q => q.Key));
    }

    [Fact]
    public void A_reason_answers_a_large_change_and_is_kept_by_question()
    {
        var (before, after) = (Of(("people", 10m), ("cost", 1000L)), Of(("people", 100m), ("cost", 9000L)));
        Assert.Equal(["cost", "people"], CaseDifference.Unexplained(before, after, All).Select(q => q.Key));
        after = after.WithReason("people", "会場を広げたため");
        Assert.Equal(["cost"], CaseDifference.Unexplained(before, after, All).Select(q => q.Key));
        Assert.Equal("会場を広げたため", Answers.Parse(after.ToJson()).ReasonFor("people"));
        Assert.Equal(["people"], CaseDifference.Unexplained(before, after.WithReason("people", "").WithReason("cost", "単価"), All).Select(q => q.Key));
    }

    [Fact]
    public void A_number_that_appears_or_goes_is_a_difference_and_no_large_change()
    {
        Assert.Empty(CaseDifference.Unexplained(Answers.None, Of(("people", 100m)), All));
        Assert.Empty(CaseDifference.Unexplained(Of(("people", 100m)), Answers.None, All));
        Assert.Single(Between(Answers.None, Of(("people", 100m))));
    }

    [Fact]
    public void An_indicator_is_compared_newest_with_newest_and_a_past_value_with_itself()
    {
        var before = Series("協定団体数（団体）: H14=70、H18=182");
        Assert.Equal("協定団体数 H18→H19 182団体 → 250団体（＋37.4％）", Assert.Single(Assert.Single(Between(before, Series("協定団体数（団体）: H14=70、H18=182、H19=250"))).Large).ToString());
        Assert.Equal("協定団体数 H14 70団体 → 7団体（－90％）", Assert.Single(Assert.Single(Between(before, Series("協定団体数（団体）: H14=7、H18=182"))).Large).ToString());
        Assert.Empty(Assert.Single(Between(before, Series("協定団体数（団体）: H14=70、H18=182、H19=190"))).Large);
        Assert.Empty(Assert.Single(Between(before, Series("参加者（人）: H19=9"))).Changes);
    }

    [Fact]
    public void What_was_of_another_type_is_compared_without_falling()
    {
        var difference = Assert.Single(CaseDifference.Between(Of(("cost", Json("""{"initial":1}"""))), Of(("cost", 5L)), [Amount]));
        Assert.Empty(difference.Changes);
    }

    [Fact]
    public void Twice_as_far_is_never_less_large() => Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[-1_000_000, 1_000_000], Gen.Int[1, 1000]).Sample((before, by, limit) =>
    {
        var near = new NumberChange("", before, before + by, "").Exceeds(limit);
        var far = new NumberChange("", before, before + (2m * by), "").Exceeds(limit);
        return !near || far;
    });

    private static IReadOnlyList<AnswerDifference> Between(Answers before, Answers after) => CaseDifference.Between(before, after, All);

    private static JsonNode Json(string json) => JsonNode.Parse(json)!;

    private static Answers Series(string line)
    {
        var problems = new List<Kyodo.Common.Problem>();
        var value = Indicators.Read(new PartTexts(line), new ReadingContext(new(2007), [], []), problems);
        Assert.Empty(problems);
        return Answers.None.With("indicators", value);
    }

    private static Answers Of(params (string Key, object Value)[] answers) => answers.Aggregate(Answers.None, (all, one) => all.With(one.Key, one.Value switch
    {
        JsonNode node => node,
        string text => JsonValue.Create(text),
        long yen => JsonValue.Create(yen),
        IConvertible number => JsonValue.Create(number.ToDecimal(CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException("No answer.", nameof(answers)),
    }));
}
