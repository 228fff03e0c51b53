using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Cases;

public sealed class LineageTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task A_rename_is_offered_with_its_grounds_and_yes_takes_the_identity(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var past = (await office.AnswerThisYearAsync("doboku", "ps", "ロードクリーンボランティア事業"))[0];
        await office.OpenNextYearAsync();
        var inquiry = await office.NextInquiryAsync();
        var now = await office.WriteCaseAsync(inquiry, title: "平成20年度 みちの清掃ボランティア推進事業");
        Assert.True((await HistoryAsync(office, now)).IsNew);
        var offer = Assert.Single(await OffersAsync(office, now, inquiry));
        Assert.Equal((past.Id, "土木部"), (offer.Past.Id, offer.PastUnit));
        Assert.Contains(offer.Grounds, words => words.Contains("鹿本みち守り隊", StringComparison.Ordinal));

        var own = now.ProjectId;
        var link = await office.Db.JoinAsync(now, past.Id, inquiry, office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Equal((past.ProjectId, past.Id, ProjectLinkKind.Renamed, 1), (now.ProjectId, now.CarriedFromId, link.Kind, now.Version));
        Assert.Equal(past.Id, (await HistoryAsync(office, now)).Past!.Id);
        Assert.Empty((await office.Db.LastYearAsync(inquiry)).Undecided);
        Assert.Empty(await OffersAsync(office, now, inquiry));

        await office.Db.UndoAsync(link.Id, inquiry, office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Equal((own, (string?)null), (now.ProjectId, now.CarriedFromId));
        Assert.Single((await office.Db.LastYearAsync(inquiry)).Undecided);
        Assert.Equal("ロードクリーンボランティア事業", (await office.Db.Projects.SingleAsync(p => p.Id == past.ProjectId)).Title);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task No_is_remembered(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var past = (await office.AnswerThisYearAsync("doboku", "ps", "ロードクリーン"))[0];
        await office.OpenNextYearAsync();
        var inquiry = await office.NextInquiryAsync();
        var now = await office.WriteCaseAsync(inquiry, title: "ロードクリーン大作戦");
        Assert.Single(await OffersAsync(office, now, inquiry));
        await office.Db.SayDifferentAsync(now, past.Id, inquiry, office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Empty(await OffersAsync(office, now, inquiry));
        Assert.True((await HistoryAsync(office, now)).IsNew);
        Assert.Single((await office.Db.LastYearAsync(inquiry)).Undecided);
    }

    [Fact]
    public async Task What_has_nothing_in_common_is_not_offered()
    {
        await using var office = await Office.OpenAsync();
        await office.AnswerThisYearAsync("doboku", "ps", "ロードクリーン");
        await office.OpenNextYearAsync();
        var inquiry = await office.NextInquiryAsync();
        var now = new Case(inquiry, office.Respondent, office.Now);
        now.Edit(Answers.None.With("title", "港のにぎわい夜市").With("summary", "商店街と高校生が月に一度の夜市を開きます。"), inquiry, 0, "web", office.Respondent, office.Now);
        office.Db.Add(now);
        await office.Db.SaveChangesAsync();
        Assert.Empty(await OffersAsync(office, now, inquiry));
    }

    [Fact]
    public async Task A_project_that_moved_to_another_unit_is_offered_there_and_recorded_as_moved()
    {
        await using var office = await Office.OpenAsync();
        var past = (await office.AnswerThisYearAsync("kankyo", "ps", "水辺の生きもの調べ"))[0];
        await office.OpenNextYearAsync();
        var inquiry = await office.NextInquiryAsync();
        var now = await office.WriteCaseAsync(inquiry, title: "水辺の生きもの調べ");
        var offer = Assert.Single(await OffersAsync(office, now, inquiry));
        Assert.Equal("環境生活部", offer.PastUnit);
        var link = await office.Db.JoinAsync(now, past.Id, inquiry, office.Respondent, office.Now);
        Assert.Equal(ProjectLinkKind.MovedUnit, link.Kind);
    }

    [Fact]
    public async Task One_project_has_one_case_a_year()
    {
        await using var office = await Office.OpenAsync();
        var past = (await office.AnswerThisYearAsync("doboku", "ps", "ロードクリーン"))[0];
        await office.OpenNextYearAsync();
        var inquiry = await office.NextInquiryAsync();
        await office.CarryAsync(inquiry, past.Id);
        var second = await office.WriteCaseAsync(inquiry, title: "ロードクリーン第二");
        Assert.Contains("もう引き継がれています", (await Assert.ThrowsAsync<Refusal>(() => office.Db.JoinAsync(second, past.Id, inquiry, office.Respondent, office.Now))).Message, StringComparison.Ordinal);
        Assert.Null(second.CarriedFromId);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task What_was_merged_into_another_is_decided_and_is_part_of_its_history(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var past = await office.AnswerThisYearAsync("doboku", "ps", "春の清掃", "秋の清掃");
        await office.OpenNextYearAsync();
        var inquiry = await office.NextInquiryAsync();
        var whole = await office.WriteCaseAsync(inquiry, title: "四季の清掃");
        await office.Db.MergeAsync(inquiry, past[0].Id, whole.Id, "春と秋をまとめた", office.Respondent, office.Now);
        await office.Db.MergeAsync(inquiry, past[1].Id, whole.Id, "春と秋をまとめた", office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        var last = await office.Db.LastYearAsync(inquiry);
        Assert.Empty(last.Undecided);
        Assert.All(last.Cases, one => Assert.Equal((CarryDecision.Merged, whole.Id), (one.Decision, one.NowId)));
        Assert.False((await HistoryAsync(office, whole)).IsNew);
    }

    [Fact]
    public async Task Links_between_projects_are_the_coordinators_make_no_ring_and_are_made_once()
    {
        await using var office = await Office.OpenAsync();
        var past = await office.AnswerThisYearAsync("doboku", "ps", "一", "二", "三");
        var ids = past.Select(c => c.ProjectId).ToList();
        Task<ProjectLink> Link(int from, int to, Actor? by = null, ProjectLinkKind kind = ProjectLinkKind.Merged) =>
            office.Db.LinkProjectsAsync(ids[from], ids[to], Years.Next, kind, "まとめた", by ?? office.Coordinator, office.Now);
        await Assert.ThrowsAsync<Refusal>(() => Link(0, 1, office.Respondent));
        await Assert.ThrowsAsync<Refusal>(() => Link(0, 0));
        await Assert.ThrowsAsync<Refusal>(() => Link(0, 1, kind: ProjectLinkKind.Renamed));
        await Link(0, 1);
        await office.Db.SaveChangesAsync();
        await Link(1, 2, kind: ProjectLinkKind.Split);
        await office.Db.SaveChangesAsync();
        await Assert.ThrowsAsync<Refusal>(() => Link(0, 1));
        Assert.Contains("輪", (await Assert.ThrowsAsync<Refusal>(() => Link(2, 0))).Message, StringComparison.Ordinal);
        await office.Db.UndoAsync((await office.Db.ProjectLinks.FirstAsync()).Id, null, office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
        await Link(2, 0);
    }

    [Fact]
    public async Task Only_the_own_unit_says_it_and_only_while_the_reply_is_open_but_the_coordinator_always()
    {
        await using var office = await Office.OpenAsync();
        var past = (await office.AnswerThisYearAsync("doboku", "ps", "ロードクリーン"))[0];
        await office.OpenNextYearAsync();
        var inquiry = await office.NextInquiryAsync();
        var now = await office.WriteCaseAsync(inquiry, title: "ロードクリーン大作戦");
        await Assert.ThrowsAsync<Refusal>(() => office.Db.JoinAsync(now, past.Id, inquiry, office.OtherRespondent, office.Now));
        office.Submit(inquiry, [now]);
        await Assert.ThrowsAsync<Refusal>(() => office.Db.JoinAsync(now, past.Id, inquiry, office.Respondent, office.Now));
        await Assert.ThrowsAsync<Refusal>(() => office.Db.SayDifferentAsync(now, past.Id, inquiry, office.Respondent, office.Now));
        var link = await office.Db.JoinAsync(now, past.Id, inquiry, office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
        await Assert.ThrowsAsync<Refusal>(() => office.Db.UndoAsync(link.Id, inquiry, office.Respondent, office.Now));
        Assert.Equal(InquiryStatus.AwaitingApproval, inquiry.Status);
    }

    [Theory]
    [InlineData("令和6年度 地域の支え合い推進事業", "地域の支え合い推進事業")]
    [InlineData("第３回 くまもと水の祭典（新規）", "くまもと水の祭典")]
    [InlineData("【新】R7 こども食堂ネットワーク", "こども食堂ネットワーク")]
    public void What_changes_from_year_to_year_is_no_part_of_a_name(string written, string bare) =>
        Assert.Equal(TextForms.Key(bare), TitleWords.Bare(written));

    [Theory, ClassData(typeof(EngineData))]
    public async Task The_same_name_in_another_unit_this_year_is_shown(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var mine = await office.WriteCaseAsync(await office.InquiryAsync(), title: "水辺の生きもの調べ");
        await office.WriteCaseAsync(await office.InquiryAsync("kankyo"), office.OtherRespondent, "水辺の生きものしらべ事業");
        await office.WriteCaseAsync(await office.InquiryAsync("kankyo", "zero-budget"), office.OtherRespondent, "道の駅の花");
        var found = Assert.Single(await office.Db.SimilarCasesAsync(Office.Year, mine.Title, mine.Id));
        Assert.Equal(("水辺の生きものしらべ事業", "環境生活部"), (found.Title, found.UnitName));
    }

    private static async Task<CaseHistory> HistoryAsync(Office office, Case one) => (await office.Db.HistoryOfAsync([(one.Id, one.ProjectId, one.Year)]))[one.Id];

    private static async Task<IReadOnlyList<ProjectOffer>> OffersAsync(Office office, Case one, Inquiry inquiry) =>
        await office.Db.OffersForAsync(one, inquiry, await office.Db.LastYearAsync(inquiry));
}
