using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Organizations;
using Kyodo.Readers;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Readers;

public sealed class CasebookTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task What_one_unit_used_and_what_came_of_it_is_a_tree_that_ends(Engine engine)
    {
        await using var office = await PublishedOffice.OpenAsync(engine);
        var (road, river) = (await office.PublishedAsync("doboku"), await office.PublishedAsync("kankyo"));
        var (doboku, kankyo) = (await UnitAsync(office, "doboku"), await UnitAsync(office, "kankyo"));
        var use = await office.Db.UseAsync(road, kankyo, "協定の文案を借りました。", river, office.OtherRespondent, office.Now);
        // And the other way round: a circle.
        await office.Db.UseAsync(river, doboku, "見回りの表を借りました。", road, office.Respondent, office.Now);

        var spread = await office.Db.SpreadOfAsync(road);
        var first = Assert.Single(spread.Next);
        Assert.Equal(("環境生活部", "川の見守り", "協定の文案を借りました。"), (first.Unit, first.Title, first.Note));
        var back = Assert.Single(first.Next);
        Assert.True(back.Repeated);
        Assert.Empty(back.Next);
        Assert.Equal((2, 1), (spread.Count, spread.Units));

        use.TakeBack(office.OtherApprover, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Empty((await office.Db.SpreadOfAsync(road)).Next);
        Assert.Throws<Refusal>(() => use.TakeBack(office.OtherApprover, office.Now));
        Assert.Equal(["case-used", "case-used", "case-use-taken-back"], await office.Db.AuditTrail.Where(e => e.Subject.StartsWith("case-use/")).OrderBy(e => e.Id).Select(e => e.Verb).ToListAsync());
    }

    [Fact]
    public async Task Who_may_say_that_a_unit_used_a_case_and_of_which()
    {
        await using var office = await PublishedOffice.OpenAsync();
        var (road, river) = (await office.PublishedAsync("doboku"), await office.PublishedAsync("kankyo"));
        var (doboku, kankyo) = (await UnitAsync(office, "doboku"), await UnitAsync(office, "kankyo"));
        Assert.NotNull(CaseUse.WhyNotUse(road, doboku, null, office.Respondent));
        Assert.NotNull(CaseUse.WhyNotUse(road, kankyo, null, office.Respondent));
        Assert.NotNull(CaseUse.WhyNotUse(road, kankyo, null, office.Auditor));
        Assert.NotNull(CaseUse.WhyNotUse(road, kankyo, road, office.OtherRespondent));
        Assert.Null(CaseUse.WhyNotUse(road, kankyo, river, office.OtherRespondent));
        await office.Db.UseAsync(road, kankyo, "借りました。", null, office.OtherRespondent, office.Now);
        await Assert.ThrowsAsync<Refusal>(() => office.Db.UseAsync(road, kankyo, "もう一度。", null, office.OtherRespondent, office.Now));
        await Assert.ThrowsAsync<Refusal>(() => office.Db.UseAsync(road, kankyo, " ", river, office.OtherRespondent, office.Now));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_question_goes_to_the_unit_and_its_answer_to_the_one_who_asked(Engine engine)
    {
        await using var office = await PublishedOffice.OpenAsync(engine);
        var road = await office.PublishedAsync("doboku");
        office.Db.Add(new CaseQuestion(road, await UnitAsync(office, "doboku"), "環境生活部", "保険はどこに頼みましたか。", office.OtherRespondent, office.Now, ["doboku@pref.kumamoto.example"]));
        await office.Db.SaveChangesAsync();
        var question = await office.Db.CaseQuestions.SingleAsync();
        Assert.Throws<Refusal>(() => question.Reply("わかりません。", office.OtherRespondent, office.Now, null));
        question.Reply("ボランティア保険です。", office.Respondent, office.Now, "kankyo@pref.kumamoto.example");
        await office.Db.SaveChangesAsync();
        var mails = await office.Db.Outbox.Where(m => m.Kind == MailKind.CaseQuestionAsked || m.Kind == MailKind.CaseQuestionAnswered).OrderBy(m => m.Id).ToListAsync();
        Assert.Equal([("doboku@pref.kumamoto.example", "【事例への質問】道の清掃"), ("kankyo@pref.kumamoto.example", "【質問の答え】道の清掃")], mails.Select(m => (m.To, m.Subject)));
        Assert.All(mails, mail => Assert.Equal($"/staff/casebook/cases/{road.CaseId}", mail.Page));
        Assert.Contains("ボランティア保険です。", mails[1].Body, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_visit_remembers_the_one_before_and_a_reading_counts_for_the_unit(Engine engine)
    {
        await using var office = await PublishedOffice.OpenAsync(engine);
        var began = office.Now;
        Assert.Null(await office.Db.VisitCasebookAsync(office.Respondent, office.Now));
        office.Clock.Now += TimeSpan.FromMinutes(10);
        Assert.Null(await office.Db.VisitCasebookAsync(office.Respondent, office.Now));
        office.Clock.Now += TimeSpan.FromDays(3);
        Assert.Equal(began + TimeSpan.FromMinutes(10), await office.Db.VisitCasebookAsync(office.Respondent, office.Now));
        Assert.Null(await office.Db.VisitCasebookAsync(office.OtherRespondent, office.Now));

        var road = await office.PublishedAsync("doboku");
        await office.Db.CountReadingAsync(road.CaseId, office.OtherRespondent, office.Now);
        await office.Db.CountReadingAsync(road.CaseId, office.OtherApprover, office.Now);
        office.Clock.Now += TimeSpan.FromDays(30);
        await office.Db.CountReadingAsync(road.CaseId, office.OtherRespondent, office.Now);
        Assert.Equal([(200705, 2), (200706, 1)], (await office.Db.CaseReadings.OrderBy(r => r.Month).ToListAsync()).Select(r => (r.Month, r.Times)));
    }

    private static Task<OrgUnit> UnitAsync(Office office, string code) => office.Db.OrgUnits.SingleAsync(u => u.Code == code);
}
