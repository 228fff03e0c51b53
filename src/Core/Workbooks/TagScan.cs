namespace Kyodo.Workbooks;

/// <summary>
/// Counts attributes before the XML reader does: it takes a whole tag at once, and a single tag with 1.7 million attributes kept it busy for a minute.
/// Works on bytes, so parts must be written in a superset of ASCII, as every spreadsheet program does.
/// </summary>
internal static class TagScan
{
    private const int MaxAttributes = 2000;

    public static void RequireModestTags(ReadOnlySpan<byte> part)
    {
        if (part is [_, 0, ..] or [0, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw BrokenWorkbook.Refusal();
        var attributes = 0;
        for (int at; (at = part.IndexOfAny((byte)'<', (byte)'=')) >= 0;)
        {
            var isTag = part[at] == '<';
            part = part[(at + 1)..];
            if (isTag)
                attributes = 0;
            else if (IsQuote(part.TrimStart(" \t\r\n"u8)) && ++attributes > MaxAttributes)
                throw BrokenWorkbook.Refusal();
        }
    }

    private static bool IsQuote(ReadOnlySpan<byte> rest) => rest is [(byte)'"' or (byte)'\'', ..];
}
