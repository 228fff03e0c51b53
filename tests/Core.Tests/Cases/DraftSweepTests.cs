using Kyodo.Cases;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Cases;

public sealed class DraftSweepTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task What_was_typed_goes_a_season_after_its_round_was_closed_and_not_before(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        foreach (var programme in new[] { "ps", "zero-budget" })
        {
            var inquiry = await office.InquiryAsync(programme: programme);
            var typed = new Dictionary<string, DraftedQuestion> { ["title"] = new("", new Dictionary<string, string[]> { ["title"] = ["書きかけ"] }) };
            await office.Db.KeepDraftAsync(inquiry.Id, CaseDraft.NewCase, office.Respondent, typed, [], office.Now);
        }
        (await office.RoundAsync("zero-budget")).Close(office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
        office.Clock.Now += CaseDraft.KeptAfterClosing;
        Assert.Equal(0, await office.Db.SweepDraftsAsync(office.Now));
        office.Clock.Now += TimeSpan.FromHours(1);
        Assert.Equal(1, await office.Db.SweepDraftsAsync(office.Now));
        Assert.Equal((await office.InquiryAsync()).Id, (await office.Db.CaseDrafts.SingleAsync()).InquiryId);
    }
}
