namespace Kyodo.Selection;

/// <summary>
/// 審査の割り当て: who judges what. Every entry gets as many jurors as asked for, none with a conflict of interest; the loads differ as little
/// as the conflicts allow, and two jurors who have shared few entries yet come first, so that all can be compared with all.
/// </summary>
public static class Assignment
{
    /// <param name="conflicts">Entry and juror that may not meet.</param>
    /// <param name="perEntry">How many jurors an entry gets; 3 at least.</param>
    /// <returns>The jurors of each entry; fewer than asked for where conflicts leave no more.</returns>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(IReadOnlyList<string> entries, IReadOnlyList<string> jurors, IReadOnlySet<(string Entry, string Juror)> conflicts, int perEntry)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perEntry, 1);
        var load = jurors.ToDictionary(juror => juror, _ => 0, StringComparer.Ordinal);
        var met = new Dictionary<(string, string), int>();
        var chosen = entries.ToDictionary(entry => entry, _ => new List<string>(), StringComparer.Ordinal);
        // Entries with the fewest to choose from come first: they would find the free ones taken.
        foreach (var entry in entries.OrderBy(entry => jurors.Count(juror => !conflicts.Contains((entry, juror)))))
        {
            var own = chosen[entry];
            while (own.Count < perEntry && jurors.Where(juror => !own.Contains(juror) && !conflicts.Contains((entry, juror))).OrderBy(juror => load[juror]).ThenBy(juror => own.Sum(other => met.GetValueOrDefault(Pair(juror, other)))).FirstOrDefault() is { } next)
            {
                foreach (var other in own)
                    met[Pair(next, other)] = met.GetValueOrDefault(Pair(next, other)) + 1;
                own.Add(next);
                load[next]++;
            }
        }
        Balance(jurors, conflicts, load, chosen);
        return chosen.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value, StringComparer.Ordinal);
    }

    // As long as somebody has two more than another who could take one over.
    private static void Balance(IReadOnlyList<string> jurors, IReadOnlySet<(string Entry, string Juror)> conflicts, Dictionary<string, int> load, Dictionary<string, List<string>> chosen)
    {
        while (jurors.SelectMany(_ => jurors, (from, to) => (From: from, To: to)).Where(pair => load[pair.From] - load[pair.To] > 1).OrderByDescending(pair => load[pair.From] - load[pair.To])
            .Select(pair => (pair.From, pair.To, Entry: chosen.FirstOrDefault(one => one.Value.Contains(pair.From) && !one.Value.Contains(pair.To) && !conflicts.Contains((one.Key, pair.To))).Value))
            .FirstOrDefault(move => move.Entry is not null) is { Entry: { } entry } found)
        {
            entry[entry.IndexOf(found.From)] = found.To;
            load[found.From]--;
            load[found.To]++;
        }
    }

    private static (string, string) Pair(string one, string other) => string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);
}
