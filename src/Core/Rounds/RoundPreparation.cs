using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Rounds;

/// <summary>A new round from an earlier one: its text, sender, targets and attachments are taken over, its dates moved to office days of the new year.</summary>
public static class RoundPreparation
{
    /// <summary>The round that a new one is best made from: the newest of the programme, of the same phase where there is one.</summary>
    public static async Task<Round?> RoundBeforeAsync(this AppDb db, string programmeKey, FiscalYear year, Phase phase, CancellationToken stop = default)
    {
        var earlier = await db.Rounds.WithInquiries().Include(r => r.Attachments).Where(r => r.ProgrammeKey == programmeKey && r.Year <= year).ToListAsync(stop);
        return earlier.OrderByDescending(r => r.Phase == phase).ThenByDescending(r => r.Year).ThenByDescending(r => r.Id).FirstOrDefault();
    }

    public static async Task<Round> PrepareAsync(this AppDb db, string programmeKey, FiscalYear year, Phase phase, bool asBefore, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        var programme = await db.ProgrammeAsync(programmeKey, stop);
        if (year < programme.FirstYear)
            throw new Refusal($"{programme.NameJa}は{programme.FirstYear.Japanese}からの制度です。{programme.FirstYear.Japanese}以後の年度にしてください。");
        if (await db.Rounds.AnyAsync(r => r.ProgrammeKey == programmeKey && r.Year == year && r.Phase == phase, stop))
            throw new Refusal($"{year.Japanese}の{programme.NameJa}の照会（{RoundStates.Name(phase)}）はもうあります。一覧から開いてください。");
        var before = asBefore ? await db.RoundBeforeAsync(programmeKey, year, phase, stop) : null;
        var round = new Round(programme, year, phase, by, now);
        db.Rounds.Add(round);
        if (before is null)
        {
            round.Describe(round.Title, new Letter { Body = Letter.DefaultBody(programme.NameJa, programme.AsksFor, year) }, default, default, default, by, now);
            return round;
        }
        // The other phase asks at another time of the year.
        DateOnly Moved(DateOnly day) => before.Year == year || before.Phase != phase || day == default ? default : OfficeDays.OnOrAfter(day.AddYears(year.Year - before.Year.Year));
        var letter = before.Letter with { Number = "", Date = null, Body = before.Letter.Body.Replace(before.Year.Japanese, year.Japanese, StringComparison.Ordinal) };
        round.Describe(round.Title, letter, Moved(before.Due), Moved(before.LastNew), Moved(before.LastCorrection), by, now);
        round.PlanReminders(before.Reminders, by, now);
        // Those whom the partnership division asked itself, and the right ones where it was mistaken.
        round.Ask(before.Inquiries.Where(i => i.ParentId is null && !InquiryStates.IsGone(i.Status)).Select(i => i.Unit).Where(unit => unit.StandsIn(year)), by, now);
        foreach (var attachment in before.Attachments)
            round.TakeOver(attachment, by, now);
        return round;
    }

    /// <summary>The units that can be asked in the year, in the printed order.</summary>
    public static async Task<IReadOnlyList<OrgUnit>> UnitsToAskAsync(this AppDb db, FiscalYear year, CancellationToken stop = default)
    {
        var units = await db.OrgUnits.OrderBy(u => u.Order).ThenBy(u => u.Code).ToListAsync(stop);
        return units.FindAll(unit => unit.StandsIn(year));
    }
}
