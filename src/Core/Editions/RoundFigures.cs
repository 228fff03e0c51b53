using System.Text.Json;
using Kyodo.Common;

namespace Kyodo.Editions;

/// <summary>
/// 照会の集計: how a round went as a whole when the revision was released, kept in its file <c>round.json</c>. It names no unit; what became of
/// each is in the file of the same name of the staff edition.
/// </summary>
/// <param name="Asked">Units that were asked; those that passed the inquiry on are counted as the unit they passed it to.</param>
/// <param name="Answered">Of these, those whose answer had arrived; <paramref name="Nil"/> of them had nothing to report.</param>
/// <param name="OnTime">Answers that arrived by the unit's own deadline.</param>
/// <param name="MedianDays">From the opening of the round to the arrival of an answer, in days; null where none had arrived.</param>
/// <param name="CasesOfUnits">The published cases of each department or bureau with all its units, the fewest first, 0 included.</param>
public sealed record RoundFigures(int Asked, int Answered, int Nil, int Accepted, int OnTime, decimal? MedianDays, IReadOnlyList<int> CasesOfUnits)
{
    public const string FileName = "round.json";

    /// <summary>What a revision says of its round; null where it was released before this was kept, or its file cannot be read.</summary>
    public static async Task<RoundFigures?> ReadAsync(EditionShelf shelf, string programme, FiscalYear year, int no, CancellationToken stop = default)
    {
        if (shelf.PublicFile(programme, year, no, FileName) is not { } file)
            return null;
        try
        {
            return JsonSerializer.Deserialize<RoundFigures>(await File.ReadAllTextAsync(file, stop), Json.Plain) is { CasesOfUnits: not null } figures ? figures : null;
        }
        catch (JsonException)
        {
            // A broken file is what `verify` tells of; a page says that the figures are not there.
            return null;
        }
    }
}
