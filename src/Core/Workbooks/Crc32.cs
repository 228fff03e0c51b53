namespace Kyodo.Workbooks;

/// <summary>
/// The checksum of zip entries. ZipArchive does not compare it while reading,
/// and a flipped bit inside compressed text would otherwise arrive as another amount instead of as a broken file.
/// </summary>
internal struct Crc32()
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Remainder)];
    private uint state = uint.MaxValue;

    public readonly uint Value => ~state;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var next = state;
        foreach (var b in bytes)
            next = Table[(byte)(next ^ b)] ^ next >> 8;
        state = next;
    }

    private static uint Remainder(int value)
    {
        var remainder = (uint)value;
        for (var bit = 0; bit < 8; bit++)
            remainder = (remainder & 1) == 0 ? remainder >> 1 : remainder >> 1 ^ 0xEDB88320;
        return remainder;
    }
}
