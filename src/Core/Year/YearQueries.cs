using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Programmes;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Year;

public static class YearQueries
{
    /// <summary>For each programme its newest year, and the earlier ones that are still going on: not published, or with answers to accept.</summary>
    public static async Task<IReadOnlyList<YearLine>> YearLinesAsync(this AppDb db, DateOnly today, CancellationToken stop = default)
    {
        var programmes = await db.Programmes.AsNoTracking().OrderBy(p => p.Order).Select(p => new { p.Key, p.NameJa }).ToListAsync(stop);
        var rounds = await db.Rounds.AsNoTracking().OrderBy(r => r.Id).Select(r => new { r.Id, r.ProgrammeKey, r.Year, r.Status, r.Due }).ToListAsync(stop);
        var revisions = await db.Revisions.AsNoTracking().Where(r => r.IsLatest).Select(r => new { r.ProgrammeKey, r.Year, r.No, r.ReleasedAt }).ToListAsync(stop);
        var inquiries = await db.Inquiries.AsNoTracking().Where(i => i.Status != InquiryStatus.Prepared)
            .Select(i => new { i.RoundId, i.UnitId, i.Status, Due = i.ExtendedTo ?? i.OwnDue ?? i.Round.Due }).ToListAsync(stop);
        var cases = await db.Cases.Where(c => c.RemovedAt == null).GroupBy(c => new { c.ProgrammeKey, c.Year }).Select(g => new { g.Key.ProgrammeKey, g.Key.Year, Count = g.Count() }).ToListAsync(stop);
        var lines = new List<YearLine>();
        foreach (var programme in programmes)
        {
            var years = rounds.Where(r => r.ProgrammeKey == programme.Key).GroupBy(r => r.Year).OrderByDescending(g => g.Key.Year).ToList();
            if (years.Count == 0)
                lines.Add(new YearLine(new YearFigures { ProgrammeKey = programme.Key, ProgrammeName = programme.NameJa }, today));
            var toAccept = inquiries.Where(i => i.Status is InquiryStatus.Answered).Select(i => i.RoundId).ToHashSet();
            foreach (var year in years.Where((g, i) => i == 0 || !revisions.Exists(r => r.ProgrammeKey == programme.Key && r.Year == g.Key) || g.Any(r => toAccept.Contains(r.Id))))
            {
                var newest = year.Last();
                var sent = year.Where(r => r.Status is not RoundStatus.Draft).ToDictionary(r => r.Id);
                // With two phases a unit has two inquiries: the later one is its reply.
                var replies = inquiries.Where(i => sent.ContainsKey(i.RoundId)).GroupBy(i => i.UnitId).Select(g => g.MaxBy(i => i.RoundId)!).Where(i => !InquiryStates.IsGone(i.Status)).ToList();
                var revision = revisions.Find(r => r.ProgrammeKey == programme.Key && r.Year == year.Key);
                lines.Add(new YearLine(new YearFigures
                {
                    ProgrammeKey = programme.Key,
                    ProgrammeName = programme.NameJa,
                    Year = year.Key,
                    RoundId = newest.Id,
                    Status = newest.Status,
                    Due = newest.Due,
                    Inquiries = replies.GroupBy(i => i.Status).ToDictionary(g => g.Key, g => g.Count()),
                    Late = replies.Count(i => i.Due < today && InquiryStates.IsAwaited(i.Status)),
                    Cases = cases.Find(c => c.ProgrammeKey == programme.Key && c.Year == year.Key)?.Count ?? 0,
                    Revision = revision?.No ?? 0,
                    ReleasedAt = revision?.ReleasedAt,
                }, today));
            }
        }
        return lines;
    }
}
