using System.Text;
using Kyodo.Cases.Files;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Editions;
using Kyodo.Statistics;
using Kyodo.Takeover;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Takeover;

/// <summary>A casebook from before the system becomes revision 1 of its year.</summary>
public sealed class PastEditionTests
{
    private static readonly FiscalYear Past = new(2004);

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_past_list_becomes_revision_1_with_its_source_ids_and_its_gaps(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var list = await ReadAsync(office, $"source_id,title,summary,form,partners\r\nA-1,花の道,{new string('長', 400)},2,花の会\r\nA-2,花の道,二つ目,2,\r\nA-3,川の清掃,三つ目,5,川の会\r\n");
        Assert.False(list.Check.HasErrors);
        Assert.Contains(list.Check.Problems, p => p is { Severity: Severity.Warning, Cell: "C2" } && p.Message.Contains("400字", StringComparison.Ordinal));
        Assert.Contains(list.Check.Problems, p => p.Severity is Severity.Warning && p.Message.StartsWith("「目的」がどの行にも", StringComparison.Ordinal));
        Assert.All(list.Check.Problems, p => Assert.True(p.Sheet is not null && p.Cell is not null));

        var revision = await SaveAsync(office, list);
        Assert.Equal((1, "list.csv", 3), (revision.No, revision.TakenOverFrom, revision.CaseCount));
        var cases = await office.Db.LatestCases.Where(c => c.Year == Past).OrderBy(c => c.Order).ToListAsync();
        Assert.Equal(["A-1", "A-2", "A-3"], cases.Select(c => c.SourceId));
        Assert.Equal(400, cases[0].Summary.Length);
        Assert.Empty(await office.VerifyAsync());
        Assert.Null(office.Shelf.PublicFile("ps", Past, 1, "casebook.pdf"));
        Assert.Equal([(0, 3), (2, 2), (5, 1)], (await office.Db.RecordedTotals.Where(t => t.Year == Past && t.Count > 0).OrderBy(t => t.FormNo).ToListAsync()).Select(t => (t.FormNo, t.Count!.Value)));
        Assert.Contains("もう公表", (await Assert.ThrowsAsync<Refusal>(() => SaveAsync(office, list))).Message, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_recorded_total_stays_and_the_difference_is_a_warning(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        office.Db.Add(new RecordedTotal("ps", "PSプロジェクト", 0, "計", Past, CountState.Recorded, 56, "県の資料"));
        await office.Db.SaveChangesAsync();
        var list = await ReadAsync(office, "title,form\r\n花の道,2\r\n");
        Assert.Contains(list.Check.Problems, p => p.Severity is Severity.Warning && p.Message.Contains("56件", StringComparison.Ordinal));
        await SaveAsync(office, list);
        var cell = (await Trend.ReadAsync(office.Db)).Programmes.Single(p => p.Key == "ps").Total.Cells.Single(c => c.Year == Past);
        Assert.Equal((CountState.Recorded, 56), (cell.State, cell.Count));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_row_that_cannot_be_read_holds_everything_back_unless_it_is_left_out(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var list = await ReadAsync(office, "title,form,budget.initial\r\n花の道,2,100\r\n川の清掃,2,ひゃく\r\n");
        Assert.Equal((2, 1, 1), (list.Check.Rows, list.Check.Accepted, list.Check.Refused));
        Assert.Contains("--leave-out", (await Assert.ThrowsAsync<Refusal>(() => SaveAsync(office, list))).Message, StringComparison.Ordinal);
        Assert.Empty(await office.Db.Revisions.ToListAsync());
        Assert.Equal(1, (await SaveAsync(office, list, leaveOut: true)).CaseCount);
    }

    [Fact]
    public async Task A_project_of_the_next_year_with_the_same_title_is_continued_from_the_past_list()
    {
        await using var office = await Office.OpenAsync();
        await office.ReadyAsync("花の道");
        await office.ReleaseAsync();
        var list = await ReadAsync(office, "title,form\r\n花の道,2\r\n川の清掃,2\r\n", Office.Year.Previous);
        await SaveAsync(office, list);
        Assert.Single((await office.Db.PublishedCases.AsNoTracking().Where(c => c.Title == "花の道").Select(c => c.ProjectId).ToListAsync()).Distinct());
    }

    [Fact]
    public async Task A_year_that_was_asked_here_is_not_taken_over()
    {
        await using var office = await Office.OpenAsync();
        var list = await ReadAsync(office, "title\r\n花の道\r\n", Office.Year);
        Assert.Contains("照会しています", (await Assert.ThrowsAsync<Refusal>(() => SaveAsync(office, list))).Message, StringComparison.Ordinal);
    }

    private static Task<PastEdition> ReadAsync(Office office, string csv, FiscalYear? year = null) =>
        PastEdition.ReadAsync(office.Db, Encoding.UTF8.GetBytes(csv), "list.csv", "ps", year ?? Past, reading: null);

    private static async Task<Revision> SaveAsync(Office office, PastEdition list, bool leaveOut = false)
    {
        await using var db = office.OpenAnother();
        return await list.SaveAsync(db, office.Shelf, Releases.WriteFiles, leaveOut, office.Coordinator, office.Now);
    }
}
