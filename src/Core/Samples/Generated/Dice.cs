namespace Kyodo.Samples;

/// <summary>Chance from a stated seed (SplitMix64): the same seed throws the same numbers on every computer and in every version.</summary>
internal struct Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 up to, and not including, the number.</summary>
    public int Below(int number) => (int)(Next() % (ulong)number);

    public int Between(int least, int most) => least + Below(most - least + 1);

    public bool Chance(int percent) => Below(100) < percent;

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>A few different ones, in their order.</summary>
    public IReadOnlyList<T> Some<T>(IReadOnlyList<T> choices, int count)
    {
        var chosen = new List<T>(count);
        var left = Math.Min(count, choices.Count);
        for (var i = 0; left > 0; i++)
        {
            if (Below(choices.Count - i) < left)
            {
                chosen.Add(choices[i]);
                left--;
            }
        }
        return chosen;
    }

    /// <summary>Another seed, for what belongs to this one: the same pair always gives the same.</summary>
    public static ulong Mix(ulong seed, ulong with) => new Dice(seed ^ (with * 0xD6E8FEB86659FD93)).Next();
}
