using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Questions;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Cases;

public sealed class CarryOverTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task Last_years_cases_stand_ready_and_are_not_yet_created(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await office.AnswerThisYearAsync("doboku", "ps", "ロードクリーン", "川の学校");
        await office.AnswerThisYearAsync("doboku", "zero-budget", "道の駅の花");
        await office.AnswerThisYearAsync("kankyo", "ps", "よその事業");
        await office.OpenNextYearAsync();
        var inquiry = await office.NextInquiryAsync();
        var last = await office.Db.LastYearAsync(inquiry);
        Assert.Equal(Office.Year, last.Year);
        Assert.Equal(["ロードクリーン", "川の学校"], last.Undecided.Select(c => c.Title).Order(StringComparer.Ordinal));
        Assert.Equal(["道の駅の花"], last.OfOtherProgrammes.Select(c => c.Title));
        Assert.Empty(await office.CasesAsync(inquiry));
        Assert.Contains("2件", last.WhyNotSubmit(inquiry)!, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Unchanged_is_the_same_project_with_this_years_case_declared_as_continued(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var past = (await office.AnswerThisYearAsync("doboku", "ps", "ロードクリーン"))[0];
        await office.OpenNextYearAsync();
        var inquiry = await office.NextInquiryAsync();
        var now = Assert.Single(await office.CarryAsync(inquiry, past.Id));
        Assert.Equal((past.ProjectId, past.Id, Years.Next, 1), (now.ProjectId, now.CarriedFromId, now.Year, now.Version));
        Assert.Equal("継続", now.Answers.Text("declared"));
        Assert.Equal(past.Answers.Text("summary"), now.Answers.Text("summary"));
        Assert.Equal("協定団体数（団体）: H14=70、H18=182", IndicatorsType.Of(now.Answers["indicators"])[0].ToString());
        Assert.Equal(InquiryStatus.Answering, inquiry.Status);
        var last = await office.Db.LastYearAsync(inquiry, withAnswers: true);
        Assert.Equal((CarryDecision.Carried, now.Id), (last.Cases[0].Decision, last.Cases[0].NowId));
        Assert.Null(ApprovalRequest.WhyNotSubmit(inquiry, [now], office.Respondent, office.Now, last));
        await using var later = office.OpenAnother();
        Assert.Contains(await later.AuditTrail.ToListAsync(), e => e.Verb == "case-carried" && e.Subject == now.AuditName);
    }

    [Fact]
    public async Task What_a_new_year_knows_differently_is_left_and_the_secretariats_note_stays_behind()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var texts = Written.Texts("一年の事業");
        (texts["period.from"], texts["period.to"], texts["budget.amended"], texts["budget.settled"]) = ("平成19年6月1日", "平成20年2月29日", "6,000", "5,500");
        (texts["secretariat_note"], texts["place"]) = ("今年だけの連絡です", "山鹿市、菊池市");
        var past = await office.WriteCaseAsync(inquiry, title: "一年の事業");
        past.Edit(Written.Answers(inquiry, texts), inquiry, past.Version, "web", office.Respondent, office.Now);
        office.Submit(inquiry, [past]).Approve(office.Approver, office.Now);
        await office.Db.SaveChangesAsync();
        await office.OpenNextYearAsync();
        var next = await office.NextInquiryAsync();
        // 菊池市 has gone meanwhile.
        var carried = (await office.Db.CarryAsync(next, [past.Id], next.Round.ReadingContext(["熊本市", "山鹿市"]), office.Respondent, office.Now))[0];
        var answers = carried.Case.Answers;
        Assert.Equal("""{"from":"2008-06-01","to":"2009-02-28"}""", answers["period"]!.ToJsonString());
        Assert.Equal("""{"initial":5000000,"source":"一般財源"}""", answers["budget"]!.ToJsonString(Json.Plain));
        Assert.Null(answers["secretariat_note"]);
        Assert.Null(answers["place"]);
        Assert.Equal(["place"], carried.Left.Select(q => q.Key));
    }

    [Fact]
    public void An_answer_to_a_question_that_is_gone_is_left_and_a_new_question_is_empty()
    {
        Question Asked(string key, string type = "short text") => new() { Key = key, Type = type, LabelJa = key };
        var before = Answers.None.With("title", "名").With("old", "昔の答え").With("turned", "数でない");
        var carried = CarriedAnswers.Of(before, [Asked("title"), Asked("old"), Asked("turned")], [Asked("title"), Asked("fresh"), Asked("turned", "number")], new ReadingContext(Years.Next, [], []), 1, sameProgramme: true);
        Assert.Equal(["title"], carried.Answers.Keys);
        Assert.Equal(["turned"], carried.Left.Select(q => q.Key));
    }

    [Theory]
    [InlineData("2007-04-01", "2010-03-31", "2007-04-01", "2010-03-31")]
    [InlineData("2002-04-01", "2008-03-31", "2002-04-01", null)]
    [InlineData("FY2007", "FY2007", "FY2008", "FY2008")]
    [InlineData("2007-07", "2007-08", "2008-07", "2008-08")]
    public void A_period_of_one_year_moves_on_and_one_that_is_over_stays_open(string from, string to, string carriedFrom, string? carriedTo)
    {
        var question = new Question { Key = "period", Type = "period", LabelJa = "実施期間" };
        var before = Answers.None.With("period", new System.Text.Json.Nodes.JsonObject { ["from"] = from, ["to"] = to });
        var period = CarriedAnswers.Of(before, [question], [question], new ReadingContext(Years.Next, [], []), 1, sameProgramme: true).Answers["period"]!;
        Assert.Equal((carriedFrom, carriedTo), (period["from"]!.GetValue<string>(), period["to"]?.GetValue<string>()));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Nothing_is_carried_twice_not_even_at_once(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var past = (await office.AnswerThisYearAsync("doboku", "ps", "ロードクリーン"))[0];
        await office.OpenNextYearAsync();
        var inquiry = await office.NextInquiryAsync();
        await using var another = office.OpenAnother();
        var theirs = await another.InquiryAsync("ps", Years.Next, "doboku");
        await another.CarryAsync(theirs, [past.Id], theirs.Round.ReadingContext(Office.Municipalities), office.Approver, office.Now);
        await office.CarryAsync(inquiry, past.Id);
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => another.SaveChangesAsync());
        var refused = await Assert.ThrowsAsync<Refusal>(() => office.CarryAsync(inquiry, past.Id));
        Assert.Contains("もう引き継がれています", refused.Message, StringComparison.Ordinal);
        Assert.Single(await office.CasesAsync(inquiry));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task The_table_itself_holds_one_case_a_project_and_year(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var past = (await office.AnswerThisYearAsync("doboku", "ps", "ロードクリーン"))[0];
        await office.OpenNextYearAsync();
        await office.OpenNextYearAsync("zero-budget");
        await office.CarryAsync(await office.NextInquiryAsync(), past.Id);
        // By the verb alone, which does not look into the table.
        office.Db.Cases.Add(Case.Carry(past, past.Answers, await office.NextInquiryAsync(programme: "zero-budget"), office.Respondent, office.Now));
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => office.Db.SaveChangesAsync());
    }

    [Fact]
    public async Task Taken_out_again_it_stands_undecided_and_can_be_carried_anew()
    {
        await using var office = await Office.OpenAsync();
        var past = (await office.AnswerThisYearAsync("doboku", "ps", "ロードクリーン"))[0];
        await office.OpenNextYearAsync();
        var inquiry = await office.NextInquiryAsync();
        (await office.CarryAsync(inquiry, past.Id))[0].Remove(inquiry, office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Single((await office.Db.LastYearAsync(inquiry)).Undecided);
        Assert.Equal(past.ProjectId, (await office.CarryAsync(inquiry, past.Id))[0].ProjectId);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Ended_needs_a_reason_has_no_case_and_can_be_taken_back(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var past = (await office.AnswerThisYearAsync("doboku", "ps", "ロードクリーン"))[0];
        await office.OpenNextYearAsync();
        var inquiry = await office.NextInquiryAsync();
        await Assert.ThrowsAsync<Refusal>(() => office.Db.EndAsync(inquiry, past.Id, " ", office.Respondent, office.Now));
        var link = await office.Db.EndAsync(inquiry, past.Id, "団体だけで続けられるようになった", office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        var ended = Assert.Single((await office.Db.LastYearAsync(inquiry)).Cases);
        Assert.Equal((CarryDecision.Ended, "団体だけで続けられるようになった"), (ended.Decision, ended.Reason));
        Assert.Contains("終了を取り消して", (await Assert.ThrowsAsync<Refusal>(() => office.CarryAsync(inquiry, past.Id))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<Refusal>(() => office.Db.UndoAsync(link.Id, inquiry, office.OtherRespondent, office.Now));
        await office.Db.UndoAsync(link.Id, inquiry, office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Single((await office.Db.LastYearAsync(inquiry)).Undecided);
        await Assert.ThrowsAsync<Refusal>(() => office.Db.UndoAsync(link.Id, inquiry, office.Respondent, office.Now));
        Assert.NotNull((await office.Db.ProjectLinks.SingleAsync()).UndoneAt);
    }

    [Fact]
    public async Task A_reply_waits_for_every_case_of_the_year_before_but_a_nil_return_ends_them_all()
    {
        await using var office = await Office.OpenAsync();
        var past = await office.AnswerThisYearAsync("doboku", "ps", "ロードクリーン", "川の学校");
        await office.OpenNextYearAsync();
        var inquiry = await office.NextInquiryAsync();
        var cases = await office.CarryAsync(inquiry, past[0].Id);
        var last = await office.Db.LastYearAsync(inquiry, withAnswers: true);
        Assert.Contains("「川の学校」", ApprovalRequest.WhyNotSubmit(inquiry, cases, office.Respondent, office.Now, last)!, StringComparison.Ordinal);
        Assert.Throws<Refusal>(() => ApprovalRequest.Submit(inquiry, cases, office.Respondent, office.Now, [], last));
        cases[0].Remove(inquiry, office.Respondent, office.Now);
        inquiry.SayNil("どれも今年度は行いません。", office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Null(ApprovalRequest.WhyNotSubmit(inquiry, [], office.Respondent, office.Now, await office.Db.LastYearAsync(inquiry)));
    }

    [Fact]
    public async Task After_a_gap_the_cases_stand_ready_and_nobody_must_account_for_them()
    {
        await using var office = await Office.OpenAsync();
        await office.AnswerThisYearAsync("doboku", "ps", "ロードクリーン");
        await office.OpenNextYearAsync(year: new FiscalYear(2015));
        var inquiry = await office.NextInquiryAsync(year: new FiscalYear(2015));
        var last = await office.Db.LastYearAsync(inquiry);
        Assert.Equal((Office.Year, 1), (last.Year!.Value, last.Undecided.Count));
        Assert.Null(last.WhyNotSubmit(inquiry));
    }

    [Fact]
    public async Task A_large_change_holds_the_submission_until_it_is_explained()
    {
        await using var office = await Office.OpenAsync();
        var past = (await office.AnswerThisYearAsync("doboku", "ps", "ロードクリーン"))[0];
        await office.OpenNextYearAsync();
        var inquiry = await office.NextInquiryAsync();
        var now = (await office.CarryAsync(inquiry, past.Id))[0];
        now.Edit(now.Answers.With("budget", new System.Text.Json.Nodes.JsonObject { ["initial"] = 50_000_000L }), inquiry, now.Version, "web", office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        var last = await office.Db.LastYearAsync(inquiry, withAnswers: true);
        Assert.Equal(["budget"], last.Unexplained(now, inquiry.Round.Questionnaire.Questions).Select(q => q.Key));
        Assert.Contains("大きく変わった理由", ApprovalRequest.WhyNotSubmit(inquiry, [now], office.Respondent, office.Now, last)!, StringComparison.Ordinal);
        now.Edit(now.Answers.WithReason("budget", "区間を県内全域に広げたため"), inquiry, now.Version, "web", office.Respondent, office.Now);
        Assert.Null(ApprovalRequest.WhyNotSubmit(inquiry, [now], office.Respondent, office.Now, last));
        // A workbook carries answers only: the reason stays.
        now.Edit(Answers.Parse(now.AnswersJson).With("reasons-for-change", null).With("summary", "直した概要"), inquiry, now.Version, "workbook", office.Respondent, office.Now);
        Assert.Equal("区間を県内全域に広げたため", now.Answers.ReasonFor("budget"));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task From_the_zero_budget_programme_a_project_may_come_into_the_other(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var past = (await office.AnswerThisYearAsync("doboku", "zero-budget", "道の駅の花"))[0];
        await office.OpenNextYearAsync();
        var inquiry = await office.NextInquiryAsync();
        var now = (await office.CarryAsync(inquiry, past.Id))[0];
        Assert.Equal(("ps", past.ProjectId), (now.ProgrammeKey, now.ProjectId));
        Assert.Null(now.Answers["form"]);
        Assert.Null(now.Answers["budget"]);
        Assert.Equal(past.Answers.Text("summary"), now.Answers.Text("summary"));
        Assert.Equal(CarryDecision.Carried, Assert.Single((await office.Db.LastYearAsync(inquiry)).OfOtherProgrammes.Concat((await office.Db.LastYearAsync(inquiry)).Cases)).Decision);
    }

    [Fact]
    public async Task Another_unit_carries_nothing_and_ends_nothing()
    {
        await using var office = await Office.OpenAsync();
        var past = (await office.AnswerThisYearAsync("doboku", "ps", "ロードクリーン"))[0];
        await office.OpenNextYearAsync();
        var (mine, theirs) = (await office.NextInquiryAsync(), await office.NextInquiryAsync("kankyo"));
        var context = mine.Round.ReadingContext(Office.Municipalities);
        await Assert.ThrowsAsync<Refusal>(() => office.Db.CarryAsync(theirs, [past.Id], context, office.OtherRespondent, office.Now));
        await Assert.ThrowsAsync<Refusal>(() => office.Db.CarryAsync(mine, [past.Id], context, office.OtherRespondent, office.Now));
        await Assert.ThrowsAsync<Refusal>(() => office.Db.EndAsync(theirs, past.Id, "x", office.OtherRespondent, office.Now));
        await Assert.ThrowsAsync<Refusal>(() => office.Db.EndAsync(mine, past.Id, "x", office.OtherRespondent, office.Now));
        office.Db.ChangeTracker.Clear();
        Assert.Single((await office.Db.LastYearAsync(mine)).Undecided);
    }
}
