namespace Kyodo.Common;

/// <summary>Monday to Friday. National holidays are not known here: a mail on one is read the day after.</summary>
public static class WorkingDays
{
    public static bool IsWorkingDay(this DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    public static DateOnly WorkingDayOnOrBefore(this DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(-1),
        DayOfWeek.Sunday => day.AddDays(-2),
        _ => day,
    };

    public static DateOnly WorkingDayOnOrAfter(this DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(2),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };
}
