namespace Kyodo.Selection;

/// <summary>A case that is good and that nobody has seen, with the reasons why it is on the list.</summary>
public sealed record BuriedCase(Candidate Candidate, IReadOnlyList<string> Reasons);

/// <summary>
/// 埋もれた事例: well judged by both sides, never put forward, and little read or of a rare form or with a rare kind of partner. A list to
/// look at, never a choice.
/// </summary>
public static class Buried
{
    /// <summary>Of four steps: both sides found most of what was asked to be so.</summary>
    private const double GoodMean = 3;

    /// <summary>A form or a kind of partner that fewer of the year's cases have is rare.</summary>
    private const double RareShare = 0.1;

    /// <param name="nominated">Ids of cases that are entered already.</param>
    /// <param name="readings">How often each case was opened by staff; null where that is not known.</param>
    public static IReadOnlyList<BuriedCase> Among(IReadOnlyList<Candidate> candidates, IReadOnlySet<string> nominated, IReadOnlyDictionary<string, int>? readings)
    {
        var forms = candidates.CountBy(one => one.FormNo).ToDictionary();
        var kinds = candidates.SelectMany(one => one.PartnerKinds).CountBy(kind => kind, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var median = readings is null || candidates.Count == 0 ? 0 : candidates.Select(one => readings.GetValueOrDefault(one.CaseId)).Order().ElementAt(candidates.Count / 2);
        var found = new List<BuriedCase>();
        foreach (var one in candidates.Where(one => one.IsEligible && !one.WasNominatedBefore && !nominated.Contains(one.CaseId) && one.Mean >= GoodMean))
        {
            var reasons = new List<string>();
            if (readings is not null && median > 0 && readings.GetValueOrDefault(one.CaseId) is var read && read * 2 <= median)
                reasons.Add($"庁内で{read}回しか読まれていない（事例の中央値は{median}回）");
            if (forms[one.FormNo] < candidates.Count * RareShare)
                reasons.Add($"少ない協働形態（この年度に{forms[one.FormNo]}件）");
            if (one.PartnerKinds.Where(kind => kinds[kind] < candidates.Count * RareShare).ToList() is { Count: > 0 } rare)
                reasons.Add($"珍しい相手方（{string.Join("、", rare)}）");
            if (reasons.Count > 0)
                found.Add(new BuriedCase(one, [$"双方の評価がよい（平均{one.Mean:0.0} / 4）", .. reasons, "推薦されたことがない"]));
        }
        return [.. found.OrderByDescending(one => one.Reasons.Count).ThenByDescending(one => one.Candidate.Mean).ThenBy(one => one.Candidate.CaseId, StringComparer.Ordinal)];
    }
}
