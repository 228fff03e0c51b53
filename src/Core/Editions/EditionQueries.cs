using System.Globalization;
using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Editions;

public static class EditionQueries
{
    extension(AppDb db)
    {
        public DbSet<Revision> Revisions => db.Set<Revision>();

        public DbSet<PublishedCase> PublishedCases => db.Set<PublishedCase>();

        public DbSet<StaffAnswers> StaffAnswers => db.Set<StaffAnswers>();

        public DbSet<Withdrawal> Withdrawals => db.Set<Withdrawal>();

        public DbSet<Redaction> Redactions => db.Set<Redaction>();

        public DbSet<ScheduledRelease> ScheduledReleases => db.Set<ScheduledRelease>();

        /// <summary>The cases that readers see: those of the newest revision of each edition that were not withdrawn.</summary>
        public IQueryable<PublishedCase> LatestCases =>
            db.Set<PublishedCase>().AsNoTracking().Where(c => c.Revision.IsLatest && !db.Set<Withdrawal>().Any(w => w.CaseId == c.CaseId && w.EndedAt == null));
    }

    /// <summary>A revision of an edition, the newest when no number is given.</summary>
    public static Task<Revision?> RevisionAsync(this AppDb db, string programme, FiscalYear year, int? no = null, CancellationToken stop = default) =>
        db.Revisions.AsNoTracking().FirstOrDefaultAsync(r => r.ProgrammeKey == programme && r.Year == year && (no == null ? r.IsLatest : r.No == no), stop);

    /// <summary>The cases of a revision in their order, but for those that were withdrawn since.</summary>
    public static Task<List<PublishedCase>> CasesAsync(this AppDb db, Revision revision, CancellationToken stop = default) =>
        db.PublishedCases.AsNoTracking().Where(c => c.RevisionId == revision.Id && !db.Set<Withdrawal>().Any(w => w.CaseId == c.CaseId && w.EndedAt == null)).OrderBy(c => c.Order).ToListAsync(stop);

    /// <summary>The number that each release raises: pages drawn under another are drawn anew.</summary>
    public static async Task<string> PublicationStampAsync(this AppDb db, CancellationToken stop = default) =>
        await db.Settings.Where(s => s.Name == Setting.PublicationStamp).Select(s => s.Value).FirstOrDefaultAsync(stop) ?? "0";

    /// <summary>To be saved with whatever changes what readers see.</summary>
    internal static async Task RaisePublicationStampAsync(this AppDb db, CancellationToken stop)
    {
        var stamp = await db.Settings.FirstOrDefaultAsync(s => s.Name == Setting.PublicationStamp, stop);
        if (stamp is null)
            db.Settings.Add(stamp = new Setting { Name = Setting.PublicationStamp, Value = "0" });
        stamp.Value = (int.Parse(stamp.Value, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
    }
}
