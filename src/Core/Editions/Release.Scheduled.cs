using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Editions;

public static partial class Release
{
    /// <summary>
    /// Plans the next release, or moves it to another time. What stands in the compilation's way may be put right until then; what is wrong with
    /// the wish itself is refused at once.
    /// </summary>
    public static async Task<ScheduledRelease> ScheduleAsync(this AppDb db, CompilationTable table, ReleaseWish wish, bool withPdf, DateTimeOffset at, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.BeginAloneAsync(stop);
        var newest = await NewestAsync(db, table, stop);
        Refusal.If(WhyNotWish(newest?.No ?? 0, wish, by));
        var planned = ScheduledRelease.Plan(table.Programme.Key, table.Year, wish, withPdf, at, by, now);
        foreach (var before in await db.ScheduledReleases.Where(s => s.ProgrammeKey == table.Programme.Key && s.Year == table.Year && s.Status == ScheduleStatus.Waiting).ToListAsync(stop))
            before.Cancel(by, now);
        db.ScheduledReleases.Add(planned);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return planned;
    }

    /// <summary>The plan of an edition that waits for its time; null where there is none.</summary>
    public static Task<ScheduledRelease?> ScheduledAsync(this AppDb db, string programme, FiscalYear year, CancellationToken stop = default) =>
        db.ScheduledReleases.FirstOrDefaultAsync(s => s.ProgrammeKey == programme && s.Year == year && s.Status == ScheduleStatus.Waiting, stop);

    public static Task<List<long>> DueToReleaseAsync(this AppDb db, DateTimeOffset now, CancellationToken stop = default) =>
        db.ScheduledReleases.Where(s => s.Status == ScheduleStatus.Waiting && s.At <= now).OrderBy(s => s.At).Select(s => s.Id).ToListAsync(stop);

    /// <summary>
    /// Releases what was planned, in the name of the one who planned it; where it cannot be, says why to the partnership division. Null when it
    /// was not released, or was done already.
    /// </summary>
    public static async Task<Revision?> ReleaseScheduledAsync(this AppDb db, long id, EditionShelf shelf, Func<RevisionDraft, string, bool, Task> writeFiles, DateTimeOffset now, CancellationToken stop = default)
    {
        var planned = await db.ScheduledReleases.FirstOrDefaultAsync(s => s.Id == id, stop);
        if (planned?.IsDue(now) is not true)
            return null;
        var today = now.DayInJapan();
        var coordinators = await db.CoordinatorAddressesAsync(today, stop);
        var by = planned.ById is { } person ? await db.ActorAsync(person, today, stop) ?? Actor.Program : new Actor(null, planned.ByName, [new Duty(Role.Coordinator, 0)]);
        Revision revision;
        try
        {
            var table = await db.CompileAsync(planned.ProgrammeKey, planned.Year, stop: stop);
            revision = await db.ReleaseAsync(table, shelf, new ReleaseWish(planned.Erratum, planned.Remark, planned.TellsStaff), (draft, folder) => writeFiles(draft, folder, planned.WithPdf), by, now, stop);
        }
        catch (Exception problem) when (problem is Refusal or IOException)
        {
            db.ChangeTracker.Clear();
            var name = await db.Programmes.Where(p => p.Key == planned.ProgrammeKey).Select(p => p.NameJa).FirstOrDefaultAsync(stop) ?? planned.ProgrammeKey;
            var refused = await db.ScheduledReleases.FirstAsync(s => s.Id == id, stop);
            refused.Refuse(problem is Refusal ? problem.Message : $"ファイルを書けませんでした（{problem.Message}）。", name, coordinators, now);
            await db.SaveChangesAsync(stop);
            return null;
        }
        planned.Done(revision, coordinators, now);
        await db.SaveChangesAsync(stop);
        return revision;
    }
}
