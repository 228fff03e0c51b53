using System.Text;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Editions.Files;

namespace Kyodo.App.Casebook;

/// <summary>
/// casebook.pdf: our own HTML, printed by Chromium. Printed twice, since the page numbers in the contents are known only from the first print.
/// An edition of more cases than Pdf:CasesPerVolume (250) becomes volumes, and casebook.pdf their contents. The same draft, Chromium and fonts give
/// the same bytes.
/// </summary>
public sealed class CasebookPrinter(CasebookHtml html, IConfiguration configuration)
{
    // The numbers have a place of fixed width, so the second print breaks pages like the first; once more would only be needed if it did not.
    private const int MostPrints = 4;

    // Chromium holds the whole book while it prints: about 3 MB a case.
    private const int CasesOfOneBook = 250;

    // Several times what a page of a case takes on a slow computer.
    private static readonly TimeSpan TimePerCase = TimeSpan.FromMilliseconds(250);

    /// <exception cref="Refusal">There is no Chromium here.</exception>
    public Chromium FindChromium() => Chromium.Find(configuration["Pdf:Chromium"]);

    /// <param name="folder">Where the edition's photos lie and the books come to stand.</param>
    /// <returns>Name and version of each tool that the files were made with.</returns>
    public async Task<IReadOnlyDictionary<string, string>> PrintAsync(RevisionDraft draft, string governmentName, string folder, CancellationToken stop = default)
    {
        var chromium = FindChromium();
        folder = Path.GetFullPath(folder);
        var whole = new CasebookModel(EditionCopy.Public(draft), governmentName, PageNumbers.None, folder);
        var printed = new List<(CasebookModel, PageNumbers)>();
        foreach (var volume in CasebookVolume.Split(whole, configuration.GetValue("Pdf:CasesPerVolume", CasesOfOneBook)))
            printed.Add((volume, await PrintBookAsync(chromium, volume, Path.Combine(folder, CasebookFile.Volume(volume.Volume!.No)), stop)));
        await PrintBookAsync(chromium, printed.Count == 0 ? whole : whole with { Volume = CasebookVolume.OfContents(printed) }, Path.Combine(folder, CasebookFile.Name), stop);
        return new SortedDictionary<string, string>(await InstalledFonts.FindAsync(stop), StringComparer.Ordinal)
        {
            ["chromium"] = await chromium.VersionAsync(stop),
        };
    }

    private async Task<PageNumbers> PrintBookAsync(Chromium chromium, CasebookModel model, string target, CancellationToken stop)
    {
        using var folder = new TemporaryFolder();
        var pdf = folder.File("print.pdf");
        var pages = PageNumbers.None;
        for (var prints = 1; ; prints++)
        {
            var printed = await PrintOnceAsync(chromium, model with { Pages = pages }, folder, pdf, stop);
            if (printed.SameAs(pages))
                break;
            if (prints == MostPrints)
                throw new InvalidOperationException("The page numbers of the casebook do not come to rest.");
            pages = printed;
        }
        await File.WriteAllBytesAsync(target, PdfTime.Set(await File.ReadAllBytesAsync(pdf, stop), model.Revision.ReleasedAt), stop);
        return pages;
    }

    private async Task<PageNumbers> PrintOnceAsync(
        Chromium chromium, CasebookModel model, TemporaryFolder folder, string pdf, CancellationToken stop)
    {
        var page = folder.File("casebook.html");
        await File.WriteAllTextAsync(page, await html.DrawAsync(model), Encoding.UTF8, stop);
        await chromium.PrintAsync(page, pdf, TimeSpan.FromMinutes(2) + (model.Copy.Cases.Count * TimePerCase), stop);
        return PageNumbers.Read(pdf, [.. model.Chapters.SelectMany(form => form.Cases)]);
    }
}
