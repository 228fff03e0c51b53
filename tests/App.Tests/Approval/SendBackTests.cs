using System.Net;
using Kyodo.App.Tests.World;
using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Approval;

/// <summary>A reply goes to its approver and back with a comment on a field, is corrected, approved, accepted and amended - all through the front door.</summary>
public sealed class SendBackTests
{
    private const string Unit = "kyoiku";

    [Fact]
    public async Task A_comment_on_a_field_comes_back_to_the_approver_with_what_was_changed_and_an_amendment_is_confirmed()
    {
        await using var world = await SampleWorld.BeginAsync(Engine.Sqlite);
        var (inquiry, caseId) = await WriteAsync(world);
        using var respondent = await world.SignInAsync(Unit);
        using var approver = await world.SignInAsync($"{Unit}-approver");
        using var coordinator = await world.SignInAsync("coordinator");

        await DoneAsync(respondent.SubmitAsync($"/staff/cases/{inquiry}", $"/staff/cases/{inquiry}?handler=Submit"));
        var first = await NewestAsync(world, inquiry);
        using (var refused = await approver.SubmitAsync($"/staff/approval/{first}", $"/staff/approval/{first}?handler=SendBack", ("comment", ""), (FieldComment.FieldName(caseId, "summary"), "だれとするのかを書いてください。")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("だれとするのかを書いてください。", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }
        await DoneAsync(approver.SubmitAsync($"/staff/approval/{first}", $"/staff/approval/{first}?handler=SendBack", ("comment", "概要を直してください。"), (FieldComment.FieldName(caseId, "summary"), "だれとするのかを書いてください。")));

        var returned = await respondent.PageAsync($"/staff/cases/{inquiry}");
        Assert.Contains("項目へのコメントが1件", returned.Body!.TextContent, StringComparison.Ordinal);
        // What was said comes before handing it in again.
        Assert.StartsWith("コメントのある項目を直し", returned.QuerySelector(".next-thing p")!.TextContent, StringComparison.Ordinal);
        var form = await respondent.PageAsync($"/staff/cases/{inquiry}/{caseId}");
        var comment = form.QuerySelector("input[name=comments]")!.GetAttribute("value")!;
        var version = form.QuerySelector("input[name=version]")!.GetAttribute("value")!;
        await DoneAsync(respondent.SubmitAsync($"/staff/cases/{inquiry}/{caseId}", $"/staff/cases/{inquiry}/{caseId}", ("version", version), ("summary", "見本の会と学校が、放課後の教室をひらきます。"), ("comments", comment), ("struck", comment)));
        await DoneAsync(respondent.SubmitAsync($"/staff/cases/{inquiry}", $"/staff/cases/{inquiry}?handler=Submit"));
        var second = await NewestAsync(world, inquiry);
        var seen = (await approver.PageAsync($"/staff/approval/{second}")).Body!.TextContent;
        Assert.Contains("前に書かれたコメント", seen, StringComparison.Ordinal);
        Assert.Contains("が「直した」", seen, StringComparison.Ordinal);
        await DoneAsync(approver.SubmitAsync("/staff/approval", "/staff/approval?handler=Approve", ("ids", $"{second}")));

        var reply = $"/staff/compilation/ps/{SampleWorld.ThisYear}/replies/{inquiry}";
        var page = await coordinator.PageAsync(reply);
        await DoneAsync(coordinator.SubmitAsync(reply, $"{reply}?handler=Accept", ("version", page.QuerySelector("input[name=version]")!.GetAttribute("value")!)));
        using (var stale = await coordinator.SubmitAsync(reply, $"{reply}?handler=Unaccept", ("version", page.QuerySelector("input[name=version]")!.GetAttribute("value")!)))
            Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);

        var field = $"/staff/compilation/fields/{caseId}/purpose";
        var opened = (await coordinator.PageAsync(field)).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        await DoneAsync(coordinator.SubmitAsync(field, field, ("seen", opened), ("purpose", "放課後の居場所をつくる。"), ("amend-reason", "読みやすく")));
        using (var stale = await coordinator.SubmitAsync(field, field, ("seen", opened), ("purpose", "別の担当者の案。"), ("amend-reason", "読みやすく")))
        {
            var both = WebUtility.HtmlDecode(await stale.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
            Assert.Contains("別の担当者の案。", both, StringComparison.Ordinal);
            Assert.Contains("放課後の居場所をつくる。", both, StringComparison.Ordinal);
        }
        Assert.Contains("取りまとめで直されました", (await respondent.PageAsync($"/staff/cases/{inquiry}")).Body!.TextContent, StringComparison.Ordinal);
        var amendment = (await approver.PageAsync("/staff/approval/amendments")).QuerySelector("input[name=ids]")!.GetAttribute("value")!;
        using (var outsider = await world.SignInAsync("nosei-approver"))
        using (var refused = await outsider.SubmitAsync("/staff/approval", "/staff/approval/amendments?handler=Confirm", ("ids", amendment)))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        await DoneAsync(approver.SubmitAsync("/staff/approval/amendments", "/staff/approval/amendments?handler=Confirm", ("ids", amendment)));
        await using var db = world.Open();
        Assert.Equal(AmendmentStatus.Confirmed, (await db.Amendments.SingleAsync()).Status);
        Assert.Contains((await db.Set<CaseVersion>().Where(v => v.CaseId == caseId).ToListAsync()), v => v.Origin == "compilation");
    }

    private static async Task DoneAsync(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        Assert.True(answer.StatusCode is HttpStatusCode.Found, $"{answer.RequestMessage?.RequestUri} answered {(int)answer.StatusCode}");
    }

    private static async Task<long> NewestAsync(SampleWorld world, long inquiry)
    {
        await using var db = world.Open();
        return await db.ApprovalRequests.Where(a => a.InquiryId == inquiry).MaxAsync(a => a.Id);
    }

    private static async Task<(long Inquiry, string CaseId)> WriteAsync(SampleWorld world)
    {
        await using var db = world.Open();
        var now = world.Clock.Now;
        var pattern = (await db.Cases.AsNoTracking().Where(c => c.ProgrammeKey == "ps" && c.Year == new FiscalYear(2007)).OrderBy(c => c.Id).FirstAsync()).Answers;
        var inquiry = await db.InquiryAsync("ps", SampleWorld.ThisYear, Unit);
        var by = await Kyodo.Organizations.OrganizationQueries.ActorAsync(db, SampleWorld.EmailOf(Unit), now.DayInJapan());
        var one = new Case(inquiry, by, now);
        db.Add(one);
        one.Edit(pattern.With("title", "放課後教室（試験）").With("summary", "教室をひらきます。").With("place", System.Text.Json.Nodes.JsonNode.Parse("""{"whole":true}""")), inquiry, 0, "web", by, now);
        await db.SaveChangesAsync();
        return (inquiry.Id, one.Id);
    }
}
