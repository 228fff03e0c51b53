using CsCheck;
using Kyodo.Selection;
using Xunit;

namespace Kyodo.Core.Tests.Selection;

public sealed class AssignmentTests
{
    [Fact]
    public void Nobody_judges_with_a_conflict_or_twice_and_each_entry_has_as_many_as_there_are() =>
        Drawn.Sample(drawn =>
        {
            var found = Assignment.Of(drawn.Entries, drawn.Jurors, drawn.Conflicts, 3);
            return drawn.Entries.All(entry => found[entry].Count == Math.Min(3, drawn.Jurors.Count(juror => !drawn.Conflicts.Contains((entry, juror))))
                && found[entry].Distinct().Count() == found[entry].Count && found[entry].All(juror => !drawn.Conflicts.Contains((entry, juror))));
        });

    [Fact]
    public void Without_conflicts_nobody_has_two_more_than_another() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[3, 20]).Sample((entries, jurors) =>
        {
            var loads = Assignment.Of(Names("e", entries), Names("j", jurors), new HashSet<(string, string)>(), 3).Values.SelectMany(own => own).GroupBy(juror => juror).ToDictionary(g => g.Key, g => g.Count());
            var each = Names("j", jurors).Select(juror => loads.GetValueOrDefault(juror)).ToList();
            return each.Max() - each.Min() <= 1;
        });

    [Fact]
    public void No_entry_could_pass_from_one_with_two_more_to_another() =>
        Drawn.Sample(drawn =>
        {
            var found = Assignment.Of(drawn.Entries, drawn.Jurors, drawn.Conflicts, 3);
            int Load(string juror) => found.Values.Count(own => own.Contains(juror));
            return !drawn.Jurors.Any(from => drawn.Jurors.Any(to => Load(from) - Load(to) > 1 && found.Any(one => one.Value.Contains(from) && !one.Value.Contains(to) && !drawn.Conflicts.Contains((one.Key, to)))));
        });

    private sealed record Draw(IReadOnlyList<string> Entries, IReadOnlyList<string> Jurors, IReadOnlySet<(string Entry, string Juror)> Conflicts);

    private static Gen<Draw> Drawn => Gen.Select(Gen.Int[1, 25], Gen.Int[1, 8]).SelectMany((entries, jurors) => Gen.Int[0, 3].Array[entries * jurors].Select(dice =>
        new Draw(Names("e", entries), Names("j", jurors), dice.Select((die, i) => (die, i)).Where(one => one.die == 0).Select(one => ($"e{one.i / jurors:00}", $"j{one.i % jurors:00}")).ToHashSet())));

    private static List<string> Names(string letter, int count) => [.. Enumerable.Range(0, count).Select(i => $"{letter}{i:00}")];
}
