using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Evaluation;
using Kyodo.Evaluation.Door;
using Kyodo.Partners;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Partners;

/// <summary>The register: who is entered, whom a name means, and what a merge takes along and gives back.</summary>
public sealed class PartnerRegisterTests
{
    private const string Number = "1330005010398";

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_like_name_is_asked_about_and_a_number_belongs_to_one_branch(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await EnterAsync(office, new("特定非営利活動法人 見本の会", "NPO法人", "1-3300-0501-0398", Reading: "みほんのかい"));
        foreach (var like in new[] { "ＮＰＯ法人見本の会", "見本の会", "一般社団法人見本の会", "見本の会ひろば" })
        {
            var asked = await Assert.ThrowsAsync<Refusal>(() => EnterAsync(office, new(like, "NPO法人")));
            Assert.Equal("another", Assert.Single(asked.Problems).Field);
        }
        Assert.NotNull(await Assert.ThrowsAsync<Refusal>(() => EnterAsync(office, new("べつのなまえ", "NPO法人", Reading: "ミホンノカイ"))));
        await EnterAsync(office, new("まったく違う協議会", "実行委員会・協議会"));
        var sameNumber = await Assert.ThrowsAsync<Refusal>(() => EnterAsync(office, new("遠い団体", "NPO法人", Number)));
        Assert.Equal("number", Assert.Single(sameNumber.Problems).Field);
        await EnterAsync(office, new("遠い団体", "NPO法人", Number, "天草支部"));
        await Assert.ThrowsAsync<Refusal>(() => EnterAsync(office, new("もう一つ", "NPO法人", Number, "天草 支部")));
        var wrong = await Assert.ThrowsAsync<Refusal>(() => EnterAsync(office, new("", "知らない種別", "2330005010398")));
        Assert.Equal(["name", "kind", "number"], wrong.Problems.Select(p => p.Field));
        await Assert.ThrowsAsync<Refusal>(() => office.Db.EnterPartnerAsync(new("ほかの団体", "NPO法人"), true, office.Respondent, office.Now));
        Assert.Equal("特定非営利活動法人 見本の会", (await office.Db.PartnersAsync("(特非)見本", null, 1, 10)).Items.Single().Name);
        Assert.Equal(2, (await office.Db.PartnersAsync(Number, null, 1, 10)).Total);
        Assert.Equal(1, (await office.Db.PartnersAsync("みほんの", null, 1, 10)).Total);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Answers_that_use_a_name_of_before_or_of_a_merged_entry_mean_the_partner_that_counts(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var renamed = await EnterAsync(office, new("旧名の会", "NPO法人"));
        await office.Db.DescribePartnerAsync(renamed, new("新しい名のひろば", "NPO法人"), new(null, null, null, null), office.Coordinator, office.Now);
        var other = await EnterAsync(office, new("よその組合", "経済団体"));
        var last = await EnterAsync(office, new("さいごの商工会", "経済団体"));
        Assert.Equal([renamed.Id, renamed.Id, other.Id], await FoundAsync("旧名の会", "新しい名のひろば", "よその組合"));
        var first = await office.Db.MergePartnersAsync(renamed.Id, other.Id, office.Coordinator, office.Now, "総会で合併");
        var second = await office.Db.MergePartnersAsync(other.Id, last.Id, office.Coordinator, office.Now);
        Assert.Equal([last.Id, last.Id, last.Id], await FoundAsync("旧名の会", "新しい名のひろば", "よその組合"));
        Assert.Contains("あとの統合", (await Assert.ThrowsAsync<Refusal>(() => office.Db.SplitPartnersAsync(first.Id, "違った", office.Coordinator, office.Now))).Message, StringComparison.Ordinal);
        office.Db.ChangeTracker.Clear();
        await Assert.ThrowsAsync<Refusal>(() => office.Db.SplitPartnersAsync(second.Id, " ", office.Coordinator, office.Now));
        office.Db.ChangeTracker.Clear();
        await Assert.ThrowsAsync<Refusal>(() => office.Db.SplitPartnersAsync(second.Id, "違った", office.Auditor, office.Now));
        office.Db.ChangeTracker.Clear();
        await office.Db.SplitPartnersAsync(second.Id, "違った", office.Coordinator, office.Now);
        await office.Db.SplitPartnersAsync(first.Id, "違った", office.Coordinator, office.Now);
        Assert.Equal([renamed.Id, renamed.Id, other.Id], await FoundAsync("旧名の会", "新しい名のひろば", "よその組合"));
        office.Db.ChangeTracker.Clear();
        Assert.Null(await office.Db.SplitPartnersAsync(999999, "違った", office.Coordinator, office.Now));
        await Assert.ThrowsAsync<Refusal>(() => office.Db.SplitPartnersAsync(first.Id, "もう一度", office.Coordinator, office.Now));
        Assert.Equal(2, await office.Db.AuditTrail.CountAsync(e => e.Verb == "partner-merged"));
        Assert.Equal(4, await office.Db.AuditTrail.CountAsync(e => e.Verb == "partner-split"));

        async Task<string[]> FoundAsync(params string[] names)
        {
            await using var db = office.OpenAnother();
            var found = await db.FindOrEnterAllAsync(names.Select(name => (name, "その他", (string?)null)), office.Coordinator, office.Now);
            return [.. names.Select(name => found[(name, null)].Id)];
        }
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_split_gives_back_answers_invitation_and_address_as_they_came(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await office.AcceptedAsync(2, 1);
        await office.OpenEvaluationsAsync();
        var invitation = await office.InvitedAsync("団体0-0");
        var one = await office.EvaluationAsync();
        await office.AnswerAsync(one.Partners.First(), "3");
        await office.AnswerAsync(one.Government, "3");
        var (from, into) = (one.Partners.First().PartnerId!, one.Partners.Last().PartnerId!);
        var before = one.Partners.Select(s => (s.Id, s.PartnerId, s.Name)).ToList();
        long merge;
        await using (var db = office.OpenAnother())
            merge = (await db.MergePartnersAsync(from, into, office.Coordinator, office.Now)).Id;
        await using (var db = office.OpenAnother())
        {
            Assert.Equal("dantai@partner.example", await db.Partners.Where(p => p.Id == into).Select(p => p.Email).SingleAsync());
            await db.SplitPartnersAsync(merge, "別の団体だった。", office.Coordinator, office.Now);
        }
        office.Db.ChangeTracker.Clear();
        one = await office.EvaluationAsync();
        Assert.Equal(before, one.Partners.Select(s => (s.Id, s.PartnerId, s.Name)));
        // The merge had opened the evaluation: whoever had not answered by then is silent, and no answer is lost.
        Assert.Equal([SideStatus.Submitted, SideStatus.Silent], one.Partners.Select(s => s.Status));
        Assert.Equal(from, (await office.Db.PartnerInvitations.SingleAsync(i => i.Id == invitation.Id)).PartnerId);
        Assert.Null(await office.Db.Partners.Where(p => p.Id == into).Select(p => p.Email).SingleAsync());
        Assert.Null(await office.Db.Partners.Where(p => p.Id == from).Select(p => p.MergedIntoId).SingleAsync());
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_contact_is_public_only_as_far_and_as_long_as_the_partner_agrees(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var partner = await EnterAsync(office, new("連絡の会", "NPO法人"));
        var entry = new PartnerEntry("連絡の会", "NPO法人");
        await Assert.ThrowsAsync<Refusal>(() => office.Db.DescribePartnerAsync(partner, entry, new(null, "no-address", null, null), office.Coordinator, office.Now));
        await office.Db.DescribePartnerAsync(partner, entry, new("見本 花子", "hanako@partner.example", "０９６-１２３-４５６７", null), office.Coordinator, office.Now);
        Assert.Empty(await office.Db.PublicContactsAsync([partner]));
        await Assert.ThrowsAsync<Refusal>(() => ConsentAsync(phone: true, address: true));
        await Assert.ThrowsAsync<Refusal>(() => ConsentAsync(phone: false));
        await Assert.ThrowsAsync<Refusal>(() => ConsentAsync(phone: true, on: Office.Due));
        var consent = await ConsentAsync(phone: true);
        Assert.Equal("電話: 096-123-4567", (await office.Db.PublicContactsAsync([partner]))[partner.Id]);
        Assert.Throws<Refusal>(() => consent.Withdraw("", office.Now.DayInJapan(), office.Coordinator, office.Now));
        consent.Withdraw("見本 花子", office.Now.DayInJapan(), office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Empty(await office.Db.PublicContactsAsync([partner]));
        await ConsentAsync(phone: true);
        Assert.Single(await office.Db.PublicContactsAsync([partner]));
        office.Clock.Now = office.Clock.Now.AddMinutes(1);
        await office.Db.DescribePartnerAsync(partner, entry, new("見本 花子", "hanako@partner.example", "096-765-4321", null), office.Coordinator, office.Now);
        Assert.Empty(await office.Db.PublicContactsAsync([partner]));
        var trail = await office.Db.AuditTrail.Where(e => e.Subject.EndsWith(partner.Id)).Select(e => e.Reason ?? "").ToListAsync();
        Assert.DoesNotContain(trail, words => words.Contains("096", StringComparison.Ordinal) || words.Contains("hanako", StringComparison.Ordinal) || words.Contains("花子", StringComparison.Ordinal));

        Task<ContactConsent> ConsentAsync(bool phone, bool address = false, DateOnly? on = null) =>
            office.Db.ConsentToContactAsync(partner, new(false, false, phone, address, "見本 花子", on ?? office.Now.DayInJapan(), ConsentChannel.Paper), office.Coordinator, office.Now);
    }

    private static Task<Partner> EnterAsync(Office office, PartnerEntry entry) => office.Db.EnterPartnerAsync(entry, false, office.Coordinator, office.Now);
}
