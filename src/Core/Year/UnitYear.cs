using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Organizations;
using Kyodo.Readers;
using Kyodo.Rounds;
using Kyodo.Selection;
using Kyodo.Storage;
using Kyodo.Training;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Year;

/// <summary>One inquiry of a unit's year.</summary>
public sealed record UnitInquiry(long Id, string Title, string Programme, InquiryStatus Status, bool IsNil, DateOnly Due, DateTimeOffset? AnsweredAt, bool IsOpen)
{
    public bool IsLate(DateOnly today) => AnsweredAt is { } at ? at.DayInJapan() > Due : InquiryStates.IsAwaited(Status) && today > Due;
}

/// <summary>A case of the unit's year: what became of it after it was written.</summary>
public sealed record UnitCase(string Id, string Title, string ProgrammeKey, string Programme, string Declared, EvaluationStatus? Evaluation, NominationStatus? Nomination);

/// <summary>A unit's year from the inquiry to the training, beside the year before.</summary>
public sealed record UnitYear(OrgUnit Unit, FiscalYear Year, IReadOnlyList<UnitInquiry> Inquiries, IReadOnlyList<UnitCase> Cases, int CasesBefore, int VoicesOpen, int QuestionsOpen, int Trained, int People)
{
    /// <summary>The one thing to do next, and where; null where nothing waits for the unit.</summary>
    public (string Words, string Path)? Next(DateOnly today) =>
        Inquiries.FirstOrDefault(i => i.IsOpen && InquiryStates.IsEditable(i.Status)) is { } open ? ($"「{open.Title}」に回答してください（期限 {PartialDate.Of(open.Due).Japanese}{(open.IsLate(today) ? "、過ぎています" : "")}）。", $"/staff/cases/{open.Id}")
        : Cases.Any(c => c.Evaluation is EvaluationStatus.Answering) ? ("協働評価に答えてください。", "/staff/evaluation")
        : Cases.Any(c => c.Evaluation is EvaluationStatus.Opened) ? ("双方の評価が開きました。相手方と話し合い、記録してください。", "/staff/evaluation")
        : VoicesOpen + QuestionsOpen > 0 ? ($"読者の声と質問が{VoicesOpen + QuestionsOpen}件、返事を待っています。", "/staff/voices")
        : Trained == 0 && People > 0 ? ("この年度は、まだだれも研修に出ていません。", "/staff/training")
        : null;
}

public static class UnitYearQueries
{
    /// <summary>May somebody look at a unit's year: its own people, those of the units above it, and those who see all units.</summary>
    public static async Task<OrgUnit?> UnitSeenAsync(this AppDb db, string code, Actor by, CancellationToken stop = default)
    {
        var unit = await db.OrgUnits.AsNoTracking().FirstOrDefaultAsync(u => u.Code == code, stop);
        var mine = by.UnitIds.ToHashSet();
        for (var at = unit; at is not null && !by.SeesAllUnits && !mine.Contains(at.Id); at = await db.OrgUnits.AsNoTracking().FirstOrDefaultAsync(u => u.Id == at.ParentId, stop))
        {
            if (at.ParentId is null)
                return null;
        }
        return unit;
    }

    public static async Task<UnitYear> UnitYearAsync(this AppDb db, OrgUnit unit, FiscalYear year, DateOnly today, CancellationToken stop = default)
    {
        var id = unit.Id;
        var inquiries = await db.Inquiries.AsNoTracking().Where(i => i.UnitId == id && i.Round.Year == year && i.Status != InquiryStatus.Prepared).OrderBy(i => i.RoundId)
            .Select(i => new UnitInquiry(i.Id, i.Round.Title, i.Round.Programme.NameJa, i.Status, i.NilReason != null, i.ExtendedTo ?? i.OwnDue ?? i.Round.Due, i.AnsweredAt, i.Round.Status == RoundStatus.Open)).ToListAsync(stop);
        var names = await db.Set<Programmes.Programme>().AsNoTracking().ToDictionaryAsync(p => p.Key, p => p.NameJa, stop);
        var cases = await db.Cases.AsNoTracking().Where(c => c.UnitId == id && c.Year == year && c.RemovedAt == null).OrderBy(c => c.ProgrammeKey).ThenBy(c => c.Title).ToListAsync(stop);
        var before = await db.Cases.CountAsync(c => c.UnitId == id && c.Year == year.Previous && c.RemovedAt == null, stop);
        var ids = cases.ConvertAll(c => c.Id);
        var evaluations = (await db.Evaluations.AsNoTracking().Where(e => ids.Contains(e.CaseId)).Select(e => new { e.CaseId, e.Status }).ToListAsync(stop)).GroupBy(e => e.CaseId).ToDictionary(g => g.Key, g => g.Min(e => e.Status), StringComparer.Ordinal);
        var nominations = (await db.Nominations.AsNoTracking().Where(n => ids.Contains(n.CaseId)).Select(n => new { n.CaseId, n.Status }).ToListAsync(stop)).ToLookup(n => n.CaseId, n => n.Status, StringComparer.Ordinal);
        var coverage = (await db.TrainingCoverageAsync(year, today, stop)).FirstOrDefault(w => w.UnitId == id);
        return new UnitYear(unit, year, inquiries,
            [.. cases.Select(c => new UnitCase(c.Id, c.Title, c.ProgrammeKey, names.GetValueOrDefault(c.ProgrammeKey, c.ProgrammeKey), c.Answers.Text("declared"), evaluations.TryGetValue(c.Id, out var evaluation) ? evaluation : null, nominations[c.Id].Select(s => (NominationStatus?)s).FirstOrDefault()))],
            before,
            await db.CaseVoices.CountAsync(v => v.UnitId == id && v.Status != VoiceStatus.Handled, stop),
            await db.CaseQuestions.CountAsync(q => q.UnitId == id && q.Answer == null, stop),
            coverage?.Attended ?? 0, coverage?.People ?? 0);
    }
}
