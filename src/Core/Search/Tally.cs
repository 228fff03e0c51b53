namespace Kyodo.Search;

/// <summary>The scores of one search, row by row; used again by the next.</summary>
internal sealed class Tally(int rows)
{
    private readonly float[] _group = new float[rows];
    private readonly float[] _mass = new float[rows];
    private readonly byte[] _held = new byte[rows];
    private readonly byte[] _heaviest = new byte[rows];

    public float[] Scores { get; } = new float[rows];

    public void Clear()
    {
        Array.Clear(Scores);
        Array.Clear(_held);
    }

    /// <summary>Adds a term of the group to the rows that hold it. Given pairs of distance and weight.</summary>
    public void Add(ReadOnlySpan<byte> posting, float rarity)
    {
        var (group, mass) = (_group, _mass);
        var row = -1;
        for (var i = 0; i < posting.Length;)
        {
            row += Distance(posting, ref i);
            group[row] += rarity * posting[i++];
            mass[row] += rarity;
        }
    }

    /// <summary>Takes note of one of several spellings of a term: the heaviest in a row counts, once.</summary>
    public void Note(ReadOnlySpan<byte> posting)
    {
        var row = -1;
        for (var i = 0; i < posting.Length; i++)
        {
            row += Distance(posting, ref i);
            if (posting[i] > _heaviest[row])
                _heaviest[row] = posting[i];
        }
    }

    /// <summary>Adds what was noted, as one term.</summary>
    public void AddNoted(float rarity)
    {
        for (var row = 0; row < _heaviest.Length; row++)
        {
            if (_heaviest[row] == 0)
                continue;
            _group[row] += rarity * _heaviest[row];
            _mass[row] += rarity;
            _heaviest[row] = 0;
        }
    }

    public static int Distance(ReadOnlySpan<byte> posting, ref int at)
    {
        int part = posting[at++];
        if (part < 128)
            return part;
        var (distance, shift) = (part & 127, 7);
        do
        {
            part = posting[at++];
            distance |= (part & 127) << shift;
            shift += 7;
        }
        while (part > 127);
        return distance;
    }

    /// <summary>A row holds the group when it has more than the least share of what the best has. The more of it, the better it scores.</summary>
    /// <param name="only">The rows that count; null for all.</param>
    public bool EndGroup(float leastShare, CaseRows? only = null)
    {
        var best = 0f;
        for (var row = 0; row < _mass.Length; row++)
        {
            if (_mass[row] > 0 && only is not null && !only[row])
                _mass[row] = 0;
            best = Math.Max(best, _mass[row]);
        }
        if (best == 0)
        {
            Array.Clear(_group);
            return false;
        }
        for (var row = 0; row < _mass.Length; row++)
        {
            if (_mass[row] == 0)
                continue;
            var share = _mass[row] / best;
            Scores[row] += _group[row] * (1 + share);
            if (share > leastShare && _held[row] < byte.MaxValue)
                _held[row]++;
        }
        Array.Clear(_group);
        Array.Clear(_mass);
        return true;
    }

    /// <summary>The rows that hold as many groups as any row does, and how many these are.</summary>
    public CaseRows HoldingMost(out int most)
    {
        most = 0;
        foreach (var held in _held)
            most = Math.Max(most, held);
        var found = new CaseRows(rows);
        for (var row = 0; most > 0 && row < rows; row++)
        {
            if (_held[row] == most)
                found.Add(row);
        }
        return found;
    }
}
