using Kyodo.Core.Tests.World;
using Kyodo.Storage;
using Kyodo.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Storage;

public sealed class SavingTogetherTests
{
    [Fact]
    public async Task Many_who_save_at_once_lose_nothing()
    {
        const int Savers = 60;
        await using var office = await Office.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, Savers).Select(async i =>
        {
            await using var db = office.OpenAnother();
            db.Settings.Add(new Setting { Name = $"saver-{i}", Value = "x" });
            await db.SaveTogetherAsync();
        }));
        await using var later = office.OpenAnother();
        Assert.Equal(Savers, await later.Settings.CountAsync(s => s.Name.StartsWith("saver-")));
    }

    [Fact]
    public async Task Who_saves_while_the_disk_is_busy_shares_the_next_flush_with_the_others()
    {
        using var busy = new SemaphoreSlim(0);
        var flush = new LogFlush(busy.Wait);
        var first = flush.WaitAsync();
        Assert.True(SpinWait.SpinUntil(() => flush.Count == 1, TimeSpan.FromSeconds(30)));
        var others = Enumerable.Range(0, 59).Select(_ => flush.WaitAsync()).ToList();
        Assert.DoesNotContain(others, o => o.IsCompleted);
        busy.Release();
        await first;
        Assert.DoesNotContain(others, o => o.IsCompleted);
        busy.Release();
        await Task.WhenAll(others);
        Assert.Equal(2, flush.Count);
    }

    [Fact]
    public async Task What_is_told_has_been_flushed_and_the_connection_waits_for_the_disk_again()
    {
        await using var office = await Office.OpenAsync();
        var flush = LogFlush.Of(office.Database.SqliteFile);
        var before = flush.Count;
        await using var db = office.OpenAnother();
        db.Settings.Add(new Setting { Name = "saver", Value = "x" });
        await db.SaveTogetherAsync();
        Assert.Equal(before + 1, flush.Count);
        await db.Database.OpenConnectionAsync();
        Assert.Equal(2, await db.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync());
    }

    [Fact]
    public async Task One_whose_saving_fails_leaves_the_gate_open_and_the_connection_as_it_was()
    {
        await using var office = await Office.OpenAsync();
        await using var db = office.OpenAnother();
        db.Settings.Add(new Setting { Name = Setting.HomeGovernment, Value = "x" });
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveTogetherAsync());
        Assert.IsType<SqliteException>((await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveTogetherAsync())).InnerException);
        await using var other = office.OpenAnother();
        other.Settings.Add(new Setting { Name = "other", Value = "x" });
        await other.SaveTogetherAsync();
        await other.Database.OpenConnectionAsync();
        Assert.Equal(2, await other.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync());
    }
}
