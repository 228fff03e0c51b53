namespace Kyodo.Common;

/// <summary>One page of a list, with the total over all pages. <paramref name="Number"/> counts from 1.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total, int Number, int Size)
{
    public int Pages => Math.Max(1, (Total + Size - 1) / Size);
}
