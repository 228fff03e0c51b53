using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Rounds;

public static class RoundQueries
{
    extension(AppDb db)
    {
        public DbSet<Round> Rounds => db.Set<Round>();

        public DbSet<Inquiry> Inquiries => db.Set<Inquiry>();
    }

    /// <summary>The inquiry with all that its verbs look at.</summary>
    public static IQueryable<Inquiry> WithRound(this IQueryable<Inquiry> inquiries) => inquiries
        .Include(i => i.Unit)
        .Include(i => i.Round).ThenInclude(r => r.Questionnaire)
        .Include(i => i.Round).ThenInclude(r => r.Programme).ThenInclude(p => p.Forms);

    public static IQueryable<Round> WithInquiries(this IQueryable<Round> rounds) => rounds
        .Include(r => r.Questionnaire)
        .Include(r => r.Programme).ThenInclude(p => p.Forms)
        .Include(r => r.Inquiries).ThenInclude(i => i.Unit)
        .AsSplitQuery();

    /// <summary>The inquiries that the person may see at all; another unit's is as if it did not exist.</summary>
    public static IQueryable<Inquiry> SeenBy(this IQueryable<Inquiry> inquiries, Actor by)
    {
        if (by.SeesAllUnits)
            return inquiries;
        var units = by.UnitIds.ToList();
        return inquiries.Where(i => units.Contains(i.UnitId) && i.Status != InquiryStatus.Prepared);
    }

    /// <summary>The unit's inquiry in the newest round of the programme and year; null where it was not asked.</summary>
    public static Task<Inquiry?> FindInquiryAsync(this AppDb db, string programme, FiscalYear year, string unitCode, CancellationToken stop = default) =>
        db.Inquiries.WithRound()
            .Where(i => i.Round.ProgrammeKey == programme && i.Round.Year == year && i.Unit.Code == unitCode && i.Round.Status != RoundStatus.Draft)
            .OrderByDescending(i => i.RoundId)
            .FirstOrDefaultAsync(stop);

    public static async Task<Inquiry> InquiryAsync(this AppDb db, string programme, FiscalYear year, string unitCode, CancellationToken stop = default) =>
        await db.FindInquiryAsync(programme, year, unitCode, stop)
        ?? throw new Refusal($"{year.Japanese}の「{programme}」の照会は、組織「{unitCode}」に送られていません。");
}
