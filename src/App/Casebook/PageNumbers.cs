using Kyodo.Editions;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Outline;

namespace Kyodo.App.Casebook;

/// <summary>On which page each part and each case of a printed casebook begins, read from its bookmarks; none before the first print.</summary>
public sealed class PageNumbers
{
    private readonly Dictionary<string, int> _pages = new(StringComparer.Ordinal);

    public static PageNumbers None { get; } = new();

    public int? OfPart(string heading) => _pages.TryGetValue(PartKey(heading), out var page) ? page : null;

    public int? OfCase(PublishedCase one) => _pages.TryGetValue("case " + one.CaseId, out var page) ? page : null;

    /// <summary>Only cases stand at the second level of the bookmarks, in the order of the edition.</summary>
    public static PageNumbers Read(string pdfFile, IReadOnlyList<PublishedCase> cases)
    {
        using var pdf = PdfDocument.Open(pdfFile);
        if (!pdf.TryGetBookmarks(out var bookmarks))
            throw new InvalidOperationException("The printed casebook has no bookmarks.");
        var found = new PageNumbers();
        foreach (var part in bookmarks.Roots.OfType<DocumentBookmarkNode>())
            found._pages[PartKey(part.Title)] = part.PageNumber;
        var nodes = bookmarks.Roots.SelectMany(part => part.Children).OfType<DocumentBookmarkNode>().ToList();
        if (nodes.Count != cases.Count)
            throw new InvalidOperationException($"The printed casebook has {nodes.Count} bookmarks for {cases.Count} cases.");
        foreach (var (one, node) in cases.Zip(nodes))
            found._pages["case " + one.CaseId] = node.PageNumber;
        return found;
    }

    // A bookmark does not say where the lines of its heading broke.
    private static string PartKey(string heading) => "part " + string.Concat(heading.Where(c => !char.IsWhiteSpace(c)));

    public bool SameAs(PageNumbers other) => _pages.Count == other._pages.Count && _pages.All(page => other._pages.GetValueOrDefault(page.Key) == page.Value);
}
