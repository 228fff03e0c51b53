using CsCheck;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Evaluation;
using Kyodo.Evaluation.Door;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Evaluation;

/// <summary>The partner's door, tried as people and as thieves would.</summary>
public sealed class DoorTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task Of_thirty_who_press_at_once_one_enters(Engine engine)
    {
        await using var office = await WaitingAsync(engine);
        var browser = PartnerDoor.NewBrowserSecret();
        var (token, _) = await office.AskedAsync(await office.InvitedAsync(), browser);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(async () =>
        {
            await using var db = office.OpenAnother();
            return (await db.EnterByLinkAsync(token, browser, office.Now)).Outcome;
        })));
        Assert.Equal((1, 29), (outcomes.Count(o => o is Entering.Done), outcomes.Count(o => o is Entering.Gone)));
        Assert.Equal(1, await office.Db.PartnerSessions.CountAsync());
    }

    [Fact]
    public async Task A_link_is_of_no_use_in_another_browser_and_stays_good_in_its_own()
    {
        await using var office = await WaitingAsync();
        var (mine, theirs) = (PartnerDoor.NewBrowserSecret(), PartnerDoor.NewBrowserSecret());
        var (token, code) = await office.AskedAsync(await office.InvitedAsync(), mine);
        await using var db = office.OpenAnother();
        Assert.Equal(Entering.OtherBrowser, (await db.EnterByLinkAsync(token, theirs, office.Now)).Outcome);
        Assert.Equal(Entering.OtherBrowser, (await db.EnterByLinkAsync(token, null, office.Now)).Outcome);
        Assert.Equal(Entering.Gone, (await db.EnterByCodeAsync(code, theirs, office.Now)).Outcome);
        Assert.Equal(Entering.Done, (await db.EnterByCodeAsync(code, mine, office.Now)).Outcome);
        Assert.Equal(Entering.Gone, (await db.EnterByLinkAsync(token, mine, office.Now)).Outcome);
    }

    [Fact]
    public async Task It_ends_after_ten_minutes_after_five_wrong_codes_and_when_taken_back()
    {
        await using var office = await WaitingAsync();
        var invitation = await office.InvitedAsync();
        var browser = PartnerDoor.NewBrowserSecret();
        await using var db = office.OpenAnother();

        var (late, _) = await office.AskedAsync(invitation, browser);
        Assert.Equal(Entering.Gone, (await db.EnterByLinkAsync(late, browser, office.Now + PartnerLink.Life)).Outcome);

        office.Clock.Now += TimeSpan.FromMinutes(11);
        var (_, code) = await office.AskedAsync(invitation, browser);
        var wrong = code[0] == '1' ? "2" : "1";
        for (var i = 0; i < PartnerLink.MostWrongCodes; i++)
            Assert.Equal(Entering.WrongCode, (await db.EnterByCodeAsync(wrong + code[1..], browser, office.Now)).Outcome);
        Assert.Equal(Entering.Gone, (await db.EnterByCodeAsync(code, browser, office.Now)).Outcome);

        var (token, _) = await office.AskedAsync(invitation, browser);
        db.ChangeTracker.Clear();
        (await db.PartnerInvitations.SingleAsync()).Revoke(office.Coordinator, office.Now);
        await db.SaveChangesAsync();
        Assert.Equal(Entering.Gone, (await db.EnterByLinkAsync(token, browser, office.Now)).Outcome);
    }

    [Fact]
    public async Task Nothing_that_opens_the_door_stands_in_a_table_and_a_mailbox_is_not_flooded()
    {
        await using var office = await WaitingAsync();
        var invitation = await office.InvitedAsync();
        var browser = PartnerDoor.NewBrowserSecret();
        var (token, code) = await office.AskedAsync(invitation, browser);
        var link = await office.Db.PartnerLinks.AsNoTracking().SingleAsync();
        Assert.DoesNotContain(new[] { link.TokenHash, link.CodeHash, link.BrowserHash }, kept => kept.Contains(token, StringComparison.Ordinal) || kept.Contains(code.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal) || kept == browser);
        for (var i = 1; i < PartnerInvitation.MostLinksAnHour; i++)
            await office.AskedAsync(invitation, browser);
        await Assert.ThrowsAsync<Refusal>(() => office.AskedAsync(invitation, browser));
        office.Clock.Now += TimeSpan.FromMinutes(61);
        await office.AskedAsync(invitation, browser);
    }

    [Fact]
    public async Task Whatever_is_typed_as_a_token_or_a_code_opens_nothing()
    {
        await using var office = await WaitingAsync();
        var browser = PartnerDoor.NewBrowserSecret();
        var (token, _) = await office.AskedAsync(await office.InvitedAsync(), browser);
        await Gen.String[0, 80].SampleAsync(async text =>
        {
            await using var db = office.OpenAnother();
            Assert.NotEqual(Entering.Done, (await db.EnterByLinkAsync(text, browser, office.Now)).Outcome);
        }, iter: 30, threads: 1);
        Assert.NotEmpty(token);
    }

    [Fact]
    public async Task Another_partners_evaluation_is_not_there()
    {
        await using var office = await Office.OpenAsync();
        await office.AcceptedAsync(1, 1);
        await office.OpenEvaluationsAsync();
        var (own, other) = (await office.EvaluationAsync(), await office.EvaluationAsync(title: "事業1"));
        var by = office.ActorOf(own.Partners.Single());
        Assert.NotNull(await office.Db.EvaluationAsync(own.Id, by));
        Assert.Null(await office.Db.EvaluationAsync(other.Id, by));
        Assert.Null(await office.Db.EvaluationSideAsync(other.Partners.Single().Id, by));
        Assert.Null(await office.Db.AnswerAsync(own.Government.Id, Evaluations.Marked(own.Government, "1"), null, null, by, office.Now));
        Assert.Null(await office.Db.AnswerAsync(other.Partners.Single().Id, Evaluations.Marked(own.Government, "1"), null, null, by, office.Now));
    }

    private static async Task<Office> WaitingAsync(Engine engine = Engine.Sqlite)
    {
        var office = await Office.OpenAsync(engine);
        await office.AcceptedAsync(1);
        await office.OpenEvaluationsAsync();
        return office;
    }
}
