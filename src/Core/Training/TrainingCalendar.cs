using System.Globalization;
using System.Text;
using Kyodo.Common;

namespace Kyodo.Training;

/// <summary>A session as an iCalendar event (RFC 5545): the same event each time, so that a calendar moves or removes it.</summary>
internal static class TrainingCalendar
{
    private const int LongestLine = 75;

    public static string Of(TrainingSession session)
    {
        var off = session.Status is SessionStatus.CalledOff;
        string[] lines =
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kyodo//Training//JA", "METHOD:PUBLISH", "BEGIN:VEVENT",
            $"UID:training-{session.Id}@kyodo",
            $"SEQUENCE:{session.RowVersion.ToString(CultureInfo.InvariantCulture)}",
            $"DTSTAMP:{Utc(session.StartsAt)}", $"DTSTART:{Utc(session.StartsAt)}", $"DTEND:{Utc(session.StartsAt.AddMinutes(session.Minutes))}",
            $"SUMMARY:{Escaped((off ? "【中止】" : "") + session.Title)}", $"LOCATION:{Escaped(session.Venue)}", $"STATUS:{(off ? "CANCELLED" : "CONFIRMED")}",
            "END:VEVENT", "END:VCALENDAR",
        ];
        return string.Concat(lines.Select(line => Folded(line) + "\r\n"));
    }

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal);

    // No line of more than 75 bytes; a character is never cut.
    private static string Folded(string line)
    {
        var (folded, length) = (new StringBuilder(), 0);
        foreach (var rune in line.EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > LongestLine)
            {
                folded.Append("\r\n ");
                length = 1;
            }
            folded.Append(rune);
            length += rune.Utf8SequenceLength;
        }
        return folded.ToString();
    }
}
