using System.Numerics;

namespace Kyodo.Search;

/// <summary>A set of rows of the index, a bit each.</summary>
internal sealed class CaseRows(int rows)
{
    private readonly ulong[] _bits = new ulong[(rows + 63) / 64];

    public Span<ulong> Bits => _bits;

    public bool this[int row] => (_bits[row >> 6] >> (row & 63) & 1) != 0;

    public static CaseRows All(int rows)
    {
        var all = new CaseRows(rows);
        Array.Fill(all._bits, ulong.MaxValue);
        if (rows % 64 != 0)
            all._bits[^1] = (1UL << (rows % 64)) - 1;
        return all;
    }

    public void Add(int row) => _bits[row >> 6] |= 1UL << (row & 63);

    public CaseRows Copy()
    {
        var copy = new CaseRows(rows);
        _bits.CopyTo(copy._bits, 0);
        return copy;
    }

    public CaseRows Keep(CaseRows others) => Keep(others._bits);

    public CaseRows Keep(ReadOnlySpan<ulong> others)
    {
        for (var i = 0; i < _bits.Length; i++)
            _bits[i] &= others[i];
        return this;
    }

    public CaseRows Join(ReadOnlySpan<ulong> others)
    {
        for (var i = 0; i < _bits.Length; i++)
            _bits[i] |= others[i];
        return this;
    }

    public CaseRows Drop(CaseRows others)
    {
        for (var i = 0; i < _bits.Length; i++)
            _bits[i] &= ~others._bits[i];
        return this;
    }

    public int Count()
    {
        var count = 0;
        foreach (var word in _bits)
            count += BitOperations.PopCount(word);
        return count;
    }

    public int CountWith(ReadOnlySpan<ulong> others)
    {
        var count = 0;
        for (var i = 0; i < _bits.Length; i++)
            count += BitOperations.PopCount(_bits[i] & others[i]);
        return count;
    }

    /// <summary>The rows in their order, from one on.</summary>
    public IEnumerable<int> From(int first)
    {
        for (var i = first >> 6; i < _bits.Length; i++)
        {
            var word = _bits[i];
            if (i == first >> 6)
                word &= ulong.MaxValue << (first & 63);
            for (; word != 0; word &= word - 1)
                yield return (i << 6) + BitOperations.TrailingZeroCount(word);
        }
    }

    /// <summary>The last row; -1 of none.</summary>
    public int Last()
    {
        for (var i = _bits.Length - 1; i >= 0; i--)
        {
            if (_bits[i] != 0)
                return (i << 6) + 63 - BitOperations.LeadingZeroCount(_bits[i]);
        }
        return -1;
    }

    /// <summary>The row before which so many of the set stand; the end where there are fewer.</summary>
    public int Skip(int count)
    {
        for (var i = 0; i < _bits.Length; i++)
        {
            var here = BitOperations.PopCount(_bits[i]);
            if (count < here)
                return From(i << 6).Skip(count).First();
            count -= here;
        }
        return rows;
    }
}
