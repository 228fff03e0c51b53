using Deque.AxeCore.Playwright;
using Kyodo.App.Tests.World;
using Kyodo.Approval;
using Kyodo.Core.Tests.Storage;
using Kyodo.Editions;
using Kyodo.Evaluation;
using Kyodo.Evaluation.Door;
using Kyodo.Organizations;
using Kyodo.Organizations.People;
using Kyodo.Readers;
using Kyodo.Reorganizations;
using Kyodo.Rounds;
using Kyodo.Samples;
using Kyodo.Selection;
using Kyodo.Statistics;
using Kyodo.Training;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;

namespace Kyodo.App.Tests.Browser;

/// <summary>Each page as a browser draws it, wide and narrow: usable by everyone, nothing beyond the edge, no complaint in the console.</summary>
public sealed class EveryPageTests(SampleWorlds worlds, Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public Task Public_pages(int width) => LookAtAsync(null, width, async world =>
    {
        await using var db = world.Open();
        var one = await db.LatestCases.Where(c => c.ProgrammeKey == "ps" && c.PartnersJson != "[]").OrderBy(c => c.Order).FirstAsync();
        return
        [
            "/", "/en", "/cases", "/en/cases", "/cases?q=清掃", "/cases?q=ありえない言葉の列", $"/cases/{one.CaseId}", $"/en/cases/{one.CaseId}", $"/cases/{one.CaseId}/voice", $"/en/cases/{one.CaseId}/voice", $"/cases/{one.CaseId}/voice?said", $"/partners/{one.Partners[0].Id}", $"/en/partners/{one.Partners[0].Id}",
            "/editions", "/editions/ps/2007", "/editions/ps/2007/r1", "/editions/ps/2007/forms/2", $"/editions/ps/2007/r1/cases/{one.CaseId}", "/editions/zero-budget/2007",
            "/cases?q=平成19年度 ボランティア", "/about/data", "/en/about/data",
            "/statistics", "/en/statistics", .. StatisticsTables.All.Select(table => $"/statistics/{table.Key}"), "/en/statistics/unevenness", "/statistics/departments?org=now", "/en/statistics/municipalities?org=now", "/statistics/evaluation", "/en/statistics/evaluation", "/map", "/en/map", "/compare", $"/compare?id={one.CaseId}", await CompareAsync(db),
            "/best", "/en/best", "/about", "/en/about", "/accessibility", "/en/accessibility", "/sign-in", "/sign-in?password-set", "/sign-in/forgotten", "/sign-in/forgotten?sent", "/no-such-page",
        ];
    });

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public Task The_coordinators_pages(int width) => LookAtAsync("coordinator", width, async world =>
    {
        await using var db = world.Open();
        var (old, open) = (await RoundAsync(db, 2007), await RoundAsync(db, SampleWorld.ThisYear.Year));
        var one = await db.LatestCases.Where(c => c.ProgrammeKey == "ps").OrderBy(c => c.Order).FirstAsync();
        var answered = await db.Inquiries.Where(i => i.Unit.Code == "doboku" && i.Round.ProgrammeKey == "ps" && i.Round.Year == SampleYear.Year).Select(i => i.Id).SingleAsync();
        await ReadAsync(db, world, one);
        return
        [
            "/staff", "/staff/partners/import", "/staff/federation", "/staff/meetings", $"/staff/meetings/{await db.Set<Kyodo.Meetings.Meeting>().OrderBy(m => m.On).Select(m => m.Id).FirstAsync()}", $"/staff/meetings/{await db.Set<Kyodo.Meetings.Meeting>().OrderBy(m => m.On).Select(m => m.Id).FirstAsync()}/pack", "/staff/years/ps/2007", "/staff/units/doboku/2007", "/staff/voices", "/staff/voices?state=Handled", "/staff/casebook/reading", "/staff/mails/templates/EditionReleased", "/staff/rounds", "/staff/rounds/new", $"/staff/rounds/{old}", $"/staff/rounds/{open}", $"/staff/rounds/{open}/letter", $"/staff/rounds/{open}/questions", $"/staff/rounds/{open}/form", $"/staff/rounds/{old}/notice", "/staff/compilation", "/staff/compilation/ps/2007",
            $"/staff/compilation/ps/{SampleWorld.ThisYear}", "/staff/compilation/ps/2007/answers", "/staff/compilation/ps/2007/answers?found=warning&col=form&col=q-purpose&sort=-budget",
            $"/staff/compilation/ps/2007/replies/{answered}", $"/staff/compilation/fields/{one.CaseId}/summary", "/staff/routes", "/staff/routes/doboku", "/staff/programmes", "/staff/programmes/ps", "/staff/editions", "/staff/editions/ps/2007", $"/staff/editions/ps/2007/cases/{one.CaseId}", "/staff/casebook", "/staff/casebook/ps/2007", "/staff/audit", "/staff/statistics", $"/staff/statistics/ps/{SampleWorld.ThisYear}",
            $"/staff/casebook/cases/{one.CaseId}", "/staff/cases", "/staff/approval", "/staff/no-such-page",
            $"/staff/rounds/{open}?state=awaited&q=振興局", $"/staff/rounds/{open}?q=ありえない", "/staff/mails", $"/staff/mails?round={old}&state=Waiting", $"/staff/mails/{await db.Outbox.MaxAsync(m => m.Id)}",
            "/staff/mails/templates", $"/staff/mails/templates?round={open}", $"/staff/mails/templates/Reminder?round={open}", "/staff/mails/templates/Digest",
            $"/staff/projects/{one.ProjectId}",
            "/staff/evaluation", "/staff/evaluation/new", "/staff/evaluation/new?programme=zero-budget&year=2007", "/staff/evaluation/sheets", "/staff/evaluation/partners", "/staff/evaluation/figures", "/staff/evaluation/figures?by=unit", "/staff/evaluation/report",
            $"/staff/evaluation/calls/{await db.EvaluationCalls.Where(c => c.ProgrammeKey == "ps").Select(c => c.Id).SingleAsync()}", $"/staff/evaluation/{await EvaluationAsync(db, EvaluationStatus.Opened)}", $"/staff/evaluation/{await EvaluationAsync(db, EvaluationStatus.Reflected)}",
            "/staff/selection", .. (await db.Selections.Select(s => s.Id).ToListAsync()).Select(id => $"/staff/selection/{id}"), "/staff/nominations", "/staff/partners", "/staff/partners?q=自立生活支援ほほえみの会", "/staff/partners/new", $"/staff/partners/{await PartnerAsync(db)}", "/staff/organizations", "/staff/organizations?year=2007", $"/staff/organizations/changes/{await db.Reorganizations.OrderBy(r => r.On).Select(r => r.Id).FirstAsync()}",
            "/partner", $"/partner/invitations/{await db.PartnerInvitations.Where(i => i.RevokedAt == null && i.Email.StartsWith("otameshi")).OrderBy(i => i.Id).Select(i => i.Token).FirstAsync()}", "/partner/enter",
        ];
    });

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public Task A_respondents_and_an_approvers_pages(int width) => LookAtAsync("doboku", width, async world =>
    {
        await using var db = world.Open();
        var inquiry = await world.OpenInquiryAsync("doboku");
        var answered = await db.Inquiries.Where(i => i.Unit.Code == "doboku" && i.Round.ProgrammeKey == "ps" && i.Round.Year == SampleYear.Year).Select(i => i.Id).SingleAsync();
        var one = await db.LatestCases.Where(c => c.UnitCode == "doboku" && c.ProgrammeKey == "ps").OrderBy(c => c.Order).Select(c => c.CaseId).FirstAsync();
        var approval = await db.ApprovalRequests.Where(a => a.InquiryId == answered).Select(a => a.Id).FirstAsync();
        return
        [
            "/staff", "/staff/cases", $"/staff/cases/{inquiry}", $"/staff/cases/{inquiry}/relay", $"/staff/cases/{inquiry}/pass-on", $"/staff/cases/{inquiry}/new", $"/staff/cases/{inquiry}/last-year", $"/staff/cases/{inquiry}/upload", $"/staff/cases/{answered}/mails", $"/staff/cases/{answered}", $"/staff/cases/{answered}/{one}/view",
            "/staff/approval", $"/staff/approval/{approval}", "/staff/approval/amendments", "/staff/evaluation", "/staff/evaluation/report", "/staff/nominations",
        ];
    });

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public Task The_pages_of_a_reorganisation(int width) => LookAtAsync("administrator", width, async world =>
    {
        await using var db = world.Open();
        const string title = "見るための機構改革（見本）";
        if (!await db.Reorganizations.AnyAsync(r => r.Title == title))
        {
            var by = await Kyodo.Organizations.OrganizationQueries.ActorAsync(db, SampleWorld.EmailOf("administrator"), new DateOnly(2026, 5, 11));
            var draft = new Reorganization(title, new DateOnly(2027, 4, 1), by, world.Clock.Now);
            draft.Write(title, draft.On, [new(ReorganizationChange.Renamed, "doboku", "kendo", "県土整備部（見本）"), new(ReorganizationChange.Abolished, "nai", null)], by, world.Clock.Now);
            db.Add(draft);
            await db.SaveChangesAsync();
        }
        return ["/staff", "/staff/training", "/staff/organizations", $"/staff/organizations/changes/{await db.Reorganizations.Where(r => r.Title == title).Select(r => r.Id).FirstAsync()}"];
    });

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public Task A_jurors_pages(int width) => LookAtAsync("juror", width, async world =>
    {
        await using var db = world.Open();
        var mine = await db.Judgements.Where(j => db.Set<Kyodo.Organizations.Person>().Any(p => p.Id == j.PersonId && p.Email == SampleWorld.EmailOf("juror"))).OrderBy(j => j.Id).Select(j => j.Id).FirstAsync();
        return ["/staff", "/staff/jury", $"/staff/jury/{mine}"];
    });

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public Task A_training_officers_pages(int width) => LookAtAsync("training", width, async world =>
    {
        await using var db = world.Open();
        var held = await db.TrainingSessions.Where(s => s.Status == SessionStatus.Held).OrderBy(s => s.StartsAt).Select(s => s.Id).FirstAsync();
        var open = await db.TrainingSessions.Where(s => s.Status == SessionStatus.Open).OrderBy(s => s.StartsAt).Select(s => s.Id).FirstAsync();
        var numbers = await db.TrainingRegistrations.Where(r => r.SessionId == held && (r.Status == RegistrationStatus.Attended || r.Status == RegistrationStatus.Absent)).OrderBy(r => r.Id).Select(r => new { r.Number, r.Status }).ToListAsync();
        return ["/staff", "/staff/training", "/staff/training?year=2007", $"/staff/training/{held}", $"/staff/training/{open}", $"/staff/training/certificates/{numbers.First(n => n.Status is RegistrationStatus.Attended).Number}", $"/staff/training/certificates/{numbers.First(n => n.Status is RegistrationStatus.Absent).Number}"];
    });

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public Task An_administrators_pages(int width) => LookAtAsync("administrator", width, async world =>
    {
        await using var db = world.Open();
        var (first, me) = (await db.People.Where(p => p.Email == SampleWorld.EmailOf("kuma")).Select(p => p.Id).SingleAsync(), await db.People.Where(p => p.Email == SampleWorld.EmailOf("administrator")).Select(p => p.Id).SingleAsync());
        const string email = "every-page@pref.example.jp";
        if (!await db.People.AnyAsync(p => p.Email == email))
            await db.InviteAsync(email, "見本 招（招待）", [new Grant(await db.OrgUnits.SingleAsync(u => u.Code == "kuma"), Kyodo.Common.Role.TrainingOfficer, default)], await db.ActorAsync(SampleWorld.EmailOf("administrator"), new DateOnly(2026, 5, 11)), world.Clock.Now);
        var (invited, link) = (await db.People.Where(p => p.Email == email).Select(p => p.Id).SingleAsync(), await db.Outbox.Where(m => m.To == email).Select(m => m.Page).FirstAsync());
        return [link!, $"/staff/people/{invited}", "/staff", "/staff/people", "/staff/people?q=土木部", "/staff/people?state=Invited", "/staff/people?q=ありえない", "/staff/people/new", $"/staff/people/{first}", $"/staff/people/{me}", "/staff/people/import", "/staff/people/handover", "/staff/audit?subject=person"];
    });

    private static Task<string> PartnerAsync(Kyodo.Storage.AppDb db) => db.Set<Kyodo.Partners.Partner>().Where(p => p.CorporateNumber == "1330005010398").Select(p => p.Id).SingleAsync();

    private static async Task<string> CompareAsync(Kyodo.Storage.AppDb db) =>
        $"/en/compare?{string.Join('&', (await db.LatestCases.OrderBy(c => c.CaseId).Select(c => c.CaseId).Take(4).ToListAsync()).Select(id => $"id={id}"))}";

    private static Task<string> EvaluationAsync(Kyodo.Storage.AppDb db, EvaluationStatus status) =>
        db.Evaluations.Where(e => e.Status == status && e.Call.ProgrammeKey == "ps").OrderByDescending(e => e.Form).ThenBy(e => e.CaseTitle).Select(e => e.Id).FirstAsync();

    private async Task LookAtAsync(string? name, int width, Func<SampleWorld, Task<string[]>> addresses)
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        await using var context = await chromium.OpenAsync(world.Address, width);
        var page = await context.NewPageAsync();
        var wrong = new List<string>();
        var path = "/sign-in";
        page.Console += (_, message) =>
        {
            // The page that is not there is one of those looked at; the browser says so itself.
            if (message.Type == "error" && !(path.Contains("no-such", StringComparison.Ordinal) && message.Text.Contains("404", StringComparison.Ordinal)))
                wrong.Add($"{path}: console: {message.Text}");
        };
        page.PageError += (_, error) => wrong.Add($"{path}: script: {error}");
        if (name is not null)
            await page.SignInAsync(name);
        foreach (var address in await addresses(world))
        {
            path = address;
            var answer = await page.GotoAsync(path);
            var expected = path.Contains("no-such", StringComparison.Ordinal) ? 404 : 200;
            if (answer!.Status != expected)
                wrong.Add($"{path}: answered {answer.Status}");
            var found = await page.RunAxe();
            wrong.AddRange(found.Violations.Select(v => $"{path}: {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
            var (inner, whole) = (await page.EvaluateAsync<int>("innerWidth"), await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            if (whole > inner)
                wrong.Add($"{path}: {whole} px wide in a window of {inner} px");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // A voice, a question, and a use with the case that came of it: what the pages show when somebody has read.
    private static async Task ReadAsync(Kyodo.Storage.AppDb db, SampleWorld world, PublishedCase one)
    {
        if (await db.CaseUses.AnyAsync(u => u.CaseId == one.CaseId))
            return;
        var own = await db.LatestCases.Where(c => c.UnitCode != one.UnitCode).OrderBy(c => c.Order).FirstAsync();
        var unit = await db.Set<Kyodo.Organizations.OrgUnit>().SingleAsync(u => u.Code == own.UnitCode);
        var theirs = new Kyodo.Common.Actor(1, "見本", [new Kyodo.Common.Duty(Kyodo.Common.Role.Respondent, unit.Id)]);
        await db.UseAsync(one, unit, "進め方を借りました。", own, theirs, world.Clock.Now);
        await db.SayAsync(one, VoiceKind.WantsMore, "はじめの集まりはどう開きましたか。", world.Clock.Now);
        db.Add(new CaseQuestion(one, await db.UnitInChargeAsync(one), unit.Name, "費用はどのくらいですか。", theirs, world.Clock.Now, []));
        await db.SaveChangesAsync();
    }

    private static Task<long> RoundAsync(Kyodo.Storage.AppDb db, int year) =>
        db.Rounds.Where(r => r.ProgrammeKey == "ps" && r.Year == new Kyodo.Common.FiscalYear(year)).Select(r => r.Id).SingleAsync();
}
