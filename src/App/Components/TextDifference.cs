namespace Kyodo.App.Components;

/// <summary>Two texts side by side in one line: what both begin and end with, and between them what went and what came.</summary>
public sealed record TextDifference(string Beginning, string Gone, string Come, string End)
{
    private const int WorthKeeping = 6;

    /// <summary>Nothing in common: the new text stands under the old one.</summary>
    public bool IsWhole => Beginning.Length + End.Length == 0 && Gone.Length > 0 && Come.Length > 0;

    public static TextDifference Between(string before, string after)
    {
        var shorter = Math.Min(before.Length, after.Length);
        var head = 0;
        while (head < shorter && before[head] == after[head])
            head++;
        if (head > 0 && char.IsHighSurrogate(before[head - 1]))
            head--;
        var tail = 0;
        while (tail < shorter - head && before[^(tail + 1)] == after[^(tail + 1)])
            tail++;
        if (tail > 0 && char.IsLowSurrogate(before[^tail]))
            tail--;
        // A common letter or two is chance: two short words read better whole.
        return head + tail < WorthKeeping
            ? new("", before, after, "")
            : new(before[..head], before[head..^tail], after[head..^tail], before[^tail..]);
    }
}
