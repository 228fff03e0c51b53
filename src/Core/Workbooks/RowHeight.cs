namespace Kyodo.Workbooks;

/// <summary>
/// Guesses how high a row must be, in points, so that wrapped text is seen and printed whole: LibreOffice does not fit heights while opening.
/// The height is not fixed in the file, so both programs fit it again after typing.
/// </summary>
internal static class RowHeight
{
    private const double OneLine = 18;
    private const double FurtherLine = 15;
    private const double Largest = 409;

    /// <summary>In the digits that column widths count: between the narrow kana of the proportional font and its kanji.</summary>
    private const double WideCharacter = 1.6;

    /// <returns>Null when one line is enough.</returns>
    public static double? Of(IReadOnlyList<object?> values, IReadOnlyList<ColumnToWrite> columns)
    {
        var lines = 1;
        for (var i = 0; i < values.Count; i++)
            if (values[i] is string text)
                lines = Math.Max(lines, Lines(text, columns[i].Wrap ? columns[i].Width : double.MaxValue));
        return Points(lines);
    }

    public static double? OfHeader(IReadOnlyList<ColumnToWrite> columns) =>
        Points(columns.Select(c => Lines(c.Header, c.Width)).DefaultIfEmpty(1).Max());

    /// <summary>The text in pieces of at most so many lines each, cut at its own line ends where that is possible: the highest row does not hold more.</summary>
    public static IReadOnlyList<string> Split(string text, double width, int mostLines)
    {
        var pieces = new List<string>();
        var piece = "";
        foreach (var line in text.Split('\n').SelectMany(line => Cut(line, width, mostLines)))
        {
            var longer = piece.Length == 0 ? line : $"{piece}\n{line}";
            if (piece.Length > 0 && Lines(longer, width) > mostLines)
            {
                pieces.Add(piece);
                piece = line;
            }
            else
                piece = longer;
        }
        pieces.Add(piece);
        return pieces;
    }

    private static IEnumerable<string> Cut(string line, double width, int mostLines)
    {
        var most = Math.Max(1, (int)(width / WideCharacter) * mostLines);
        for (var start = 0; start == 0 || start < line.Length;)
        {
            var length = Math.Min(most, line.Length - start);
            if (length > 1 && start + length < line.Length && char.IsHighSurrogate(line[start + length - 1]))
                length--;
            yield return line.Substring(start, length);
            start += Math.Max(1, length);
        }
    }

    private static double? Points(int lines) => lines == 1 ? null : Math.Min(Largest, OneLine + (lines - 1) * FurtherLine);

    private static int Lines(string text, double width)
    {
        var lines = 1;
        double used = 0;
        foreach (var c in text)
        {
            var wide = c > '\u00FF' && c is < '\uFF61' or > '\uFF9F' ? WideCharacter : 1;
            if (c == '\n' || used + wide > width)
            {
                lines++;
                used = c == '\n' ? 0 : wide;
            }
            else
                used += wide;
        }
        return lines;
    }
}
