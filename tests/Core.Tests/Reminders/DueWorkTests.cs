using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Organizations;
using Kyodo.Reminders;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Reminders;

/// <summary>What goes out as days pass, in an office whose two rounds are due on Friday, 25 May 2007.</summary>
public sealed class DueWorkTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task Each_stage_reaches_those_who_have_not_answered_once(Engine engine)
    {
        await using var office = await OfficeWithOneRoundAsync(engine);
        office.Bring(await office.InquiryAsync("kankyo"), InquiryStatus.Answered);
        await office.Db.SaveChangesAsync();
        var sent = new Dictionary<DateOnly, int>();
        for (var day = Office.Opened; day <= Office.Due.AddDays(10); day = day.AddDays(1))
        {
            office.Clock.MoveTo(day, 7);
            var before = await CountAsync(office);
            for (var again = 0; again < 3; again++)
                await RunAsync(office);
            if (await CountAsync(office) - before is > 0 and var count)
                sent[day] = count;
        }
        // 土木部 has two respondents and one approver. Seven days before is a Friday, three a Tuesday, one a Thursday; overdue and escalated on Monday.
        Assert.Equal(
            new Dictionary<DateOnly, int> { [new(2007, 5, 18)] = 2, [new(2007, 5, 22)] = 2, [new(2007, 5, 24)] = 2, [new(2007, 5, 28)] = 3 },
            sent);
        Assert.DoesNotContain(await MailsAsync(office), m => m.To.StartsWith("kankyo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reminder_that_falls_on_a_weekend_goes_out_the_friday_before()
    {
        await using var office = await OfficeWithOneRoundAsync();
        await PlanAsync(office, new ReminderPlan([5, 4], null));
        Assert.Equal([new DateOnly(2007, 5, 18), new DateOnly(2007, 5, 21)], await DaysOfMailsAsync(office, "before/"));
    }

    [Fact]
    public async Task A_clock_that_jumps_ahead_brings_one_reminder_the_most_urgent()
    {
        await using var office = await OfficeWithOneRoundAsync();
        office.Clock.MoveTo(Office.Due.AddDays(-1));
        await RunAsync(office);
        Assert.Equal(["/01", "/01", "/01"], (await OnceAsync(office, "before/")).Select(once => once[^3..]));
    }

    [Fact]
    public async Task A_clock_that_goes_back_brings_none_again()
    {
        await using var office = await OfficeWithOneRoundAsync();
        office.Clock.MoveTo(Office.Due.AddDays(-1));
        await RunAsync(office);
        var count = await CountAsync(office);
        foreach (var back in new[] { TimeSpan.FromHours(1), TimeSpan.FromDays(2), TimeSpan.FromDays(6) })
        {
            office.Clock.Now -= back;
            await RunAsync(office);
        }
        office.Clock.MoveTo(Office.Due.AddDays(-1));
        await RunAsync(office);
        Assert.Equal(count, await CountAsync(office));
    }

    [Fact]
    public async Task After_a_long_stillness_the_unit_hears_once_and_its_superiors_once()
    {
        await using var office = await OfficeWithOneRoundAsync();
        office.Clock.MoveTo(Office.Due.AddDays(30));
        await RunAsync(office);
        await RunAsync(office);
        var about = (await OnceAsync(office, "")).Where(once => once.StartsWith("before", StringComparison.Ordinal) || once.StartsWith("overdue", StringComparison.Ordinal) || once.StartsWith("escalated", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, about.Count(once => once.StartsWith("overdue", StringComparison.Ordinal)));
        Assert.Equal(2, about.Count(once => once.StartsWith("escalated", StringComparison.Ordinal)));
        Assert.Equal(5, about.Count);
    }

    [Fact]
    public async Task A_round_sent_shortly_before_its_deadline_does_not_remind_on_the_same_day()
    {
        await using var office = await OfficeWithOneRoundAsync();
        office.Clock.MoveTo(Office.Opened);
        await PlanAsync(office, new ReminderPlan([35, 36], null));
        await RunAsync(office);
        Assert.Empty(await OnceAsync(office, "before/"));
    }

    [Fact]
    public async Task Without_a_plan_nothing_is_said_before_and_nobody_above_hears_of_it()
    {
        await using var office = await OfficeWithOneRoundAsync();
        await PlanAsync(office, new ReminderPlan([], null));
        Assert.Empty(await DaysOfMailsAsync(office, "before/"));
        Assert.Empty(await OnceAsync(office, "escalated/"));
        Assert.NotEmpty(await OnceAsync(office, "overdue/"));
    }

    [Fact]
    public async Task A_closed_round_is_left_in_peace()
    {
        await using var office = await OfficeWithOneRoundAsync();
        (await office.RoundAsync()).Close(office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
        office.Clock.MoveTo(Office.Due.AddDays(30));
        Assert.Equal(0, await RunAsync(office));
    }

    [Fact]
    public async Task A_reply_that_waits_for_approval_is_its_approvers_matter_and_the_unit_above_hears_when_it_is_late()
    {
        await using var office = await OfficeWithOneRoundAsync();
        var above = new OrgUnit("somu", "総務部", OrgUnitKind.Department, null, 9);
        var below = new OrgUnit("doro", "道路課", OrgUnitKind.Division, above, 10);
        var (chief, head) = (new Person("doro-approver@pref.kumamoto.example", "道路 課長"), new Person("somu-approver@pref.kumamoto.example", "総務 部長"));
        chief.Appoint(below, Role.Approver);
        head.Appoint(above, Role.Approver);
        office.Db.AddRange(above, below, chief, head);
        await office.Db.SaveChangesAsync();
        var round = Office.Draft((await office.RoundAsync()).Programme, [below], office.Coordinator, office.Now);
        office.Db.Add(round);
        await office.Db.SaveChangesAsync();
        round.Open(office.Coordinator, office.Now, Array.Empty<string>().ToLookup(_ => 0L));
        await office.Db.SaveChangesAsync();
        var inquiry = round.Inquiries[0];
        inquiry.SayNil("該当する事業がありません。", office.Coordinator, office.Now);
        inquiry.MarkAwaitingApproval(office.Coordinator, office.Now, 0);
        await office.Db.SaveChangesAsync();
        office.Clock.MoveTo(Office.Due.AddDays(-1));
        await RunAsync(office);
        office.Clock.MoveTo(Office.Due.AddDays(10));
        await RunAsync(office);
        var mails = (await MailsAsync(office)).Where(m => m.InquiryId == inquiry.Id).ToList();
        Assert.Equal(["doro-approver@pref.kumamoto.example"], mails.Where(m => m.Kind is MailKind.Reminder).Select(m => m.To));
        Assert.Equal(["doro-approver@pref.kumamoto.example", "somu-approver@pref.kumamoto.example"], mails.Where(m => m.Kind is MailKind.Escalation).Select(m => m.To).Order(StringComparer.Ordinal));
        Assert.Contains("決裁待ち", mails[0].Body, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Two_nodes_that_find_the_same_work_queue_it_once(Engine engine)
    {
        await using var office = await OfficeWithOneRoundAsync(engine);
        office.Clock.MoveTo(Office.Due.AddDays(10));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var db = office.OpenAnother();
            try
            {
                await db.RunDueWorkAsync(office.Now);
            }
            catch (DbUpdateException)
            {
                // The other was first: its occasions stand, and ours are gone with their mails.
            }
        }));
        var mails = await MailsAsync(office);
        Assert.Equal(mails.Count, mails.DistinctBy(m => (m.Once, m.To)).Count());
        Assert.Equal(3, mails.Count(m => m.Kind is MailKind.Overdue));
        Assert.Null(await AuditEntry.FirstBreakAsync(office.Db));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task One_node_at_a_time_holds_a_job_and_its_lease_ends_with_time(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        Task<bool> Take(string who) => office.Db.TakeLeaseAsync("due-work", who, office.Now, TimeSpan.FromMinutes(10));
        Assert.True(await Take("a"));
        Assert.False(await Take("b"));
        Assert.True(await Take("a"));
        office.Clock.Now += TimeSpan.FromMinutes(11);
        Assert.True(await Take("b"));
        await office.Db.EndLeaseAsync("due-work", "b");
        Assert.True(await Take("a"));
        office.Clock.Now -= TimeSpan.FromDays(1);
        Assert.True(await Take("b"));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task On_monday_morning_the_coordinator_reads_where_all_rounds_stand_once(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        office.Bring(await office.InquiryAsync("kankyo"), InquiryStatus.Answered);
        await office.Db.SaveChangesAsync();
        var monday = new DateOnly(2007, 5, 28);
        office.Clock.Now = JapanTime.At(monday, 8, 29);
        await RunAsync(office);
        Assert.Equal(["digest/2007-05-21"], await OnceAsync(office, "digest/"));
        office.Clock.Now = JapanTime.At(monday, 8, 31);
        await RunAsync(office);
        await RunAsync(office);
        office.Clock.Now -= TimeSpan.FromDays(8);
        await RunAsync(office);
        Assert.Equal(["digest/2007-05-21", "digest/2007-05-28"], await OnceAsync(office, "digest/"));
        var mail = (await MailsAsync(office)).Single(m => m.Once == "digest/2007-05-28");
        Assert.Equal(("coordinator@pref.kumamoto.example", "/staff/rounds"), (mail.To, mail.Page));
        Assert.Contains("未着手 1、回答済み 1", mail.Body, StringComparison.Ordinal);
        Assert.Contains("期限を過ぎた組織（1）: 土木部", mail.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7、3、1", "3", "7,3,1;3")]
    [InlineData("１日前, ７日前", "", "7,1;")]
    [InlineData("", "", ";")]
    [InlineData("3 3 0", "10日", "3,0;10")]
    public void A_plan_is_read_as_people_write_it(string days, string after, string kept)
    {
        var plan = ReminderPlan.Read(days, after);
        Assert.Equal(kept, plan.ToString());
        Assert.Equal(plan.ToString(), ReminderPlan.Parse(plan.ToString()).ToString());
    }

    [Theory]
    [InlineData("来週", "3")]
    [InlineData("-1", "3")]
    [InlineData("61", "3")]
    [InlineData("1、2、3、4、5、6、7", "3")]
    [InlineData("7", "0")]
    [InlineData("7", "すぐ")]
    public void A_plan_that_makes_no_sense_is_refused(string days, string after) => Assert.Throws<Refusal>(() => ReminderPlan.Read(days, after));

    private static async Task<Office> OfficeWithOneRoundAsync(Engine engine = Engine.Sqlite)
    {
        var office = await Office.OpenAsync(engine);
        (await office.RoundAsync("zero-budget")).Close(office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
        return office;
    }

    private static async Task PlanAsync(Office office, ReminderPlan plan)
    {
        (await office.RoundAsync()).PlanReminders(plan, office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
    }

    private static async Task<int> RunAsync(Office office)
    {
        await using var db = office.OpenAnother();
        return await db.RunDueWorkAsync(office.Now);
    }

    private static async Task<List<OutboxMail>> MailsAsync(Office office)
    {
        await using var db = office.OpenAnother();
        return await db.Outbox.Where(m => !m.Once.StartsWith("round-open")).OrderBy(m => m.Id).ToListAsync();
    }

    private static async Task<int> CountAsync(Office office) => (await MailsAsync(office)).Count(m => m.Kind is not MailKind.Digest);

    private static async Task<List<string>> OnceAsync(Office office, string beginning) =>
        [.. (await MailsAsync(office)).Select(m => m.Once).Where(once => once.StartsWith(beginning, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static async Task<List<DateOnly>> DaysOfMailsAsync(Office office, string beginning)
    {
        var days = new List<DateOnly>();
        for (var day = Office.Opened; day <= Office.Due.AddDays(10); day = day.AddDays(1))
        {
            office.Clock.MoveTo(day);
            var before = (await OnceAsync(office, beginning)).Count;
            await RunAsync(office);
            if ((await OnceAsync(office, beginning)).Count > before)
                days.Add(day);
        }
        return days;
    }
}
