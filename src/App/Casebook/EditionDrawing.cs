using System.Text.Json;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Editions.Files;

namespace Kyodo.App.Casebook;

/// <summary>All files of a revision, as the release command and the staff page have them written.</summary>
public sealed class EditionDrawing(CasebookPrinter printer)
{
    public async Task WriteAllAsync(RevisionDraft draft, string folder, string governmentName, bool withPdf, CancellationToken stop = default)
    {
        if (withPdf)
            printer.FindChromium();
        await EditionFiles.WriteAsync(draft with { Government = governmentName }, folder, stop);
        if (!withPdf)
            return;
        var madeWith = await printer.PrintAsync(draft, governmentName, Path.Combine(folder, "public"), stop);
        await File.WriteAllTextAsync(Path.Combine(folder, Manifest.ToolsFileName), JsonSerializer.Serialize(madeWith, Json.Plain), stop);
    }
}
