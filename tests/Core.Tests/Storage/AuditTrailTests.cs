using Kyodo.Compilation;
using Kyodo.Core.Tests.World;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Storage;

public sealed class AuditTrailTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task Verbs_are_written_with_who_when_and_why_and_the_chain_holds(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var inquiry = await office.InquiryAsync();
        inquiry.SayNil("該当する予算事業がありません。", office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();

        var last = await office.Db.AuditTrail.OrderByDescending(e => e.Id).FirstAsync();
        Assert.Equal(($"inquiry/{inquiry.Id}", "nil-return", "道路 一子", "該当する予算事業がありません。"), (last.Subject, last.Verb, last.PersonName, last.Reason));
        Assert.Equal((office.Respondent.PersonId, office.Now), (last.PersonId, last.At));
        Assert.Null(await AuditEntry.FirstBreakAsync(office.OpenAnother()));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Nobody_updates_or_deletes_an_entry(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        foreach (var sql in new[] { "UPDATE audit_trail SET reason = 'x' WHERE id = 1", "DELETE FROM audit_trail WHERE id = 1", "DELETE FROM audit_trail" })
        {
            var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => office.Db.Database.ExecuteSqlRawAsync(sql));
            Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        }
        Assert.Null(await AuditEntry.FirstBreakAsync(office.Db));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_changed_entry_shows_even_where_the_trigger_was_taken_away(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await TakeAwayTriggersAsync(office.Db, engine);
        await office.Db.Database.ExecuteSqlRawAsync("UPDATE audit_trail SET person_name = 'somebody else' WHERE id = 3");
        Assert.Equal("監査証跡の 3 番が書き換えられています。", await AuditEntry.FirstBreakAsync(office.Db));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_missing_entry_shows(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await TakeAwayTriggersAsync(office.Db, engine);
        await office.Db.Database.ExecuteSqlRawAsync("DELETE FROM audit_trail WHERE id = 2");
        Assert.Equal("監査証跡の 2 番が欠けています。", await AuditEntry.FirstBreakAsync(office.Db));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Entries_exchanged_show(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await TakeAwayTriggersAsync(office.Db, engine);
        await office.Db.Database.ExecuteSqlRawAsync("UPDATE audit_trail SET id = 1000 WHERE id = 2; UPDATE audit_trail SET id = 2 WHERE id = 3; UPDATE audit_trail SET id = 3 WHERE id = 1000;");
        Assert.Equal("監査証跡の 2 番が書き換えられています。", await AuditEntry.FirstBreakAsync(office.Db));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Twenty_writers_at_once_keep_the_chain_whole(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var before = await office.Db.AuditTrail.CountAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 20), new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (number, stop) =>
        {
            await using var db = office.OpenAnother();
            db.Add(new WarningNote("ps", Office.Year, $"long-title/{number}", "この題名で親しまれています。", office.Coordinator, office.Now));
            await db.SaveChangesAsync(stop);
        });
        Assert.Equal(before + 20, await office.Db.AuditTrail.CountAsync());
        Assert.Null(await AuditEntry.FirstBreakAsync(office.Db));
    }

    private static Task<int> TakeAwayTriggersAsync(AppDb db, Engine engine) => db.Database.ExecuteSqlRawAsync(engine is Engine.Postgres
        ? "DROP TRIGGER audit_trail_append_only ON audit_trail"
        : "DROP TRIGGER audit_trail_no_update; DROP TRIGGER audit_trail_no_delete;");
}
