namespace Kyodo.Selection;

/// <summary>An entry's place. Points run from 0 to 100.</summary>
/// <param name="Mean">The plain mean of its jurors' weighed points.</param>
/// <param name="Corrected">The same, each juror's leniency taken off.</param>
/// <param name="ByCriterion">The mean of 1 to 5 of each criterion, in their order.</param>
public sealed record RankedEntry(string NominationId, double Mean, double Corrected, int PlainRank, int CorrectedRank, int Jurors, IReadOnlyList<double> ByCriterion);

/// <summary>
/// 順位: by the weighed mean, plain and with jurors' severity corrected. Equal to two places, the better 協働度 stands before, then the better
/// 成果・証拠; those equal in all share their place.
/// </summary>
public sealed class Ranking
{
    private Ranking(IReadOnlyList<RankedEntry> entries, JurorSeverity severity, double? alpha, int jurors) => (Entries, Severity, Alpha, Jurors) = (entries, severity, alpha, jurors);

    /// <summary>In the order that counts: corrected where it can be, else plain.</summary>
    public IReadOnlyList<RankedEntry> Entries { get; }

    public JurorSeverity Severity { get; }

    /// <summary>Krippendorff's alpha; null where no agreement can be told.</summary>
    public double? Alpha { get; }

    public int Jurors { get; }

    /// <summary>Can strict and lenient jurors be told apart? Not with one juror, and not where groups of jurors share no entry.</summary>
    public bool IsCorrected => Jurors > 1 && Severity.IsConnected;

    /// <param name="given">Submitted points: entry, juror, one digit a criterion.</param>
    public static Ranking Of(IReadOnlyList<SelectionCriterion> criteria, IReadOnlyCollection<(string Entry, string Juror, string Points)> given)
    {
        var scores = given.Select(one => new JurorScore(one.Entry, one.Juror, SelectionCriterion.Weighed(criteria, one.Points))).ToList();
        var severity = JurorSeverity.Of(scores);
        var means = scores.GroupBy(one => one.Entry, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Average(one => one.Score), StringComparer.Ordinal);
        var counts = scores.CountBy(one => one.Entry, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var points = given.GroupBy(one => one.Entry, StringComparer.Ordinal).ToDictionary(g => g.Key, g => (IReadOnlyList<double>)[.. criteria.Select((_, place) => g.Average(one => one.Points[place] - '0'))], StringComparer.Ordinal);
        var (first, second) = (Place(criteria, "collaboration"), Place(criteria, "results"));
        Standing StandingOf(string entry, double score) => new(Math.Round(score, 2), Round(points[entry], first), Round(points[entry], second));
        var jurors = scores.Select(one => one.Juror).Distinct(StringComparer.Ordinal).Count();
        var plain = Ranks(means.Keys, entry => StandingOf(entry, means[entry]));
        var corrected = Ranks(means.Keys, entry => StandingOf(entry, severity.Worth[entry]));
        var counted = jurors > 1 && severity.IsConnected ? corrected : plain;
        return new Ranking([.. means.Keys.Select(entry => new RankedEntry(entry, means[entry], severity.Worth[entry], plain[entry], corrected[entry], counts[entry], points[entry]))
            .OrderBy(one => counted[one.NominationId]).ThenBy(one => one.NominationId, StringComparer.Ordinal)], severity, Agreement.Alpha(scores), jurors);
    }

    private static int Place(IReadOnlyList<SelectionCriterion> criteria, string key) => criteria.Select((criterion, place) => (criterion, place)).Where(one => one.criterion.Key == key).Select(one => one.place).FirstOrDefault(-1);

    private static double Round(IReadOnlyList<double> points, int place) => place < 0 ? 0 : Math.Round(points[place], 2);

    private static Dictionary<string, int> Ranks(IEnumerable<string> entries, Func<string, Standing> standingOf)
    {
        var ordered = entries.Select(entry => (Entry: entry, Standing: standingOf(entry))).OrderByDescending(one => one.Standing.Score).ThenByDescending(one => one.Standing.First).ThenByDescending(one => one.Standing.Second).ToList();
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < ordered.Count; i++)
            ranks[ordered[i].Entry] = i > 0 && ordered[i].Standing == ordered[i - 1].Standing ? ranks[ordered[i - 1].Entry] : i + 1;
        return ranks;
    }

    private readonly record struct Standing(double Score, double First, double Second);
}
