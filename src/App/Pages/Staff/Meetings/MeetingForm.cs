using Kyodo.Common;
using Kyodo.Meetings;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Meetings;

/// <summary>A meeting as the form holds it.</summary>
public sealed class MeetingForm
{
    public string? Title { get; set; }

    /// <summary>programme/year</summary>
    public string? Of { get; set; }

    public string? Day { get; set; }

    public string? Place { get; set; }

    public string? People { get; set; }

    public static MeetingForm From(Meeting meeting) => new()
    {
        Title = meeting.Title,
        Of = $"{meeting.ProgrammeKey}/{meeting.Year}",
        Day = PartialDate.Of(meeting.On).Japanese,
        Place = meeting.Place,
        People = meeting.People,
    };

    public MeetingPlan Read(IReadOnlyList<MeetingSubject> subjects)
    {
        var on = DateField.Read(Day, "会議の日", "day") ?? throw new Refusal("次のところを直してください。", [new Problem(Severity.Error, $"会議の日を書いてください。{DateField.Example}", Field: "day")]);
        var subject = subjects.FirstOrDefault(one => one.Value == Of);
        return new MeetingPlan(Title ?? "", subject?.Programme ?? "", subject?.Year ?? default, on, Place ?? "", People ?? "");
    }
}

/// <summary>A programme and year that was asked: what a pack can show.</summary>
public sealed record MeetingSubject(string Programme, string Name, FiscalYear Year)
{
    public string Value => $"{Programme}/{Year}";

    public static async Task<IReadOnlyList<MeetingSubject>> AllAsync(AppDb db)
    {
        var names = await db.Set<Kyodo.Programmes.Programme>().AsNoTracking().ToDictionaryAsync(p => p.Key, p => (p.NameJa, p.Order));
        return [.. (await db.Rounds.Where(r => r.Status != RoundStatus.Draft).Select(r => new { r.ProgrammeKey, r.Year }).Distinct().ToListAsync())
            .OrderByDescending(r => r.Year).ThenBy(r => names[r.ProgrammeKey].Order).Select(r => new MeetingSubject(r.ProgrammeKey, names[r.ProgrammeKey].NameJa, r.Year))];
    }
}
