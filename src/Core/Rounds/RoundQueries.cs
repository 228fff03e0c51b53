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

        public DbSet<RoundQuestion> RoundQuestions => db.Set<RoundQuestion>();

        public DbSet<RoundAttachment> RoundAttachments => db.Set<RoundAttachment>();
    }

    /// <summary>The inquiry with all that its verbs look at.</summary>
    public static IQueryable<Inquiry> WithRound(this IQueryable<Inquiry> inquiries) => inquiries
        .Include(i => i.Unit)
        .Include(i => i.Round).ThenInclude(r => r.Questionnaire)
        .Include(i => i.Round).ThenInclude(r => r.Programme).ThenInclude(p => p.Forms)
        .Include(i => i.Parent).ThenInclude(upper => upper!.Unit)
        .Include(i => i.Checker).ThenInclude(upper => upper!.Unit)
        .Include(i => i.Checker).ThenInclude(upper => upper!.Parent).ThenInclude(upper => upper!.Unit)
        .Include(i => i.PassedFrom).ThenInclude(other => other!.Unit)
        .Include(i => i.Relayed).ThenInclude(below => below.Unit)
        // Joined, each form and each unit below would repeat the letter and all questions.
        .AsSplitQuery();

    /// <summary>The same with all inquiries of its round: what relaying and passing on look at.</summary>
    public static IQueryable<Inquiry> WithWholeRound(this IQueryable<Inquiry> inquiries) => inquiries
        .WithRound()
        .Include(i => i.Round).ThenInclude(r => r.Inquiries).ThenInclude(i => i.Unit);

    public static IQueryable<Round> WithInquiries(this IQueryable<Round> rounds) => rounds
        .Include(r => r.Questionnaire)
        .Include(r => r.Programme).ThenInclude(p => p.Forms)
        .Include(r => r.Inquiries).ThenInclude(i => i.Unit)
        .AsSplitQuery();

    /// <summary>The inquiries that the person may see at all: their units', and those that came down through them. Another one is as if it did not exist.</summary>
    public static IQueryable<Inquiry> SeenBy(this IQueryable<Inquiry> inquiries, Actor by)
    {
        if (by.SeesAllUnits)
            return inquiries;
        var units = by.UnitIds.ToList();
        return inquiries.Where(i => i.Status != InquiryStatus.Prepared && (units.Contains(i.UnitId) || i.UpperUnitIds!.Any(upper => units.Contains(upper))));
    }

    /// <summary>The rounds that the person's units have been asked in, or for those who oversee, all.</summary>
    public static IQueryable<Round> SeenBy(this IQueryable<Round> rounds, Actor by)
    {
        if (by.SeesAllUnits)
            return rounds;
        var units = by.UnitIds.ToList();
        return rounds.Where(r => r.Inquiries.Any(i => units.Contains(i.UnitId) && i.Status != InquiryStatus.Prepared));
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
