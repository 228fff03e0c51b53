using CsCheck;
using Kyodo.Common;
using Xunit;

namespace Kyodo.Core.Tests.Common;

public sealed class FiscalYearTests
{
    [Theory]
    [InlineData("2007", 2007)]
    [InlineData("平成19", 2007)]
    [InlineData("平成19年度", 2007)]
    [InlineData("平成１９年度", 2007)]
    [InlineData("H19", 2007)]
    [InlineData("Ｈ１９", 2007)]
    [InlineData("h19", 2007)]
    [InlineData("平19", 2007)]
    [InlineData(" 平成 19 年度 ", 2007)]
    [InlineData("㍻19年度", 2007)]
    [InlineData("２００７年度", 2007)]
    [InlineData("令元", 2019)]
    [InlineData("令和元年度", 2019)]
    [InlineData("R1", 2019)]
    [InlineData("Ｒ６", 2024)]
    [InlineData("平成元年", 1989)]
    [InlineData("S63", 1988)]
    [InlineData("昭和63年度", 1988)]
    [InlineData("大正15", 1926)]
    [InlineData("M45", 1912)]
    public void Every_way_to_write_a_year_is_read(string written, int year)
    {
        Assert.True(FiscalYear.TryParse(written, out var read), written);
        Assert.Equal(new FiscalYear(year), read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("H91")]
    [InlineData("H0")]
    [InlineData("平成32年度")]
    [InlineData("昭和65")]
    [InlineData("昭和99年度")]
    [InlineData("X19")]
    [InlineData("19")]
    [InlineData("1234")]
    [InlineData("9999")]
    [InlineData("平成十九年度")]
    [InlineData("2007/04")]
    [InlineData("H19,H20")]
    public void What_is_no_year_is_refused(string? written) => Assert.False(FiscalYear.TryParse(written, out _), written);

    [Fact]
    public void What_a_year_is_called_reads_back_as_that_year() => Gen.Int[1868, 2200].Select(year => new FiscalYear(year)).Sample(year =>
    {
        foreach (var written in new[] { year.Japanese, year.Short, year.ToString() })
            Assert.True(FiscalYear.TryParse(written, out var read) && read == year, $"{year}: {written}");
    });

    [Fact]
    public void A_year_holds_its_days_and_no_others() => Gen.DateOnly[new DateOnly(1900, 1, 1), new DateOnly(2100, 1, 1)].Sample(day =>
    {
        var year = FiscalYear.Of(day);
        Assert.True(year.Includes(day) && !year.Next.Includes(day) && !year.Previous.Includes(day), $"{day}");
    });

    [Theory]
    [InlineData("2007-03-31", 2006)]
    [InlineData("2007-04-01", 2007)]
    [InlineData("2008-03-31", 2007)]
    public void A_year_turns_on_the_first_of_April(string day, int year) => Assert.Equal(year, FiscalYear.Of(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)).Year);

    [Theory]
    [InlineData(1988, "昭和63年度")]
    [InlineData(1989, "平成元年度")]
    [InlineData(2007, "平成19年度")]
    [InlineData(2018, "平成30年度")]
    [InlineData(2019, "令和元年度")]
    public void A_year_is_called_as_offices_call_it(int year, string name) => Assert.Equal(name, new FiscalYear(year).Japanese);

    [Fact]
    public void The_last_hour_of_March_in_Japan_is_still_the_old_year() =>
        Assert.Equal(2006, FiscalYear.Of(new DateTimeOffset(2007, 3, 31, 14, 59, 0, TimeSpan.Zero).DayInJapan()).Year);
}
