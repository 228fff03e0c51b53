using System.Net;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Kyodo.App.Tests.Browser;
using Kyodo.App.Tests.World;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Evaluation;
using Kyodo.Evaluation.Door;
using Kyodo.Samples;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Evaluation;

/// <summary>A partner outside, with a phone and a mailbox; and those who would like to be one.</summary>
public sealed partial class PartnerDoorPagesTests(SampleWorlds worlds, Chromium chromium) : IClassFixture<Chromium>
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task A_partner_comes_in_answers_confirms_and_decides_without_an_account_and_without_scripts(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        var (evaluation, partner, invitation) = await WaitingAsync(world, "kigyo", EvaluationPhase.Planning);
        using var phone = world.VisitFrom("127.0.1.1");
        await EnterAsync(world, phone, invitation);
        var home = await phone.PageAsync("/partner/home");
        Assert.Contains(evaluation.CaseTitle, home.Body!.TextContent, StringComparison.Ordinal);
        var page = $"/partner/evaluations/{evaluation.Id}";
        using (var halfway = await phone.SubmitAsync(page, $"{page}?handler=Save", ("m.K2", "3"), ("g.K2", "文書にした")))
            Assert.Equal(HttpStatusCode.Found, halfway.StatusCode);
        using (var missing = await phone.SubmitAsync(page, page, ("m.K2", "3")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, missing.StatusCode);
        using (var wrong = await phone.SubmitAsync(page, $"{page}?handler=Save", ("m.K2", "9")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using (var sent = await phone.SubmitAsync(page, page, ("m.K2", "3"), ("m.K4", "1"), ("m.K5", "u"), ("words", "早くから相談したい")))
            Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        var about = $"/partner/cases/{evaluation.CaseId}";
        var version = (await phone.PageAsync(about)).QuerySelector("input[name=version]")!.GetAttribute("value")!;
        using (var confirmed = await phone.SubmitAsync(about, $"{about}?handler=Confirm", ("version", version), ("v-title", "Right"), ("v-summary", "Correct"), ("words-summary", "人数が違います")))
            Assert.Equal(HttpStatusCode.Found, confirmed.StatusCode);
        using (var agreed = await phone.SubmitAsync(about, $"{about}?handler=Consent", ("version", version), ("scores", "true")))
            Assert.Equal(HttpStatusCode.Found, agreed.StatusCode);
        await using var db = world.Open();
        var side = await db.EvaluationSides.AsNoTracking().SingleAsync(s => s.EvaluationId == evaluation.Id && s.PartnerId == partner);
        Assert.Equal((SideStatus.Submitted, "早くから相談したい"), (side.Status, side.Words));
        var consent = (await db.ConsentsAsync([evaluation.CaseId]))[(evaluation.CaseId, partner)];
        Assert.Equal((true, false, false), (consent.Scores, consent.Words, consent.Silence));
        // The other side has not answered: nothing of it can be read, and nothing of this one by the unit.
        using var unit = await world.SignInAsync("kigyo");
        var seen = (await unit.PageAsync($"/staff/evaluation/{evaluation.Id}")).Body!.TextContent;
        Assert.DoesNotContain("早くから相談したい", seen, StringComparison.Ordinal);
        Assert.Contains("直してほしい：人数が違います", seen, StringComparison.Ordinal);
        Assert.Contains("点数を公表してよい", seen, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Scanners_forwarders_and_other_partners_get_nowhere_and_a_revocation_counts_at_once(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        var (evaluation, _, invitation) = await WaitingAsync(world, "kuma", EvaluationPhase.Planning);
        using var scanner = world.VisitFrom("127.0.1.2");
        for (var i = 0; i < 5; i++)
            await scanner.PageAsync($"/partner/invitations/{invitation}");
        await using var db = world.Open();
        Assert.Equal(0, await db.PartnerLinks.CountAsync(l => l.Invitation.Token == invitation));

        using var phone = world.VisitFrom("127.0.1.3");
        var (token, _) = await AskAsync(world, phone, invitation);
        for (var i = 0; i < 5; i++)
            await scanner.PageAsync($"/partner/enter/{token}");
        using (var pressed = await scanner.SubmitAsync($"/partner/enter/{token}", $"/partner/enter/{token}"))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, pressed.StatusCode);
        using (var entered = await phone.SubmitAsync($"/partner/enter/{token}", $"/partner/enter/{token}"))
            Assert.Equal("/partner/home", entered.Headers.Location?.OriginalString);
        using (var again = await phone.SubmitAsync($"/partner/enter/{token}", $"/partner/enter/{token}"))
            Assert.Equal(HttpStatusCode.Gone, again.StatusCode);

        var other = await db.Evaluations.Where(e => e.Call.ProgrammeKey == "ps").Select(e => new { e.Id, e.CaseId }).FirstAsync();
        foreach (var path in new[] { $"/partner/evaluations/{other.Id}", $"/partner/evaluations/{other.Id}/workbook", $"/partner/cases/{other.CaseId}", "/staff/evaluation" })
        {
            using var answer = await phone.GetAsync(path);
            Assert.True(answer.StatusCode is HttpStatusCode.NotFound || answer.Headers.Location?.OriginalString.Contains("/sign-in", StringComparison.Ordinal) is true, $"{path}: {answer.StatusCode}");
        }

        using var coordinator = await world.SignInAsync("coordinator");
        var id = await db.PartnerInvitations.Where(i => i.Token == invitation).Select(i => i.Id).SingleAsync();
        using (var revoked = await coordinator.SubmitAsync("/staff/evaluation/partners", "/staff/evaluation/partners?handler=Revoke", ("invitation", $"{id}")))
            Assert.Equal(HttpStatusCode.Found, revoked.StatusCode);
        using (var closed = await phone.GetAsync($"/partner/evaluations/{evaluation.Id}"))
            Assert.EndsWith("/partner?ended", closed.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using (var gone = await phone.GetAsync($"/partner/invitations/{invitation}"))
            Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task The_partners_pages_are_usable_by_everyone(int width)
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        await using var db = world.Open();
        var opened = await db.EvaluationSides.Where(s => s.PartnerId != null && s.Evaluation.Status == EvaluationStatus.Opened && s.Status == SideStatus.Submitted)
            .OrderBy(s => s.Id).Skip(width % 7).Select(s => new { s.EvaluationId, s.Evaluation.CaseId, s.PartnerId }).FirstAsync();
        var invitation = (await db.InviteAsync(opened.PartnerId!, $"mihon-{width}@partner.example", await db.Users("coordinator", world), world.Clock.Now)).Token;
        await using var context = await chromium.OpenAsync(world.Address, width);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/partner/invitations/{invitation}");
        await page.PressAsync("確認の番号をメールで受け取る");
        var code = (await NewestLinkAsync(world)).Code;
        await page.FillAsync("#code", code);
        await page.PressAsync("番号を確かめて始める");
        var wrong = new List<string>();
        foreach (var path in new[] { "/partner/home", $"/partner/evaluations/{opened.EvaluationId}", $"/partner/cases/{opened.CaseId}" })
        {
            var answer = await page.GotoAsync(path);
            Assert.Equal(200, answer!.Status);
            wrong.AddRange((await page.RunAxe()).Violations.Select(v => $"{path}: {v.Id}: {v.Help}: {v.Nodes.FirstOrDefault()?.Html}"));
            var (inner, whole) = (await page.EvaluateAsync<int>("innerWidth"), await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            if (whole > inner)
                wrong.Add($"{path}: {whole} px wide in a window of {inner} px");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // One project of the unit under an evaluation of its own, with an invited partner.
    private static async Task<(CaseEvaluation Evaluation, string Partner, string Invitation)> WaitingAsync(SampleWorld world, string unit, EvaluationPhase phase)
    {
        await using var db = world.Open();
        var by = await db.Users("coordinator", world);
        var one = (await db.PlanEvaluationsAsync("zero-budget", SampleYear.Year, phase)).Cases.First(c => c.Unit.Code == unit && c.Partners.Count > 0);
        await db.OpenEvaluationsAsync("zero-budget", SampleYear.Year, phase, null, new DateOnly(2026, 12, 25), new HashSet<string>(), by, world.Clock.Now, only: c => c.Case.Id == one.Case.Id);
        var evaluation = await db.Evaluations.WithSides().SingleAsync(e => e.CaseId == one.Case.Id && e.Call.Phase == phase);
        var partner = evaluation.Partners.First().PartnerId!;
        return (evaluation, partner, (await db.InviteAsync(partner, $"{unit}-mihon@partner.example", by, world.Clock.Now)).Token);
    }

    private static async Task EnterAsync(SampleWorld world, Visitor phone, string invitation)
    {
        var (_, code) = await AskAsync(world, phone, invitation);
        using var entered = await phone.SubmitAsync($"/partner/invitations/{invitation}?sent", "/partner/enter", ("code", code));
        Assert.Equal("/partner/home", entered.Headers.Location?.OriginalString);
    }

    private static async Task<(string Token, string Code)> AskAsync(SampleWorld world, Visitor phone, string invitation)
    {
        using var asked = await phone.SubmitAsync($"/partner/invitations/{invitation}", $"/partner/invitations/{invitation}");
        Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        return await NewestLinkAsync(world);
    }

    private static async Task<(string Token, string Code)> NewestLinkAsync(SampleWorld world)
    {
        await using var db = world.Open();
        var mail = await db.Outbox.AsNoTracking().Where(m => m.Kind == MailKind.PartnerLink).OrderByDescending(m => m.Id).FirstAsync();
        return (mail.Page!.Split('/')[^1], Code().Match(mail.Body).Value);
    }

    [GeneratedRegex(@"\d{4} \d{4}", RegexOptions.None, 500)]
    private static partial Regex Code();
}

file static class People
{
    public static Task<Actor> Users(this Kyodo.Storage.AppDb db, string name, SampleWorld world) => Kyodo.Organizations.OrganizationQueries.ActorAsync(db, SampleWorld.EmailOf(name), world.Clock.Now.DayInJapan());
}
