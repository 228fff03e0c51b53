using CsCheck;
using Kyodo.Organizations.People;
using Xunit;

namespace Kyodo.Core.Tests.People;

public sealed class PeriodTests
{
    private static readonly DateOnly Start = new(2007, 4, 1);

    [Fact]
    public void Each_day_is_of_both_or_left_over_and_never_twice() =>
        Gen.Select(Drawn, Drawn).Sample((one, other) => Days.All(day =>
            one.Minus(other).Count(period => period.Includes(day)) == (one.Includes(day) && !other.Includes(day) ? 1 : 0)
            && (one.And(other)?.Includes(day) ?? false) == (one.Includes(day) && other.Includes(day))));

    [Fact]
    public void A_day_parts_a_period_into_before_and_since() =>
        Gen.Select(Drawn, Gen.Int[-2, 42]).Sample((period, at) => Days.All(day =>
            (period.Before(Start.AddDays(at))?.Includes(day) ?? false) == (period.Includes(day) && day < Start.AddDays(at))
            && (period.Since(Start.AddDays(at))?.Includes(day) ?? false) == (period.Includes(day) && day >= Start.AddDays(at))));

    [Fact]
    public void Held_until_the_day_before_the_first_gap() =>
        Drawn.Array[0, 6].Sample(held =>
        {
            var until = Period.HeldUntil(held, Start);
            return Days.Where(day => day >= Start && day <= until).All(day => held.Any(one => one.Includes(day)))
                && (until == DateOnly.MaxValue || !held.Any(one => one.Includes(until.AddDays(1))));
        });

    [Theory]
    [InlineData(null, null, "期間の定めなし")]
    [InlineData("2008-04-01", null, "平成20年4月1日から")]
    [InlineData("2008-04-01", "2009-03-31", "平成20年4月1日から平成21年3月31日まで")]
    public void A_period_in_words(string? from, string? until, string words) =>
        Assert.Equal(words, new Period(from is null ? null : DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), until is null ? null : DateOnly.Parse(until, System.Globalization.CultureInfo.InvariantCulture)).Japanese);

    private static IEnumerable<DateOnly> Days => Enumerable.Range(-3, 50).Select(Start.AddDays);

    private static Gen<Period> Drawn => Gen.Select(Gen.Int[0, 40], Gen.Int[0, 20], Gen.Int[0, 5]).Select((from, length, open) =>
        new Period(open == 0 ? null : Start.AddDays(from), open == 1 ? null : Start.AddDays(from + length)));
}
