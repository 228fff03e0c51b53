using Kyodo.Common;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Cases;

public static class CaseQueries
{
    extension(AppDb db)
    {
        public DbSet<Case> Cases => db.Set<Case>();

        public DbSet<Project> Projects => db.Set<Project>();
    }

    /// <summary>The cases that a unit's reply to the inquiry holds.</summary>
    public static IQueryable<Case> InReplyTo(this IQueryable<Case> cases, Inquiry inquiry) =>
        cases.Where(c => c.ProgrammeKey == inquiry.Round.ProgrammeKey && c.Year == inquiry.Round.Year && c.UnitId == inquiry.UnitId && c.RemovedAt == null);

    /// <summary>The cases of a programme and year that are in somebody's reply.</summary>
    public static IQueryable<Case> Of(this IQueryable<Case> cases, string programme, FiscalYear year) =>
        cases.Where(c => c.ProgrammeKey == programme && c.Year == year && c.RemovedAt == null);
}
