using Kyodo.Cases;
using Kyodo.Core.Tests.World;
using Xunit;

namespace Kyodo.Core.Tests.Cases;

public sealed class CompletenessTests
{
    [Fact]
    public async Task The_items_of_the_national_model_come_first_in_the_order_in_which_they_are_written()
    {
        await using var office = await Office.OpenAsync();
        var questions = (await office.InquiryAsync()).Round.Questionnaire.Questions;
        var nothing = Completeness.Of(Answers.None, questions, Office.Year);
        Assert.Equal(["title", "summary", "place", "unit_contact", "reason", "purpose", "content"], nothing.Advices.Take(7).Select(a => a.Question.Key));
        Assert.Equal((0, "title"), (nothing.Percent, nothing.Next!.Question.Key));
        Assert.All(nothing.Advices.Where(a => a.Needed), a => Assert.True(a.Question.Needed));
        Assert.Equal(nothing.All, nothing.Advices.Count(a => a.Needed));
    }

    [Fact]
    public async Task A_whole_case_is_at_a_hundred_and_still_told_what_would_help()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var questions = inquiry.Round.Questionnaire.Questions;
        var answers = Written.Answers(inquiry, Written.Texts());
        var whole = Completeness.Of(answers, questions, Office.Year);
        Assert.Equal(100, whole.Percent);
        Assert.DoesNotContain(whole.Advices, a => a.Needed);
        Assert.Contains(whole.Advices, a => a.Question.Key == "result");
        // Next year the newest value is an old one.
        Assert.Contains(Completeness.Of(answers, questions, new(2010)).Advices, a => a.Question.Key == "indicators" && a.Words.Contains("協定団体数", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ロードクリーンボランティア事業", "事業名と同じ")]
    [InlineData("道の清掃です。", "短め")]
    public async Task A_summary_that_says_nothing_gets_advice_and_no_refusal(string summary, string advice)
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var answers = Written.Answers(inquiry, Written.Texts()).With("summary", summary);
        var completeness = Completeness.Of(answers, inquiry.Round.Questionnaire.Questions, Office.Year);
        Assert.Contains(completeness.Advices, a => a.Question.Key == "summary" && !a.Needed && a.Words.Contains(advice, StringComparison.Ordinal));
        Assert.Equal(100, completeness.Percent);
        Assert.Empty(answers.Missing(inquiry.Round.Questionnaire.Questions));
    }

    [Fact]
    public async Task A_reason_that_is_owed_is_needed()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var questions = inquiry.Round.Questionnaire.Questions;
        var completeness = Completeness.Of(Written.Answers(inquiry, Written.Texts()), questions, Office.Year, [questions.First(q => q.Key == "budget")]);
        Assert.Equal(("budget", true), (completeness.Next!.Question.Key, completeness.Next.Needed));
    }
}
