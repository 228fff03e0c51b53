using Kyodo.Common;

namespace Kyodo.Organizations.People;

/// <summary>From a day to a day, both included; null is without an end on that side.</summary>
public readonly record struct Period(DateOnly? From, DateOnly? Until)
{
    private DateOnly First => From ?? DateOnly.MinValue;

    private DateOnly Last => Until ?? DateOnly.MaxValue;

    public bool IsBackwards => First > Last;

    public bool Includes(DateOnly day) => First <= day && day <= Last;

    public bool Overlaps(Period other) => First <= other.Last && other.First <= Last;

    public bool Covers(Period other) => First <= other.First && other.Last <= Last;

    /// <summary>The days of both; null where there are none.</summary>
    public Period? And(Period other) => Overlaps(other)
        ? new(First > other.First ? From : other.From, Last < other.Last ? Until : other.Until)
        : null;

    /// <summary>The days before <paramref name="day"/>; null where there are none.</summary>
    public Period? Before(DateOnly day) => day == DateOnly.MinValue ? null : And(new(null, day.AddDays(-1)));

    /// <summary>The days from <paramref name="day"/> on; null where there are none.</summary>
    public Period? Since(DateOnly day) => And(new(day, null));

    /// <summary>The days of this one that are not of the other: none, one stretch or two.</summary>
    public IEnumerable<Period> Minus(Period other)
    {
        if (!Overlaps(other))
            return [this];
        return new[] { other.From is { } from ? Before(from) : null, other.Until is { } until && until < DateOnly.MaxValue ? Since(until.AddDays(1)) : null }.OfType<Period>();
    }

    /// <summary>Until when the days from <paramref name="today"/> on are held without a gap; the day before today where today is not.</summary>
    public static DateOnly HeldUntil(IEnumerable<Period> held, DateOnly today)
    {
        var reached = today.AddDays(-1);
        foreach (var one in held.OrderBy(period => period.First))
        {
            if (reached == DateOnly.MaxValue || one.First > reached.AddDays(1))
                break;
            reached = one.Last > reached ? one.Last : reached;
        }
        return reached;
    }

    /// <summary>平成20年4月1日から平成21年3月31日まで</summary>
    public string Japanese => (From, Until) switch
    {
        (null, null) => "期間の定めなし",
        ({ } from, null) => $"{PartialDate.Of(from).Japanese}から",
        (null, { } until) => $"{PartialDate.Of(until).Japanese}まで",
        ({ } from, { } until) => $"{PartialDate.Of(from).Japanese}から{PartialDate.Of(until).Japanese}まで",
    };
}
