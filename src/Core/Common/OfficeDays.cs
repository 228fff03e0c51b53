namespace Kyodo.Common;

/// <summary>
/// 開庁日: the days on which government offices are open - no Saturday, no Sunday, no national holiday, not 29 December to 3 January.
/// Holidays by 国民の祝日に関する法律 as amended, from 2000 on; equinoxes by the usual formula, good until 2099.
/// </summary>
public static class OfficeDays
{
    public static bool IsOpen(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsHoliday(day) && (day.Month, day.Day) is not ((12, >= 29) or (1, <= 3));

    /// <summary>The day itself, or the next one on which offices are open.</summary>
    public static DateOnly OnOrAfter(DateOnly day)
    {
        while (!IsOpen(day))
            day = day.AddDays(1);
        return day;
    }

    /// <summary>The day itself, or the one before it on which offices are open.</summary>
    public static DateOnly OnOrBefore(DateOnly day)
    {
        while (!IsOpen(day))
            day = day.AddDays(-1);
        return day;
    }

    /// <summary>A national holiday, a day in place of one that fell on a Sunday, or a day between two.</summary>
    public static bool IsHoliday(DateOnly day) =>
        IsNamed(day) || IsSubstitute(day) || (day.DayOfWeek is not DayOfWeek.Sunday && IsNamed(day.AddDays(-1)) && IsNamed(day.AddDays(1)));

    private static bool IsSubstitute(DateOnly day)
    {
        for (var before = day.AddDays(-1); IsNamed(before); before = before.AddDays(-1))
        {
            if (before.DayOfWeek is DayOfWeek.Sunday)
                return true;
        }
        return false;
    }

    private static bool IsNamed(DateOnly day) => (day.Year, day.Month, day.Day) switch
    {
        (_, 1, 1) or (_, 2, 11) or (_, 4, 29) or (_, 5, 3) or (_, 5, 5) or (_, 11, 3) or (_, 11, 23) => true,
        ( >= 2007, 5, 4) => true,
        ( >= 2020, 2, 23) or ( < 2019, 12, 23) => true,
        // The accession and its ceremony.
        (2019, 5, 1) or (2019, 10, 22) => true,
        // Moved for the Olympic games.
        (2020, 7, 23) or (2020, 7, 24) or (2020, 8, 10) or (2021, 7, 22) or (2021, 7, 23) or (2021, 8, 8) => true,
        (2020 or 2021, 7 or 8 or 10, _) => false,
        (_, 1, _) => IsMonday(day, 2),
        (_, 3, var d) => d == Equinox(20.8431, day.Year),
        ( < 2003, 7, var d) => d == 20,
        (_, 7, _) => IsMonday(day, 3),
        ( >= 2016, 8, 11) => true,
        (var year, 9, var d) => d == Equinox(23.2488, year) || (year < 2003 ? d == 15 : IsMonday(day, 3)),
        (_, 10, _) => IsMonday(day, 2),
        _ => false,
    };

    private static bool IsMonday(DateOnly day, int nth) => day.DayOfWeek is DayOfWeek.Monday && (day.Day - 1) / 7 == nth - 1;

    private static int Equinox(double in1980, int year) => (int)(in1980 + (0.242194 * (year - 1980))) - ((year - 1980) / 4);
}
