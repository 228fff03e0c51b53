using System.Globalization;
using CsCheck;
using Kyodo.Common;
using Xunit;

namespace Kyodo.Core.Tests.Common;

public sealed class OfficeDaysTests
{
    [Theory]
    [InlineData("2007-04-29", "2007-05-01")] // Sunday 昭和の日; Monday in its place
    [InlineData("2007-05-03", "2007-05-07")] // 憲法記念日 to こどもの日, then the weekend
    [InlineData("2006-05-04", "2006-05-08")] // a day between two holidays
    [InlineData("2008-05-03", "2008-05-07")] // 4 May is a Sunday: the day in its place comes after 5 May
    [InlineData("2019-04-27", "2019-05-07")] // the ten days of the accession
    [InlineData("2020-07-23", "2020-07-27")]
    [InlineData("2021-10-11", "2021-10-11")] // スポーツの日 was in July
    [InlineData("2026-09-19", "2026-09-24")] // 敬老の日, a day between, 秋分の日
    [InlineData("2026-12-29", "2027-01-04")]
    [InlineData("2026-05-11", "2026-05-11")]
    [InlineData("2024-02-11", "2024-02-13")]
    [InlineData("2018-12-23", "2018-12-25")]
    public void A_day_moves_to_the_next_on_which_offices_are_open(string day, string open) => Assert.Equal(Day(open), OfficeDays.OnOrAfter(Day(day)));

    [Fact]
    public void A_moved_day_is_open_not_before_the_day_and_keeps_the_order() => Gen.Select(Gen.Int[0, 20_000], Gen.Int[0, 40]).Sample((from, further) =>
    {
        var (first, second) = (new DateOnly(2000, 1, 1).AddDays(from), new DateOnly(2000, 1, 1).AddDays(from + further));
        var (a, b) = (OfficeDays.OnOrAfter(first), OfficeDays.OnOrAfter(second));
        return a >= first && a <= b && OfficeDays.IsOpen(a) && OfficeDays.OnOrAfter(a) == a;
    });

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
