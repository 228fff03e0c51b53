using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Rounds;

public sealed class RelayTests
{
    private static readonly ILookup<long, string> NoAddresses = Array.Empty<string>().ToLookup(_ => 0L);

    [Theory, ClassData(typeof(EngineData))]
    public async Task What_comes_up_is_checked_by_every_unit_that_it_came_down_through(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var (upper, division, section) = await RelayTwiceAsync(office);
        await office.WriteCaseAsync(section, office.RespondentOf(section));
        var request = office.Submit(section, await office.CasesAsync(section));
        request.Approve(office.ApproverOf(section), office.Now);
        await office.Db.SaveChangesAsync();

        await using var db = office.OpenAnother();
        async Task<Inquiry> ReadAsync() => await db.Inquiries.WithRound().SingleAsync(i => i.Id == section.Id);
        var one = await ReadAsync();
        Assert.Equal((InquiryStatus.AwaitingCheck, division.Id), (one.Status, one.CheckerId));
        Assert.Contains("道路整備課", one.WhyNotCheck(office.Respondent), StringComparison.Ordinal);
        one.Check(office.RespondentOf(division), office.Now);
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        one = await ReadAsync();
        Assert.Equal((InquiryStatus.AwaitingCheck, upper.Id, (DateTimeOffset?)null), (one.Status, one.CheckerId, one.AnsweredAt));
        Assert.NotNull(one.WhyNotCheck(office.RespondentOf(division)));
        one.Check(office.Respondent, office.Now);
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        one = await ReadAsync();
        Assert.Equal((InquiryStatus.Answered, (long?)null), (one.Status, one.CheckerId));
        Assert.Equal(office.Now, one.AnsweredAt);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_unit_sees_what_came_down_through_it_and_nothing_else(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var (_, division, section) = await RelayTwiceAsync(office);
        Task<List<string>> Seen(Actor by) => office.Db.Inquiries.Where(i => i.Round.ProgrammeKey == "ps").SeenBy(by).Select(i => i.Unit.Code).OrderBy(code => code).ToListAsync();
        Assert.Equal(["bridge", "doboku", "road"], await Seen(office.Respondent));
        Assert.Equal(["bridge", "road"], await Seen(office.RespondentOf(division)));
        Assert.Equal(["bridge"], await Seen(office.RespondentOf(section)));
        Assert.Equal(["kankyo"], await Seen(office.OtherRespondent));
        Assert.Single(await office.Db.Rounds.SeenBy(office.RespondentOf(section)).ToListAsync());
    }

    [Fact]
    public async Task A_unit_that_relayed_may_hand_in_without_a_case_of_its_own_once_all_has_arrived()
    {
        await using var office = await Office.OpenAsync();
        var (upper, division, section) = await RelayTwiceAsync(office);
        Assert.Contains("道路整備課", upper.WhyNotSubmit(office.Respondent, office.Now, 0), StringComparison.Ordinal);
        Assert.Null(upper.WhyNotSubmit(office.Respondent, office.Now, 1));
        office.Bring(section, InquiryStatus.AwaitingCheck);
        section.Check(office.RespondentOf(division), office.Now);
        section.Check(office.Respondent, office.Now);
        office.Bring(division, InquiryStatus.AwaitingCheck);
        Assert.NotNull(upper.WhyNotSubmit(office.Respondent, office.Now, 0));
        division.Check(office.Respondent, office.Now);
        Assert.Null(upper.WhyNotSubmit(office.Respondent, office.Now, 0));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_relay_is_taken_back_before_anything_is_written_and_can_be_asked_again(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var (upper, division, section) = await RelayTwiceAsync(office);
        Assert.Contains("書きはじめ", division.WhyNotWithdraw(office.Respondent), StringComparison.Ordinal);
        Assert.Contains("担当者", section.WhyNotWithdraw(office.Respondent), StringComparison.Ordinal);
        Assert.Contains("再照会したもの", upper.WhyNotWithdraw(office.Coordinator), StringComparison.Ordinal);
        section.Withdraw(office.RespondentOf(division), office.Now, ["bridge@pref.kumamoto.example"]);
        await office.Db.SaveChangesAsync();
        Assert.Equal("【取下げ】" + upper.Round.Title, await office.Db.Outbox.Where(m => m.To == "bridge@pref.kumamoto.example" && m.Once.StartsWith("withdrawn/")).Select(m => m.Subject).SingleAsync());
        Assert.Equal(1, await office.Db.AuditTrail.CountAsync(e => e.Subject == $"inquiry/{section.Id}" && e.Verb == "inquiry-withdraw"));
        Assert.False(division.HasRelayed);
        Assert.NotNull(section.WhyNotAnswer(office.RespondentOf(section), office.Now));

        division.Relay([section.Unit], "もう一度お願いします。", null, office.RespondentOf(division), office.Now, NoAddresses);
        await office.Db.SaveChangesAsync();
        Assert.Equal((InquiryStatus.Sent, "もう一度お願いします。"), (section.Status, section.Message));
        Assert.Single(division.Relayed);
    }

    [Fact]
    public async Task Only_units_below_are_asked_and_each_once()
    {
        await using var office = await Office.OpenAsync();
        var (upper, division, section) = await RelayTwiceAsync(office);
        var kankyo = upper.Round.Inquiries.Single(i => i.Unit.Code == "kankyo").Unit;
        var gone = await office.UnitAsync("old", "旧道路課", upper.Unit, new FiscalYear(2006));
        foreach (var (to, word) in new[] { (kankyo, "下の組織ではありません"), (upper.Unit, "下の組織ではありません"), (division.Unit, "もう届いています"), (section.Unit, "もう届いています"), (gone, "平成19年度の組織ではありません") })
        {
            var refused = Assert.Throws<Refusal>(() => upper.Relay([to], null, null, office.Respondent, office.Now, NoAddresses));
            Assert.Contains(word, refused.Message, StringComparison.Ordinal);
        }
        Assert.Throws<Refusal>(() => upper.Relay([], null, null, office.Respondent, office.Now, NoAddresses));
        Assert.Single(upper.Relayed);
    }

    [Fact]
    public async Task Those_below_get_a_mail_and_a_day_of_the_units_own_that_is_not_after_its_own()
    {
        await using var office = await Office.OpenAsync();
        var (round, road) = (await office.RoundAsync(), await office.UnitAsync("road", "道路整備課", (await office.InquiryAsync()).Unit));
        var upper = round.Inquiries.Single(i => i.Unit.Code == "doboku");
        Assert.Contains("後にはできません", Assert.Throws<Refusal>(() => upper.Relay([road], "", Office.Due.AddDays(1), office.Respondent, office.Now, NoAddresses)).Message, StringComparison.Ordinal);
        Assert.Throws<Refusal>(() => upper.Relay([road], "", office.Now.DayInJapan().AddDays(-1), office.Respondent, office.Now, NoAddresses));
        upper.Relay([road], "19日までにお願いします。", Office.Due.AddDays(-6), office.Respondent, office.Now, new[] { "road@pref.kumamoto.example" }.ToLookup(_ => road.Id));
        await office.Db.SaveChangesAsync();
        var below = upper.Relayed.Single();
        Assert.Equal((Office.Due.AddDays(-6), Office.LastNew, "19日までにお願いします。"), (below.Due, below.LastDay, below.Message));
        var mail = await office.Db.Outbox.SingleAsync(m => m.To == "road@pref.kumamoto.example");
        Assert.Contains("19日までに", mail.Body, StringComparison.Ordinal);
        Assert.Contains("土木部から", mail.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_may_send_back_and_what_is_put_right_is_approved_and_checked_again()
    {
        await using var office = await Office.OpenAsync();
        var (_, division, section) = await RelayTwiceAsync(office);
        office.Bring(section, InquiryStatus.AwaitingCheck);
        Assert.Throws<Refusal>(() => section.ReturnFromCheck(" ", office.RespondentOf(division), office.Now, []));
        section.ReturnFromCheck("理由を詳しく。", office.RespondentOf(division), office.Now, []);
        Assert.Equal((InquiryStatus.Returned, (long?)null, "理由を詳しく。"), (section.Status, section.CheckerId, section.ReturnedBecause));
        office.Submit(section).Approve(office.ApproverOf(section), office.Now);
        Assert.Equal(InquiryStatus.AwaitingCheck, section.Status);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_wrong_unit_passes_on_to_the_right_one_which_may_give_it_back(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var (round, nosei) = (await office.RoundAsync(), await office.UnitAsync("nosei", "農政部"));
        var wrong = round.Inquiries.Single(i => i.Unit.Code == "doboku");
        Assert.Contains("もう届いています", wrong.WhyNotPassOnTo(round.Inquiries.Single(i => i.Unit.Code == "kankyo").Unit), StringComparison.Ordinal);
        Assert.Throws<Refusal>(() => wrong.PassOn(nosei, "", office.Respondent, office.Now, []));
        var one = await office.WriteCaseAsync(wrong);
        var right = wrong.PassOn(nosei, "農道の事業です。", office.Respondent, office.Now, ["nosei@pref.kumamoto.example"]);
        one.HandOver(right, office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Equal((InquiryStatus.PassedOn, InquiryStatus.Sent, wrong.Id), (wrong.Status, right.Status, right.PassedFromId));
        Assert.Equal(nosei.Id, one.UnitId);
        Assert.Contains("農道の事業です。", (await office.Db.Outbox.SingleAsync(m => m.To == "nosei@pref.kumamoto.example")).Body, StringComparison.Ordinal);
        Assert.Null(right.WhyNotPassOnTo(wrong.Unit));
        right.PassOn(wrong.Unit, "林道でした。", Office.RespondentOf(nosei), office.Now, []);
        await office.Db.SaveChangesAsync();
        Assert.Equal((InquiryStatus.Sent, InquiryStatus.PassedOn, "林道でした。"), (wrong.Status, right.Status, wrong.PassedOnBecause));
        Assert.Null(wrong.WhyNotAnswer(office.Respondent, office.Now));
        Assert.NotNull(right.WhyNotAnswer(Office.RespondentOf(nosei), office.Now));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_unit_that_ended_meanwhile_leaves_its_inquiry_and_what_it_relayed_to_its_successor(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var (upper, division, section) = await RelayTwiceAsync(office);
        office.Bring(section, InquiryStatus.AwaitingCheck);
        await office.Db.SaveChangesAsync();
        await office.Db.OrgUnits.Where(u => u.Code == "road").ExecuteUpdateAsync(u => u.SetProperty(one => one.LastYear, new FiscalYear(2006)));
        await using var db = office.OpenAnother();
        var one = await db.Inquiries.WithWholeRound().SingleAsync(i => i.Id == division.Id);
        Assert.Contains("後継", one.WhyNotAnswer(office.RespondentOf(division), office.Now), StringComparison.Ordinal);
        Assert.Contains("後継", one.WhyNotPassOn(office.RespondentOf(division), office.Now), StringComparison.Ordinal);
        var successor = new OrgUnit("roads", "道路保全課", OrgUnitKind.Division, one.Parent!.Unit, 9);
        db.Add(successor);
        await db.SaveChangesAsync();
        one.PassOn(successor, "機構改革のため。", office.Coordinator, office.Now, []);
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        var below = await db.Inquiries.WithRound().SingleAsync(i => i.Id == section.Id);
        Assert.Equal(("道路保全課", "道路保全課"), (below.Parent!.Unit.Name, below.Checker!.Unit.Name));
        Assert.Equal([successor.Id, upper.UnitId], below.UpperUnitIds);
        Assert.Equal(upper.Id, (await db.Inquiries.SingleAsync(i => i.UnitId == successor.Id)).ParentId);
        below.Check(Office.RespondentOf(successor), office.Now);
        below.Check(office.Respondent, office.Now);
        Assert.Equal(InquiryStatus.Answered, below.Status);
    }

    [Fact]
    public async Task A_deadline_is_extended_for_one_unit_with_a_reason_and_by_a_unit_above_not_beyond_its_own()
    {
        await using var office = await Office.OpenAsync();
        var (upper, division, _) = await RelayTwiceAsync(office);
        var (later, latest) = (Office.Due.AddDays(3), Office.LastNew.AddDays(9));
        Assert.Throws<Refusal>(() => upper.Extend(later, "", office.Coordinator, office.Now, []));
        Assert.Throws<Refusal>(() => upper.Extend(Office.Due, "理由", office.Coordinator, office.Now, []));
        Assert.Throws<Refusal>(() => upper.Extend(later, "理由", office.Respondent, office.Now, []));
        Assert.Contains("後には延ばせません", Assert.Throws<Refusal>(() => division.Extend(later, "理由", office.Respondent, office.Now, [])).Message, StringComparison.Ordinal);
        upper.Extend(latest, "災害対応のため。", office.Coordinator, office.Now, ["doboku@pref.kumamoto.example"]);
        Assert.Equal((latest, latest, "災害対応のため。"), (upper.Due, upper.LastDay, upper.ExtensionReason));
        division.Extend(later, "災害対応のため。", office.Respondent, office.Now, []);
        Assert.Equal((later, Office.LastNew), (division.Due, division.LastDay));
        office.Clock.MoveTo(later);
        Assert.False(upper.IsLate(later) || division.IsLate(later));
        Assert.True(division.IsLate(later.AddDays(1)));
        office.Clock.MoveTo(latest);
        Assert.Null(upper.WhyNotAnswer(office.Respondent, office.Now));
        Assert.Contains("届いています", (await AnsweredAsync(office)).WhyNotExtend(office.Coordinator), StringComparison.Ordinal);
    }

    private static async Task<Inquiry> AnsweredAsync(Office office)
    {
        office.Clock.MoveTo(Office.Due);
        var other = await office.InquiryAsync("kankyo");
        office.Bring(other, InquiryStatus.Answered);
        return other;
    }

    /// <summary>土木部 asks its 道路整備課, and that one its 橋りょう班.</summary>
    private static async Task<(Inquiry Upper, Inquiry Division, Inquiry Section)> RelayTwiceAsync(Office office)
    {
        var upper = (await office.RoundAsync()).Inquiries.Single(i => i.Unit.Code == "doboku");
        var road = await office.UnitAsync("road", "道路整備課", upper.Unit);
        var bridge = await office.UnitAsync("bridge", "橋りょう班", road);
        upper.Relay([road], null, null, office.Respondent, office.Now, NoAddresses);
        var division = upper.Relayed.Single();
        await office.Db.SaveChangesAsync();
        division.Relay([bridge], null, null, office.RespondentOf(division), office.Now, NoAddresses);
        await office.Db.SaveChangesAsync();
        return (upper, division, division.Relayed.Single());
    }
}
