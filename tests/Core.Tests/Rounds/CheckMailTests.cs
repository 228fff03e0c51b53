using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Organizations;
using Kyodo.Reminders;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Rounds;

/// <summary>土木部 asks its 道路整備課, and that one its 橋りょう班: who hears that a check is awaited.</summary>
public sealed class CheckMailTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task Each_level_that_must_check_is_told_when_it_is_its_turn(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var section = await RelayTwiceAsync(office);
        await ApproveAsync(office, section);
        Assert.Equal(["road@pref.kumamoto.example"], await ToldAsync(office, MailKind.CheckAsked));
        section.Check(office.RespondentOf(section.Checker!), office.Now, await office.Db.MailAddressesAsync(Role.Respondent, [section.NextCheckingUnitId!.Value], office.Now.DayInJapan()));
        await office.Db.SaveChangesAsync();
        Assert.Equal(["doboku-approver@pref.kumamoto.example", "doboku@pref.kumamoto.example", "road@pref.kumamoto.example"], await ToldAsync(office, MailKind.CheckAsked));
        var mail = await office.Db.Outbox.SingleAsync(m => m.Kind == MailKind.CheckAsked && m.To == "doboku@pref.kumamoto.example");
        Assert.StartsWith("土木部 ご担当者様", mail.Body, StringComparison.Ordinal);
        Assert.Equal($"/staff/cases/{section.Id}", mail.Page);
        Assert.Null(section.NextCheckingUnitId);
    }

    [Fact]
    public async Task What_was_returned_and_handed_in_again_is_told_again()
    {
        await using var office = await Office.OpenAsync();
        var section = await RelayTwiceAsync(office);
        await ApproveAsync(office, section);
        section.ReturnFromCheck("理由を詳しく。", office.RespondentOf(section.Checker!), office.Now, []);
        await office.Db.SaveChangesAsync();
        office.Clock.Now += TimeSpan.FromHours(3);
        await ApproveAsync(office, section);
        Assert.Equal(2, (await ToldAsync(office, MailKind.CheckAsked)).Count);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task While_a_check_is_awaited_the_checking_unit_is_reminded_and_its_superiors_hear_of_the_delay(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var section = await RelayTwiceAsync(office);
        await ApproveAsync(office, section);
        var before = await office.Db.Outbox.CountAsync(m => m.InquiryId == section.Id);
        office.Clock.MoveTo(Office.Due.AddDays(10));
        await using (var db = office.OpenAnother())
            await db.RunDueWorkAsync(office.Now);
        var mails = await office.Db.Outbox.AsNoTracking().Where(m => m.InquiryId == section.Id).OrderBy(m => m.Id).Skip(before).ToListAsync();
        Assert.Equal(["road@pref.kumamoto.example"], mails.Where(m => m.Kind is MailKind.CheckAsked).Select(m => m.To));
        Assert.Equal(["road-approver@pref.kumamoto.example"], mails.Where(m => m.Kind is MailKind.Escalation).Select(m => m.To));
        Assert.Equal(2, mails.Count);
    }

    [Fact]
    public async Task A_late_answer_from_below_is_told_to_the_approvers_of_the_unit_that_relayed_it()
    {
        await using var office = await Office.OpenAsync();
        var section = await RelayTwiceAsync(office);
        office.Clock.MoveTo(Office.Due.AddDays(10));
        await using (var db = office.OpenAnother())
            await db.RunDueWorkAsync(office.Now);
        var escalated = await office.Db.Outbox.AsNoTracking().Where(m => m.InquiryId == section.Id && m.Kind == MailKind.Escalation).Select(m => m.To).OrderBy(to => to).ToListAsync();
        Assert.Equal(["road-approver@pref.kumamoto.example"], escalated);
        var overdue = await office.Db.Outbox.AsNoTracking().Where(m => m.InquiryId == section.Id && m.Kind == MailKind.Overdue).Select(m => m.To).ToListAsync();
        Assert.Equal(["bridge@pref.kumamoto.example"], overdue);
    }

    [Fact]
    public async Task Asked_by_hand_too_the_mail_goes_to_those_who_check()
    {
        await using var office = await Office.OpenAsync();
        var section = await RelayTwiceAsync(office);
        await ApproveAsync(office, section);
        var people = await office.Db.ThoseAwaitedAsync([section], office.Now.DayInJapan());
        Assert.Equal(["road@pref.kumamoto.example"], people.Of(section));
        office.Clock.Now += TimeSpan.FromDays(1);
        section.Remind(office.Coordinator, office.Now, people.Of(section));
        await office.Db.SaveChangesAsync();
        var mail = await office.Db.Outbox.OrderByDescending(m => m.Id).FirstAsync();
        Assert.Equal(("road@pref.kumamoto.example", MailKind.CheckAsked), (mail.To, mail.Kind));
    }

    private static async Task ApproveAsync(Office office, Inquiry section)
    {
        if (section.NilReason is null)
            section.SayNil("該当する事業がありません。", office.RespondentOf(section), office.Now);
        var request = office.Submit(section);
        await office.Db.SaveChangesAsync();
        request.Approve(office.ApproverOf(section), office.Now, await Kyodo.Approval.RouteQueries.AddressesOfAsync(office.Db, request, office.Now.DayInJapan()));
        await office.Db.SaveChangesAsync();
    }

    private static async Task<List<string>> ToldAsync(Office office, MailKind kind) =>
        [.. (await office.Db.Outbox.AsNoTracking().Where(m => m.Kind == kind).Select(m => m.To).ToListAsync()).Order(StringComparer.Ordinal)];

    private static async Task<Inquiry> RelayTwiceAsync(Office office)
    {
        var upper = (await office.RoundAsync()).Inquiries.Single(i => i.Unit.Code == "doboku");
        var road = await office.UnitAsync("road", "道路整備課", upper.Unit);
        var bridge = await office.UnitAsync("bridge", "橋りょう班", road);
        foreach (var (name, unit, role) in new[] { ("road", road, Role.Respondent), ("road-approver", road, Role.Approver), ("bridge", bridge, Role.Respondent) })
        {
            var person = new Person($"{name}@pref.kumamoto.example", unit.Name);
            person.Appoint(unit, role);
            office.Db.Add(person);
        }
        await office.Db.SaveChangesAsync();
        var nobody = Array.Empty<string>().ToLookup(_ => 0L);
        upper.Relay([road], null, null, office.Respondent, office.Now, nobody);
        await office.Db.SaveChangesAsync();
        var division = upper.Relayed.Single();
        division.Relay([bridge], null, null, office.RespondentOf(division), office.Now, nobody);
        await office.Db.SaveChangesAsync();
        return division.Relayed.Single();
    }
}
