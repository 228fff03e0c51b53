using System.Globalization;
using System.Text;
using Kyodo.Common;

namespace Kyodo.Rounds;

/// <summary>
/// The deadline of one unit as an iCalendar text (RFC 5545): one whole day in Japan, the same UID always, a SEQUENCE that rises with each
/// change of the inquiry, so that a calendar which holds it takes over an extension.
/// </summary>
public static class DeadlineCalendar
{
    public const string ContentType = "text/calendar; charset=utf-8; method=PUBLISH";

    public const string FileName = "deadline.ics";

    private const int LongestLine = 75;

    /// <param name="page">The address of the unit's page, where it is known.</param>
    public static string Of(Inquiry inquiry, DateTimeOffset now, string? page = null)
    {
        static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var words = inquiry.MailWords(now.DayInJapan());
        var text = new StringBuilder();
        string[] lines =
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Kyodo//Kyodo//JA",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            "X-WR-TIMEZONE:Asia/Tokyo",
            "BEGIN:VEVENT",
            $"UID:inquiry-{inquiry.Id}-{inquiry.GovernmentCode}@kyodo",
            $"SEQUENCE:{inquiry.RowVersion}",
            $"DTSTAMP:{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}",
            $"DTSTART;VALUE=DATE:{Day(inquiry.Due)}",
            $"DTEND;VALUE=DATE:{Day(inquiry.Due.AddDays(1))}",
            $"SUMMARY:{Escape($"回答期限: {inquiry.Round.Title}（{inquiry.Unit.Name}）")}",
            $"DESCRIPTION:{Escape($"{inquiry.Round.Title}\n回答期限 {words["期限"]}\n問い合わせ先 {words["担当"]}{(page is null ? "" : $"\n{page}")}")}",
            .. page is null ? Array.Empty<string>() : [$"URL:{page}"],
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
        ];
        foreach (var line in lines)
            AppendFolded(text, line);
        return text.ToString();
    }

    private static string Escape(string text) => string.Concat(text.ReplaceLineEndings("\n").Select(c => c switch
    {
        '\\' => "\\\\",
        ';' => "\\;",
        ',' => "\\,",
        '\n' => "\\n",
        _ when char.IsControl(c) => " ",
        _ => c.ToString(),
    }));

    // A line has 75 octets at most, the space that begins a continued one included, and no character is cut in two.
    private static void AppendFolded(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                text.Append("\r\n ");
                octets = 1;
            }
            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        text.Append("\r\n");
    }
}
