using Kyodo.Common;
using Kyodo.Core.Tests.World;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Rounds;

public sealed class RoundTests
{
    [Fact]
    public async Task Every_verb_in_every_state_does_what_the_table_says_or_changes_nothing()
    {
        await using var office = await Office.OpenAsync();
        foreach (var state in Enum.GetValues<RoundStatus>())
        {
            foreach (var verb in Enum.GetValues<RoundVerb>())
            {
                var round = await InStateAsync(office, state);
                if (RoundStates.Table.After(state, verb) is { } after)
                {
                    Do(round, verb, office.Coordinator, office.Now);
                    Assert.True(after == round.Status, $"{state} + {verb} led to {round.Status}");
                }
                else
                {
                    Assert.Throws<Refusal>(() => Do(round, verb, office.Coordinator, office.Now));
                    Assert.True(state == round.Status, $"{state} + {verb} was refused and led to {round.Status}");
                }
                office.Db.ChangeTracker.Clear();
            }
        }
    }

    [Fact]
    public async Task Only_the_partnership_division_makes_sends_and_closes_rounds()
    {
        await using var office = await Office.OpenAsync();
        foreach (var by in new[] { office.Respondent, office.Approver, office.Auditor, office.Administrator, Actor.Program })
        {
            var open = await office.RoundAsync();
            Assert.Throws<Refusal>(() => new Round(open.Programme, Office.Year, Phase.StartOfYear, by, office.Now));
            Assert.Throws<Refusal>(() => open.Close(by, office.Now));
            Assert.Throws<Refusal>(() => open.Describe("題", open.Letter, Office.Due, Office.LastNew, Office.LastCorrection, by, office.Now));
            var draft = await InStateAsync(office, RoundStatus.Draft);
            Assert.Throws<Refusal>(() => draft.Open(by, office.Now, NoAddresses));
            Assert.Equal((RoundStatus.Open, RoundStatus.Draft), (open.Status, draft.Status));
            office.Db.ChangeTracker.Clear();
        }
    }

    [Fact]
    public async Task A_round_that_lacks_something_is_not_sent_and_says_what()
    {
        await using var office = await Office.OpenAsync();
        var draft = await InStateAsync(office, RoundStatus.Draft);
        var whole = draft.Letter;
        foreach (var (letter, missing) in new[]
        {
            (whole with { Number = "" }, "文書番号"), (whole with { Date = null }, "日付"), (whole with { Sender = "" }, "発信者"), (whole with { Officer = "" }, "担当者"), (whole with { Body = "" }, "本文"),
        })
        {
            draft.Describe(draft.Title, letter, Office.Due, Office.LastNew, Office.LastCorrection, office.Coordinator, office.Now);
            Assert.Contains(missing, draft.WhyNotOpen(office.Coordinator), StringComparison.Ordinal);
        }
        draft.Describe(draft.Title, whole, Office.Due, Office.LastNew, Office.LastCorrection, office.Coordinator, office.Now);
        Assert.Null(draft.WhyNotOpen(office.Coordinator));
        draft.Ask([], office.Coordinator, office.Now);
        Assert.Contains("照会先", draft.WhyNotOpen(office.Coordinator), StringComparison.Ordinal);
        draft.Describe(draft.Title, whole with { Number = "", Date = null }, default, default, default, office.Coordinator, office.Now);
        Assert.Equal("送る前に、照会先（1つ以上）、回答期限、依頼文の文書番号、日付を決めてください。", draft.WhyNotOpen(office.Coordinator));
    }

    [Fact]
    public async Task The_three_dates_come_in_their_order()
    {
        await using var office = await Office.OpenAsync();
        var draft = await InStateAsync(office, RoundStatus.Draft);
        Assert.Throws<Refusal>(() => draft.Describe("題", draft.Letter, Office.LastNew, Office.Due, Office.LastCorrection, office.Coordinator, office.Now));
        Assert.Throws<Refusal>(() => draft.Describe("題", draft.Letter, Office.Due, Office.LastCorrection, Office.LastNew, office.Coordinator, office.Now));
        Assert.Equal((Office.Due, Office.LastNew, Office.LastCorrection), (draft.Due, draft.LastNew, draft.LastCorrection));
    }

    [Fact]
    public async Task A_unit_that_did_not_stand_in_the_year_is_not_asked()
    {
        await using var office = await Office.OpenAsync();
        var draft = await InStateAsync(office, RoundStatus.Draft);
        var later = new OrgUnit("sports", "観光戦略部", OrgUnitKind.Department, null, 9) { FirstYear = new FiscalYear(2020) };
        Assert.Contains("観光戦略部", Assert.Throws<Refusal>(() => draft.Ask([later], office.Coordinator, office.Now)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sent_round_keeps_its_text_its_dates_and_its_questions()
    {
        await using var office = await Office.OpenAsync();
        var round = await office.RoundAsync();
        Assert.Throws<Refusal>(() => round.Describe("別の題", round.Letter, Office.Due, Office.LastNew, Office.LastCorrection, office.Coordinator, office.Now));
        Assert.Throws<Refusal>(() => round.Ask([], office.Coordinator, office.Now));
        var asked = round.Questionnaire.Version;
        var programme = await Kyodo.Programmes.ProgrammeQueries.ProgrammeAsync(office.Db, "ps");
        programme.Add(new Kyodo.Questions.Question { Key = "volunteers", Type = "number", LabelJa = "参加者数", Unit = "人" }, office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
        await using var later = office.OpenAnother();
        Assert.Equal(asked, (await later.Rounds.WithInquiries().FirstAsync(r => r.Id == round.Id)).Questionnaire.Version);
    }

    [Theory]
    [InlineData(InquiryStatus.Sent, "2007-06-01", true)]
    [InlineData(InquiryStatus.Sent, "2007-06-02", false)]
    [InlineData(InquiryStatus.Answering, "2007-06-01", true)]
    [InlineData(InquiryStatus.Answering, "2007-06-02", false)]
    [InlineData(InquiryStatus.Returned, "2007-06-02", true)]
    [InlineData(InquiryStatus.Returned, "2007-06-15", true)]
    [InlineData(InquiryStatus.Returned, "2007-06-16", false)]
    public async Task Answers_are_taken_until_the_last_day_and_corrections_until_theirs(InquiryStatus state, string day, bool taken)
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        office.Bring(inquiry, state);
        office.Clock.MoveTo(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), 23);
        Assert.Equal(taken, inquiry.WhyNotAnswer(office.Respondent, office.Now) is null);
        if (taken)
            inquiry.MarkAnswering(office.Respondent, office.Now);
        else
            Assert.Contains("終わりました", Assert.Throws<Refusal>(() => inquiry.MarkAnswering(office.Respondent, office.Now)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_can_be_finished_and_submitted_in_the_time_for_corrections()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        office.Bring(inquiry, InquiryStatus.Returned);
        office.Clock.MoveTo(Office.LastCorrection);
        inquiry.MarkAnswering(office.Respondent, office.Now);
        inquiry.MarkAnswering(office.Respondent, office.Now);
        Assert.Null(inquiry.WhyNotSubmit(office.Respondent, office.Now, 0));
        office.Clock.MoveTo(Office.LastCorrection.AddDays(1));
        Assert.NotNull(inquiry.WhyNotSubmit(office.Respondent, office.Now, 0));
    }

    [Fact]
    public async Task A_closed_round_takes_no_answer_until_it_is_open_again()
    {
        await using var office = await Office.OpenAsync();
        var (round, inquiry) = (await office.RoundAsync(), await office.InquiryAsync());
        round.Close(office.Coordinator, office.Now);
        Assert.Contains("締切済み", inquiry.WhyNotAnswer(office.Respondent, office.Now), StringComparison.Ordinal);
        round.Reopen(office.Coordinator, office.Now);
        Assert.Null(inquiry.WhyNotAnswer(office.Respondent, office.Now));
    }

    [Fact]
    public async Task Nothing_to_report_is_an_answer_with_its_reason()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        inquiry.MarkAnswering(office.Respondent, office.Now);
        Assert.Contains("1件もありません", inquiry.WhyNotSubmit(office.Respondent, office.Now, 0), StringComparison.Ordinal);
        Assert.Throws<Refusal>(() => inquiry.SayNil(" \n", office.Respondent, office.Now));
        Assert.Throws<Refusal>(() => inquiry.SayNil(new string('あ', 401), office.Respondent, office.Now));
        Assert.Null(inquiry.NilReason);
        inquiry.SayNil("該当する事業がありません。", office.Respondent, office.Now);
        Assert.Null(inquiry.WhyNotSubmit(office.Respondent, office.Now, 0));
        Assert.Contains("該当なし", inquiry.WhyNotSubmit(office.Respondent, office.Now, 1), StringComparison.Ordinal);
        inquiry.WithdrawNil(office.Respondent, office.Now);
        Assert.NotNull(inquiry.WhyNotSubmit(office.Respondent, office.Now, 0));
    }

    [Fact]
    public async Task People_see_their_units_inquiries_and_nobody_elses()
    {
        await using var office = await Office.OpenAsync();
        Task<List<string>> Seen(Actor by) => office.Db.Inquiries.SeenBy(by).Select(i => i.Unit.Code).Distinct().OrderBy(code => code).ToListAsync();
        Assert.Equal(["doboku"], await Seen(office.Respondent));
        Assert.Equal(["kankyo"], await Seen(office.OtherApprover));
        Assert.Equal(["doboku", "kankyo"], await Seen(office.Coordinator));
        Assert.Equal(["doboku", "kankyo"], await Seen(office.Auditor));
        Assert.Empty(await Seen(Actor.Program));
    }

    private static readonly ILookup<long, string> NoAddresses = Array.Empty<string>().ToLookup(_ => 0L);

    private static async Task<Round> InStateAsync(Office office, RoundStatus state)
    {
        var open = await office.RoundAsync();
        if (state is RoundStatus.Draft)
        {
            var draft = Office.Draft(open.Programme, open.Inquiries.Select(i => i.Unit), office.Coordinator, office.Now);
            office.Db.Add(draft);
            await office.Db.SaveChangesAsync();
            return draft;
        }
        if (state is RoundStatus.Closed)
            open.Close(office.Coordinator, office.Now);
        return open;
    }

    private static void Do(Round round, RoundVerb verb, Actor by, DateTimeOffset now)
    {
        switch (verb)
        {
            case RoundVerb.Open: round.Open(by, now, NoAddresses); break;
            case RoundVerb.Close: round.Close(by, now); break;
            case RoundVerb.Reopen: round.Reopen(by, now); break;
            default: throw new InvalidOperationException($"The verb {verb} is not tried here.");
        }
    }
}
