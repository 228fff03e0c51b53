using System.Diagnostics;
using Kyodo.Samples;
using Kyodo.Selection;

namespace Kyodo.Benchmarks;

/// <summary>
/// Jurors played by the program: each entry has a true worth, each juror a leniency of their own, each mark a chance. How near do plain means and
/// corrected ones come to the true order? By Kendall's rank correlation and by how many of the true best fifth are among the best fifth found.
/// Marks are points of 1 to 5 for seven criteria, as jurors give them. And the time that a ranking of 500 entries takes.
/// </summary>
internal static class JurorSimulation
{
    private const int Rounds = 400;

    public static void Run()
    {
        Console.WriteLine("| entries | jurors | jurors an entry | leniency (SD, points of 5) | Kendall plain | Kendall corrected | rounds better / worse | best fifth found, plain | corrected |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var (entries, jurors, each) in new[] { (14, 5, 3), (40, 8, 3), (100, 12, 3), (500, 20, 3), (40, 8, 8) })
        {
            foreach (var leniency in new[] { 0.0, 0.25, 0.5, 1.0 })
                Compare(entries, jurors, each, leniency);
        }
        foreach (var each in new[] { 3, 20 })
            Time(each);
    }

    private static void Compare(int entries, int jurors, int each, double leniency)
    {
        var rounds = entries > 200 ? Rounds / 10 : Rounds;
        var (plain, corrected, better, worse, plainBest, correctedBest) = (0.0, 0.0, 0, 0, 0.0, 0.0);
        for (var round = 0; round < rounds; round++)
        {
            var (truth, given) = Judge(entries, jurors, each, leniency, (ulong)(round + 1));
            var ranking = Ranking.Of(SelectionCriterion.BuiltIn, given);
            var means = ranking.Entries.ToDictionary(row => row.NominationId, row => row.Mean, StringComparer.Ordinal);
            var worth = ranking.Entries.ToDictionary(row => row.NominationId, row => row.Corrected, StringComparer.Ordinal);
            var (a, b) = (Kendall(truth, means), Kendall(truth, worth));
            plain += a;
            corrected += b;
            better += b > a + 1e-12 ? 1 : 0;
            worse += b < a - 1e-12 ? 1 : 0;
            plainBest += Found(truth, means);
            correctedBest += Found(truth, worth);
        }
        Console.WriteLine(FormattableString.Invariant($"| {entries} | {jurors} | {each} | {leniency} | {plain / rounds:0.000} | {corrected / rounds:0.000} | {better} / {worse} of {rounds} | {plainBest / rounds:P0} | {correctedBest / rounds:P0} |"));
    }

    private static void Time(int each)
    {
        var (_, given) = Judge(500, 20, each, 0.5, 7);
        var times = Enumerable.Range(0, 11).Select(_ =>
        {
            var begin = Stopwatch.GetTimestamp();
            Ranking.Of(SelectionCriterion.BuiltIn, given);
            return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }).Order().ToList();
        Console.WriteLine(FormattableString.Invariant($"ranking of 500 entries by 20 jurors, {given.Count} judgements: median {times[5]:0.0} ms, slowest (first, cold) {times[^1]:0.0} ms"));
    }

    private static (Dictionary<string, double> Truth, List<(string Entry, string Juror, string Points)> Given) Judge(int entries, int jurors, int each, double leniency, ulong seed)
    {
        var dice = new Dice(Dice.Mix(seed, (ulong)((entries * 1000) + (jurors * 10) + (leniency * 8))));
        List<string> names = [.. Enumerable.Range(0, entries).Select(i => $"e{i:000}")], people = [.. Enumerable.Range(0, jurors).Select(i => $"j{i:00}")];
        var truth = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var name in names)
            truth[name] = Normal(ref dice) * 0.7;
        var lenient = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var person in people)
            lenient[person] = Normal(ref dice) * leniency;
        var given = new List<(string, string, string)>();
        foreach (var (entry, asked) in Assignment.Of(names, people, new HashSet<(string, string)>(), each))
        {
            foreach (var juror in asked)
            {
                // What a juror makes of an entry as a whole, and of each criterion.
                var mood = Normal(ref dice) * 0.4;
                var points = new char[SelectionCriterion.BuiltIn.Count];
                for (var i = 0; i < points.Length; i++)
                    points[i] = (char)('0' + Math.Clamp((int)Math.Round(3 + truth[entry] + lenient[juror] + mood + (Normal(ref dice) * 0.7)), SelectionCriterion.Lowest, SelectionCriterion.Highest));
                given.Add((entry, juror, new string(points)));
            }
        }
        return (truth, given);
    }

    // Box and Muller.
    private static double Normal(ref Dice dice) => Math.Sqrt(-2 * Math.Log((dice.Below(1_000_000) + 1) / 1_000_001.0)) * Math.Cos(2 * Math.PI * dice.Below(1_000_000) / 1_000_000.0);

    private static double Kendall(Dictionary<string, double> truth, Dictionary<string, double> found)
    {
        var (a, b) = (truth.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value).ToArray(), truth.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Math.Round(found[pair.Key], 6)).ToArray());
        var sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < i; j++)
                sum += Math.Sign(a[i] - a[j]) * Math.Sign(b[i] - b[j]);
        }
        return sum / (a.Length * (a.Length - 1) / 2.0);
    }

    private static double Found(Dictionary<string, double> truth, Dictionary<string, double> found)
    {
        var count = Math.Max(1, truth.Count / 5);
        var best = truth.OrderByDescending(pair => pair.Value).Take(count).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        return found.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(count).Count(pair => best.Contains(pair.Key)) / (double)count;
    }
}
