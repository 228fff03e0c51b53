using System.Numerics;

namespace Kyodo.Scores;

/// <summary>
/// A figure that could be shown: the answers it is made of, as bits. Cells of one table have no answer in common; a total is never hidden for
/// the sake of another cell.
/// </summary>
public sealed class SuppressionCell(string table, bool isTotal, int answers)
{
    private readonly ulong[] _bits = new ulong[(answers + 63) / 64];

    public string Table => table;

    public bool IsTotal => isTotal;

    public int Count { get; private set; }

    public void Add(int answer)
    {
        if (Contains(answer))
            return;
        _bits[answer >> 6] |= 1UL << (answer & 63);
        Count++;
    }

    public bool Contains(int answer) => (_bits[answer >> 6] & (1UL << (answer & 63))) != 0;

    internal int InCommon(SuppressionCell other)
    {
        var count = 0;
        for (var i = 0; i < _bits.Length; i++)
            count += BitOperations.PopCount(_bits[i] & other._bits[i]);
        return count;
    }
}

/// <summary>
/// Which figures stay hidden. A group of less than five is; and so are as many of the next larger ones as it takes that no group of less than
/// five can be worked out by taking figures off one another: a table's off a total, or those of one table (up to two of them, of two tables) off
/// another's.
/// </summary>
public static class Suppression
{
    public const int Least = 5;

    public static bool[] Hidden(IReadOnlyList<SuppressionCell> cells, int least = Least)
    {
        var hidden = cells.Select(cell => cell.Count > 0 && cell.Count < least).ToArray();
        var common = new int[cells.Count, cells.Count];
        for (var a = 0; a < cells.Count; a++)
        {
            for (var b = a + 1; b < cells.Count; b++)
                common[a, b] = common[b, a] = cells[a].InCommon(cells[b]);
        }
        var tables = Enumerable.Range(0, cells.Count).GroupBy(i => cells[i].Table, StringComparer.Ordinal).Select(g => g.ToArray()).ToArray();
        while (Offender() is { } offender)
            hidden[offender] = true;
        return hidden;

        bool IsShown(int i) => !hidden[i] && cells[i].Count > 0;
        bool IsSmall(int count) => count > 0 && count < least;
        bool LiesIn(int a, int whole) => a != whole && IsShown(a) && common[a, whole] == cells[a].Count;
        int? Smallest(IEnumerable<int> among) => among.Where(i => !cells[i].IsTotal).OrderBy(i => cells[i].Count).ThenBy(i => i).Select(i => (int?)i).FirstOrDefault();

        int? Offender()
        {
            for (var whole = 0; whole < cells.Count; whole++)
            {
                if (!IsShown(whole))
                    continue;
                foreach (var table in tables)
                {
                    var inside = table.Where(a => LiesIn(a, whole)).ToList();
                    if (IsSmall(cells[whole].Count - inside.Sum(a => cells[a].Count)) && (Smallest(inside) ?? Smallest([whole])) is { } found)
                        return found;
                }
                for (var a = 0; a < cells.Count; a++)
                {
                    if (!LiesIn(a, whole))
                        continue;
                    var left = cells[whole].Count - cells[a].Count;
                    if (IsSmall(left) && (Smallest([a]) ?? Smallest([whole])) is { } nested)
                        return nested;
                    for (var b = a + 1; b < cells.Count; b++)
                    {
                        if (LiesIn(b, whole) && common[a, b] == 0 && IsSmall(left - cells[b].Count) && Smallest([a, b]) is { } of)
                            return of;
                    }
                }
            }
            return null;
        }
    }
}
