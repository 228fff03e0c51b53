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

        /// <summary>The cases that readers see: those of the newest revision of each edition.</summary>
        public IQueryable<PublishedCase> LatestCases => db.Set<PublishedCase>().AsNoTracking().Where(c => c.Revision.IsLatest);
    }

    /// <summary>A revision of an edition, the newest when no number is given.</summary>
    public static Task<Revision?> RevisionAsync(this AppDb db, string programme, FiscalYear year, int? no = null, CancellationToken stop = default) =>
        db.Revisions.AsNoTracking().FirstOrDefaultAsync(r => r.ProgrammeKey == programme && r.Year == year && (no == null ? r.IsLatest : r.No == no), stop);

    public static Task<List<PublishedCase>> CasesAsync(this AppDb db, Revision revision, CancellationToken stop = default) =>
        db.PublishedCases.AsNoTracking().Where(c => c.RevisionId == revision.Id).OrderBy(c => c.Order).ToListAsync(stop);

    /// <summary>The number that each release raises: pages drawn under another are drawn anew.</summary>
    public static async Task<string> PublicationStampAsync(this AppDb db, CancellationToken stop = default) =>
        await db.Settings.Where(s => s.Name == Setting.PublicationStamp).Select(s => s.Value).FirstOrDefaultAsync(stop) ?? "0";
}
