namespace Kyodo.Scores;

public enum SideKind
{
    Government,
    Partner,
}

/// <summary>The steps of a scale in words, the lowest first. 該当なし and 判断できない stand outside it.</summary>
public sealed record Scale(IReadOnlyList<string> Labels)
{
    /// <summary>The scale that figures are told in: four steps.</summary>
    public const int Common = 4;

    public int Max { get; } = Labels.Count;

    /// <summary>0 for the lowest step, 100 for the highest: how scales of different lengths are compared.</summary>
    public double Score100(int score) => (score - 1) / (double)(Max - 1) * 100;

    /// <summary>The same place on four steps, 1 to 4; on a scale of four it is the score itself.</summary>
    public double InCommon(int score) => Max == Common ? score : 1 + (Score100(score) / 100 * (Common - 1));

    public string Name(Mark mark) => mark.Score is { } score ? Labels[score - 1] : mark.Name;
}
