using System.Net;
using Kyodo.App.Tests.World;
using Kyodo.Core.Tests.Storage;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Rounds;

public sealed class RelayAndPassOnTests(SampleWorlds worlds)
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task A_bureau_asks_a_municipality_and_checks_what_it_answers(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        var upper = await world.OpenInquiryAsync("kamimashiki");
        using var bureau = await world.SignInAsync("kamimashiki");
        var relay = $"/staff/cases/{upper}/relay";
        using (var all = await bureau.SubmitAsync(relay, relay, ("pick", "all")))
            Assert.Equal(5, (await all.Content.ReadAsStringAsync()).Split("checked=\"checked\"").Length - 1);
        using (var none = await bureau.SubmitAsync(relay, relay, ("message", "急いでください。")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
            Assert.Contains("急いでください。", await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        var unit = await UnitAsync(world, "434418");
        using (var sent = await bureau.SubmitAsync(relay, relay, ("unit", $"{unit}"), ("message", "町の分をお願いします。")))
            Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        var below = await world.OpenInquiryAsync("434418");

        // Asked by mistake, and taken back from the same page.
        using (var mistaken = await bureau.SubmitAsync(relay, relay, ("unit", $"{await UnitAsync(world, "434426")}")))
            Assert.Equal(HttpStatusCode.Found, mistaken.StatusCode);
        var wrong = await world.OpenInquiryAsync("434426");
        var back = (await bureau.PageAsync(relay)).QuerySelector($"button[name=back][value^='{wrong}:']")!.GetAttribute("value")!;
        using (var withdrawn = await bureau.SubmitAsync(relay, $"{relay}?handler=Withdraw", ("back", back)))
            Assert.Equal(HttpStatusCode.Found, withdrawn.StatusCode);
        Assert.Equal(InquiryStatus.Withdrawn, await StateAsync(world, wrong));
        using (var again = await bureau.SubmitAsync(relay, $"{relay}?handler=Withdraw", ("back", back)))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        using (var unasked = await world.SignInAsync("434426"))
            Assert.Contains("再照会を取り下げました", (await unasked.PageAsync($"/staff/cases/{wrong}")).Body!.TextContent, StringComparison.Ordinal);

        using var town = await world.SignInAsync("434418");
        var page = $"/staff/cases/{below}";
        Assert.Contains("町の分をお願いします。", (await town.PageAsync(page)).Body!.TextContent, StringComparison.Ordinal);
        using (await town.SubmitAsync(page, $"{page}?handler=Nil", ("reason", "該当する事業がありません。")))
        using (var submitted = await town.SubmitAsync(page, $"{page}?handler=Submit"))
            Assert.Equal(HttpStatusCode.Found, submitted.StatusCode);
        using (var approver = await world.SignInAsync("434418-approver"))
        using (var approved = await approver.SubmitAsync("/staff/approval", "/staff/approval?handler=Approve", ("ids", $"{await ApprovalAsync(world, below)}")))
            Assert.Equal(HttpStatusCode.Found, approved.StatusCode);
        Assert.Equal(InquiryStatus.AwaitingCheck, await StateAsync(world, below));

        using (var outsider = await world.SignInAsync("nosei"))
        using (var hidden = await outsider.GetAsync(page))
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        using (var tooEarly = await town.SubmitAsync(page, $"{page}?handler=Check", ("version", "1")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, tooEarly.StatusCode);
        Assert.Contains("点検を待っている回答が1件", (await bureau.PageAsync("/staff")).Body!.TextContent, StringComparison.Ordinal);
        using (var stale = await bureau.SubmitAsync(relay, $"{relay}?handler=Check", ("seen", $"{below}:1")))
            Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        var seen = (await bureau.PageAsync(relay)).QuerySelector($"input[name=seen][value^='{below}:']")!.GetAttribute("value")!;
        using (var done = await bureau.SubmitAsync(relay, $"{relay}?handler=Check", ("seen", seen)))
            Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        Assert.Equal(InquiryStatus.Answered, await StateAsync(world, below));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_wrong_unit_hands_its_inquiry_over_and_a_unit_that_has_one_is_not_offered(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        var mine = await world.OpenInquiryAsync("ashikita");
        using var visitor = await world.SignInAsync("ashikita");
        var page = $"/staff/cases/{mine}/pass-on";
        var offered = (await visitor.PageAsync(page)).QuerySelectorAll("#to option").Select(option => option.GetAttribute("value")).ToList();
        Assert.DoesNotContain("doboku", offered);
        Assert.Contains("434281", offered);
        foreach (var (to, because) in new[] { ("doboku", "担当です。"), ("nowhere", "担当です。"), ("434281", " ") })
        {
            using var refused = await visitor.SubmitAsync(page, page, ("to", to), ("because", because));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }
        using (var done = await visitor.SubmitAsync(page, page, ("to", "434281"), ("because", "高森町の事業です。")))
            Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        Assert.Equal(InquiryStatus.PassedOn, await StateAsync(world, mine));
        Assert.Contains("高森町へ移送しました", (await visitor.PageAsync($"/staff/cases/{mine}")).Body!.TextContent, StringComparison.Ordinal);
        await using var db = world.Open();
        Assert.Contains("高森町の事業です。", (await db.Outbox.SingleAsync(m => m.To == SampleWorld.EmailOf("434281") && m.Once.StartsWith("passed-on/"))).Body, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task An_attachment_is_for_those_who_see_the_round_and_can_do_nothing_here(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        await using var db = world.Open();
        var path = $"/staff/attachments/{await db.RoundAttachments.Select(a => a.Id).FirstAsync()}";
        foreach (var (who, answers) in new[] { ("doboku", HttpStatusCode.OK), ("432148", HttpStatusCode.OK), ("auditor", HttpStatusCode.OK), ("434434", HttpStatusCode.NotFound) })
        {
            using var visitor = await world.SignInAsync(who);
            using var answer = await visitor.GetAsync(path);
            Assert.Equal((who, answers), (who, answer.StatusCode));
            if (answers is not HttpStatusCode.OK)
                continue;
            Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
            Assert.StartsWith("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_question_is_answered_for_all_and_its_asker_may_stay_unnamed(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        var (asking, reading) = (await world.OpenInquiryAsync("kuma"), await world.OpenInquiryAsync("kikuchi"));
        using var asker = await world.SignInAsync("kuma");
        using (var asked = await asker.SubmitAsync($"/staff/cases/{asking}", $"/staff/cases/{asking}?handler=Ask", ("enquiry", "鉄道の事業は対象ですか。"), ("anonymous", "true")))
            Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        await using var db = world.Open();
        var question = await db.RoundQuestions.AsNoTracking().SingleAsync(q => q.Text == "鉄道の事業は対象ですか。");
        using var coordinator = await world.SignInAsync("coordinator");
        Assert.Contains("答えていない問い合わせ", (await coordinator.PageAsync("/staff/rounds")).Body!.TextContent, StringComparison.Ordinal);
        var page = $"/staff/rounds/{question.RoundId}/questions";
        using (var answered = await coordinator.SubmitAsync(page, page, ("question", $"{question.Id}"), ("version", $"{question.RowVersion}"), ("answer", "県の予算によるものなら対象です。")))
            Assert.Equal(HttpStatusCode.Found, answered.StatusCode);
        using var reader = await world.SignInAsync("kikuchi");
        var told = (await reader.PageAsync($"/staff/cases/{reading}")).QuerySelector(".enquiries")!.TextContent;
        Assert.Contains("県の予算によるものなら対象です。", told, StringComparison.Ordinal);
        Assert.DoesNotContain("球磨", told, StringComparison.Ordinal);
        Assert.Contains("球磨地域振興局", (await coordinator.PageAsync(page)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_round_is_made_planned_and_called_off(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var coordinator = await world.SignInAsync("coordinator");
        using var made = await coordinator.SubmitAsync("/staff/rounds/new", "/staff/rounds/new", ("programme", "zero-budget"), ("year", "2031"), ("phase", "BudgetDrafting"), ("from", "before"));
        var draft = made.Headers.Location!.ToString();
        var round = draft.Replace("/draft", "", StringComparison.Ordinal);
        await using var db = world.Open();
        var id = long.Parse(round.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var units = await db.Inquiries.Where(i => i.RoundId == id).Select(i => i.UnitId).ToListAsync();
        var version = (await coordinator.PageAsync(draft)).QuerySelector("input[name=version]")!.GetAttribute("value")!;
        using (var saved = await coordinator.SubmitAsync(draft, draft, [("version", version), ("r.Title", "見本の照会"), ("r.Number", "見本第9号"), ("r.Date", "2031-04-01"), ("r.Sender", "課長"), ("r.Officer", "担当"), ("r.Body", "回答してください。"),
            ("r.Due", "2031-04-25"), .. units.Select(unit => ("unit", $"{unit}"))]))
            Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        var preview = $"{round}/preview";
        version = (await coordinator.PageAsync(preview)).QuerySelector("input[name=version]")!.GetAttribute("value")!;
        using (var wrong = await coordinator.SubmitAsync(preview, $"{preview}?handler=Schedule", ("version", version), ("sendDay", "いつか"), ("sendTime", "09:00")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using (var planned = await coordinator.SubmitAsync(preview, $"{preview}?handler=Schedule", ("version", version), ("sendDay", "令和13年4月7日"), ("sendTime", "09:30")))
            Assert.Equal(HttpStatusCode.Found, planned.StatusCode);
        Assert.Contains("令和13年4月7日 09:30に送ります", (await coordinator.PageAsync("/staff/rounds")).Body!.TextContent, StringComparison.Ordinal);
        using (var form = await coordinator.GetAsync($"{round}/form"))
            Assert.Equal(HttpStatusCode.OK, form.StatusCode);
        version = (await coordinator.PageAsync(preview)).QuerySelector("input[name=version]")!.GetAttribute("value")!;
        using (var off = await coordinator.SubmitAsync(preview, $"{preview}?handler=Unschedule", ("version", version)))
            Assert.Equal(HttpStatusCode.Found, off.StatusCode);
        Assert.Null(await db.Rounds.Where(r => r.Id == id).Select(r => r.SendAt).SingleAsync());
    }

    private static async Task<long> UnitAsync(SampleWorld world, string code)
    {
        await using var db = world.Open();
        return await db.Set<Kyodo.Organizations.OrgUnit>().Where(u => u.Code == code).Select(u => u.Id).SingleAsync();
    }

    private static async Task<long> ApprovalAsync(SampleWorld world, long inquiry)
    {
        await using var db = world.Open();
        return await db.Set<Kyodo.Approval.ApprovalRequest>().Where(a => a.InquiryId == inquiry).Select(a => a.Id).SingleAsync();
    }

    private static async Task<InquiryStatus> StateAsync(SampleWorld world, long inquiry)
    {
        await using var db = world.Open();
        return await db.Inquiries.Where(i => i.Id == inquiry).Select(i => i.Status).SingleAsync();
    }
}
