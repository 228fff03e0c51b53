namespace Kyodo.Selection;

/// <summary>
/// 審査員の辛さ・甘さの補正. Each mark is taken as the entry's worth plus the juror's leniency plus chance. Worth and leniency are estimated
/// together by least squares over all marks, so that a juror who was given the weak entries is not taken for a strict one; leniency is drawn
/// towards 0 as if each juror had given one mark more without any (ridge of weight 1), so that few marks prove little.
/// It assumes that a juror is as strict with every entry, and that who judges what does not hang on the entry's worth.
/// Source: the additive two-way model of unbalanced block designs (Yates 1936), with the jurors' effects shrunk as random ones (Henderson 1975).
/// </summary>
public sealed class JurorSeverity
{
    private const double OneMark = 1;

    private JurorSeverity(IReadOnlyDictionary<string, double> leniency, IReadOnlyDictionary<string, double> worth, bool isConnected) =>
        (Leniency, Worth, IsConnected) = (leniency, worth, isConnected);

    /// <summary>In points: how much more a juror gives than the others would to the same entries. Below 0: stricter.</summary>
    public IReadOnlyDictionary<string, double> Leniency { get; }

    /// <summary>The mean of each entry's marks, each less its juror's leniency. Not cut off at 0 and 100.</summary>
    public IReadOnlyDictionary<string, double> Worth { get; }

    /// <summary>Do shared entries link all jurors? Where not, those of one group cannot be compared with those of another.</summary>
    public bool IsConnected { get; }

    /// <param name="marks">At most one for each entry and juror.</param>
    public static JurorSeverity Of(IReadOnlyCollection<JurorScore> marks)
    {
        var entries = marks.GroupBy(mark => mark.Entry, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var jurors = marks.Select(mark => mark.Juror).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var place = jurors.Select((juror, i) => (juror, i)).ToDictionary(pair => pair.juror, pair => pair.i, StringComparer.Ordinal);
        var (equations, right) = (new double[jurors.Count, jurors.Count], new double[jurors.Count]);
        var groups = new Groups(jurors.Count);
        foreach (var own in entries.Values)
        {
            var mean = own.Average(mark => mark.Score);
            foreach (var mark in own)
            {
                var row = place[mark.Juror];
                equations[row, row]++;
                right[row] += mark.Score - mean;
                foreach (var other in own)
                    equations[row, place[other.Juror]] -= 1.0 / own.Count;
                groups.Join(place[own[0].Juror], row);
            }
        }
        for (var i = 0; i < jurors.Count; i++)
            equations[i, i] += OneMark;
        var found = Solve(equations, right);
        var leniency = jurors.ToDictionary(juror => juror, juror => found[place[juror]], StringComparer.Ordinal);
        return new JurorSeverity(leniency, entries.ToDictionary(pair => pair.Key, pair => pair.Value.Average(mark => mark.Score - leniency[mark.Juror]), StringComparer.Ordinal), groups.Count <= 1);
    }

    // Cholesky: the ridge keeps the equations positive definite, whoever judged what.
    private static double[] Solve(double[,] a, double[] b)
    {
        var n = b.Length;
        var lower = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = a[i, j];
                for (var k = 0; k < j; k++)
                    sum -= lower[i, k] * lower[j, k];
                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
            }
        }
        var x = new double[n];
        for (var i = 0; i < n; i++)
        {
            x[i] = b[i];
            for (var k = 0; k < i; k++)
                x[i] -= lower[i, k] * x[k];
            x[i] /= lower[i, i];
        }
        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
                x[i] -= lower[k, i] * x[k];
            x[i] /= lower[i, i];
        }
        return x;
    }

    private sealed class Groups(int size)
    {
        private readonly int[] _of = [.. Enumerable.Range(0, size)];

        public int Count { get; private set; } = size;

        public void Join(int one, int other)
        {
            var (a, b) = (Top(one), Top(other));
            if (a == b)
                return;
            _of[a] = b;
            Count--;
        }

        private int Top(int one)
        {
            while (_of[one] != one)
                one = _of[one] = _of[_of[one]];
            return one;
        }
    }
}
