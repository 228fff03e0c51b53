using System.Text;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Editions.Files;

namespace Kyodo.App.Casebook;

/// <summary>
/// casebook.pdf: our own HTML, printed by Chromium. Printed twice, since the page numbers in the contents are known only from the first print.
/// The same draft, Chromium and fonts give the same bytes.
/// </summary>
public sealed class CasebookPrinter(CasebookHtml html, IConfiguration configuration)
{
    public const string FileName = "casebook.pdf";

    // The numbers have a place of fixed width, so the second print breaks pages like the first; once more would only be needed if it did not.
    private const int MostPrints = 4;

    // Chromium holds the whole book while it prints: about 3 MB a case.
    private const int MostCases = 1000;

    // Several times what a page of a case takes on a slow computer.
    private static readonly TimeSpan TimePerCase = TimeSpan.FromMilliseconds(250);

    /// <exception cref="Refusal">There is no Chromium here.</exception>
    public Chromium FindChromium() => Chromium.Find(configuration["Pdf:Chromium"]);

    /// <returns>Name and version of each tool that the file was made with.</returns>
    public async Task<IReadOnlyDictionary<string, string>> PrintAsync(RevisionDraft draft, string governmentName, string targetPdfPath, CancellationToken stop = default)
    {
        if (draft.Cases.Count > MostCases)
            throw new Refusal($"PDFの事例集は{MostCases:N0}件までです（この版は{draft.Cases.Count:N0}件）。--without-pdf を付けて公表し、Excelの事例集をお使いください。");
        var chromium = FindChromium();
        using var folder = new TemporaryFolder();
        var pdf = folder.File("print.pdf");
        var pages = PageNumbers.None;
        for (var prints = 1; ; prints++)
        {
            var printed = await PrintOnceAsync(chromium, new CasebookModel(EditionCopy.Public(draft), governmentName, pages, Path.GetDirectoryName(Path.GetFullPath(targetPdfPath))), folder, pdf, stop);
            if (printed.SameAs(pages))
                break;
            if (prints == MostPrints)
                throw new InvalidOperationException("The page numbers of the casebook do not come to rest.");
            pages = printed;
        }
        await File.WriteAllBytesAsync(targetPdfPath, PdfTime.Set(await File.ReadAllBytesAsync(pdf, stop), draft.Revision.ReleasedAt), stop);
        return new SortedDictionary<string, string>(await InstalledFonts.FindAsync(stop), StringComparer.Ordinal)
        {
            ["chromium"] = await chromium.VersionAsync(stop),
        };
    }

    private async Task<PageNumbers> PrintOnceAsync(
        Chromium chromium, CasebookModel model, TemporaryFolder folder, string pdf, CancellationToken stop)
    {
        var page = folder.File("casebook.html");
        await File.WriteAllTextAsync(page, await html.DrawAsync(model), Encoding.UTF8, stop);
        await chromium.PrintAsync(page, pdf, TimeSpan.FromMinutes(2) + (model.Copy.Cases.Count * TimePerCase), stop);
        return PageNumbers.Read(pdf, model.Copy.Cases);
    }
}
