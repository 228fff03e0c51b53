using System.Globalization;

namespace Kyodo.Common;

/// <summary>元号. The framework's JapaneseCalendar knows the eras but not how people write them.</summary>
internal sealed record Era(string Name, string Short, char Letter, int FirstYear, DateOnly FirstDay)
{
    private static readonly Era[] All =
    [
        new("令和", "令", 'R', 2019, new(2019, 5, 1)),
        new("平成", "平", 'H', 1989, new(1989, 1, 8)),
        new("昭和", "昭", 'S', 1926, new(1926, 12, 25)),
        new("大正", "大", 'T', 1912, new(1912, 7, 30)),
        new("明治", "明", 'M', 1868, new(1868, 1, 25)),
    ];

    // Beyond what can be read back a date is written in the Western calendar.
    public static Era? Of(DateOnly date) => All.FirstOrDefault(era => date >= era.FirstDay) is { } found && found.MayHave(date.Year - found.FirstYear + 1) ? found : null;

    // 1 May and not 1 April: FY2019 is spoken of as 令和元年度, and FY1988 stays 昭和63年度.
    public static Era? OfFiscalYear(FiscalYear year) => Of(new DateOnly(year.Year, 5, 1));

    public static Era? Find(string written) => All.FirstOrDefault(era =>
        era.Name == written || era.Short == written || (written.Length == 1 && char.ToUpperInvariant(written[0]) == era.Letter));

    public string YearText(int westernYear) =>
        westernYear == FirstYear ? "元" : (westernYear - FirstYear + 1).ToString(CultureInfo.InvariantCulture);

    // H91 is a slip of the finger, not the year 2079; the running era is left open.
    public bool MayHave(int number) => number >= 1 && number <= Name switch
    {
        "明治" => 45,
        "大正" => 15,
        "昭和" => 64,
        "平成" => 31,
        _ => 60,
    };
}
