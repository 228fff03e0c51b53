using CsCheck;
using Kyodo.Statistics;
using Xunit;

namespace Kyodo.Core.Tests.Statistics;

public sealed class BudgetBandTests
{
    [Fact]
    public void Each_amount_is_in_one_band() => Gen.Long[0, 10_000_000_000].Sample(yen => Assert.Single(BudgetBand.All, band => band.Holds(yen)));

    [Fact]
    public void No_amount_is_in_a_band_of_its_own_and_0_is_an_amount()
    {
        Assert.Equal("not-stated", Assert.Single(BudgetBand.All, band => band.Holds(null)).Key);
        Assert.Equal("zero", Assert.Single(BudgetBand.All, band => band.Holds(0)).Key);
    }

    [Theory]
    [InlineData(999_999, "under-1m")]
    [InlineData(1_000_000, "1m-5m")]
    [InlineData(50_000_000, "over-50m")]
    public void The_lower_end_belongs_to_the_band(long yen, string band) => Assert.Equal(band, BudgetBand.All.Single(b => b.Holds(yen)).Key);
}
