namespace Kyodo.Search;

/// <summary>
/// How much a word in a case counts: BM25 over three fields (BM25F). What was measured, and how it was chosen, is in
/// docs/decisions/0023.
/// </summary>
/// <param name="K1">How soon a word that comes again says nothing more.</param>
/// <param name="B">How far long fields count less: 0 not at all, 1 in full.</param>
internal sealed record Ranking(double Title, double Summary, double Rest, double K1, double B)
{
    public static Ranking Standard { get; } = new(Title: 5, Summary: 2, Rest: 1, K1: 1.2, B: 0.7);

    /// <summary>Given a row and how often title, summary and rest hold a word: its weight in 255ths, before rarity.</summary>
    public Func<int, int, int, int, byte> Weigher(IReadOnlyList<FieldLengths> lengths)
    {
        var (title, summary, rest) = (Average(lengths, l => l.Title), Average(lengths, l => l.Summary), Average(lengths, l => l.Rest));
        return (row, inTitle, inSummary, inRest) =>
        {
            var length = lengths[row];
            var often = (Title * inTitle / (1 - B + (B * length.Title / title))) + (Summary * inSummary / (1 - B + (B * length.Summary / summary))) + (Rest * inRest / (1 - B + (B * length.Rest / rest)));
            return (byte)Math.Clamp((int)Math.Round(255 * often / (K1 + often)), 1, 255);
        };
    }

    public static double Rarity(int rows, int holding) => Math.Log(1 + ((rows - holding + 0.5) / (holding + 0.5)));

    private static double Average(IReadOnlyList<FieldLengths> lengths, Func<FieldLengths, int> of) => Math.Max(1, lengths.Count == 0 ? 1 : lengths.Average(of));
}
