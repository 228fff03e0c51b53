using System.Globalization;
using Kyodo.Editions;
using Kyodo.Editions.Files;

namespace Kyodo.App.Casebook;

/// <summary>One book of a casebook that comes in several (分冊).</summary>
/// <param name="No">Its number; 0 for the book with the contents and figures of all the others.</param>
/// <param name="Of">How many volumes of cases there are.</param>
/// <param name="Places">Where each case stands, as volume and page (2-45): known to the book of contents, since the volumes are printed before it.</param>
public sealed record CasebookVolume(int No, int Of, IReadOnlyDictionary<string, string> Places)
{
    private static readonly Dictionary<string, string> Unknown = new(StringComparer.Ordinal);

    public bool IsOfContents => No == 0;

    public string Name => IsOfContents ? $"総目次（本文は全{Of}分冊）" : $"第{No}分冊（全{Of}分冊）";

    /// <summary>The book cut into volumes of nearly the same size, none above the most; none at all where one book holds everything.</summary>
    public static IReadOnlyList<CasebookModel> Split(CasebookModel whole, int most)
    {
        var cases = whole.Forms.SelectMany(form => form.Cases).ToList();
        var count = (cases.Count + most - 1) / most;
        return count < 2 ? [] : [.. Enumerable.Range(1, count).Select(no => Part(whole, no, count, [.. cases.Take(((no - 1) * cases.Count / count)..(no * cases.Count / count))]))];
    }

    public static CasebookVolume OfContents(IReadOnlyList<(CasebookModel Book, PageNumbers Pages)> printed) => new(0, printed.Count,
        printed.SelectMany(volume => volume.Book.Copy.Cases.Select(one => (one.CaseId, Place: string.Create(CultureInfo.InvariantCulture, $"{volume.Book.Volume!.No}-{volume.Pages.OfCase(one)}"))))
            .ToDictionary(place => place.CaseId, place => place.Place, StringComparer.Ordinal));

    private static CasebookModel Part(CasebookModel whole, int no, int count, IReadOnlyList<PublishedCase> cases) =>
        new(EditionCopy.Public(whole.Copy.Draft with { Cases = cases }), whole.GovernmentName, PageNumbers.None, whole.PhotoFolder, new CasebookVolume(no, count, Unknown));
}
