namespace Kyodo.Selection;

/// <summary>
/// 審査員の一致: Krippendorff's alpha for interval data, 1 for full agreement, 0 for what chance would give. Jurors need not have judged the
/// same entries. Source: Krippendorff, Content Analysis (2004), chapter 11.
/// </summary>
public static class Agreement
{
    /// <returns>Null where no entry has two marks, or where all marks are the same and nothing can be told apart.</returns>
    public static double? Alpha(IReadOnlyCollection<JurorScore> marks)
    {
        var shared = marks.GroupBy(mark => mark.Entry, StringComparer.Ordinal).Select(g => g.Select(mark => mark.Score).ToList()).Where(scores => scores.Count > 1).ToList();
        var count = shared.Sum(scores => scores.Count);
        if (count == 0)
            return null;
        // Of n numbers, the squares of all their differences add up to 2n times the squares of their distances from the mean.
        var within = shared.Sum(scores => 2 * scores.Count * Spread(scores) / (scores.Count - 1)) / count;
        var among = 2 * Spread([.. shared.SelectMany(scores => scores)]) / (count - 1);
        return among < 1e-9 ? null : 1 - (within / among);
    }

    private static double Spread(List<double> scores)
    {
        var mean = scores.Average();
        return scores.Sum(score => (score - mean) * (score - mean));
    }
}
