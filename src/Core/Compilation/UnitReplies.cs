using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Compilation;

/// <summary>How far a unit's answer came, and so where its cases may have been lost.</summary>
public enum ReplyState
{
    NotAsked,
    NotAnswered,
    NotAccepted,
    Nil,
    Accepted,
}

/// <summary>
/// What became of one unit in a programme and year. A department or bureau that stood and was not asked is one too.
/// </summary>
/// <param name="TopCode">The unit at the top of its line: its department or bureau, or itself.</param>
/// <param name="Written">Cases in the records, accepted or not.</param>
/// <param name="Days">Days from the round's opening to the arrival of the answer; null where none has arrived.</param>
/// <param name="OnTime">Did it arrive by the unit's own deadline? Null where none has arrived.</param>
public sealed record UnitReply(string UnitCode, string UnitName, string TopCode, string TopName, int Order, ReplyState State, int Written, int? Days, bool? OnTime)
{
    public bool IsAsked => State is not ReplyState.NotAsked;

    public bool HasAnswered => State is ReplyState.NotAccepted or ReplyState.Nil or ReplyState.Accepted;

    public string StateName => State switch
    {
        ReplyState.NotAsked => "照会していない",
        ReplyState.NotAnswered => "回答がない",
        ReplyState.NotAccepted => "受理していない",
        ReplyState.Nil => "該当なし",
        _ => "受理",
    };
}

public static class UnitReplies
{
    /// <summary>Every unit that was asked, and every department and bureau of the year that was not, in the printed order of units.</summary>
    public static async Task<IReadOnlyList<UnitReply>> UnitRepliesAsync(this AppDb db, string programmeKey, FiscalYear year, CancellationToken stop = default)
    {
        var units = await db.OrgUnits.AsNoTracking().OrderBy(u => u.Order).ToListAsync(stop);
        var byId = units.ToDictionary(u => u.Id);
        // With two phases a unit has two inquiries: the later one is its reply. One that was passed on is answered by another unit.
        var asked = (await db.Inquiries.AsNoTracking().Include(i => i.Round)
                .Where(i => i.Round.ProgrammeKey == programmeKey && i.Round.Year == year && i.Round.Status != RoundStatus.Draft).ToListAsync(stop))
            .GroupBy(i => i.UnitId).Select(g => g.MaxBy(i => i.RoundId)!).ToDictionary(i => i.UnitId);
        var written = await db.Cases.AsNoTracking().Of(programmeKey, year).GroupBy(c => c.UnitId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);
        var replies = new List<UnitReply>();
        foreach (var unit in units)
        {
            var inquiry = asked.GetValueOrDefault(unit.Id);
            if (inquiry?.Status is InquiryStatus.PassedOn || (inquiry is null && !IsExpected(unit, year)))
                continue;
            var top = TopOf(unit, byId);
            var days = inquiry is { AnsweredAt: { } at, Round.OpenedAt: { } opened } ? at.DayInJapan().DayNumber - opened.DayInJapan().DayNumber : (int?)null;
            replies.Add(new UnitReply(unit.Code, unit.Name, top.Code, top.Name, replies.Count, StateOf(inquiry), written.GetValueOrDefault(unit.Id), days,
                inquiry?.AnsweredAt is { } arrived ? arrived.DayInJapan() <= inquiry.Due : null));
        }
        return replies;
    }

    private static bool IsExpected(OrgUnit unit, FiscalYear year) => unit.Kind is OrgUnitKind.Department or OrgUnitKind.RegionalBureau && unit.StandsIn(year);

    private static ReplyState StateOf(Inquiry? inquiry) => inquiry switch
    {
        null or { Status: InquiryStatus.Prepared } => ReplyState.NotAsked,
        _ when InquiryStates.IsAwaited(inquiry.Status) => ReplyState.NotAnswered,
        { NilReason: not null } => ReplyState.Nil,
        { Status: InquiryStatus.Accepted } => ReplyState.Accepted,
        _ => ReplyState.NotAccepted,
    };

    private static OrgUnit TopOf(OrgUnit unit, Dictionary<long, OrgUnit> byId)
    {
        for (var steps = 0; unit.ParentId is { } upper && steps < 50; steps++)
            unit = byId[upper];
        return unit;
    }
}
