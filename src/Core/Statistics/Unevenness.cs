namespace Kyodo.Statistics;

/// <summary>偏り: how unequally a number of things is spread over those who might have them. Counts are never negative.</summary>
public static class Unevenness
{
    /// <summary>
    /// 0 when all have the same, (n - 1) / n when one has all; null where there is nobody or nothing, for then no spread can be told.
    /// </summary>
    public static double? Gini(IReadOnlyCollection<int> counts)
    {
        var all = Sum(counts);
        if (all == 0)
            return null;
        // Whole numbers until the last step: neither order nor scale can change a digit.
        Int128 weighted = 0;
        var rank = 0;
        foreach (var count in counts.Order())
            weighted += (Int128)((2L * ++rank) - counts.Count - 1) * count;
        return (double)weighted / ((double)counts.Count * all);
    }

    /// <summary>
    /// The Lorenz curve from (0, 0) to (1, 1): the share of all things that the share of those with the fewest has. Empty where there is
    /// nobody or nothing.
    /// </summary>
    public static IReadOnlyList<LorenzPoint> Lorenz(IReadOnlyCollection<int> counts)
    {
        var all = Sum(counts);
        if (all == 0)
            return [];
        var points = new List<LorenzPoint>(counts.Count + 1) { new(0, 0) };
        var sum = 0L;
        foreach (var count in counts.Order())
        {
            sum += count;
            points.Add(new((double)points.Count / counts.Count, (double)sum / all));
        }
        return points;
    }

    private static long Sum(IReadOnlyCollection<int> counts)
    {
        if (counts.Any(count => count < 0))
            throw new ArgumentOutOfRangeException(nameof(counts), "A count is 0 or more.");
        return counts.Sum(count => (long)count);
    }
}

/// <summary>A point of the Lorenz curve; both between 0 and 1.</summary>
public sealed record LorenzPoint(double Units, double Cases);
