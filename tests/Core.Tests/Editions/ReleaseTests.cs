using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Editions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Editions;

/// <summary>A release is whole or has not been: whoever else releases at the same moment, and wherever it is interrupted.</summary>
public sealed class ReleaseTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task Of_two_coordinators_releasing_at_once_one_releases_and_the_other_is_told(Engine engine)
    {
        await using var office = await ReadyAsync(engine);
        var bothDrawing = new Barrier(2);
        async Task<string> ReleaseAsync()
        {
            await using var db = office.OpenAnother();
            try
            {
                var revision = await ReleaseInAsync(office, db, () => bothDrawing.SignalAndWait(TimeSpan.FromSeconds(30)));
                return $"r{revision.No}";
            }
            catch (Refusal refused)
            {
                return refused.Message;
            }
        }
        var told = await Task.WhenAll(Task.Run(ReleaseAsync), Task.Run(ReleaseAsync));

        Assert.Single(told, "r1");
        Assert.Single(told, words => words.StartsWith("ほかの人が先に次の版を公表しました", StringComparison.Ordinal));
        Assert.Equal([1], await office.Db.Revisions.Select(r => r.No).ToListAsync());
        Assert.Empty(Unfinished(office));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_release_whose_files_cannot_be_written_has_published_nothing(Engine engine)
    {
        await using var office = await ReadyAsync(engine);
        await using (var db = office.OpenAnother())
            await Assert.ThrowsAsync<IOException>(() => ReleaseInAsync(office, db, () => throw new IOException("No space left on device")));

        Assert.Empty(await office.Db.Revisions.ToListAsync());
        Assert.Empty(await office.Db.PublishedCases.ToListAsync());
        Assert.Null(Shelf(office).PublicFile("ps", Office.Year, 1, "note.txt"));
        Assert.Empty(Unfinished(office));
        await using var later = office.OpenAnother();
        Assert.Equal(1, (await ReleaseInAsync(office, later)).No);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task What_a_release_left_on_the_shelf_before_it_was_recorded_gives_way_to_the_next(Engine engine)
    {
        await using var office = await ReadyAsync(engine);
        var left = Path.Combine(Shelf(office).FolderOf("ps", Office.Year, 1), "public");
        Directory.CreateDirectory(left);
        await File.WriteAllTextAsync(Path.Combine(left, "left.txt"), "from before the power was cut", TestContext.Current.CancellationToken);

        await using var db = office.OpenAnother();
        await ReleaseInAsync(office, db);
        Assert.Null(Shelf(office).PublicFile("ps", Office.Year, 1, "left.txt"));
        Assert.NotNull(Shelf(office).PublicFile("ps", Office.Year, 1, "note.txt"));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_second_revision_says_why_and_leaves_the_first_as_it_was(Engine engine)
    {
        await using var office = await ReadyAsync(engine);
        await using (var db = office.OpenAnother())
            await ReleaseInAsync(office, db);
        await using (var db = office.OpenAnother())
            Assert.Contains("訂正", (await Assert.ThrowsAsync<Refusal>(() => ReleaseInAsync(office, db))).Message, StringComparison.Ordinal);
        await using (var db = office.OpenAnother())
            await ReleaseInAsync(office, db, erratum: "概要の数を改めました。");

        var kept = await office.Db.Revisions.OrderBy(r => r.No).Select(r => new { r.No, r.IsLatest, r.Erratum }).ToListAsync();
        Assert.Equal([(1, false, null), (2, true, "概要の数を改めました。")], kept.Select(r => (r.No, r.IsLatest, r.Erratum)));
        Assert.NotNull(Shelf(office).PublicFile("ps", Office.Year, 1, "note.txt"));
    }

    private static EditionShelf Shelf(Office office) => new(office.Database.DataFolder);

    private static string[] Unfinished(Office office) => Directory.GetDirectories(office.Database.DataFolder, "*.unfinished-*", SearchOption.AllDirectories);

    private static async Task<Revision> ReleaseInAsync(Office office, AppDb db, Action? whileDrawing = null, string? erratum = null) =>
        await db.ReleaseAsync(await db.CompileAsync("ps", Office.Year), Shelf(office), new ReleaseWish(erratum), async (_, folder) =>
        {
            whileDrawing?.Invoke();
            await File.WriteAllTextAsync(Path.Combine(folder, "public", "note.txt"), "見本");
        }, office.Coordinator, office.Now);

    /// <summary>土木部's one case is accepted and 環境生活部 has nothing to report: it could be released.</summary>
    private static async Task<Office> ReadyAsync(Engine engine)
    {
        var office = await Office.OpenAsync(engine);
        var inquiry = await office.InquiryAsync();
        var one = await office.WriteCaseAsync(inquiry);
        office.Submit(inquiry, [one]).Approve(office.Approver, office.Now);
        inquiry.Accept(office.Coordinator, office.Now);
        office.Bring(await office.InquiryAsync("kankyo"), InquiryStatus.Accepted);
        await office.Db.SaveChangesAsync();
        return office;
    }
}
