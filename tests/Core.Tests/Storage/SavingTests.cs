using Kyodo.Common;
using Kyodo.Core.Tests.World;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Storage;

public sealed class SavingTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task Times_are_kept_and_ordered_as_instants_whatever_their_offset(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var inTokyo = new DateTimeOffset(2007, 5, 7, 9, 30, 0, TimeSpan.FromHours(9));
        var inLondon = new DateTimeOffset(2007, 5, 7, 0, 31, 0, TimeSpan.Zero);
        (await office.InquiryAsync("kankyo")).Receive(office.OtherRespondent, inLondon);
        (await office.InquiryAsync("doboku")).Receive(office.Respondent, inTokyo);
        await office.Db.SaveChangesAsync();

        await using var another = office.OpenAnother();
        var received = await another.Inquiries.Where(i => i.ReceivedAt != null && i.ReceivedAt > inTokyo.AddDays(-1)).OrderBy(i => i.ReceivedAt).Select(i => i.ReceivedAt).ToListAsync();
        Assert.Equal([inTokyo, inLondon], received);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_round_that_opens_leaves_one_mail_for_each_respondent(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var waiting = await office.Db.Outbox.Where(m => m.Once.StartsWith("round-open/")).Select(m => m.To).ToListAsync();
        // Two rounds; 土木部 has two respondents and 環境生活部 one.
        Assert.Equal(6, waiting.Count);
        Assert.Equal(["doboku-approver@pref.kumamoto.example", "doboku@pref.kumamoto.example", "kankyo@pref.kumamoto.example"], waiting.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_save_that_fails_leaves_neither_change_nor_mail_nor_entry(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var (mails, entries) = (await office.Db.Outbox.CountAsync(), await office.Db.AuditTrail.CountAsync());
        var inquiry = await office.InquiryAsync();
        office.Bring(inquiry, InquiryStatus.AwaitingApproval);
        inquiry.MarkSentBack(office.ApproverOf(inquiry), office.Now, "直してください。", ["doboku@pref.kumamoto.example"]);
        office.Db.Add(new OrgUnit("kankyo", "同じコードの部", OrgUnitKind.Department, null, 9));
        await Assert.ThrowsAsync<DbUpdateException>(() => office.Db.SaveChangesAsync());

        await using var another = office.OpenAnother();
        Assert.Equal((mails, entries), (await another.Outbox.CountAsync(), await another.AuditTrail.CountAsync()));
        Assert.Equal(InquiryStatus.Sent, (await office.InquiryAsync(db: another)).Status);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Of_two_writers_of_one_inquiry_the_second_is_told(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await using var another = office.OpenAnother();
        var (mine, theirs) = (await office.InquiryAsync(), await office.InquiryAsync(db: another));
        mine.Receive(office.Respondent, office.Now);
        theirs.SayNil("該当なし", office.Approver, office.Now);
        await office.Db.SaveChangesAsync();
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => another.SaveChangesAsync());

        await using var third = office.OpenAnother();
        Assert.Equal(InquiryStatus.Received, (await office.InquiryAsync(db: third)).Status);
        Assert.False(await third.AuditTrail.AnyAsync(e => e.Verb == "nil-return"));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task No_mail_of_one_occasion_goes_to_one_address_twice(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var before = await office.Db.Outbox.CountAsync();
        foreach (var unit in new[] { "doboku", "kankyo" })
        {
            var inquiry = await office.InquiryAsync(unit);
            office.Bring(inquiry, InquiryStatus.AwaitingApproval);
            // One occasion is one inquiry, one second: the address is named twice, and the second unit's is another occasion.
            inquiry.MarkSentBack(office.ApproverOf(inquiry), office.Now, "直してください。", ["doboku@pref.kumamoto.example", "doboku@pref.kumamoto.example"]);
        }
        await office.Db.SaveChangesAsync();
        Assert.Equal(before + 2, await office.Db.Outbox.CountAsync());
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Every_record_carries_its_governments_code(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        Assert.Equal(["430005"], await office.Db.Inquiries.Select(i => i.GovernmentCode).Distinct().ToListAsync());
        Assert.Equal(["430005"], await office.Db.Programmes.Select(p => p.GovernmentCode).Distinct().ToListAsync());
    }

    [Fact]
    public async Task Records_are_never_saved_by_the_way_that_would_lose_their_notes()
    {
        await using var office = await Office.OpenAsync();
        Assert.Throws<NotSupportedException>(() => office.Db.SaveChanges());
    }
}
