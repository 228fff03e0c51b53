using System.Globalization;
using System.Text.RegularExpressions;

namespace Kyodo.Common;

/// <summary>
/// 年度: 1 April of <see cref="Year"/> to 31 March of the next year. <c>FiscalYear(2007)</c> is 平成19年度.
/// A value of its own, because a fiscal year is neither a calendar year nor a number to add things to.
/// </summary>
public readonly partial record struct FiscalYear(int Year) : IComparable<FiscalYear>
{
    public DateOnly First => new(Year, 4, 1);

    public DateOnly Last => new(Year + 1, 3, 31);

    public FiscalYear Next => new(Year + 1);

    public FiscalYear Previous => new(Year - 1);

    /// <summary>平成19年度</summary>
    public string Japanese => Era.OfFiscalYear(this) is { } era ? $"{era.Name}{era.YearText(Year)}年度" : $"{Year}年度";

    /// <summary>H19</summary>
    public string Short => Era.OfFiscalYear(this) is { } era ? $"{era.Letter}{Year - era.FirstYear + 1}" : Invariant(Year);

    /// <summary>平成19年度（2007年度）: the form of public pages.</summary>
    public string InBothCalendars => $"{Japanese}（{Year}年度）";

    public static FiscalYear Of(DateOnly date) => new(date.Month >= 4 ? date.Year : date.Year - 1);

    public bool Includes(DateOnly date) => date >= First && date <= Last;

    /// <summary>Reads 2007, 平成19, 平成19年度, H19, 令元, Ｒ６ and the like.</summary>
    public static bool TryParse(string? text, out FiscalYear year)
    {
        year = default;
        var match = Written().Match(TextForms.Fold(text));
        if (!match.Success)
            return false;
        if (match.Groups["western"].Success)
        {
            year = new FiscalYear(int.Parse(match.Groups["western"].Value, CultureInfo.InvariantCulture));
            return year.Year is >= 1868 and <= 2200;
        }
        if (Era.Find(match.Groups["era"].Value) is not { } era)
            return false;
        var number = match.Groups["year"].Value is "元" ? 1 : int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture);
        year = new FiscalYear(era.FirstYear + number - 1);
        return era.MayHave(number);
    }

    public int CompareTo(FiscalYear other) => Year.CompareTo(other.Year);

    public static bool operator <(FiscalYear a, FiscalYear b) => a.Year < b.Year;

    public static bool operator >(FiscalYear a, FiscalYear b) => a.Year > b.Year;

    public static bool operator <=(FiscalYear a, FiscalYear b) => a.Year <= b.Year;

    public static bool operator >=(FiscalYear a, FiscalYear b) => a.Year >= b.Year;

    public override string ToString() => Invariant(Year);

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:(?<western>\d{4})|(?<era>明治|大正|昭和|平成|令和|明|大|昭|平|令|[mtshr])\s*(?<year>元|\d{1,2}))\s*(?:年度|年)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Written();
}
