using Kyodo.App.Tests.World;
using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Core.Tests.Storage;
using Kyodo.Rounds;
using Kyodo.Samples;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Rounds;

public sealed class TwoPhasesTests(SampleWorlds worlds)
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task What_was_answered_in_autumn_is_updated_in_spring_and_counted_once(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        await using var db = world.Open();
        var asked = await db.Inquiries.AsNoTracking().Include(i => i.Round).Where(i => i.Unit.Code == "chiikishinko" && i.Round.ProgrammeKey == "zero-budget").OrderBy(i => i.RoundId).ToListAsync();
        Assert.Equal([(Phase.BudgetDrafting, 2006), (Phase.StartOfYear, 2007)], asked.Select(i => (i.Round.Phase, i.AnsweredAt!.Value.Year)));
        Assert.All(asked, i => Assert.Equal(SampleYear.Year, i.Round.Year));
        var approvals = new List<ApprovalRequest>();
        foreach (var inquiry in asked)
            approvals.Add(await db.ApprovalRequests.AsNoTracking().SingleAsync(a => a.InquiryId == inquiry.Id && a.Status == ApprovalStatus.Approved));
        Assert.Equal(approvals[0].Cases.Select(c => c.CaseId).Order(), approvals[1].Cases.Select(c => c.CaseId).Order());
        // What is known in spring and was not in autumn is a new version; where nothing more is known the version stays.
        var updated = approvals[0].Cases.Where(seen => approvals[1].Cases.Single(c => c.CaseId == seen.CaseId).Version > seen.Version).ToList();
        Assert.Equal((5, 7), (updated.Count, approvals[0].Cases.Count));
        var id = updated[0].CaseId;
        var versions = await db.Set<CaseVersion>().AsNoTracking().Where(v => v.CaseId == id).OrderBy(v => v.Version).Select(v => v.AnswersJson).ToListAsync();
        Assert.Null(Answers.Parse(versions[0])["result"]);
        Assert.NotNull(Answers.Parse(versions[^1])["result"]);
        using var reader = world.Visit();
        Assert.Contains("141", (await reader.PageAsync("/editions/zero-budget/2007")).Body!.TextContent, StringComparison.Ordinal);
    }
}
