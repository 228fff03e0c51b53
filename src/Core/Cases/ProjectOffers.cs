using Kyodo.Common;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Cases;

/// <summary>"Is this the same project as last year's …?" (同じ事業ですか): a past case for a case of this year, with the grounds.</summary>
public sealed record ProjectOffer(string CaseId, PastCase Past, string PastUnit, double Score, IReadOnlyList<string> Grounds);

public static class ProjectOffers
{
    // Of other units only the nearest by name are read whole.
    private const int MostOfOthers = 8;
    private const double NameOfOthers = 0.4;
    private const int MostOffers = 2;

    /// <summary>
    /// For a case that begins a project: the past cases that it may really be, best first. The unit's own that nothing was said of, of
    /// either programme; other units' by their name. What was answered with no is not offered again.
    /// </summary>
    public static async Task<IReadOnlyList<ProjectOffer>> OffersForAsync(this AppDb db, Case one, Inquiry inquiry, LastYear lastYear, CancellationToken stop = default)
    {
        if (one.CarriedFromId is not null || one.Title.Length == 0 || await db.Cases.AnyAsync(c => c.ProjectId == one.ProjectId && c.Id != one.Id, stop))
            return [];
        var refused = await db.ProjectLinks.Where(l => l.UndoneAt == null && l.Kind == ProjectLinkKind.Different && l.ToId == one.ProjectId).Select(l => l.FromId).ToListAsync(stop);
        var own = lastYear.Undecided.Concat(lastYear.OfOtherProgrammes.Where(c => c.Decision is CarryDecision.None)).ToList();
        var others = await OthersAsync(db, one, inquiry, lastYear.Year ?? inquiry.Round.Year.Previous, stop);
        var wanted = own.Concat(others).Where(c => !refused.Contains(c.ProjectId)).ToList();
        var ids = wanted.ConvertAll(c => c.Id);
        var read = await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.UnitId, c.AnswersJson }).ToDictionaryAsync(c => c.Id, StringComparer.Ordinal, stop);
        var now = ProjectTraits.Of(one.Answers, one.UnitId);
        var found = wanted.Select(past => (past, likeness: ProjectLikeness.Between(ProjectTraits.Of(Answers.Parse(read[past.Id].AnswersJson), past.UnitId), now)))
            .Where(pair => pair.likeness is not null).OrderByDescending(pair => pair.likeness!.Score).Take(MostOffers).ToList();
        var unitIds = found.Select(pair => pair.past.UnitId).Distinct().ToList();
        var units = await db.Set<Organizations.OrgUnit>().Where(u => unitIds.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, stop);
        return [.. found.Select(pair => new ProjectOffer(one.Id, pair.past, units[pair.past.UnitId], pair.likeness!.Score, pair.likeness.Grounds))];
    }

    private static async Task<IEnumerable<PastCase>> OthersAsync(AppDb db, Case one, Inquiry inquiry, FiscalYear year, CancellationToken stop)
    {
        var (thisYear, cases, links, inquiries) = (inquiry.Round.Year, db.Cases.AsNoTracking(), db.ProjectLinks, db.Inquiries);
        var past = await cases
            .Where(c => c.Year == year && c.RemovedAt == null && c.UnitId != one.UnitId
                && !cases.Any(now => now.ProjectId == c.ProjectId && now.Year == thisYear && now.RemovedAt == null)
                && !links.Any(l => l.FromId == c.ProjectId && l.Year == thisYear && l.UndoneAt == null && (l.Kind == ProjectLinkKind.Merged || l.Kind == ProjectLinkKind.Ended))
                && inquiries.Any(i => i.UnitId == c.UnitId && i.Round.ProgrammeKey == c.ProgrammeKey && i.Round.Year == c.Year && (i.Status == InquiryStatus.Answered || i.Status == InquiryStatus.Accepted)))
            .Select(c => new PastCase(c.Id, c.ProjectId, c.ProgrammeKey, c.Year, c.UnitId, c.Title)).ToListAsync(stop);
        var name = Bigrams.OfKey(TitleWords.Bare(one.Title));
        return past.Select(c => (c, likeness: name.LikenessOfKey(TitleWords.Bare(c.Title)))).Where(p => p.likeness >= NameOfOthers)
            .OrderByDescending(p => p.likeness).Take(MostOfOthers).Select(p => p.c);
    }
}
