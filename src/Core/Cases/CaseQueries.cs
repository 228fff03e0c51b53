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

        public DbSet<ProjectLink> ProjectLinks => db.Set<ProjectLink>();
    }

    /// <summary>The cases that a unit's reply to the inquiry holds.</summary>
    public static IQueryable<Case> InReplyTo(this IQueryable<Case> cases, Inquiry inquiry) =>
        cases.Where(c => c.ProgrammeKey == inquiry.Round.ProgrammeKey && c.Year == inquiry.Round.Year && c.UnitId == inquiry.UnitId && c.RemovedAt == null);

    /// <summary>
    /// Why a case cannot have this title: two cases of one reply with the same title are the same project, written twice. <paramref name="one"/>
    /// is the case itself, null for a new one; a title that it has already stays.
    /// </summary>
    public static async Task<string?> WhyNotNameAsync(this AppDb db, Inquiry inquiry, Case? one, string title, CancellationToken stop = default)
    {
        var key = TextForms.Key(title);
        return key.Length > 0 && key != one?.TitleKey && await db.Cases.InReplyTo(inquiry).AnyAsync(c => c.TitleKey == key, stop)
            ? $"「{TextForms.Clean(title)}」という事例は、この回答にもうあります。同じ事業なら、その事例を開いて書き足してください。別の事業なら、事業名で区別してください。"
            : null;
    }

    /// <summary>
    /// Says that somebody takes the cases away as they are now, in a form or in a workbook: these versions are not replaced by further typing.
    /// </summary>
    public static Task HoldVersionsAsync(this AppDb db, IEnumerable<string> caseIds, CancellationToken stop = default)
    {
        var ids = caseIds.ToList();
        return db.Cases.Where(c => ids.Contains(c.Id) && c.HeldVersion < c.Version).ExecuteUpdateAsync(c => c.SetProperty(one => one.HeldVersion, one => one.Version), stop);
    }

    /// <summary>The cases of a programme and year that are in somebody's reply.</summary>
    public static IQueryable<Case> Of(this IQueryable<Case> cases, string programme, FiscalYear year) =>
        cases.Where(c => c.ProgrammeKey == programme && c.Year == year && c.RemovedAt == null);
}
