using System.Collections.Concurrent;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>
/// What the board reads, as compiled projections: it is looked at all day and no record is tracked for it. One for each program that runs,
/// because a compiled query belongs to the engine it was compiled for.
/// </summary>
public sealed class BoardQueries
{
    private const int MostKept = 20;

    private readonly ConcurrentDictionary<long, (BoardStamp Stamp, DateOnly Day, IReadOnlyList<BoardRow> Rows)> _kept = new();

    private readonly Func<AppDb, long, Task<BoardRound?>> _round = EF.CompileAsyncQuery((AppDb db, long id) => db.Set<Round>()
        .Where(r => r.Id == id)
        .Select(r => new BoardRound(r.Id, r.Title, r.ProgrammeKey, r.Year, r.Phase, r.Status, r.Due, r.LastNew, r.LastCorrection, r.OpenedAt, r.Questionnaire.Version, r.RemindersKept, r.RowVersion))
        .FirstOrDefault());

    private readonly Func<AppDb, long, IAsyncEnumerable<BoardUnit>> _units = EF.CompileAsyncQuery((AppDb db, long round) => db.Set<Inquiry>()
        .Where(i => i.RoundId == round)
        .Select(i => new BoardUnit(
            i.Id, i.UnitId, i.Unit.Name, i.Unit.Order, i.Unit.ParentId, i.Unit.Parent!.Name, i.Unit.Parent.Order, i.Parent!.UnitId,
            i.Status, i.NilReason != null, i.ExtendedTo ?? i.OwnDue ?? i.Round.Due, i.ReceivedAt, i.AnsweredAt, i.TouchedAt)));

    private readonly Func<AppDb, string, FiscalYear, IAsyncEnumerable<BoardCount>> _cases = EF.CompileAsyncQuery((AppDb db, string programme, FiscalYear year) => db.Set<Case>()
        .Where(c => c.ProgrammeKey == programme && c.Year == year && c.RemovedAt == null)
        .GroupBy(c => c.UnitId)
        .Select(g => new BoardCount(g.Key, g.Count())));

    private readonly Func<AppDb, long, IAsyncEnumerable<BoardCount>> _mails = EF.CompileAsyncQuery((AppDb db, long round) => db.Set<OutboxMail>()
        .Where(m => m.RoundId == round && m.InquiryId != null && m.SentAt != null)
        .GroupBy(m => m.InquiryId!.Value)
        .Select(g => new BoardCount(g.Key, g.Count())));

    private readonly Func<AppDb, string, FiscalYear, Phase, IAsyncEnumerable<BoardPast>> _past = EF.CompileAsyncQuery((AppDb db, string programme, FiscalYear year, Phase phase) => db.Set<Inquiry>()
        .Where(i => i.Round.ProgrammeKey == programme && i.Round.Year == year && i.Round.Phase == phase && i.Round.Status != RoundStatus.Draft)
        .Select(i => new BoardPast(i.UnitId, i.Status, i.NilReason != null)));

    // Everything that the board shows has a part in it; what it does not show, such as an answer's words, has none.
    private readonly Func<AppDb, long, IAsyncEnumerable<BoardStamp>> _stamp = EF.CompileAsyncQuery((AppDb db, long id) => db.Set<Round>()
        .Where(r => r.Id == id)
        .Select(r => new BoardStamp(
            r.Status,
            r.RowVersion,
            db.Set<Inquiry>().Where(i => i.RoundId == r.Id).Sum(i => i.RowVersion),
            db.Set<Case>().Count(c => c.ProgrammeKey == r.ProgrammeKey && c.Year == r.Year && c.RemovedAt == null),
            db.Set<OutboxMail>().Count(m => m.RoundId == r.Id && m.InquiryId != null && m.SentAt != null),
            db.Set<OrgUnit>().Sum(u => u.RowVersion))));

    public Task<BoardRound?> RoundAsync(AppDb db, long id) => _round(db, id);

    /// <summary>One row of one query; null where there is no such round.</summary>
    public async Task<BoardStamp?> StampAsync(AppDb db, long id)
    {
        await foreach (var stamp in _stamp(db, id))
            return stamp;
        return null;
    }

    /// <summary>The rows as they are at the stamp. Many look at one board, so the last rows of a round are kept until its stamp or the day changes.</summary>
    public async Task<IReadOnlyList<BoardRow>> RowsAsync(AppDb db, BoardRound round, BoardStamp stamp, DateOnly today)
    {
        if (_kept.TryGetValue(round.Id, out var kept) && kept.Stamp == stamp && kept.Day == today)
            return kept.Rows;
        if (_kept.Count >= MostKept)
            _kept.Clear();
        var rows = await ReadRowsAsync(db, round, today);
        _kept[round.Id] = (stamp, today, rows);
        return rows;
    }

    private async Task<IReadOnlyList<BoardRow>> ReadRowsAsync(AppDb db, BoardRound round, DateOnly today)
    {
        var cases = await CountsAsync(_cases(db, round.ProgrammeKey, round.Year));
        var mails = await CountsAsync(_mails(db, round.Id));
        var past = new Dictionary<long, BoardPast>();
        await foreach (var one in _past(db, round.ProgrammeKey, round.Year.Previous, round.Phase))
            past[one.UnitId] = one;
        var pastCases = past.Count == 0 ? [] : await CountsAsync(_cases(db, round.ProgrammeKey, round.Year.Previous));
        var rows = new List<BoardRow>();
        await foreach (var unit in _units(db, round.Id))
        {
            var before = past.TryGetValue(unit.UnitId, out var found) ? found with { Cases = pastCases.GetValueOrDefault(unit.UnitId) } : null;
            rows.Add(new BoardRow(unit, round, today, cases.GetValueOrDefault(unit.UnitId), mails.GetValueOrDefault(unit.InquiryId), before));
        }
        return rows;
    }

    private static async Task<Dictionary<long, int>> CountsAsync(IAsyncEnumerable<BoardCount> counts)
    {
        var found = new Dictionary<long, int>();
        await foreach (var count in counts)
            found[count.Key] = count.Count;
        return found;
    }
}

public sealed record BoardRound(
    long Id, string Title, string ProgrammeKey, FiscalYear Year, Phase Phase, RoundStatus Status, DateOnly Due, DateOnly LastNew, DateOnly LastCorrection,
    DateTimeOffset? OpenedAt, int QuestionnaireVersion, string? Reminders, long RowVersion);

public sealed record BoardUnit(
    long InquiryId, long UnitId, string Name, int Order, long? ParentUnitId, string? ParentName, int? ParentOrder, long? RelayedByUnitId,
    InquiryStatus Status, bool IsNil, DateOnly Due, DateTimeOffset? ReceivedAt, DateTimeOffset? AnsweredAt, DateTimeOffset? TouchedAt);

public sealed record BoardCount(long Key, int Count);

/// <summary>The same unit in the same phase a year before.</summary>
public sealed record BoardPast(long UnitId, InquiryStatus Status, bool IsNil)
{
    public int Cases { get; init; }

    public string Words =>
        Status is not (InquiryStatus.Answered or InquiryStatus.Accepted) ? "回答なし"
        : IsNil && Cases == 0 ? "該当なし"
        : $"{Cases}件";
}

public sealed record BoardStamp(RoundStatus Status, long Round, long Inquiries, int Cases, int Mails, long Units)
{
    /// <summary>An entity tag: equal while the board that this person sees today is.</summary>
    public string Tag(DateOnly today, bool mayCoordinate) => $"\"{Round:x}-{Inquiries:x}-{Cases:x}-{Mails:x}-{Units:x}-{today.DayNumber:x}{(mayCoordinate ? "c" : "")}\"";
}
