using CsCheck;
using Kyodo.Approval;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Organizations;
using Kyodo.Organizations.People;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.People;

/// <summary>Roles given, ended, handed over and stood in for; links that open a door once.</summary>
public sealed class PeopleTests
{
    private const string New = "new@pref.kumamoto.example";

    private static readonly DateOnly Today = new(2007, 5, 7);

    [Theory, ClassData(typeof(EngineData))]
    public async Task Whoever_is_invited_sets_a_password_once_and_the_database_knows_only_the_hash_of_the_link(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var person = await InviteAsync(office);
        var mail = await office.Db.Outbox.AsNoTracking().SingleAsync(m => m.To == New);
        var token = mail.Page!.Split('/')[^1];
        Assert.Contains("土木部 回答担当", mail.Body, StringComparison.Ordinal);
        Assert.NotEqual(token, (await office.Db.PersonLinks.AsNoTracking().SingleAsync()).TokenHash);
        Assert.Contains("もう登録されています", (await Assert.ThrowsAsync<Refusal>(() => InviteAsync(office))).Message, StringComparison.Ordinal);

        await using (var db = office.OpenAnother())
            Assert.Null(await db.PersonLinkAsync(new string('0', 64)));
        var won = await Task.WhenAll(Enumerable.Range(0, 5).Select(async i =>
        {
            await using var db = office.OpenAnother();
            return await db.SetPasswordAsync(token, $"hash-{i}", office.Now);
        }));
        Assert.Single(won, done => done);
        await using var after = office.OpenAnother();
        Assert.False((await after.PersonLinkAsync(token))!.IsUsable(office.Now));
        Assert.Equal(["person-entered", "appointment-given", "person-invited", "password-set"], await TrailAsync(after, person.Id));
        Assert.All(await after.AuditTrail.Where(e => e.Subject == person.AuditSubject).ToListAsync(), entry => Assert.DoesNotContain("@", entry.Reason ?? "", StringComparison.Ordinal));
        Assert.Null(await AuditEntry.FirstBreakAsync(after));
        Assert.Contains("もう招待に応じて", (await Assert.ThrowsAsync<Refusal>(() => after.InviteAgainAsync(person.Id, office.Administrator, office.Now))).Message, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_link_ends_after_seven_days_or_with_the_next_one_and_leaves_the_outbox_when_it_goes(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var person = await InviteAsync(office);
        var first = await TokenAsync(office);
        office.Clock.Now = office.Now.AddDays(1);
        await using (var db = office.OpenAnother())
            await db.InviteAgainAsync(person.Id, office.Administrator, office.Now);
        var second = await TokenAsync(office);
        await using (var db = office.OpenAnother())
        {
            Assert.False(await db.SetPasswordAsync(first, "hash", office.Now));
            Assert.True((await db.PersonLinkAsync(second))!.IsUsable(office.Now.AddDays(7).AddSeconds(-1)));
            Assert.False(await db.SetPasswordAsync(second, "hash", office.Now.AddDays(7)));
        }
        await using var sending = office.OpenAnother();
        while (await sending.LeaseMailsAsync("me", office.Now, TimeSpan.FromMinutes(10), 50) is { Count: > 0 } mails)
        {
            foreach (var mail in mails)
                Assert.True(await sending.MarkSentAsync(mail, office.Now));
        }
        Assert.All(await sending.Outbox.AsNoTracking().Where(m => m.To == New).ToListAsync(), mail => Assert.Null(mail.Page));
        Assert.NotEmpty(await sending.Outbox.Where(m => m.Page != null).ToListAsync());
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_forgotten_password_brings_three_mails_an_hour_and_none_to_whoever_has_no_role(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await using var db = office.OpenAnother();
        for (var i = 0; i < 5; i++)
            await db.ForgetPasswordAsync(" Doboku@pref.kumamoto.example ", office.Now);
        await db.ForgetPasswordAsync("nobody@pref.kumamoto.example", office.Now);
        await db.ForgetPasswordAsync("no address", office.Now);
        await EndAllAsync(office, "kankyo");
        await db.ForgetPasswordAsync("kankyo@pref.kumamoto.example", office.Now);
        Assert.Equal(3, await db.Outbox.CountAsync(m => m.Kind == MailKind.PasswordForgotten));
        Assert.Equal(["doboku@pref.kumamoto.example"], await db.Outbox.Where(m => m.Kind == MailKind.PasswordForgotten).Select(m => m.To).Distinct().ToListAsync());
        await db.ForgetPasswordAsync("doboku@pref.kumamoto.example", office.Now.AddMinutes(61));
        Assert.Equal(4, await db.Outbox.CountAsync(m => m.Kind == MailKind.PasswordForgotten));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task One_person_in_two_units_and_the_last_day_of_one(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await GiveAsync(office, "doboku", "kankyo", Role.Respondent, new Period(Today.AddDays(3), Today.AddDays(10)));
        Assert.Equal(["doboku"], await UnitsOnAsync(office, "doboku", Today));
        Assert.Equal(["doboku", "kankyo"], await UnitsOnAsync(office, "doboku", Today.AddDays(3)));
        Assert.Equal(["doboku", "kankyo"], await UnitsOnAsync(office, "doboku", Today.AddDays(10)));
        Assert.Equal(["doboku"], await UnitsOnAsync(office, "doboku", Today.AddDays(11)));
        Assert.Contains("もう環境生活部 回答担当です", (await RefusedAsync(() => GiveAsync(office, "doboku", "kankyo", Role.Respondent, new Period(Today.AddDays(10), null)))).Message, StringComparison.Ordinal);
        Assert.Contains("より前", (await RefusedAsync(() => GiveAsync(office, "doboku", "kankyo", Role.Approver, new Period(Today.AddDays(9), Today.AddDays(8))))).Message, StringComparison.Ordinal);
        Assert.Contains("もう過ぎて", (await RefusedAsync(() => GiveAsync(office, "doboku", "kankyo", Role.Approver, new Period(null, Today.AddDays(-1))))).Message, StringComparison.Ordinal);
        var over = await office.UnitAsync("kyu", "旧道路課", lastYear: new FiscalYear(2006));
        Assert.Contains("平成19年度にはない", (await RefusedAsync(() => GiveAsync(office, "doboku", over.Code, Role.Approver, default))).Message, StringComparison.Ordinal);

        await using var db = office.OpenAnother();
        var person = (await db.PersonAsync("doboku@pref.kumamoto.example"))!;
        var (own, further) = (person.Appointments.Find(a => a.From is null)!, person.Appointments.Find(a => a.From is not null)!);
        await EndAsync(office, person, own, Today.AddDays(20));
        Assert.Contains("もう、平成19年5月27日で", (await RefusedAsync(() => EndAsync(office, person, own, Today.AddDays(21)))).Message, StringComparison.Ordinal);
        // What has not begun goes as if it had never been.
        await EndAsync(office, person, further, Today);
        Assert.Equal(["doboku"], await UnitsOnAsync(office, "doboku", Today.AddDays(5)));
        Assert.Empty(await UnitsOnAsync(office, "doboku", Today.AddDays(21)));
        Assert.Equal(["appointment-given", "appointment-ended", "appointment-cancelled"], await TrailAsync(db, person.Id));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Only_administrators_change_roles_never_their_own_and_never_the_last_away(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        foreach (var other in new[] { office.Coordinator, office.Auditor, office.Respondent })
            Assert.Contains("管理者だけ", (await RefusedAsync(() => GiveAsync(office, "kankyo", "doboku", Role.Approver, default, other))).Message, StringComparison.Ordinal);
        Assert.Contains("自分に役割を", (await RefusedAsync(() => GiveAsync(office, "administrator", "doboku", Role.Approver, default))).Message, StringComparison.Ordinal);
        Assert.Contains("自分に役割を", (await RefusedAsync(() => HandOverAsync(office, "doboku", "administrator", Today))).Message, StringComparison.Ordinal);
        Assert.Contains("自分に役割を", (await RefusedAsync(() => ProxyAsync(office, "coordinator", "administrator", new Period(Today, Today)))).Message, StringComparison.Ordinal);

        await SetPasswordAsync(office, "administrator");
        await GiveAsync(office, "auditor", "partnership", Role.Administrator, new Period(Today.AddDays(5), Today.AddDays(20)));
        // Somebody who cannot come in administers nothing.
        Assert.Contains("管理者が一人もいなくなります", (await RefusedAsync(() => EndAllAsync(office, "administrator", Today.AddDays(10)))).Message, StringComparison.Ordinal);
        await SetPasswordAsync(office, "auditor");
        // The other one's time runs out on the twentieth day: whoever stays must reach on beyond it.
        Assert.Contains("平成19年5月28日に、管理者が一人も", (await RefusedAsync(() => EndAllAsync(office, "administrator", Today.AddDays(10)))).Message, StringComparison.Ordinal);
        await GiveAsync(office, "coordinator", "partnership", Role.Administrator, new Period(Today.AddDays(21), null));
        await SetPasswordAsync(office, "coordinator");
        await EndAllAsync(office, "administrator", Today.AddDays(10));
        Assert.Empty(await UnitsOnAsync(office, "administrator", Today.AddDays(11)));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Whatever_is_handed_over_each_duty_of_each_day_is_held_by_exactly_one_of_the_two(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        string[] units = ["doboku", "kankyo", "partnership"];
        Role[] roles = [Role.Respondent, Role.Approver, Role.TrainingOfficer];
        var no = 0;
        var duty = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[-20, 20], Gen.Int[0, 25], Gen.Int[0, 4]);
        await Gen.Select(duty.Array[1, 4], duty.Array[0, 2], Gen.Int[-5, 25]).SampleAsync(async (firsts, seconds, after) =>
        {
            var (one, other) = ($"first-{++no}", $"second-{no}");
            var (mine, theirs) = (Drawn(firsts), Drawn(seconds));
            await EnterAsync(office, one, mine);
            await EnterAsync(office, other, theirs);
            var (before, day) = ((await HeldAsync(office, one), await HeldAsync(office, other)), Today.AddDays(after));
            if (!before.Item1.Any(held => held.Day >= day))
                return;
            await HandOverAsync(office, one, other, day);
            var (left, got) = (await HeldAsync(office, one), await HeldAsync(office, other));
            Assert.Equal(before.Item1.Where(held => held.Day < day).Order(), left.Order());
            // Nothing twice, nothing lost, nothing more than there was.
            Assert.Equal(before.Item1.Where(held => held.Day >= day).Union(before.Item2).Order(), got.Order());
        }, iter: engine is Engine.Sqlite ? 40 : 12, threads: 1);

        IReadOnlyList<(string Unit, Role Role, Period Period)> Drawn((int Unit, int Role, int From, int Length, int Open)[] drawn) =>
        [
            .. drawn.Select(d => (Unit: units[d.Unit], Role: roles[d.Role], Period: new Period(d.Open == 0 ? null : Today.AddDays(d.From), d.Open == 1 ? null : Today.AddDays(d.From + d.Length)))).DistinctBy(d => (d.Unit, d.Role)),
        ];
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task At_a_transfer_what_is_open_stays_with_the_unit_and_a_chain_hands_nobody_on_twice(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await office.AppointAsync("next", "道路 次子");
        var inquiry = await office.InquiryAsync();
        office.Bring(inquiry, InquiryStatus.Received);
        await office.Db.SaveChangesAsync();
        var file = Utf8("""
            前任者のメールアドレス,後任者のメールアドレス,引き継ぐ日,組織コード,役割
            doboku@pref.kumamoto.example,kankyo@pref.kumamoto.example,H19.5.10,,
            kankyo@pref.kumamoto.example,next@pref.kumamoto.example,2007-05-10,kankyo,回答担当
            """);
        await using (var db = office.OpenAnother())
            await HandoverImport.SaveAsync(db, file, office.Administrator, office.Now);
        var day = new DateOnly(2007, 5, 10);
        Assert.Equal((1, 0), ((await UnitsOnAsync(office, "doboku", day.AddDays(-1))).Count, (await UnitsOnAsync(office, "doboku", day)).Count));
        Assert.Equal(["doboku"], await UnitsOnAsync(office, "kankyo", day));
        Assert.Equal(["kankyo"], await UnitsOnAsync(office, "next", day));
        office.Clock.MoveTo(day);
        await using var after = office.OpenAnother();
        var successor = await after.ActorAsync("kankyo@pref.kumamoto.example", day);
        (await office.InquiryAsync(db: after)).SayNil("今年度は該当する事業がありません。", successor, office.Now);

        await using var wrong = office.OpenAnother();
        var check = await HandoverImport.CheckAsync(wrong, Utf8("""
            前任者のメールアドレス,後任者のメールアドレス,引き継ぐ日,組織コード,役割
            gone@pref.kumamoto.example,kankyo@pref.kumamoto.example,5月ごろ,nowhere,社長
            doboku@pref.kumamoto.example,kankyo@pref.kumamoto.example,2007-05-10,,
            next@pref.kumamoto.example,next@pref.kumamoto.example,2007-05-10,,
            """), office.Administrator);
        Assert.Equal(["2行目「前任者のメールアドレス」", "2行目「引き継ぐ日」", "2行目「組織コード」", "2行目「役割」", "3行目「前任者のメールアドレス」", "4行目「前任者のメールアドレス」"], check.Problems.Select(p => p.Cell));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_proxy_acts_on_those_days_only_and_is_marked(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await office.AppointAsync("doboku-2", "道路 二子", ("doboku", Role.Respondent), ("doboku", Role.TrainingOfficer));
        Assert.Contains("同じ組織にいないか", (await RefusedAsync(() => ProxyAsync(office, "doboku-approver", "kankyo", new Period(Today, Today.AddDays(2))))).Message, StringComparison.Ordinal);
        Assert.Contains("より前", (await RefusedAsync(() => ProxyAsync(office, "doboku-approver", "doboku-2", new Period(Today, Today.AddDays(-2))))).Message, StringComparison.Ordinal);
        await ProxyAsync(office, "doboku-approver", "doboku-2", new Period(Today.AddDays(1), Today.AddDays(5)));
        Assert.Contains("もう道路 二子さんの代理があります", (await RefusedAsync(() => ProxyAsync(office, "doboku-approver", "doboku", new Period(Today.AddDays(5), Today.AddDays(6))))).Message, StringComparison.Ordinal);
        Assert.Contains("その期間に不在", (await RefusedAsync(() => ProxyAsync(office, "doboku-2", "doboku-approver", new Period(Today.AddDays(5), Today.AddDays(6))))).Message, StringComparison.Ordinal);
        foreach (var (day, acts) in new[] { (0, false), (1, true), (5, true), (6, false) })
        {
            await using var db = office.OpenAnother();
            var proxy = await db.ActorAsync("doboku-2@pref.kumamoto.example", Today.AddDays(day));
            Assert.Equal(acts, proxy.Is(Role.Approver));
            Assert.Equal(acts ? "道路 課長" : null, proxy.Duties.SingleOrDefault(duty => duty.Role is Role.Approver).For?.Name);
        }
        // Where the role ends, those who stand in for it end with it.
        await EndAllAsync(office, "doboku-approver", Today.AddDays(3));
        await using var after = office.OpenAnother();
        Assert.False((await after.ActorAsync("doboku-2@pref.kumamoto.example", Today.AddDays(4))).Is(Role.Approver));
        Assert.True((await after.ActorAsync("doboku-2@pref.kumamoto.example", Today.AddDays(3))).Is(Role.Approver));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Nobody_approves_what_they_submitted_through_a_proxy_or_as_one(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await office.AppointAsync("doboku-2", "道路 二子", ("doboku", Role.Respondent));
        await ProxyAsync(office, "doboku-approver", "doboku-2", new Period(Today, Today.AddDays(5)));
        await using var db = office.OpenAnother();
        var (proxy, chief) = (await db.ActorAsync("doboku-2@pref.kumamoto.example", Today), await db.ActorAsync("doboku-approver@pref.kumamoto.example", Today));
        var inquiry = await office.InquiryAsync(db: db);
        inquiry.Receive(office.Respondent, office.Now);
        inquiry.SayNil("今年度は該当する事業がありません。", office.Respondent, office.Now);
        await db.SaveChangesAsync();

        // The proxy's own reply: the absent chief could decide, the proxy not.
        var own = await db.SubmitAsync(inquiry, [], proxy, office.Now);
        await db.SaveChangesAsync();
        Assert.Contains("自分が提出した", own.WhyNotApprove(proxy), StringComparison.Ordinal);
        Assert.Null(own.WhyNotApprove(chief));
        Assert.Contains("doboku-2@pref.kumamoto.example", await db.Outbox.Where(m => m.Kind == MailKind.ApprovalAsked).Select(m => m.To).ToListAsync());
        own.Recall(proxy, office.Now);
        await db.SaveChangesAsync();

        // The chief's reply cannot even go where only the chief's proxy could decide; by another way it may not be decided.
        Assert.Contains("自分の回答は自分では決裁できない", (await Assert.ThrowsAsync<Refusal>(() => db.SubmitAsync(inquiry, [], chief, office.Now))).Message, StringComparison.Ordinal);
        var forced = ApprovalRequest.Submit(inquiry, [], chief, office.Now, []);
        Assert.Contains("代理しているご本人が提出した", forced.WhyNotApprove(proxy), StringComparison.Ordinal);
        Assert.Throws<Refusal>(() => forced.Approve(proxy, office.Now));
        Assert.Throws<Refusal>(() => forced.SendBack("直してください。", proxy, office.Now, []));
        forced.Recall(chief, office.Now);

        // Somebody else's reply: the proxy decides, and the record says for whom.
        var theirs = await db.SubmitAsync(inquiry, [], office.Respondent, office.Now);
        theirs.Approve(proxy, office.Now);
        await db.SaveChangesAsync();
        Assert.Equal((ApprovalStatus.Approved, "道路 二子（道路 課長の代理）が承認"), (theirs.Status, theirs.Decisions.Single().Words));
    }

    [Fact]
    public async Task Where_all_must_agree_a_proxy_agrees_for_the_absent_once_and_is_not_asked_beside_them()
    {
        await using var office = await Office.OpenAsync();
        var (unit, chief) = ((await office.InquiryAsync()).UnitId, new Seated(901, "課長"));
        var (second, proxy) = (new Actor(902, "副課長", [new Duty(Role.Approver, unit)]), new Actor(903, "代理の人", [new Duty(Role.Approver, unit) { For = new Absentee(901, "課長") }, new Duty(Role.Respondent, unit)]));
        var step = new FrozenStep("組織", unit, [chief, new Seated(902, "副課長")], [], NeedsAll: true);
        async Task<ApprovalRequest> SubmitAsync(params FrozenStep[] steps)
        {
            office.Db.ChangeTracker.Clear();
            var inquiry = await office.InquiryAsync();
            office.Bring(inquiry, InquiryStatus.Answering);
            return ApprovalRequest.Submit(inquiry, [], office.Respondent, office.Now, [], route: new FrozenRoute(steps, []));
        }
        var both = await SubmitAsync(step);
        both.Approve(proxy, office.Now);
        Assert.Equal(ApprovalStatus.Pending, both.Status);
        Assert.NotNull(both.WhyNotApprove(proxy));
        // The chief, back early: it has been decided in their stead.
        Assert.Contains("もう承認しています", both.WhyNotApprove(new Actor(901, "課長", [new Duty(Role.Approver, unit)])), StringComparison.Ordinal);
        both.Approve(second, office.Now);
        Assert.Equal((ApprovalStatus.Approved, "副課長"), (both.Status, both.DecidedBy));

        // What the chief had agreed to at one step needs no proxy at the next, and gets none.
        var twice = await SubmitAsync(step with { People = [chief], NeedsAll = false }, step with { Name = "もう一度", People = [chief], NeedsAll = false });
        twice.Approve(proxy, office.Now);
        Assert.Equal((ApprovalStatus.Approved, "代理の人（課長の代理）"), (twice.Status, twice.DecidedBy));
        Assert.Equal([DecisionKind.Approved, DecisionKind.SamePerson], twice.Decisions.Select(d => d.Kind));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Failures_are_counted_and_noted_once_an_hour_and_a_sign_in_says_how_many_there_were(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var id = office.Respondent.PersonId!.Value;
        for (var i = 0; i < 25; i++)
        {
            await using var db = office.OpenAnother();
            await db.NoteFailureAsync(id, wasCode: false, isLocked: i % 10 == 9, office.Now.AddSeconds(i));
        }
        await using var another = office.OpenAnother();
        Assert.Equal(["sign-in-failed", "locked-out"], await TrailAsync(another, id));
        await another.NoteFailureAsync(id, wasCode: true, isLocked: false, office.Now.AddHours(2));
        await another.NoteFailureAsync(id, wasCode: true, isLocked: false, office.Now.AddHours(2));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            await using var db = office.OpenAnother();
            await db.BeginSessionAsync($"key-{i}", id, office.Now.AddHours(2));
        }));
        await using var after = office.OpenAnother();
        var entries = await after.AuditTrail.Where(e => e.Subject == $"person/{id}").OrderBy(e => e.Id).Select(e => e.Verb + " " + e.Reason).ToListAsync();
        Assert.Equal(["sign-in-failed 1回", "locked-out ", "second-factor-failed 25回", "signed-in その前に失敗1回", "signed-in ", "signed-in ", "signed-in "], entries);
        Assert.Equal(office.Now.AddHours(2), (await after.PersonAsync(id))!.File!.LastSignInAt);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Every_wrong_cell_is_named_and_nothing_is_saved_until_all_are_right(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var wrong = Utf8("""
            名前,メールアドレス,組織コード,役割,はじめの日,おわりの日
            新任 花子,hanako@pref.example.jp,nowhere,社長,,
            新任 太郎,taro@@pref,doboku,回答担当,,
            新任 次郎,jiro@pref.example.jp,doboku,決裁者,2008-04-01,2008-03-31
            新任 三郎,saburo@pref.example.jp,doboku,決裁者,春,2007-05-01
            新任 四郎,shiro@pref.example.jp,土木部,決裁者,,
            別の 四郎,SHIRO@pref.example.jp,kankyo,決裁者,,
            新任 四郎,shiro@pref.example.jp,doboku,決裁者,2007-06-01,
            ,administrator@pref.kumamoto.example,doboku,決裁者,,
            道路 一子,doboku@pref.kumamoto.example,doboku,回答担当,,
            ,,,,,
            """);
        await using (var db = office.OpenAnother())
        {
            var check = await PeopleImport.CheckAsync(db, wrong, office.Administrator, Today);
            Assert.Equal(
                ["2行目「組織コード」", "2行目「役割」", "3行目「メールアドレス」", "4行目「おわりの日」", "5行目「はじめの日」", "7行目「名前」", "8行目「役割」", "9行目「メールアドレス」", "10行目「メールアドレス」"],
                check.Problems.Select(p => p.Cell));
            await Assert.ThrowsAsync<Refusal>(() => PeopleImport.SaveAsync(db, wrong, office.Administrator, office.Now));
        }
        await using (var db = office.OpenAnother())
        {
            Assert.Equal(7, await db.People.CountAsync());
            foreach (var bad in new[] { "名前,役割\r\nあ,い", "名前,メールアドレス,組織コード,役割", "\"名前", "" })
                await Assert.ThrowsAsync<Refusal>(() => PeopleImport.CheckAsync(db, Utf8(bad), office.Administrator, Today));
            await Assert.ThrowsAsync<Refusal>(() => PeopleImport.CheckAsync(db, new byte[] { 0x50, 0x4B, 3, 4, 0, 0xFF }, office.Administrator, Today));
        }
        var excel = System.Text.CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetBytes("メールアドレス,名前,役割,組織コード,おわりの日\r\ntaka@pref.example.jp,髙橋 花子,回答担当,doboku,H20.3.31\r\ntaka@pref.example.jp,髙橋 花子,決裁者,kankyo,\r\ndoboku@pref.kumamoto.example,,回答担当,kankyo,\r\n");
        await using (var db = office.OpenAnother())
        {
            var saved = await PeopleImport.SaveAsync(db, excel, office.Administrator, office.Now);
            Assert.Equal((true, 1, 3), (saved.Csv.WasShiftJis, saved.NewPeople, saved.Lines.Count));
        }
        Assert.Equal(["doboku", "kankyo"], await UnitsOnAsync(office, "doboku", Today));
        await using var after = office.OpenAnother();
        var entered = (await after.PersonAsync("taka@pref.example.jp"))!;
        Assert.Equal(("髙橋 花子", 2, new DateOnly(2008, 3, 31)), (entered.Name, entered.Appointments.Count, entered.Appointments.Max(a => a.Until)!.Value));
        Assert.Equal(1, await after.Outbox.CountAsync(m => m.Kind == MailKind.PersonInvited));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task People_are_found_by_name_address_unit_and_state_page_by_page(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await InviteAsync(office);
        await using var db = office.OpenAnother();
        Assert.Equal(3, (await db.PeopleAsync("土木部", null, 1, 50, office.Now)).Total);
        Assert.Equal("環境 課長", (await db.PeopleAsync("KANKYO-APP", null, 1, 50, office.Now)).Items.Single().Name);
        Assert.Equal(0, (await db.PeopleAsync("%", null, 1, 50, office.Now)).Total);
        Assert.Equal((8, 2, 2), ((await db.PeopleAsync(null, null, 2, 6, office.Now)).Total, (await db.PeopleAsync(null, null, 2, 6, office.Now)).Items.Count, (await db.PeopleAsync(null, null, 99, 6, office.Now)).Number));
        Assert.Equal(["新任 花子"], (await db.PeopleAsync("新任", PersonState.Invited, 1, 50, office.Now)).Items.Select(p => p.Name));
        Assert.Equal(0, (await db.PeopleAsync(null, PersonState.WithoutDuty, 1, 50, office.Now)).Total);
        await EndAllAsync(office, "kankyo", Today.AddDays(-1));
        Assert.Equal(["環境 二郎"], (await db.PeopleAsync(null, PersonState.WithoutDuty, 1, 50, office.Now)).Items.Select(p => p.Name));
    }

    [Theory]
    [InlineData("short", "12字以上")]
    [InlineData("aaaaaaaaaaaaaaaa", "5種類以上")]
    [InlineData("Taro.Doboku@pref.example.jp", "メールアドレス")]
    [InlineData("よい合言葉を十二文字で書く", null)]
    [InlineData("mihon-kyodo-2007", null)]
    public void A_password_is_long_and_not_the_address(string password, string? why)
    {
        var found = PasswordRule.WhyNot(password, "taro.doboku@pref.example.jp");
        Assert.True(why is null ? found is null : found?.Contains(why, StringComparison.Ordinal) is true, found);
        Assert.NotNull(PasswordRule.WhyNot(new string('x', 201), ""));
    }

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static async Task<Person> InviteAsync(Office office)
    {
        await using var db = office.OpenAnother();
        return await db.InviteAsync(New, "新任 花子", [new Grant(await db.OrgUnits.SingleAsync(u => u.Code == "doboku"), Role.Respondent, default)], office.Administrator, office.Now);
    }

    private static async Task<string> TokenAsync(Office office)
    {
        await using var db = office.OpenAnother();
        return (await db.Outbox.Where(m => m.To == New).OrderByDescending(m => m.Id).Select(m => m.Page).FirstAsync())!.Split('/')[^1];
    }

    private static Task<Refusal> RefusedAsync(Func<Task> verb) => Assert.ThrowsAsync<Refusal>(verb);

    private static async Task GiveAsync(Office office, string name, string unit, Role role, Period period, Actor? by = null)
    {
        await using var db = office.OpenAnother();
        var id = (await db.PersonAsync($"{name}@pref.kumamoto.example"))!.Id;
        db.ChangeTracker.Clear();
        await db.GiveAsync(id, new Grant(await db.OrgUnits.SingleAsync(u => u.Code == unit), role, period), by ?? office.Administrator, office.Now);
    }

    private static async Task EndAsync(Office office, Person person, Appointment appointment, DateOnly last)
    {
        await using var db = office.OpenAnother();
        await db.EndAsync(person.Id, appointment.Id, last, office.Administrator, office.Now);
    }

    private static async Task EndAllAsync(Office office, string name, DateOnly? last = null)
    {
        await using var db = office.OpenAnother();
        var person = (await db.PersonAsync($"{name}@pref.kumamoto.example"))!;
        foreach (var appointment in person.Appointments.ToList())
            await EndAsync(office, person, appointment, last ?? Today.AddDays(-1));
    }

    private static async Task HandOverAsync(Office office, string from, string to, DateOnly day)
    {
        await using var db = office.OpenAnother();
        await db.HandOverAsync(await IdAsync(db, from), await IdAsync(db, to), null, day, office.Administrator, office.Now);
    }

    private static async Task ProxyAsync(Office office, string absent, string proxy, Period period)
    {
        await using var db = office.OpenAnother();
        await db.ArrangeProxyAsync(await IdAsync(db, absent), await IdAsync(db, proxy), period, office.Administrator, office.Now);
    }

    private static Task<long> IdAsync(AppDb db, string name) => db.People.Where(p => p.Email == $"{name}@pref.kumamoto.example").Select(p => p.Id).SingleAsync();

    private static async Task SetPasswordAsync(Office office, string name)
    {
        await using var db = office.OpenAnother();
        await db.People.Where(p => p.Email == $"{name}@pref.kumamoto.example").ExecuteUpdateAsync(set => set.SetProperty(p => p.PasswordHash, "a hash"));
    }

    private static async Task EnterAsync(Office office, string name, IReadOnlyList<(string Unit, Role Role, Period Period)> duties)
    {
        await using var db = office.OpenAnother();
        var person = new Person($"{name}@pref.kumamoto.example", name);
        foreach (var (unit, role, period) in duties)
            person.Appoint(await db.OrgUnits.SingleAsync(u => u.Code == unit), role, period.From, period.Until);
        db.Add(person);
        await db.SaveChangesAsync();
    }

    /// <summary>Each duty of each day, as often as it is held.</summary>
    private static async Task<List<(DateOnly Day, long Unit, Role Role)>> HeldAsync(Office office, string name)
    {
        await using var db = office.OpenAnother();
        var person = (await db.PersonAsync($"{name}@pref.kumamoto.example"))!;
        return [.. Enumerable.Range(-30, 90).Select(Today.AddDays).SelectMany(day => person.Appointments.Where(a => a.Period.Includes(day)).Select(a => (day, a.UnitId, a.Role)))];
    }

    private static async Task<List<string>> UnitsOnAsync(Office office, string name, DateOnly day)
    {
        await using var db = office.OpenAnother();
        var actor = await db.ActorAsync($"{name}@pref.kumamoto.example", day);
        return await db.OrgUnits.Where(u => actor.UnitIds.ToList().Contains(u.Id)).OrderBy(u => u.Code).Select(u => u.Code).ToListAsync();
    }

    private static Task<List<string>> TrailAsync(AppDb db, long id) => db.AuditTrail.Where(e => e.Subject == $"person/{id}").OrderBy(e => e.Id).Select(e => e.Verb).ToListAsync();
}
