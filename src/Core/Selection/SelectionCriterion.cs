namespace Kyodo.Selection;

/// <summary>
/// 選定基準 with its weight of 100. Jurors give 1 to 5 points to each: 1 not at all, 3 as good as others, 5 a model for all. Source of the seven
/// that come built in: the selection criteria of the programme's design.
/// </summary>
/// <param name="IsCollaboration">協働度: worked out beforehand from what both sides said, then confirmed by the juror.</param>
public sealed record SelectionCriterion(string Key, string NameJa, string NameEn, int Weight, bool IsCollaboration = false)
{
    public const int Lowest = 1;
    public const int Highest = 5;

    public static IReadOnlyList<SelectionCriterion> BuiltIn { get; } =
    [
        new("goal", "目標設定・必要性", "goal and need", 10),
        new("novelty", "先駆性・独創性", "novelty", 15),
        new("collaboration", "協働度", "quality of the collaboration", 20, IsCollaboration: true),
        new("results", "成果・証拠", "results and evidence", 20),
        new("residents", "住民の目線・満足", "seen from residents", 10),
        new("lasting", "持続性・発展性", "lasting and growing", 10),
        new("spread", "波及・移転可能性", "spread and transfer", 15),
    ];

    /// <summary>Points of all criteria by their weights, from 0 (all 1) to 100 (all 5).</summary>
    public static double Weighed(IReadOnlyList<SelectionCriterion> criteria, string points) =>
        criteria.Select((criterion, place) => criterion.Weight * (points[place] - '0' - Lowest) * 100.0 / (Highest - Lowest)).Sum() / criteria.Sum(criterion => criterion.Weight);
}
