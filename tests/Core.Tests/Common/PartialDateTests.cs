using CsCheck;
using Kyodo.Common;
using Xunit;

namespace Kyodo.Core.Tests.Common;

public sealed class PartialDateTests
{
    [Theory]
    [InlineData("平成19年4月1日", "2007-04-01")]
    [InlineData("平成１９年４月１日", "2007-04-01")]
    [InlineData("H19.4.1", "2007-04-01")]
    [InlineData("Ｈ１９．４．１", "2007-04-01")]
    [InlineData("h19/4/1", "2007-04-01")]
    [InlineData("平19.4.1", "2007-04-01")]
    [InlineData("2007/4/1", "2007-04-01")]
    [InlineData("2007-04-01", "2007-04-01")]
    [InlineData("2007-04-01 00:00:00", "2007-04-01")]
    [InlineData("2007年4月1日", "2007-04-01")]
    [InlineData("平成 19 年 4 月 1 日", "2007-04-01")]
    [InlineData("令元.5.1", "2019-05-01")]
    [InlineData("令和元年5月1日", "2019-05-01")]
    [InlineData("平成31年4月30日", "2019-04-30")]
    [InlineData("平成19年4月", "2007-04")]
    [InlineData("2007-04", "2007-04")]
    [InlineData("平成19年度", "FY2007")]
    [InlineData("FY2007", "FY2007")]
    [InlineData("S64.1.7", "1989-01-07")]
    [InlineData("2008-02-29", "2008-02-29")]
    public void Every_way_to_write_a_date_is_read_and_none_is_made_more_exact(string written, string iso)
    {
        Assert.True(PartialDate.TryParse(written, out var date), written);
        Assert.Equal(iso, date.Iso);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2007")]
    [InlineData("H19")]
    [InlineData("H91.4.1")]
    [InlineData("平成32年4月1日")]
    [InlineData("2007-13-01")]
    [InlineData("2007-02-29")]
    [InlineData("2007-00-10")]
    [InlineData("2007-04-31")]
    [InlineData("平成19年4月1日から")]
    [InlineData("4月1日")]
    [InlineData("1000-01-01")]
    [InlineData("未定")]
    public void What_is_no_date_is_refused(string? written) => Assert.False(PartialDate.TryParse(written, out _), written);

    private static readonly Gen<string> Iso = Gen.OneOf(
        Gen.DateOnly[new DateOnly(1868, 1, 1), new DateOnly(2200, 12, 31)].Select(day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        Gen.Select(Gen.Int[1868, 2200], Gen.Int[1, 12]).Select((year, month) => $"{year:0000}-{month:00}"),
        Gen.Int[1868, 2200].Select(year => $"FY{year:0000}"));

    [Fact]
    public void A_date_written_in_either_way_reads_back_as_it_was() => Iso.Sample(iso =>
    {
        Assert.True(PartialDate.TryParse(iso, out var date), iso);
        Assert.Equal(iso, date.Iso);
        Assert.True(PartialDate.TryParse(date.Japanese, out var again), date.Japanese);
        Assert.Equal(date, again);
        Assert.True(date.Earliest <= date.Latest, iso);
    });
}
