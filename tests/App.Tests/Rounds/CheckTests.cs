using System.Net;
using Kyodo.App.Tests.World;
using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Rounds;

public sealed class CheckTests(SampleWorlds worlds)
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task The_bureau_is_told_of_a_check_reads_the_case_whole_and_writes_beside_its_answers(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        var below = await world.OpenInquiryAsync("434230");
        using var bureau = await world.SignInAsync("aso");
        var caseId = await WriteAndApproveAsync(world, below, "434230");

        await using var db = world.Open();
        var told = await db.Outbox.SingleAsync(m => m.InquiryId == below && m.Kind == MailKind.CheckAsked && m.To == SampleWorld.EmailOf("aso"));
        Assert.Equal((SampleWorld.EmailOf("aso"), $"/staff/cases/{below}"), (told.To, told.Page));
        using (var coordinator = await world.SignInAsync("coordinator"))
        using (var reminded = await coordinator.SubmitAsync($"/staff/rounds/{told.RoundId}", $"/staff/rounds/{told.RoundId}?handler=Remind", ("inquiry", $"{below}")))
            Assert.Equal(HttpStatusCode.Found, reminded.StatusCode);
        // Others may answer for the bureau too; nobody else is told.
        var bureaus = await db.Appointments.Where(a => a.Unit.Code == "aso").Join(db.People, a => a.PersonId, p => p.Id, (a, p) => p.Email!).ToListAsync();
        var reached = await db.Outbox.Where(m => m.InquiryId == below && m.Once.StartsWith("remind/")).Select(m => m.To).ToListAsync();
        Assert.Contains(SampleWorld.EmailOf("aso"), reached);
        Assert.All(reached, to => Assert.Contains(to, bureaus));

        var page = $"/staff/cases/{below}";
        var shown = await bureau.PageAsync(page);
        var field = FieldComment.FieldName(caseId, "summary");
        Assert.Equal("check-return-form", shown.QuerySelector($"textarea[name='{field}']")!.GetAttribute("form"));
        var version = shown.QuerySelector("#check-return-form input[name=version]")!.GetAttribute("value")!;
        using (var tooLong = await bureau.SubmitAsync(page, $"{page}?handler=Return", ("version", version), ("comment", new string('長', 2001)), (field, "だれのためかを書いてください。")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, tooLong.StatusCode);
            Assert.Contains("だれのためかを書いてください。", await tooLong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        using (var nothingSaid = await bureau.SubmitAsync(page, $"{page}?handler=Return", ("version", version), ("comment", " ")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, nothingSaid.StatusCode);
        Assert.False(await db.FieldComments.AnyAsync(c => c.CaseId == caseId));
        using (var returned = await bureau.SubmitAsync(page, $"{page}?handler=Return", ("version", version), ("comment", " "), (field, "だれのためかを書いてください。")))
            Assert.Equal(HttpStatusCode.Found, returned.StatusCode);
        Assert.Equal(InquiryStatus.Returned, await db.Inquiries.Where(i => i.Id == below).Select(i => i.Status).SingleAsync());
        var said = await db.FieldComments.AsNoTracking().SingleAsync(c => c.CaseId == caseId);
        Assert.Equal(("summary", "だれのためかを書いてください。", true), (said.QuestionKey, said.Text, said.IsOpen));
        using var town = await world.SignInAsync("434230");
        Assert.Contains("だれのためかを書いてください。", (await town.PageAsync($"{page}/{caseId}")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Null((await town.PageAsync(page)).QuerySelector("#check-return-form"));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_question_reaches_those_who_answer_it(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        var asking = await world.OpenInquiryAsync("kamoto");
        using (var asker = await world.SignInAsync("kamoto"))
        using (var asked = await asker.SubmitAsync($"/staff/cases/{asking}", $"/staff/cases/{asking}?handler=Ask", ("enquiry", "温泉の事業は対象ですか。")))
            Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        await using var db = world.Open();
        var mail = await db.Outbox.SingleAsync(m => m.InquiryId == asking && m.Kind == MailKind.QuestionAsked);
        Assert.Equal((SampleWorld.EmailOf("coordinator"), $"/staff/rounds/{mail.RoundId}/questions"), (mail.To, mail.Page));
        Assert.Contains("温泉の事業は対象ですか。", mail.Body, StringComparison.Ordinal);
    }

    private static async Task<string> WriteAndApproveAsync(SampleWorld world, long inquiryId, string unit)
    {
        await using var db = world.Open();
        var today = world.Clock.Now.DayInJapan();
        var by = await db.ActorAsync(SampleWorld.EmailOf(unit), today);
        var inquiry = await db.Inquiries.WithRound().SingleAsync(i => i.Id == inquiryId);
        var answers = (await db.Cases.AsNoTracking().FirstAsync(c => c.ProgrammeKey == "ps" && c.Year == new FiscalYear(2007) && c.RemovedAt == null)).Answers.With("title", "点検を受ける事業（見本）");
        var one = new Case(inquiry, by, world.Clock.Now);
        db.Add(one);
        one.Edit(answers, inquiry, one.Version, "web", by, world.Clock.Now);
        await db.SaveChangesAsync();
        using var town = await world.SignInAsync(unit);
        var page = $"/staff/cases/{inquiryId}";
        using (var submitted = await town.SubmitAsync(page, $"{page}?handler=Submit"))
            Assert.Equal(HttpStatusCode.Found, submitted.StatusCode);
        var request = await db.ApprovalRequests.Where(a => a.InquiryId == inquiryId).Select(a => a.Id).SingleAsync();
        using var approver = await world.SignInAsync($"{unit}-approver");
        using (var approved = await approver.SubmitAsync("/staff/approval", "/staff/approval?handler=Approve", ("ids", $"{request}")))
            Assert.Equal(HttpStatusCode.Found, approved.StatusCode);
        return one.Id;
    }
}
