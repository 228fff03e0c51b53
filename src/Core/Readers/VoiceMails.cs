using System.Globalization;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Reminders;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Readers;

/// <summary>Tells units of the readers' voices that have come: once a day at most, in the morning.</summary>
public static class VoiceMails
{
    private const int MostShown = 20;

    private static readonly TimeOnly At = new(8, 30);

    /// <summary>Queues the day's mails when they are due; for how many units.</summary>
    public static async Task<int> TellOfVoicesAsync(this AppDb db, DateTimeOffset now, CancellationToken stop = default)
    {
        var today = now.DayInJapan();
        if (now < JapanTime.At(today, At.Hour, At.Minute) || OfficeDays.OnOrAfter(today) != today)
            return 0;
        var waiting = await db.CaseVoices.Where(v => v.ToldAt == null && v.Status == VoiceStatus.Unread).OrderBy(v => v.Id).ToListAsync(stop);
        if (waiting.Count == 0)
            return 0;
        var day = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var units = waiting.Select(v => v.UnitId).OfType<long>().Distinct().ToList();
        var respondents = await db.MailAddressesAsync(Role.Respondent, units, today, stop);
        var told = 0;
        foreach (var unit in waiting.GroupBy(v => v.UnitId))
        {
            var name = $"voices/{unit.Key ?? 0}/{day}";
            if (await db.Set<Occasion>().AnyAsync(o => o.Name == name, stop))
                continue;
            var addresses = unit.Key is { } id ? respondents[id].Distinct(StringComparer.OrdinalIgnoreCase).ToList() : [];
            // Nobody answers for the unit any more: the partnership division reads it.
            if (addresses.Count == 0)
                addresses = await db.CoordinatorAddressesAsync(today, stop);
            if (addresses.Count == 0)
                continue;
            var words = Words([.. unit]);
            db.Add(Occasion.Of(name, new MailPlace("/staff/voices", null, null), addresses.Select(to => new Mail(to, MailKind.VoicesArrived, words, name)), "voices-told", now));
            foreach (var voice in unit)
                voice.ToldAt = now;
            told++;
        }
        await db.SaveChangesAsync(stop);
        return told;
    }

    private static Dictionary<string, string> Words(IReadOnlyList<CaseVoice> voices) => new(StringComparer.Ordinal)
    {
        ["組織"] = voices[0].UnitName,
        ["件数"] = voices.Count.ToString(CultureInfo.InvariantCulture),
        // Not what was said: a mail is kept in more places than the list.
        ["事例"] = string.Join('\n', voices.GroupBy(v => v.CaseTitle).Take(MostShown).Select(g => $"・{g.Key}（{g.Count()}件）")),
    };
}
