using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Evaluation;
using Kyodo.Programmes;
using Kyodo.Rounds;
using Kyodo.Selection;
using Kyodo.Storage;
using Kyodo.Training;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Year;

public static class YearQueries
{
    /// <summary>
    /// For each programme its newest year, and the earlier ones that are still going on: not published, with answers to accept, or with an
    /// evaluation or a selection that was begun and is not through.
    /// </summary>
    public static async Task<IReadOnlyList<YearLine>> YearLinesAsync(this AppDb db, DateOnly today, CancellationToken stop = default) =>
        [.. (await AllYearLinesAsync(db, today, stop)).GroupBy(line => line.Figures.ProgrammeKey, StringComparer.Ordinal).SelectMany(lines => lines.Where((line, i) => i == 0 || line.GoesOn))];

    /// <summary>One programme and year; null where nothing was ever asked.</summary>
    public static async Task<YearLine?> YearLineAsync(this AppDb db, string programme, FiscalYear year, DateOnly today, CancellationToken stop = default) =>
        (await AllYearLinesAsync(db, today, stop)).FirstOrDefault(line => line.Figures.ProgrammeKey == programme && line.Figures.Year == year);

    /// <summary>Every programme and year that was ever asked, the newest of each programme first.</summary>
    public static async Task<IReadOnlyList<YearLine>> AllYearLinesAsync(this AppDb db, DateOnly today, CancellationToken stop = default)
    {
        var programmes = await db.Programmes.AsNoTracking().OrderBy(p => p.Order).Select(p => new { p.Key, p.NameJa }).ToListAsync(stop);
        var rounds = await db.Rounds.AsNoTracking().OrderBy(r => r.Id).Select(r => new { r.Id, r.ProgrammeKey, r.Year, r.Status, r.Due }).ToListAsync(stop);
        var revisions = await db.Revisions.AsNoTracking().OrderByDescending(r => r.No).Select(r => new { r.ProgrammeKey, r.Year, r.No, r.ReleasedAt }).ToListAsync(stop);
        var evaluations = await db.Evaluations.AsNoTracking().GroupBy(e => new { e.Call.ProgrammeKey, e.Call.Year, e.Status }).Select(g => new { g.Key.ProgrammeKey, g.Key.Year, g.Key.Status, Count = g.Count() }).ToListAsync(stop);
        var nominations = db.Nominations;
        var selections = await db.Selections.AsNoTracking().Select(s => new { s.ProgrammeKey, s.Year, s.Status, Best = nominations.Count(n => n.SelectionId == s.Id && n.Status == NominationStatus.Best) }).ToListAsync(stop);
        var training = new Dictionary<FiscalYear, (int, int, int)>();
        var inquiries = await db.Inquiries.AsNoTracking().Where(i => i.Status != InquiryStatus.Prepared)
            .Select(i => new { i.RoundId, i.UnitId, i.Status, Due = i.ExtendedTo ?? i.OwnDue ?? i.Round.Due }).ToListAsync(stop);
        var cases = await db.Cases.Where(c => c.RemovedAt == null).GroupBy(c => new { c.ProgrammeKey, c.Year }).Select(g => new { g.Key.ProgrammeKey, g.Key.Year, Count = g.Count() }).ToListAsync(stop);
        var lines = new List<YearLine>();
        foreach (var programme in programmes)
        {
            var years = rounds.Where(r => r.ProgrammeKey == programme.Key).GroupBy(r => r.Year).OrderByDescending(g => g.Key.Year).ToList();
            if (years.Count == 0)
                lines.Add(new YearLine(new YearFigures { ProgrammeKey = programme.Key, ProgrammeName = programme.NameJa }, today));
            foreach (var year in years)
            {
                if (!training.TryGetValue(year.Key, out var trained))
                    training[year.Key] = trained = await TrainingOfAsync(db, year.Key, today, stop);
                var asked = evaluations.FindAll(e => e.ProgrammeKey == programme.Key && e.Year == year.Key);
                var selection = selections.Find(s => s.ProgrammeKey == programme.Key && s.Year == year.Key);
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
                    FirstReleasedAt = revisions.FindLast(r => r.ProgrammeKey == programme.Key && r.Year == year.Key)?.ReleasedAt,
                    Evaluations = (asked.Sum(e => e.Count), asked.Where(e => e.Status is not EvaluationStatus.Answering).Sum(e => e.Count), asked.Where(e => e.Status is EvaluationStatus.Reflected).Sum(e => e.Count)),
                    Selection = selection?.Status,
                    Best = selection?.Best ?? 0,
                    Training = trained,
                }, today));
            }
        }
        return lines;
    }

    private static async Task<(int Held, int Reached, int Workplaces)> TrainingOfAsync(AppDb db, FiscalYear year, DateOnly today, CancellationToken stop)
    {
        var (from, until) = (JapanTime.At(year.First, 0), JapanTime.At(year.Last.AddDays(1), 0));
        var held = await db.TrainingSessions.CountAsync(s => s.Status == SessionStatus.Held && s.StartsAt >= from && s.StartsAt < until, stop);
        var coverage = await db.TrainingCoverageAsync(year, today, stop);
        return (held, coverage.Count(w => w.IsReached), coverage.Count);
    }
}
