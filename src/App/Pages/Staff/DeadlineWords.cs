namespace Kyodo.App.Pages.Staff;

/// <summary>残り2日, 今日まで, 3日過ぎ.</summary>
public static class DeadlineWords
{
    public static string Of(DateOnly due, DateOnly today) => (due.DayNumber - today.DayNumber) switch
    {
        0 => "今日まで",
        > 0 and var left => $"残り{left}日",
        var late => $"{-late}日過ぎ",
    };

    /// <summary>平成19年6月14日（木）: a day as letters and boards write it.</summary>
    public static string WithWeekday(DateOnly day) =>
        $"{Common.PartialDate.Of(day).Japanese}（{"日月火水木金土"[(int)day.DayOfWeek]}）";
}
