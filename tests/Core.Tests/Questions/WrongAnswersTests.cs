using Kyodo.Common;
using Kyodo.Questions;
using Xunit;

namespace Kyodo.Core.Tests.Questions;

public sealed class WrongAnswersTests
{
    [Theory]
    [InlineData("choice", "", "宇宙", "asked")]
    [InlineData("many choices", "", "環境、宇宙", "asked")]
    [InlineData("number", "", "たくさん", "asked")]
    [InlineData("amount", "", "1,200ドル", "asked")]
    [InlineData("budget", "amended", "不明", "asked.amended")]
    [InlineData("date", "", "来年", "asked")]
    [InlineData("date", "", "H91.4.1", "asked")]
    [InlineData("period", "to", "いつか", "asked.to")]
    [InlineData("place", "", "東京市", "asked")]
    [InlineData("unit and contact", "phone", "内線のみ", "asked.phone")]
    [InlineData("unit and contact", "mail", "kyodo", "asked.mail")]
    [InlineData("form", "", "9", "asked")]
    [InlineData("form", "also", "9", "asked.also")]
    [InlineData("partner list", "count", "多数", "asked.count")]
    [InlineData("indicator series", "", "協定団体数が増えた", "asked")]
    [InlineData("addresses", "", "javascript:alert(1)", "asked")]
    public void What_cannot_be_read_is_said_at_its_part(string type, string suffix, string text, string field)
    {
        var problem = Assert.Single(Problems(type, (suffix, text)));
        Assert.Equal((field, Severity.Error), (problem.Field, problem.Severity));
        Assert.Contains(text.Split('、')[^1], problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_amount_is_never_below_zero() => Assert.Contains("負", Assert.Single(Problems("amount", ("", "-5"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_kind_without_a_name_is_said() => Assert.Contains("1行目", Assert.Single(Problems("partner list", ("kind", "地域団体"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_partners_wrong_number_and_kind_are_said_at_their_lines()
    {
        var problems = Problems("partner list", ("", "一の会\n二の会"), ("kind", "地域団体\n秘密結社"), ("number", "7000020430005\n1234567890123"));
        Assert.Equal(["asked.kind", "asked.number"], problems.Select(p => p.Field));
        Assert.All(problems, problem => Assert.Contains("2行目", problem.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("平成19年度", "H18.3.31")]
    [InlineData("2007-04-02", "2007-04-01")]
    public void A_period_that_ends_before_it_begins_is_refused(string from, string to) =>
        Assert.Equal("asked.to", Assert.Single(Problems("period", ("from", from), ("to", to))).Field);

    [Fact]
    public void A_text_may_be_as_long_as_its_question_says_and_not_longer()
    {
        var question = Sample.Of("short text") with { MaxLength = 5 };
        Assert.Empty(Problems(question, ("", "葛󠄀城市役所")));
        Assert.Empty(Problems(question, ("", "あいうえお")));
        Assert.Contains("5字以内", Assert.Single(Problems(question, ("", "あいうえおか"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pile_of_marks_on_one_letter_is_no_short_text() => Assert.Single(Problems("short text", ("", "e" + new string('\u0301', 2000))));

    [Fact]
    public void A_range_is_kept_and_said_in_the_questions_own_words()
    {
        var question = Sample.Of("amount") with { Max = 0, RangeMessage = "事業予算を必要としない事業です。" };
        Assert.Empty(Problems(question, ("", "0")));
        Assert.Equal("事業予算を必要としない事業です。", Assert.Single(Problems(question, ("", "1"))).Message);
    }

    private static List<Problem> Problems(string type, params (string, string)[] parts) => Problems(Sample.Of(type), parts);

    private static List<Problem> Problems(Question question, params (string, string)[] parts)
    {
        var problems = new List<Problem>();
        question.Read(Sample.Texts(parts), Sample.Context, problems);
        return problems;
    }
}
