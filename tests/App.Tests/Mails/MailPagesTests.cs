using System.Net;
using AngleSharp.Html.Parser;
using Kyodo.App.Tests.World;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Mails;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Mails;

/// <summary>What people see of mails, and of the board that tells whom to write to. Units that no other test touches answer here.</summary>
public sealed class MailPagesTests(SampleWorlds worlds)
{
    [Fact]
    public async Task A_dead_letter_is_shown_with_its_reason_and_sent_again_or_given_up()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        var (first, second) = (await DieAsync(world, "a@dead.example"), await DieAsync(world, "b@dead.example"));
        using var coordinator = await world.SignInAsync("coordinator");
        var page = await coordinator.PageAsync("/staff/mails?state=Dead");
        Assert.Contains("宛先が受け取られませんでした（550 no such user）", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var retried = await coordinator.SubmitAsync("/staff/mails", $"/staff/mails?handler=Retry&mail={first}");
        using var given = await coordinator.SubmitAsync("/staff/mails", $"/staff/mails?handler=GiveUp&mail={second}");
        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.Found), (retried.StatusCode, given.StatusCode));
        await using var db = world.Open();
        var mails = await db.Outbox.Where(m => m.Id == first || m.Id == second).OrderBy(m => m.Id).ToListAsync();
        Assert.Equal([MailStatus.Waiting, MailStatus.GivenUp], mails.Select(m => m.Status));
        Assert.Equal(0, mails[0].Attempts);
        Assert.Equal(["mail-retried", "mail-given-up"], await db.AuditTrail.Where(e => e.Subject == $"mail/{first}" || e.Subject == $"mail/{second}").OrderBy(e => e.Id).Select(e => e.Verb).ToListAsync());

        using var again = await coordinator.SubmitAsync("/staff/mails", $"/staff/mails/{second}?handler=Retry");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
    }

    [Theory]
    [InlineData("auditor", HttpStatusCode.NotFound)]
    [InlineData("administrator", HttpStatusCode.Found)]
    public async Task Who_may_look_and_who_may_decide(string name, HttpStatusCode decided)
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        var mail = await DieAsync(world, $"{name}@dead.example");
        using var visitor = await world.SignInAsync(name);
        Assert.Contains("【試験】", (await visitor.PageAsync($"/staff/mails/{mail}")).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        using var answer = await visitor.SubmitAsync("/staff/mails", $"/staff/mails/{mail}?handler=Retry");
        Assert.Equal(decided, answer.StatusCode);
    }

    [Fact]
    public async Task A_text_is_tried_refused_saved_and_put_back()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        await using var db = world.Open();
        var round = await db.Rounds.Where(r => r.Year == SampleWorld.ThisYear).Select(r => r.Id).SingleAsync();
        var place = $"/staff/mails/templates/Escalation?round={round}";
        using var coordinator = await world.SignInAsync("coordinator");

        using var tried = await coordinator.SubmitAsync(place, $"{place}&handler=Preview", ("subject", "{件名}のこと"), ("body", "{組織}は{状態}です。"), ("version", "0"));
        // Whichever state the unit is in by now: other tests answer.
        Assert.Matches("は[^{}\\s]+です。", await TextAsync(tried, ".mail-body"));
        using var refused = await coordinator.SubmitAsync(place, place, ("subject", "件名"), ("body", "{期日}までに"), ("version", "0"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await TextAsync(refused, "main");
        Assert.Contains("{期日}は、このメールでは使えません", page, StringComparison.Ordinal);
        Assert.Contains("{期日}までに", page, StringComparison.Ordinal);
        Assert.False(await db.MailTemplates.AnyAsync());

        using var saved = await coordinator.SubmitAsync(place, place, ("subject", "件名"), ("body", "{組織}へ"), ("version", "0"));
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Equal("件名", (await db.MailTemplates.TextOfAsync(MailKind.Escalation, round)).Subject);
        Assert.NotEqual("件名", (await db.MailTemplates.TextOfAsync(MailKind.Escalation, round + 1)).Subject);
        // Somebody who has not seen that text does not write over it.
        using var stale = await coordinator.SubmitAsync(place, place, ("subject", "別"), ("body", "{組織}さんへ"), ("version", "0"));
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Contains("{組織}さんへ", await TextAsync(stale, "main"), StringComparison.Ordinal);
        using var back = await coordinator.SubmitAsync(place, $"{place}&handler=Default");
        Assert.Equal(HttpStatusCode.Found, back.StatusCode);
        Assert.False(await db.MailTemplates.AnyAsync());
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task The_boards_part_is_answered_304_until_something_changes(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        await using var db = world.Open();
        var old = await db.Rounds.Where(r => r.ProgrammeKey == "ps" && r.Year == new FiscalYear(2007)).Select(r => r.Id).SingleAsync();
        var inquiry = await world.OpenInquiryAsync("somu");
        var asked = await db.Inquiries.AsNoTracking().SingleAsync(i => i.Id == inquiry);
        var (round, unit) = (asked.RoundId, asked.UnitId);
        using var coordinator = await world.SignInAsync("coordinator");

        using var first = await coordinator.GetAsync($"/staff/rounds/{old}/board");
        Assert.DoesNotContain("<html", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var same = await coordinator.GetAsync($"/staff/rounds/{old}/board", first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);

        using var before = await coordinator.GetAsync($"/staff/rounds/{round}/board");
        Assert.Equal("not-started", await StateAsync(before));
        using var respondent = await world.SignInAsync("somu");
        using var received = await respondent.SubmitAsync($"/staff/cases/{inquiry}", $"/staff/cases/{inquiry}?handler=Receive");
        Assert.Equal(HttpStatusCode.Found, received.StatusCode);
        using var after = await coordinator.GetAsync($"/staff/rounds/{round}/board", before.Headers.ETag!);
        Assert.Equal("received", await StateAsync(after));
        // Whoever may only read gets no buttons, and so another board.
        using var auditor = await world.SignInAsync("auditor");
        using var read = await auditor.GetAsync($"/staff/rounds/{round}/board", after.Headers.ETag!);
        Assert.DoesNotContain("催促する", await read.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        async Task<string?> StateAsync(HttpResponseMessage answer) =>
            (await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync())).GetElementById($"u-{unit}")?.GetAttribute("data-state");
    }

    [Fact]
    public async Task One_press_asks_one_unit_and_only_once_a_day()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        var inquiry = await world.OpenInquiryAsync("uki");
        await using var db = world.Open();
        var round = await db.Inquiries.Where(i => i.Id == inquiry).Select(i => i.RoundId).SingleAsync();
        using var coordinator = await world.SignInAsync("coordinator");
        foreach (var said in new[] { "に、お願いのメールを送りました", "には、今日もうお願いのメールを送ってあります" })
        {
            using var asked = await coordinator.SubmitAsync($"/staff/rounds/{round}", $"/staff/rounds/{round}?handler=Remind", ("inquiry", $"{inquiry}"));
            Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
            Assert.Contains("宇城地域振興局" + said, (await coordinator.PageAsync($"/staff/rounds/{round}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }
        var mail = await db.Outbox.SingleAsync(m => m.InquiryId == inquiry && m.Kind == MailKind.Asked);
        Assert.Equal(SampleWorld.EmailOf("uki"), mail.To);
        // Nobody is late yet.
        using var late = await coordinator.SubmitAsync($"/staff/rounds/{round}", $"/staff/rounds/{round}?handler=Remind", ("who", "late"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);

        using var respondent = await world.SignInAsync("uki");
        Assert.Contains(mail.Subject, (await respondent.PageAsync($"/staff/cases/{inquiry}/mails")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coordinator_is_told_what_the_division_has_to_do_and_the_unit_what_the_unit_has()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        var inquiry = await world.OpenInquiryAsync("keisatsu");
        using var coordinator = await world.SignInAsync("coordinator");
        Assert.Contains("警察本部の回答を待っています", await NextAsync(coordinator), StringComparison.Ordinal);
        using var respondent = await world.SignInAsync("keisatsu");
        Assert.Contains("受け取りました", await NextAsync(respondent), StringComparison.Ordinal);
        using var asked = await respondent.SubmitAsync($"/staff/cases/{inquiry}", $"/staff/cases/{inquiry}?handler=Ask", ("enquiry", "延ばせますか（見本）。"));
        Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        Assert.Contains("問い合わせ1件が、答えを待っています", await NextAsync(coordinator), StringComparison.Ordinal);

        async Task<string> NextAsync(Visitor who) => (await who.PageAsync($"/staff/cases/{inquiry}")).QuerySelector(".next-thing")!.TextContent;
    }

    [Fact]
    public async Task The_deadline_goes_into_a_calendar_and_only_the_units_own()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        var inquiry = await world.OpenInquiryAsync("tamana");
        using var respondent = await world.SignInAsync("tamana");
        using var calendar = await respondent.GetAsync($"/staff/cases/{inquiry}/deadline.ics");
        Assert.Equal("text/calendar", calendar.Content.Headers.ContentType!.MediaType);
        var text = await calendar.Content.ReadAsStringAsync();
        Assert.StartsWith("BEGIN:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.Contains("玉名", text, StringComparison.Ordinal);
        using var other = await world.SignInAsync("doboku");
        foreach (var path in new[] { "deadline.ics", "mails" })
        {
            using var answer = await other.GetAsync($"/staff/cases/{inquiry}/{path}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private static async Task<long> DieAsync(SampleWorld world, string to)
    {
        await using var db = world.Open();
        var mail = new OutboxMail(new Mail(to, "【試験】件名", "本文", $"test/{to}"), new MailText("【試験】件名", "本文"), default, world.Clock.Now);
        db.Outbox.Add(mail);
        await db.SaveChangesAsync();
        var leased = (await db.LeaseMailsAsync($"test-{mail.Id}", world.Clock.Now, TimeSpan.FromMinutes(5), int.MaxValue)).Single(m => m.Id == mail.Id);
        await db.MarkRefusedAsync(leased, "宛先が受け取られませんでした（550 no such user）。", forGood: true, world.Clock.Now);
        await db.Outbox.Where(m => m.LeaseToken == $"test-{mail.Id}").ExecuteUpdateAsync(set => set.SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null));
        return mail.Id;
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer, string selector) =>
        string.Concat((await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync())).QuerySelectorAll(selector).Select(e => e.TextContent));
}
