using System.Net;
using Kyodo.App.Tests.World;
using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Rounds;
using Kyodo.Storage;
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
        using (var refused = await approver.SubmitAsync($"/staff/approval/{first}", $"/staff/approval/{first}?handler=SendBack", ("comment", new string('長', 2001)), (FieldComment.FieldName(caseId, "summary"), "だれとするのかを書いてください。")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("だれとするのかを書いてください。", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }
        await DoneAsync(approver.SubmitAsync($"/staff/approval/{first}", $"/staff/approval/{first}?handler=SendBack", ("comment", ""), (FieldComment.FieldName(caseId, "summary"), "だれとするのかを書いてください。")));

        var returned = await respondent.PageAsync($"/staff/cases/{inquiry}");
        Assert.Contains("項目へのコメントが1件", returned.Body!.TextContent, StringComparison.Ordinal);
        // Nothing was written for the whole: the return says itself where the words are.
        Assert.Contains("コメントのある項目を直してください。", returned.QuerySelector(".notice.warning")!.TextContent, StringComparison.Ordinal);
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

    [Fact]
    public async Task The_mail_of_a_reply_handed_in_again_says_so_and_what_was_decided_meanwhile_is_called_decided()
    {
        const string police = "keisatsu";
        await using var world = await SampleWorld.BeginAsync(Engine.Sqlite);
        var (inquiry, _) = await WriteAsync(world, police);
        using var respondent = await world.SignInAsync(police);
        using var approver = await world.SignInAsync($"{police}-approver");
        var page = $"/staff/cases/{inquiry}";

        await DoneAsync(respondent.SubmitAsync(page, $"{page}?handler=Submit"));
        Assert.DoesNotContain("出し直し", await AskedAsync(world, inquiry), StringComparison.Ordinal);
        await DoneAsync(respondent.SubmitAsync(page, $"{page}?handler=Recall"));
        world.Clock.Now = world.Clock.Now.AddMinutes(10);
        await DoneAsync(respondent.SubmitAsync(page, $"{page}?handler=Submit"));
        Assert.Contains("（事例1件。引き戻したあとの出し直し）", await AskedAsync(world, inquiry), StringComparison.Ordinal);
        var recalled = await NewestAsync(world, inquiry);
        await DoneAsync(approver.SubmitAsync($"/staff/approval/{recalled}", $"/staff/approval/{recalled}?handler=SendBack", ("comment", "概要を直してください。")));
        world.Clock.Now = world.Clock.Now.AddMinutes(10);
        await DoneAsync(respondent.SubmitAsync(page, $"{page}?handler=Submit"));
        Assert.Contains("（事例1件。差し戻されたあとの出し直し）", await AskedAsync(world, inquiry), StringComparison.Ordinal);

        var last = await NewestAsync(world, inquiry);
        await DoneAsync(approver.SubmitAsync($"/staff/approval/{last}", $"/staff/approval/{last}?handler=Approve"));
        await DoneAsync(approver.SubmitAsync("/staff/approval/amendments", "/staff/approval?handler=Approve", ("ids", $"{last}")));
        var words = (await approver.PageAsync($"/staff/approval?left={last}")).Body!.TextContent;
        Assert.Contains("承認したものはありません。", words, StringComparison.Ordinal);
        Assert.Contains("この決裁は「承認済み」のため", words, StringComparison.Ordinal);
        Assert.DoesNotContain("2つの段階", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_waits_on_the_coordinators_first_page_until_it_is_answered_and_the_notice_of_results_is_on_the_units_page()
    {
        const string nosei = "nosei";
        await using var world = await SampleWorld.BeginAsync(Engine.Sqlite);
        long inquiry, round;
        await using (var db = world.Open())
        {
            var one = await db.InquiryAsync("ps", SampleWorld.ThisYear, nosei);
            (inquiry, round) = (one.Id, one.RoundId);
        }
        using var respondent = await world.SignInAsync(nosei);
        using var coordinator = await world.SignInAsync("coordinator");
        var page = $"/staff/cases/{inquiry}";
        await DoneAsync(respondent.SubmitAsync(page, $"{page}?handler=Ask", ("enquiry", "金額は税込みですか。")));
        var home = await coordinator.PageAsync("/staff");
        Assert.Contains("答えを待っている問い合わせが", home.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(home.QuerySelector($".notice a[href='/staff/rounds/{round}/questions']"));
        Assert.DoesNotContain("答えを待っている問い合わせが", (await respondent.PageAsync("/staff")).Body!.TextContent, StringComparison.Ordinal);

        Assert.Null((await respondent.PageAsync(page)).QuerySelector("#result-notice"));
        await using (var db = world.Open())
        {
            var by = await Kyodo.Organizations.OrganizationQueries.ActorAsync(db, SampleWorld.EmailOf("coordinator"), world.Clock.Now.DayInJapan());
            var told = await db.Rounds.WithInquiries().FirstAsync(r => r.Id == round);
            told.WriteNotice(told.Letter with { Number = "男パ第45号（試験）", Body = "下記のとおり公表しましたので通知します。" }, by, world.Clock.Now);
            told.Notify(isPublished: true, by, world.Clock.Now, Array.Empty<long>().ToLookup(id => id, _ => ""));
            await db.SaveChangesAsync();
        }
        var notice = (await respondent.PageAsync(page)).QuerySelector("#result-notice")!.TextContent;
        Assert.Contains("男パ第45号（試験）", notice, StringComparison.Ordinal);
        Assert.Contains("公表しましたので通知します。", notice, StringComparison.Ordinal);
    }

    private static async Task<string> AskedAsync(SampleWorld world, long inquiry)
    {
        await using var db = world.Open();
        return (await db.Set<OutboxMail>().Where(m => m.InquiryId == inquiry && m.Kind == MailKind.ApprovalAsked).OrderByDescending(m => m.Id).FirstAsync()).Body;
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

    private static async Task<(long Inquiry, string CaseId)> WriteAsync(SampleWorld world, string unit = Unit)
    {
        await using var db = world.Open();
        var now = world.Clock.Now;
        var pattern = (await db.Cases.AsNoTracking().Where(c => c.ProgrammeKey == "ps" && c.Year == new FiscalYear(2007)).OrderBy(c => c.Id).FirstAsync()).Answers;
        var inquiry = await db.InquiryAsync("ps", SampleWorld.ThisYear, unit);
        var by = await Kyodo.Organizations.OrganizationQueries.ActorAsync(db, SampleWorld.EmailOf(unit), now.DayInJapan());
        var one = new Case(inquiry, by, now);
        db.Add(one);
        one.Edit(pattern.With("title", "放課後教室（試験）").With("summary", "教室をひらきます。").With("place", System.Text.Json.Nodes.JsonNode.Parse("""{"whole":true}""")), inquiry, 0, "web", by, now);
        await db.SaveChangesAsync();
        return (inquiry.Id, one.Id);
    }
}
