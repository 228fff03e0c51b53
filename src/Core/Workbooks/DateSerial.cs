namespace Kyodo.Workbooks;

/// <summary>Excel's count of days. In the 1900 system day 1 is 1900-01-01, and day 60 is a 29 February that never was; in the 1904 system day 0 is 1904-01-01.</summary>
internal static class DateSerial
{
    private static readonly DateTime Epoch1900 = new(1899, 12, 30);
    private static readonly DateTime Epoch1904 = new(1904, 1, 1);
    private static readonly double LastDay1900 = (new DateTime(9999, 12, 31) - Epoch1900).TotalDays;
    private static readonly double LastDay1904 = (new DateTime(9999, 12, 31) - Epoch1904).TotalDays;

    /// <summary>To the second; null when the number is no date.</summary>
    public static DateTime? ToDate(double serial, bool is1904)
    {
        if (is1904)
            return serial >= 0 && serial < LastDay1904 + 1 ? AddRounded(Epoch1904, serial) : null;
        return serial switch
        {
            >= 61 when serial < LastDay1900 + 1 => AddRounded(Epoch1900, serial),
            >= 1 and < 60 => AddRounded(Epoch1900, serial + 1),
            _ => null,
        };
    }

    /// <summary>Null for days before 1900, which Excel has no number for.</summary>
    public static int? FromDate(DateOnly date) => date switch
    {
        { Year: < 1900 } => null,
        { Year: 1900, Month: < 3 } => DayCount(date) - 1,
        _ => DayCount(date),
    };

    private static int DayCount(DateOnly date) => date.DayNumber - DateOnly.FromDateTime(Epoch1900).DayNumber;

    private static DateTime? AddRounded(DateTime epoch, double days)
    {
        var ticks = epoch.Ticks + (long)Math.Round(days * 86_400) * TimeSpan.TicksPerSecond;
        return ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks) : null;
    }
}
