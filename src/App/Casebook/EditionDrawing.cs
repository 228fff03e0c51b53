using Kyodo.Editions;

namespace Kyodo.App.Casebook;

public sealed class EditionDrawing
{
    public Task WriteAllAsync(RevisionDraft draft, string folder, string governmentName, bool withPdf, CancellationToken stop = default) =>
        File.WriteAllTextAsync(Path.Combine(folder, "public", "cases.json"), """{"cases":[]}""", stop);
}
