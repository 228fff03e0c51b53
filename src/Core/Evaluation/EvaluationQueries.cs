using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Scores;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Evaluation;

public static class EvaluationQueries
{
    // Two taps in one moment meet on one row: each is taken on what the other left.
    private const int Attempts = 8;

    extension(AppDb db)
    {
        public DbSet<EvaluationSheet> EvaluationSheets => db.Set<EvaluationSheet>();

        public DbSet<EvaluationCall> EvaluationCalls => db.Set<EvaluationCall>();

        public DbSet<CaseEvaluation> Evaluations => db.Set<CaseEvaluation>();

        public DbSet<EvaluationSide> EvaluationSides => db.Set<EvaluationSide>();
    }

    public static IQueryable<CaseEvaluation> WithSides(this IQueryable<CaseEvaluation> evaluations) =>
        evaluations.Include(e => e.Call).ThenInclude(c => c.Sheet).Include(e => e.Unit).Include(e => e.Sides).AsSplitQuery();

    /// <summary>The evaluations that somebody may open: their units', their partner's, or all.</summary>
    public static IQueryable<CaseEvaluation> SeenBy(this IQueryable<CaseEvaluation> evaluations, Actor by)
    {
        if (by.SeesAllUnits)
            return evaluations;
        if (by.PartnerId is { } partner)
            return evaluations.Where(e => e.Sides.Any(s => s.PartnerId == partner && s.Status != SideStatus.Merged));
        var units = by.Duties.Where(duty => duty.Role is Role.Respondent or Role.Approver).Select(duty => duty.UnitId).ToList();
        return evaluations.Where(e => units.Contains(e.UnitId));
    }

    /// <summary>The evaluation with all of its sides, if this person or partner may see it.</summary>
    public static Task<CaseEvaluation?> EvaluationAsync(this AppDb db, string id, Actor by, CancellationToken stop = default) =>
        db.Evaluations.WithSides().SeenBy(by).FirstOrDefaultAsync(e => e.Id == id, stop);

    /// <summary>The side with its evaluation, if this person or partner may see the evaluation.</summary>
    public static async Task<EvaluationSide?> EvaluationSideAsync(this AppDb db, string sideId, Actor by, CancellationToken stop = default)
    {
        var evaluation = await db.Evaluations.WithSides().SeenBy(by).FirstOrDefaultAsync(e => e.Sides.Any(s => s.Id == sideId), stop);
        return evaluation?.Sides.Find(side => side.Id == sideId && side.Status is not SideStatus.Merged && (side.Kind is SideKind.Government || by.PartnerId is null || side.PartnerId == by.PartnerId));
    }

    /// <summary>All versions of the sheet, the newest first; where there is none yet, the one that the program brings along, not kept.</summary>
    public static async Task<IReadOnlyList<EvaluationSheet>> SheetsAsync(this AppDb db, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        var sheets = await db.EvaluationSheets.OrderByDescending(s => s.Version).ToListAsync(stop);
        return sheets.Count > 0 ? sheets : [EvaluationSheet.BuiltIn(by, now)];
    }

    /// <summary>Saves what one side typed. Null when the side is not there for this person.</summary>
    public static async Task<EvaluationSide?> AnswerAsync(
        this AppDb db, string sideId, IReadOnlyList<TypedMark> typed, IReadOnlyDictionary<int, FollowUp>? followUps, string? words, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await db.EvaluationSideAsync(sideId, by, stop) is not { } side || !side.IsOf(by))
                return null;
            side.Answer(typed, followUps, words, by, now);
            try
            {
                await db.SaveTogetherAsync(stop);
                return side;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>Sends one side's answers; when they are the last ones, the evaluation opens in the same moment.</summary>
    public static Task<EvaluationSide?> SubmitAsync(this AppDb db, string sideId, Actor by, DateTimeOffset now, CancellationToken stop = default) =>
        AloneAsync(db, sideId, by, now, side => side.Submit(by, now), stop);

    /// <summary>Takes in a partner's paper or workbook, as the staff enter it.</summary>
    public static Task<EvaluationSide?> ReceiveAsync(
        this AppDb db, string sideId, AnswerChannel channel, IReadOnlyList<TypedMark> typed, string? words, Actor by, DateTimeOffset now, CancellationToken stop = default) =>
        AloneAsync(db, sideId, by, now, side => side.Receive(channel, typed, words, by, now), stop);

    /// <summary>Opens what is due: all are in, or the deadline has passed. How many there were.</summary>
    public static async Task<int> OpenDueEvaluationsAsync(this AppDb db, DateTimeOffset now, CancellationToken stop = default)
    {
        var today = now.DayInJapan();
        if (!await db.Evaluations.AnyAsync(e => e.Status == EvaluationStatus.Answering && e.Call.Due < today, stop))
            return 0;
        await using var transaction = await db.BeginAloneAsync(stop);
        var due = await db.Evaluations.WithSides().Where(e => e.Status == EvaluationStatus.Answering && e.Call.Due < today).OrderBy(e => e.Id).Take(500).ToListAsync(stop);
        var addresses = await db.MailAddressesAsync(Role.Respondent, due.Select(e => e.UnitId).Distinct(), today, stop);
        foreach (var evaluation in due)
            evaluation.Open(now, addresses[evaluation.UnitId].Distinct(StringComparer.OrdinalIgnoreCase));
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return due.Count;
    }

    /// <summary>What was agreed at the project's last evaluation, with the year it is from; null where there was none.</summary>
    public static async Task<LastImprovements?> LastImprovementsAsync(this AppDb db, CaseEvaluation evaluation, CancellationToken stop = default)
    {
        var before = await db.Evaluations.AsNoTracking()
            .Where(e => e.ProjectId == evaluation.ProjectId && e.Call.Year < evaluation.Call.Year && e.ImprovementsJson != "[]")
            .OrderByDescending(e => e.Call.Year).ThenByDescending(e => e.MeetingOn)
            .Select(e => new { e.Call.Year, e.MeetingOn, Evaluation = e }).FirstOrDefaultAsync(stop);
        return before is null ? null : new(before.Year, before.MeetingOn!.Value, before.Evaluation.Improvements);
    }

    private static async Task<EvaluationSide?> AloneAsync(AppDb db, string sideId, Actor by, DateTimeOffset now, Action<EvaluationSide> verb, CancellationToken stop)
    {
        // Alone: of two last answers that come in at once, one must see the other.
        await using var transaction = await db.BeginAloneAsync(stop);
        if (await db.EvaluationSideAsync(sideId, by, stop) is not { } side)
            return null;
        verb(side);
        var evaluation = side.Evaluation;
        if (evaluation.WhyNotOpen(now) is null)
            evaluation.Open(now, (await db.MailAddressesAsync(Role.Respondent, [evaluation.UnitId], now.DayInJapan(), stop))[evaluation.UnitId].Distinct(StringComparer.OrdinalIgnoreCase));
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return side;
    }
}

/// <summary>What both sides agreed to do better, and when.</summary>
public sealed record LastImprovements(FiscalYear Year, DateOnly On, IReadOnlyList<string> Lines);
