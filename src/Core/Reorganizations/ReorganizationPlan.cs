using Kyodo.Common;
using Kyodo.Organizations;

namespace Kyodo.Reorganizations;

/// <summary>What a change set would do to the units, and all that is wrong with it. Nothing is changed by looking.</summary>
public sealed class ReorganizationPlan
{
    private readonly Dictionary<string, OrgUnit> _units;
    private readonly FiscalYear _last;
    private readonly FiscalYear _year;
    private readonly List<Problem> _problems = [];
    private readonly List<UnitBeginning> _begins = [];
    private readonly List<UnitEnding> _ends = [];

    private ReorganizationPlan(DateOnly on, IReadOnlyCollection<OrgUnit> units) =>
        (_last, _year, _units) = (FiscalYear.Of(on.AddDays(-1)), FiscalYear.Of(on), units.ToDictionary(u => u.Code, StringComparer.Ordinal));

    public IReadOnlyList<UnitBeginning> Begins => _begins;

    public IReadOnlyList<UnitEnding> Ends => _ends;

    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary><paramref name="units"/>: all units of the installation, with those above them.</summary>
    public static ReorganizationPlan Rehearse(DateOnly on, IReadOnlyList<ReorganizationLine> lines, IReadOnlyCollection<OrgUnit> units)
    {
        var plan = new ReorganizationPlan(on, units);
        if (lines.Count == 0)
            plan.Wrong(null, "変更が1行もありません。");
        for (var i = 0; i < lines.Count; i++)
            plan.CheckLine(lines[i], i + 1);
        if (plan._problems.Count > 0)
            return plan;
        plan.Gather(lines);
        plan.CheckTree();
        return plan;
    }

    private void Wrong(int? line, string message) => _problems.Add(new Problem(Severity.Error, message, Cell: line is { } no ? $"{no}行目" : null));

    private void CheckLine(ReorganizationLine line, int no)
    {
        var (needsFrom, needsTo) = (line.Change is not ReorganizationChange.New, line.Change is not ReorganizationChange.Abolished);
        if (needsFrom != (line.From is not null))
            Wrong(no, needsFrom ? "変更前の組織コードを書いてください。" : "新設する組織に、変更前の組織は書けません。");
        else if (line.From is { } code && !_units.ContainsKey(code))
            Wrong(no, $"変更前の組織「{code}」はありません。組織コードを確かめてください。");
        else if (line.From is { } from && _units[from] is var unit && !unit.StandsIn(_last))
        {
            Wrong(no, !(_last > unit.LastYear)
                ? $"「{unit.Name}」は{unit.FirstYear!.Value.Japanese}からの組織です。この施行日の変更では、まだ動かせません。"
                : $"「{unit.Name}」は{unit.LastYear!.Value.Japanese}で終わっています。この施行日の変更では動かせません。");
        }
        if (line.From is { } mover && _units.TryGetValue(mover, out var ended) && ended.StandsIn(_last) && ended.LastYear is not null && !(ended.LastYear < _last))
            Wrong(no, $"「{ended.Name}」は{ended.LastYear.Value.Japanese}で終わることになっています。二度は動かせません。");
        if (needsTo != (line.To is not null))
            Wrong(no, needsTo ? "変更後の組織コードを書いてください。" : "廃止する組織に、変更後の組織は書けません。引き継ぐ組織があれば「統合」にしてください。");
        else if (line.To is { } to && OrgUnit.WhyNotCode(to) is { } why)
            Wrong(no, why);
        else if (line is { Change: ReorganizationChange.Merged, To: { } into } && _units.TryGetValue(into, out var standing) && standing.StandsIn(_year) && standing.LastYear is null)
        {
            if (line.From == into)
                Wrong(no, $"「{standing.Name}」を自分に統合しています。統合される組織だけを書いてください。");
        }
        else if (line.To is { } taken && _units.TryGetValue(taken, out var old))
            Wrong(no, $"組織コード「{taken}」は「{old.Name}」が使っています。過去の年度の組織を残すため、別のコードにしてください。");
        else if (line is { To: { Length: 6 } number } && number.All(char.IsAsciiDigit) && !CheckDigit.IsGovernmentCode(number))
            Wrong(no, $"団体コード「{number}」の検査数字が合いません。6桁の全国地方公共団体コードを確かめてください。");
        if (line.Name is { Length: > 100 })
            Wrong(no, $"名称は100字以内で書いてください（いま{line.Name.Length}字）。");
    }

    private void Gather(IReadOnlyList<ReorganizationLine> lines)
    {
        foreach (var of in lines.Where(l => l.From is not null).GroupBy(l => l.From!, StringComparer.Ordinal))
        {
            var splits = of.All(l => l.Change is ReorganizationChange.Split);
            if (of.Count() > 1 && !splits)
                Wrong(null, $"「{_units[of.Key].Name}」の変更が{of.Count()}行あります。分割のほかは1行にしてください。");
            if (splits && of.Select(l => l.To).Distinct(StringComparer.Ordinal).Count() < 2)
                Wrong(null, $"「{_units[of.Key].Name}」の分割先が1つしかありません。2つ以上書くか、名称変更にしてください。");
            _ends.Add(new UnitEnding(of.Key, _units[of.Key].Name, [.. of.Where(l => l.To is not null).Select(l => l.To!).Distinct(StringComparer.Ordinal)]));
        }
        var successors = _ends.ToDictionary(e => e.Code, e => e.Successors, StringComparer.Ordinal);
        foreach (var into in lines.Where(l => l.To is not null).GroupBy(l => l.To!, StringComparer.Ordinal))
        {
            if (_units.TryGetValue(into.Key, out var standing))
            {
                if (successors.ContainsKey(into.Key))
                    Wrong(null, $"「{standing.Name}」は、この機構改革で終わるのに、統合の相手になっています。");
                continue;
            }
            var merges = into.All(l => l.Change is ReorganizationChange.Merged);
            if (into.Count() > 1 && !merges)
                Wrong(null, $"変更後の組織「{into.Key}」が{into.Count()}行あります。統合のほかは1行にしてください。");
            if (merges && into.Count() < 2)
                Wrong(null, $"「{into.Key}」に統合する組織が1つしかありません。2つ以上書くか、名称変更にしてください。");
            var first = into.First();
            if (into.Any(l => (l.Name ?? first.Name) != first.Name || (l.Parent ?? first.Parent) != first.Parent || (l.Kind ?? first.Kind) != first.Kind))
                Wrong(null, $"「{into.Key}」の名称・上の組織・種類が行によって違います。同じにしてください。");
            var from = first.From is { } code ? _units[code] : null;
            var name = first.Name ?? (first.Change is ReorganizationChange.Moved ? from!.Name : null);
            if (string.IsNullOrWhiteSpace(name))
                Wrong(null, $"「{into.Key}」の名称を書いてください。");
            var parent = first.Parent ?? (first.Change is ReorganizationChange.Renamed ? from!.Parent?.Code : null);
            // Where the unit above changes too and becomes exactly one, those below it go along.
            if (parent is not null && successors.TryGetValue(parent, out var next) && next.Count == 1)
                parent = next[0];
            _begins.Add(new UnitBeginning(into.Key, name ?? "", first.Kind ?? from?.Kind ?? OrgUnitKind.Division, parent, [.. into.Where(l => l.From is not null).Select(l => l.From!)]));
        }
    }

    private void CheckTree()
    {
        var begins = _begins.ToDictionary(b => b.Code, StringComparer.Ordinal);
        var ending = _ends.Select(e => e.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var begin in _begins.Where(b => b.Parent is not null))
        {
            if (begins.ContainsKey(begin.Parent!))
            {
                var (at, steps) = (begin.Parent, 0);
                while (at is not null && at != begin.Code && begins.TryGetValue(at, out var above) && steps++ <= begins.Count)
                    at = above.Parent;
                if (at == begin.Code)
                    Wrong(null, $"「{begin.Name}」が、めぐりめぐって自分の下に置かれています。上の組織を直してください。");
            }
            else if (!_units.TryGetValue(begin.Parent!, out var upper))
                Wrong(null, $"「{begin.Name}」の上の組織「{begin.Parent}」はありません。組織コードを確かめてください。");
            else if (ending.Contains(upper.Code) || !upper.StandsIn(_year) || upper.LastYear is not null)
                Wrong(null, $"「{begin.Name}」の上の組織「{upper.Name}」は、{begin.Name}の続く年度にはありません。上の組織を直してください。");
        }
        var staying = _units.Values.Where(u => u.StandsIn(_year) && !ending.Contains(u.Code)).ToList();
        foreach (var left in staying.Where(u => u.Parent is { } upper && ending.Contains(upper.Code)))
            Wrong(null, $"「{left.Parent!.Name}」が終わるのに、その下の「{left.Name}」の行がありません。移管・統合・廃止のどれかを書いてください。");
        var names = staying.Select(u => (Parent: u.Parent?.Code, u.Name)).Concat(_begins.Select(b => (b.Parent, b.Name)));
        foreach (var twice in names.GroupBy(n => n).Where(g => g.Count() > 1))
        {
            if (_begins.Exists(b => (b.Parent, b.Name) == twice.Key))
                Wrong(null, $"同じ組織の下に「{twice.Key.Name}」が{twice.Count()}つできます。名称を変えてください。");
        }
    }
}
