namespace Kyodo.Common;

/// <summary>
/// A text as the set of its pairs of neighbouring characters, which is how Japanese is compared without knowing where its words end.
/// Spaces, marks and width do not count.
/// </summary>
public sealed class Bigrams
{
    private readonly uint[] _pairs;

    private Bigrams(uint[] pairs) => _pairs = pairs;

    public bool IsEmpty => _pairs.Length == 0;

    public static Bigrams Of(string? text) => OfKey(TextForms.Key(text));

    /// <summary>Of a text that is a <see cref="TextForms.Key"/> already, as titles are kept.</summary>
    public static Bigrams OfKey(string key)
    {
        var pairs = new uint[key.Length];
        var (count, before) = (0, '\0');
        foreach (var c in key)
        {
            if (!char.IsLetterOrDigit(c) && c != 'ー')
                continue;
            if (before != '\0')
                pairs[count++] = ((uint)before << 16) | c;
            before = c;
        }
        // One character alone is a pair with nothing, so that it is like itself.
        if (count == 0 && before != '\0')
            pairs[count++] = before;
        Array.Sort(pairs, 0, count);
        var distinct = 0;
        for (var i = 0; i < count; i++)
        {
            if (distinct == 0 || pairs[distinct - 1] != pairs[i])
                pairs[distinct++] = pairs[i];
        }
        return new Bigrams(pairs[..distinct]);
    }

    /// <summary>How alike: 0 nothing in common, 1 the same pairs (Dice).</summary>
    public double Likeness(Bigrams other) => IsEmpty || other.IsEmpty ? 0 : 2.0 * Shared(other) / (_pairs.Length + other._pairs.Length);

    /// <summary>
    /// As <see cref="Likeness(Bigrams)"/>, for going through thousands of keys: nothing is built for the other, so a pair that it repeats
    /// counts again.
    /// </summary>
    public double LikenessOfKey(ReadOnlySpan<char> key)
    {
        var (all, shared, before) = (0, 0, '\0');
        foreach (var c in key)
        {
            if (!char.IsLetterOrDigit(c) && c != 'ー')
                continue;
            if (before != '\0')
            {
                all++;
                shared += Array.BinarySearch(_pairs, ((uint)before << 16) | c) >= 0 ? 1 : 0;
            }
            before = c;
        }
        return all + _pairs.Length == 0 ? 0 : Math.Min(1, 2.0 * shared / (all + _pairs.Length));
    }

    private int Shared(Bigrams other)
    {
        var (i, j, shared) = (0, 0, 0);
        while (i < _pairs.Length && j < other._pairs.Length)
        {
            var order = _pairs[i].CompareTo(other._pairs[j]);
            shared += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return shared;
    }
}
