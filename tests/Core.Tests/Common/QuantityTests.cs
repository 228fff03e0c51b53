using CsCheck;
using Kyodo.Common;
using Xunit;

namespace Kyodo.Core.Tests.Common;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("1200", "1200")]
    [InlineData("1,200", "1200")]
    [InlineData("１，２００", "1200")]
    [InlineData("150.9", "150.9")]
    [InlineData("▲300", "-300")]
    [InlineData("△300", "-300")]
    [InlineData("-300", "-300")]
    [InlineData(" 0 ", "0")]
    public void Numbers_are_read_as_clerks_write_them(string written, string number)
    {
        Assert.True(Quantity.TryNumber(written, out var read), written);
        Assert.Equal(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("約100")]
    [InlineData("12,00")]
    [InlineData("1e5")]
    [InlineData("1.2.3")]
    [InlineData("十")]
    [InlineData("--1")]
    [InlineData("NaN")]
    public void What_is_no_plain_number_is_refused(string written) => Assert.False(Quantity.TryNumber(written, out _), written);

    [Theory]
    [InlineData("1,000", 1_000_000)]
    [InlineData("1,000千円", 1_000_000)]
    [InlineData("120万円", 1_200_000)]
    [InlineData("１２０万円", 1_200_000)]
    [InlineData("3百万円", 3_000_000)]
    [InlineData("1.5億円", 150_000_000)]
    [InlineData("500円", 500)]
    [InlineData("1.5", 1_500)]
    public void An_amount_counts_in_thousands_unless_the_cell_says_otherwise(string written, long yen)
    {
        Assert.True(Quantity.TryYen(written, 1000, out var read), written);
        Assert.Equal(yen, read);
    }

    [Theory]
    [InlineData("0.0001")]
    [InlineData("0.5円")]
    [InlineData("円")]
    [InlineData("100ドル")]
    [InlineData("9,999,999,999,999")]
    [InlineData("999999999999億円")]
    public void What_is_no_whole_number_of_yen_is_refused(string written) => Assert.False(Quantity.TryYen(written, 1000, out _), written);

    [Fact]
    public void A_number_shown_reads_back_as_it_was() => Gen.Select(Gen.Long[-999_999_999_999, 999_999_999_999], Gen.Int[0, 6]).Select((digits, places) => digits / (decimal)Math.Pow(10, places)).Sample(number =>
        Assert.True(Quantity.TryNumber(Quantity.Grouped(number), out var read) && read == number, $"{number}"));
}
