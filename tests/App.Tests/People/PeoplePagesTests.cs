using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Html.Parser;
using Kyodo.App.Tests.World;
using Kyodo.Approval;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Organizations;
using Kyodo.Organizations.People;
using Kyodo.Samples;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.People;

/// <summary>The administrator at work, and those whom it concerns. Each test enters people of its own.</summary>
public sealed class PeoplePagesTests(SampleWorlds worlds)
{
    private const string Password = "よい合言葉を十二文字で書く";
    private const string List = "/staff/people";

    [Theory, ClassData(typeof(EngineData))]
    public async Task An_invitation_is_opened_by_scanners_without_harm_and_by_its_person_once(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var administrator = await world.SignInAsync("administrator");
        const string email = "invited@pref.example.jp";
        var person = await InviteAsync(administrator, email, "招待 花子", "kikuchi", Role.Respondent);
        await using var db = world.Open();
        var link = await LinkAsync(db, email);
        Assert.Contains("招待中", (await administrator.PageAsync($"{List}?q={email}")).QuerySelector("main table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("菊池", (await administrator.PageAsync($"{List}?q={email}")).QuerySelector("main table")!.TextContent, StringComparison.Ordinal);
        // Who may read mails reads no link.
        var mail = await db.Outbox.Where(m => m.To == email).Select(m => m.Id).SingleAsync();
        Assert.DoesNotContain(link.Split('/')[^1], (await administrator.PageAsync($"/staff/mails/{mail}")).Source.Text, StringComparison.Ordinal);

        using var scanner = world.VisitFrom("127.0.3.1");
        for (var i = 0; i < 3; i++)
            await scanner.PageAsync(link);
        using var visitor = world.VisitFrom("127.0.3.2");
        foreach (var (password, again) in new[] { ("short", "short"), (Password, "another"), ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa"), (email, email) })
        {
            using var refused = await visitor.SubmitAsync(link, link, ("password", password), ("again", again));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }
        using (var early = await visitor.TrySignInAsync(email, ""))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, early.StatusCode);
        using (var set = await visitor.SubmitAsync(link, link, ("password", Password), ("again", Password)))
            Assert.Equal("/sign-in?password-set", set.Headers.Location?.OriginalString);
        using (var used = await scanner.GetAsync(link))
            Assert.Equal((HttpStatusCode.Gone, true), (used.StatusCode, used.Headers.CacheControl!.NoStore));
        using (var unknown = await scanner.GetAsync($"/sign-in/password/{new string('a', 64)}"))
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        await visitor.SignInAsync(email, Password);
        await visitor.PageAsync("/staff/cases");
        Assert.Contains("利用中", (await administrator.PageAsync($"{List}?q={email}")).QuerySelector("main table")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["person-entered", "appointment-given", "person-invited", "sign-in-failed", "password-set", "signed-in"], await TrailAsync(db, person));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_forgotten_password_answers_the_same_to_all_and_a_new_one_ends_what_was_open(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = world.VisitFrom("127.0.3.3");
        using var signedIn = await world.SignInAsync("kuma-approver");
        var answers = new List<(HttpStatusCode, string?)>();
        foreach (var email in new[] { SampleWorld.EmailOf("kuma-approver"), "nobody@pref.example.jp", "not an address", "" })
        {
            using var answer = await visitor.SubmitAsync("/sign-in/forgotten", "/sign-in/forgotten", ("email", email));
            answers.Add((answer.StatusCode, answer.Headers.Location?.OriginalString));
        }
        Assert.Equal((HttpStatusCode.Found, "/sign-in/forgotten?sent"), Assert.Single(answers.Distinct()));
        await using var db = world.Open();
        var link = "";
        for (var i = 0; i < 100 && link.Length == 0; i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            link = await db.Outbox.Where(m => m.To == SampleWorld.EmailOf("kuma-approver") && m.Kind == MailKind.PasswordForgotten).Select(m => m.Page).FirstOrDefaultAsync(TestContext.Current.CancellationToken) ?? "";
        }
        Assert.Equal(1, await db.Outbox.CountAsync(m => m.Kind == MailKind.PasswordForgotten && (m.To == SampleWorld.EmailOf("kuma-approver") || m.To == "nobody@pref.example.jp"), TestContext.Current.CancellationToken));
        using (var set = await visitor.SubmitAsync(link, link, ("password", Password), ("again", Password)))
            Assert.Equal("/sign-in?password-set", set.Headers.Location?.OriginalString);
        using (var ended = await signedIn.GetAsync("/staff"))
            Assert.Equal(HttpStatusCode.Found, ended.StatusCode);
        using (var old = await visitor.TrySignInAsync(SampleWorld.EmailOf("kuma-approver"), SamplePrefecture.Password))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, old.StatusCode);
        await visitor.SignInAsync(SampleWorld.EmailOf("kuma-approver"), Password);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Roles_are_given_ended_handed_over_and_stood_in_for_and_count_at_once(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var administrator = await world.SignInAsync("administrator");
        await using var db = world.Open();
        var (first, firstVisitor) = await EnterAsync(world, db, "roles-first", ("tamana", Role.Respondent), ("tamana", Role.Approver));
        var (second, secondVisitor) = await EnterAsync(world, db, "roles-second", ("tamana", Role.TrainingOfficer));
        using var _ = firstVisitor;
        using var __ = secondVisitor;
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(secondVisitor, "/staff/cases"));
        var page = $"{List}/{first}";

        // Absence: the second acts for the first, and the page says so.
        using (var arranged = await administrator.SubmitAsync(page, $"{page}?handler=Proxy", ("proxy", "roles-second@pref.example.jp"), ("away", "2026-05-11"), ("back", "R8.5.15")))
            Assert.Equal(HttpStatusCode.Found, arranged.StatusCode);
        Assert.Contains("決裁者（roles-firstの代理）", (await secondVisitor.PageAsync("/staff/cases")).QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("roles-second", (await administrator.PageAsync(page)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        foreach (var proxied in await db.Appointments.Where(a => a.PersonId == second && a.ActsForId != null).Select(a => a.Id).ToListAsync())
        {
            using var back = await administrator.SubmitAsync($"{List}/{second}", $"{List}/{second}?handler=End", ("appointment", $"{proxied}"), ("last", "2026-05-10"));
            Assert.True(back.StatusCode is HttpStatusCode.Found or HttpStatusCode.UnprocessableEntity, $"{back.StatusCode}");
        }

        // Handed over from today: the first has nothing any more, the second all.
        var roles = (await administrator.PageAsync(page)).QuerySelectorAll("input[name=appointments]").Select(box => ("appointments", box.GetAttribute("value")!)).ToList();
        Assert.Equal(2, roles.Count);
        using (var nobody = await administrator.SubmitAsync(page, $"{page}?handler=HandOver", [.. roles, ("to", "nobody@pref.example.jp"), ("day", "2026-05-11")]))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.StatusCode);
            Assert.Contains("という人は登録されていません", await nobody.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        using (var done = await administrator.SubmitAsync(page, $"{page}?handler=HandOver", [.. roles, ("to", "roles-second@pref.example.jp"), ("day", "2026-05-11")]))
            Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (await StatusAsync(firstVisitor, "/staff/cases"), await StatusAsync(secondVisitor, "/staff/cases")));

        // Given in another unit, with a period; twice the same is refused and what was typed stays.
        foreach (var expected in new[] { HttpStatusCode.Found, HttpStatusCode.UnprocessableEntity })
        {
            using var given = await administrator.SubmitAsync(page, $"{page}?handler=Give", ("unit", "aso"), ("role", "Respondent"), ("from", "令和8年5月1日"), ("until", "令和9年3月31日"));
            Assert.Equal(expected, given.StatusCode);
            if (expected is HttpStatusCode.UnprocessableEntity)
                Assert.Contains("令和9年3月31日\"", await given.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(firstVisitor, "/staff/cases"));
        Assert.Equal(["person-entered", "signed-in", "absence-arranged", "handed-over", "handed-over", "appointment-given"], await TrailAsync(db, first));

        // Nobody gives themselves a role, and another one's page of nobody is not there.
        var me = await db.People.Where(p => p.Email == SampleWorld.EmailOf("administrator")).Select(p => p.Id).SingleAsync();
        using (var self = await administrator.SubmitAsync($"{List}/{me}", $"{List}/{me}?handler=Give", ("unit", "aso"), ("role", "Approver")))
            Assert.Contains("自分に役割を与えることはできません", await self.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var own = await db.Appointments.Where(a => a.PersonId == me && a.Role == Role.Administrator).Select(a => a.Id).SingleAsync();
        using (var last = await administrator.SubmitAsync($"{List}/{me}", $"{List}/{me}?handler=End", ("appointment", $"{own}"), ("last", "2026-05-31")))
            Assert.Contains("管理者が一人もいなくなります", await last.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(administrator, $"{List}/999999"));
        using var coordinator = await world.SignInAsync("coordinator");
        using var foreign = await coordinator.SubmitAsync("/staff", $"{page}?handler=Give", ("unit", "aso"), ("role", "Administrator"));
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_proxy_approves_for_the_absent_but_not_what_either_of_them_submitted(Engine engine)
    {
        const string unit = "yatsushiro";
        var world = await worlds.OnAsync(engine);
        using var administrator = await world.SignInAsync("administrator");
        await using var db = world.Open();
        var (_, proxy) = await EnterAsync(world, db, "proxy", (unit, Role.Respondent));
        using var ___ = proxy;
        var chief = await db.People.Where(p => p.Email == SampleWorld.EmailOf($"{unit}-approver")).Select(p => p.Id).SingleAsync(TestContext.Current.CancellationToken);
        using (var arranged = await administrator.SubmitAsync($"{List}/{chief}", $"{List}/{chief}?handler=Proxy", ("proxy", "proxy@pref.example.jp"), ("away", "2026-05-01"), ("back", "2026-05-31")))
            Assert.Equal(HttpStatusCode.Found, arranged.StatusCode);
        using var respondent = await world.SignInAsync(unit);
        var inquiry = await world.OpenInquiryAsync(unit);
        var page = $"/staff/cases/{inquiry}";
        foreach (var (handler, fields) in new[] { ("Receive", Array.Empty<(string, string)>()), ("Nil", [("reason", "今年度は該当する事業がありません。")]) })
        {
            using var done = await respondent.SubmitAsync(page, $"{page}?handler={handler}", fields);
            Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        }
        // The proxy's own, then the respondent's.
        using (var own = await proxy.SubmitAsync(page, $"{page}?handler=Submit"))
            Assert.Equal(HttpStatusCode.Found, own.StatusCode);
        var first = await NewestAsync();
        using (var refused = await proxy.SubmitAsync($"/staff/approval/{first}", $"/staff/approval/{first}?handler=Approve"))
            Assert.Contains("自分が提出した回答は、自分では決裁できません", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using (var recalled = await proxy.SubmitAsync(page, $"{page}?handler=Recall"))
            Assert.Equal(HttpStatusCode.Found, recalled.StatusCode);
        using (var again = await respondent.SubmitAsync(page, $"{page}?handler=Submit"))
            Assert.Equal(HttpStatusCode.Found, again.StatusCode);
        var second = await NewestAsync();
        Assert.Contains("の代理）", (await proxy.PageAsync($"/staff/approval/{second}")).QuerySelector(".action-bar")!.TextContent, StringComparison.Ordinal);
        using (var approved = await proxy.SubmitAsync($"/staff/approval/{second}", $"/staff/approval/{second}?handler=Approve"))
            Assert.Equal(HttpStatusCode.Found, approved.StatusCode);
        var decided = await db.ApprovalRequests.AsNoTracking().SingleAsync(a => a.Id == second, TestContext.Current.CancellationToken);
        Assert.StartsWith("proxy（見本 決（", decided.DecidedBy, StringComparison.Ordinal);

        async Task<long> NewestAsync() => await db.ApprovalRequests.Where(a => a.InquiryId == inquiry).MaxAsync(a => a.Id, TestContext.Current.CancellationToken);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_list_is_looked_at_cell_by_cell_and_saved_only_when_all_is_right(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var administrator = await world.SignInAsync("administrator");
        const string page = $"{List}/import";
        using (var template = await administrator.GetAsync($"{page}?handler=Template"))
            Assert.StartsWith("\uFEFF名前,メールアドレス", Encoding.UTF8.GetString(await template.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        using (var wrong = await UploadAsync(administrator, page, Encoding.UTF8.GetBytes("名前,メールアドレス,組織コード,役割\r\n<script>,x@pref.example.jp,nowhere,社長\r\n")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            var body = await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains("2行目「組織コード」", body, StringComparison.Ordinal);
            Assert.Contains("2行目「役割」", body, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", body, StringComparison.Ordinal);
        }
        using (var picture = await UploadAsync(administrator, page, [0x89, 0x50, 0x4E, 0x47, 0, 0, 0xFF]))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, picture.StatusCode);
        var list = "名前,メールアドレス,組織コード,役割,はじめの日,おわりの日\r\n名簿 髙子,list-1@pref.example.jp,aso,回答担当,2026-06-01,\r\n名簿 髙子,list-1@pref.example.jp,ashikita,回答担当,,\r\n名簿 次郎,list-2@pref.example.jp,aso,決裁者,,R9.3.31\r\n";
        using var shown = await UploadAsync(administrator, page, CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetBytes(list));
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        var seen = new HtmlParser().ParseDocument(await shown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Shift_JIS", seen.Body!.TextContent, StringComparison.Ordinal);
        await using var db = world.Open();
        Assert.False(await db.People.AnyAsync(p => p.Email == "list-1@pref.example.jp", TestContext.Current.CancellationToken));
        var csv = seen.QuerySelector("input[name=csv]")!.GetAttribute("value")!;
        foreach (var expected in new[] { HttpStatusCode.Found, HttpStatusCode.UnprocessableEntity })
        {
            using var saved = await administrator.SubmitAsync(page, $"{page}?handler=Confirm", ("csv", csv));
            Assert.Equal(expected, saved.StatusCode);
        }
        Assert.Equal(2, await db.Outbox.CountAsync(m => m.Kind == MailKind.PersonInvited && m.To.StartsWith("list-"), TestContext.Current.CancellationToken));
        const string handover = $"{List}/handover";
        using var chain = await UploadAsync(administrator, handover, Encoding.UTF8.GetBytes("前任者のメールアドレス,後任者のメールアドレス,引き継ぐ日,組織コード,役割\r\nlist-1@pref.example.jp,list-2@pref.example.jp,2026-07-01,,\r\n"));
        var planned = new HtmlParser().ParseDocument(await chain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using (var done = await administrator.SubmitAsync(handover, $"{handover}?handler=Confirm", ("csv", planned.QuerySelector("input[name=csv]")!.GetAttribute("value")!)))
            Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        Assert.Equal(3, await db.Appointments.CountAsync(a => a.Person.Email == "list-2@pref.example.jp" && (a.Until == null || a.Until > new DateOnly(2026, 7, 1)), TestContext.Current.CancellationToken));
    }

    private static async Task<HttpResponseMessage> UploadAsync(Visitor visitor, string page, byte[] content)
    {
        var token = (await visitor.PageAsync(page)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" } };
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(file, "file", "people.csv");
        return await visitor.SendAsync(page, form);
    }

    private static async Task<long> InviteAsync(Visitor administrator, string email, string name, string unit, Role role)
    {
        using var answer = await administrator.SubmitAsync($"{List}/new", $"{List}/new", ("email", email), ("name", name), ("unit", unit), ("role", role.ToString()));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return long.Parse(answer.Headers.Location!.OriginalString.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Somebody with roles and a password, signed in.</summary>
    internal static async Task<(long Id, Visitor Visitor)> EnterAsync(SampleWorld world, AppDb db, string name, params (string Unit, Role Role)[] duties)
    {
        var email = $"{name}@pref.example.jp";
        var person = new Person(email, name) { PasswordHash = new Microsoft.AspNetCore.Identity.PasswordHasher<Person>().HashPassword(null!, Password) };
        foreach (var (unit, role) in duties)
            person.Appoint(await db.OrgUnits.SingleAsync(u => u.Code == unit), role);
        person.Note(Actor.Program, world.Clock.Now, "person-entered");
        db.Add(person);
        await db.SaveChangesAsync();
        var visitor = world.Visit();
        await visitor.SignInAsync(email, Password);
        return (person.Id, visitor);
    }

    private static async Task<HttpStatusCode> StatusAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        return answer.StatusCode;
    }

    private static async Task<string> LinkAsync(AppDb db, string email) => (await db.Outbox.Where(m => m.To == email).OrderByDescending(m => m.Id).Select(m => m.Page).FirstAsync())!;

    private static Task<List<string>> TrailAsync(AppDb db, long id) => db.AuditTrail.Where(e => e.Subject == $"person/{id}").OrderBy(e => e.Id).Select(e => e.Verb).ToListAsync();
}
