namespace Kyodo.Scores;

/// <summary>One project's answers as figures need them. <paramref name="Nos"/> are the names of the criteria in the order of the marks.</summary>
/// <param name="Government">Its marks; null where it did not answer, or where they may not be used.</param>
public sealed record Judged(IReadOnlyList<string> Nos, Scale Scale, string Programme, int Year, int FormNo, string Unit, string? Government, IReadOnlyList<JudgedByPartner> Partners);

/// <summary>What one partner that answered said.</summary>
public readonly record struct JudgedByPartner(string Marks, string Kind);

/// <summary>
/// One criterion as one side judged it over a group of projects, in steps of four (see <see cref="Scale.InCommon"/>). Marks outside the scale
/// are counted apart and stand in no mean. A gap is the difference between a government and one of its partners.
/// </summary>
public sealed record ScoreFigure(string Table, string Group, string Criterion, SideKind Side, int N)
{
    /// <summary>Hidden: a group of less than five, or one by which such a group could be worked out.</summary>
    public bool IsHidden { get; init; }

    public double? Mean { get; init; }

    public double? Median { get; init; }

    public double? MeanGap { get; init; }

    /// <summary>The share of pairs that differ by two steps or more, 0 to 1.</summary>
    public double? ShareGap2 { get; init; }

    public int? NotApplicable { get; init; }

    public int? CannotJudge { get; init; }
}

/// <summary>Figures over all projects: per criterion and side, by whatever groups a page shows, with what must be hidden hidden.</summary>
public static class ScoreFigures
{
    public const string All = "all";

    private const double Wide = 2;

    /// <param name="groups">The tables shown together, each with the group that a project (and, where it says so, one partner's answer) belongs to; null is in none.</param>
    public static IReadOnlyList<ScoreFigure> Of(IReadOnlyList<Judged> judged, params IReadOnlyList<ScoreTable> groups)
    {
        var criteria = judged.SelectMany(one => one.Nos).Distinct().ToList();
        var cells = new List<(string Table, string Group, bool IsTotal, List<(int Project, int Partner)> Pairs, List<int> Projects)>();
        var starts = new int[judged.Count + 1];
        for (var i = 0; i < judged.Count; i++)
            starts[i + 1] = starts[i] + judged[i].Partners.Count;
        foreach (var table in groups)
        {
            var byName = new Dictionary<string, (List<(int, int)> Pairs, List<int> Projects)>(StringComparer.Ordinal);
            for (var i = 0; i < judged.Count; i++)
            {
                if (table.ByProject?.Invoke(judged[i]) is { } group)
                {
                    var cell = In(group);
                    cell.Projects.Add(i);
                    for (var k = 0; k < judged[i].Partners.Count; k++)
                        cell.Pairs.Add((i, k));
                }
                else if (table.ByPartner is { } byPartner)
                {
                    for (var k = 0; k < judged[i].Partners.Count; k++)
                        In(byPartner(judged[i].Partners[k])).Pairs.Add((i, k));
                }
            }
            cells.AddRange(byName.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (table.Name, pair.Key, table.IsTotal, pair.Value.Pairs, pair.Value.Projects)));

            (List<(int, int)> Pairs, List<int> Projects) In(string group)
            {
                if (!byName.TryGetValue(group, out var cell))
                    byName[group] = cell = ([], []);
                return cell;
            }
        }
        // Where a criterion stands in the marks of each project: sheets may differ.
        var places = new Dictionary<IReadOnlyList<string>, int[]>(ReferenceEqualityComparer.Instance as IEqualityComparer<IReadOnlyList<string>>);
        foreach (var one in judged)
        {
            if (!places.ContainsKey(one.Nos))
                places.Add(one.Nos, [.. criteria.Select(no => one.Nos.ToList().IndexOf(no))]);
        }
        var figures = new List<ScoreFigure>();
        for (var c = 0; c < criteria.Count; c++)
        {
            var own = new Mark[judged.Count];
            var theirs = new Mark[starts[^1]];
            for (var i = 0; i < judged.Count; i++)
            {
                var place = places[judged[i].Nos][c];
                if (place < 0)
                {
                    own[i] = Mark.None;
                    for (var k = starts[i]; k < starts[i + 1]; k++)
                        theirs[k] = Mark.None;
                    continue;
                }
                own[i] = judged[i].Government is { } marks ? Marks.At(marks, place) : Mark.None;
                for (var k = 0; k < judged[i].Partners.Count; k++)
                    theirs[starts[i] + k] = Marks.At(judged[i].Partners[k].Marks, place);
            }
            figures.AddRange(OfOne(criteria[c]));

            IEnumerable<ScoreFigure> OfOne(string no)
            {
                var scored = new bool[3][];
                for (var kind = 0; kind < 3; kind++)
                {
                    var all = new List<SuppressionCell>(cells.Count);
                    foreach (var cell in cells)
                    {
                        var one = new SuppressionCell(cell.Table, cell.IsTotal, kind == 0 ? judged.Count : theirs.Length);
                        if (kind == 0)
                        {
                            foreach (var i in cell.Projects)
                            {
                                if (own[i].Score is not null)
                                    one.Add(i);
                            }
                        }
                        else
                        {
                            foreach (var (i, k) in cell.Pairs)
                            {
                                if (theirs[starts[i] + k].Score is not null && (kind == 1 || own[i].Score is not null))
                                    one.Add(starts[i] + k);
                            }
                        }
                        all.Add(one);
                    }
                    scored[kind] = [.. Suppression.Hidden(all).Select((hidden, at) => hidden || all[at].Count == 0)];
                }
                for (var at = 0; at < cells.Count; at++)
                {
                    var cell = cells[at];
                    var (pairs, sum, wide) = (0, 0.0, 0);
                    foreach (var (i, k) in cell.Pairs)
                    {
                        if (own[i].Score is not { } a || theirs[starts[i] + k].Score is not { } b)
                            continue;
                        var gap = Math.Abs(judged[i].Scale.InCommon(a) - judged[i].Scale.InCommon(b));
                        (pairs, sum, wide) = (pairs + 1, sum + gap, wide + (gap >= Wide ? 1 : 0));
                    }
                    var gaps = pairs == 0 || scored[2][at] ? null : ((double Mean, double Wide)?)(sum / pairs, wide / (double)pairs);
                    if (cell.Projects.Count > 0)
                    {
                        var said = new Tally();
                        foreach (var i in cell.Projects)
                            said.Add(own[i], judged[i].Scale);
                        yield return One(SideKind.Government, said, scored[0][at]);
                    }
                    var answered = new Tally();
                    foreach (var (i, k) in cell.Pairs)
                        answered.Add(theirs[starts[i] + k], judged[i].Scale);
                    yield return One(SideKind.Partner, answered, scored[1][at]);

                    ScoreFigure One(SideKind side, Tally of, bool hidden)
                    {
                        var figure = new ScoreFigure(cell.Table, cell.Group, no, side, of.Count) { IsHidden = hidden && of.Count > 0 };
                        return of.Count < Suppression.Least || hidden ? figure : figure with
                        {
                            Mean = of.Sum / of.Count,
                            Median = of.Median(),
                            MeanGap = gaps?.Mean,
                            ShareGap2 = gaps?.Wide,
                            NotApplicable = of.NotApplicable,
                            CannotJudge = of.CannotJudge,
                        };
                    }
                }
            }
        }
        return figures;
    }

    /// <summary>Scores counted by value: there are few values, however many scores.</summary>
    private sealed class Tally
    {
        private readonly List<(double Value, int Count)> _values = new(8);

        public int Count { get; private set; }

        public double Sum { get; private set; }

        public int NotApplicable { get; private set; }

        public int CannotJudge { get; private set; }

        public void Add(Mark mark, Scale scale)
        {
            if (mark.Score is not { } score)
            {
                NotApplicable += mark == Mark.NotApplicable ? 1 : 0;
                CannotJudge += mark == Mark.CannotJudge ? 1 : 0;
                return;
            }
            var value = scale.InCommon(score);
            (Count, Sum) = (Count + 1, Sum + value);
            for (var i = 0; i < _values.Count; i++)
            {
                if (_values[i].Value.Equals(value))
                {
                    _values[i] = (value, _values[i].Count + 1);
                    return;
                }
            }
            _values.Add((value, 1));
        }

        public double Median()
        {
            _values.Sort();
            return (At((Count - 1) / 2) + At(Count / 2)) / 2;
        }

        private double At(int place)
        {
            foreach (var (value, count) in _values)
            {
                if (place < count)
                    return value;
                place -= count;
            }
            return double.NaN;
        }
    }
}

/// <summary>One way to group the projects, or the partners' answers.</summary>
public sealed record ScoreTable(string Name, Func<Judged, string?>? ByProject = null, Func<JudgedByPartner, string>? ByPartner = null, bool IsTotal = false)
{
    public static ScoreTable Total { get; } = new("total", _ => ScoreFigures.All, IsTotal: true);

    public static ScoreTable Programmes { get; } = new("programme", one => one.Programme);

    public static ScoreTable Forms { get; } = new("form", one => $"{one.Programme}/{one.FormNo}");

    public static ScoreTable Units { get; } = new("unit", one => one.Unit);

    public static ScoreTable Kinds { get; } = new("kind", ByPartner: one => one.Kind.Length > 0 ? one.Kind : "その他");
}
