using System.Globalization;
using System.Text.RegularExpressions;

namespace Kyodo.Common;

/// <summary>
/// A date as exact as its source: a day, a month, or only a fiscal year (DS-441: ISO 8601 inside, 和暦 at the edge).
/// Written 2007-04-01, 2007-04 or FY2007; nothing is made more exact than it was said.
/// </summary>
public readonly partial record struct PartialDate
{
    private PartialDate(int year, int? month, int? day)
    {
        Year = year;
        Month = month;
        Day = day;
    }

    /// <summary>The calendar year, or the fiscal year when there is no month.</summary>
    public int Year { get; }

    public int? Month { get; }

    public int? Day { get; }

    public DateOnly Earliest => Month is { } month ? new DateOnly(Year, month, Day ?? 1) : new FiscalYear(Year).First;

    public DateOnly Latest => Month is { } month
        ? new DateOnly(Year, month, Day ?? DateTime.DaysInMonth(Year, month))
        : new FiscalYear(Year).Last;

    public string Iso => (Month, Day) switch
    {
        (null, _) => string.Create(CultureInfo.InvariantCulture, $"FY{Year:0000}"),
        (_, null) => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}-{Day:00}"),
    };

    /// <summary>平成19年4月1日, 平成19年4月, 平成19年度</summary>
    public string Japanese
    {
        get
        {
            if (Month is null)
                return new FiscalYear(Year).Japanese;
            var year = Era.Of(Earliest) is { } era ? $"{era.Name}{era.YearText(Year)}" : Year.ToString(CultureInfo.InvariantCulture);
            return Day is null ? $"{year}年{Month}月" : $"{year}年{Month}月{Day}日";
        }
    }

    /// <summary>平成19年4月1日（2007年）</summary>
    public string InBothCalendars => Month is null ? new FiscalYear(Year).InBothCalendars : $"{Japanese}（{Year}年）";

    /// <summary>The same day of a later year, as exact as it was; 29 February becomes the 28th where there is none.</summary>
    public PartialDate AddYears(int years) =>
        new(Year + years, Month, Day is { } day ? Math.Min(day, DateTime.DaysInMonth(Year + years, Month!.Value)) : null);

    public static PartialDate Of(DateOnly date) => new(date.Year, date.Month, date.Day);

    /// <summary>Reads 平成19年4月1日, H19.4.1, 2007/4/1, 2007-04-01, 平成１９年６月, 平成19年度, 令元.5.1, FY2007; 2月末 is the month; a time of day after a date is passed over.</summary>
    public static bool TryParse(string? text, out PartialDate date)
    {
        date = default;
        var match = Written().Match(TextForms.Fold(text));
        if (!match.Success)
            return false;
        int? Number(string group) => match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : null;
        int year;
        if (Number("western") is { } western)
            year = western;
        else
        {
            var number = match.Groups["first"].Success ? 1 : Number("year")!.Value;
            if (Era.Find(match.Groups["era"].Value) is not { } era || !era.MayHave(number))
                return false;
            year = era.FirstYear + number - 1;
        }
        if (year is < 1868 or > 2200)
            return false;
        var (month, day) = (Number("month"), Number("day"));
        if (month is null && !match.Groups["fiscal"].Success)
            return false;
        if (month is < 1 or > 12 || (day is { } d && (d < 1 || d > DateTime.DaysInMonth(year, month!.Value))))
            return false;
        date = new PartialDate(year, month, day);
        return true;
    }

    /// <summary>Is it written as <see cref="Iso"/> writes it?</summary>
    public static bool IsIso(string text) => TryParse(text, out var date) && date.Iso == text;

    public override string ToString() => Iso;

    [GeneratedRegex(
        @"^(?<fiscal>fy)?(?:(?<western>\d{4})|(?<era>明治|大正|昭和|平成|令和|明|大|昭|平|令|[mtshr])\s?(?:(?<first>元)|(?<year>\d{1,2})))"
        + @"(?:\s?年(?<fiscal>度)|\s?[年./-]\s?(?<month>\d{1,2})(?:\s?[月./-]\s?(?<day>\d{1,2})\s?日?|\s?月\s?(?:末日?|上旬|中旬|下旬|頃|ごろ)?)?)?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Written();
}
