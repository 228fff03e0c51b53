namespace Kyodo.Common;

/// <summary>Deadlines and fiscal years are days in Japan, whatever the clock of the computer says.</summary>
public static class JapanTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(9);

    public static DateOnly DayInJapan(this DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    public static DateTimeOffset At(DateOnly day, int hour, int minute = 0) => new(day.ToDateTime(new TimeOnly(hour, minute)), Offset);

    /// <summary>平成19年4月20日 14:02</summary>
    public static string JapaneseMinute(this DateTimeOffset instant) =>
        $"{PartialDate.Of(instant.DayInJapan()).Japanese} {instant.ToOffset(Offset):HH:mm}";

    public static string ClockInJapan(this DateTimeOffset instant) => $"{instant.ToOffset(Offset):HH:mm}";
}
