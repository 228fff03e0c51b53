using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Federation;

public static class FederationQueries
{
    extension(AppDb db)
    {
        public DbSet<FederatedGovernment> FederatedGovernments => db.Set<FederatedGovernment>();

        public DbSet<FederatedEdition> FederatedEditions => db.Set<FederatedEdition>();

        public DbSet<FederatedCase> FederatedCases => db.Set<FederatedCase>();

        /// <summary>The cases of other governments that readers see.</summary>
        public IQueryable<FederatedCase> FederatedCasesShown => db.Set<FederatedCase>().AsNoTracking().Where(c => !c.Edition.Government.IsEnded);
    }

    /// <summary>Another government's edition with its government; null where none is shown.</summary>
    public static Task<FederatedEdition?> FederatedEditionAsync(this AppDb db, string code, string programme, FiscalYear year, CancellationToken stop = default) =>
        db.FederatedEditions.AsNoTracking().Include(e => e.Government).FirstOrDefaultAsync(e => e.Government.Code == code && !e.Government.IsEnded && e.ProgrammeKey == programme && e.Year == year, stop);

    public static Task<FederatedGovernment?> FederatedGovernmentAsync(this AppDb db, string code, CancellationToken stop = default) =>
        db.FederatedGovernments.FirstOrDefaultAsync(g => g.Code == code, stop);
}
