using System.Globalization;
using Kyodo.Editions;

namespace Kyodo.App.Casebook;

/// <summary>One book of a casebook that comes in several (分冊).</summary>
/// <param name="No">Its number; 0 for the book with the contents, figures and indexes of all the others.</param>
/// <param name="Of">How many volumes of cases there are.</param>
/// <param name="Cases">The cases it prints, in the order of the forms.</param>
/// <param name="Places">Where each case stands, as volume and page (2-45): known to the book of contents, since the volumes are printed before it.</param>
public sealed record CasebookVolume(int No, int Of, IReadOnlyList<PublishedCase> Cases, IReadOnlyDictionary<string, string> Places)
{
    private static readonly Dictionary<string, string> Unknown = new(StringComparer.Ordinal);

    public bool IsOfContents => No == 0;

    public string Name => IsOfContents ? $"総目次・索引（本文は全{Of}分冊）" : $"第{No}分冊（全{Of}分冊）";

    /// <summary>Volumes of nearly the same size, none above the most; none at all where one book holds everything.</summary>
    public static IReadOnlyList<CasebookVolume> Split(IReadOnlyList<PublishedCase> cases, int most)
    {
        var count = (cases.Count + most - 1) / most;
        return count < 2 ? [] : [.. Enumerable.Range(1, count).Select(no => new CasebookVolume(no, count, [.. cases.Take(((no - 1) * cases.Count / count)..(no * cases.Count / count))], Unknown))];
    }

    public static CasebookVolume OfContents(IReadOnlyList<(CasebookVolume Volume, PageNumbers Pages)> printed) => new(0, printed.Count, [],
        printed.SelectMany(volume => volume.Volume.Cases.Select(one => (one.CaseId, Place: string.Create(CultureInfo.InvariantCulture, $"{volume.Volume.No}-{volume.Pages.OfCase(one)}"))))
            .ToDictionary(place => place.CaseId, place => place.Place, StringComparer.Ordinal));
}
