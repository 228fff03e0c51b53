namespace Kyodo.Editions.Files;

/// <summary>
/// The files of a revision that need no drawing: for everybody in <c>public/</c>, for all staff in <c>staff/</c>. The same draft gives the same
/// bytes: every stamp in them is the time of release.
/// </summary>
public static class EditionFiles
{
    public static async Task WriteAsync(RevisionDraft draft, string folder, CancellationToken stop = default)
    {
        await WriteCopyAsync(EditionCopy.Public(draft), Path.Combine(folder, "public"), stop);
        await WriteCopyAsync(EditionCopy.Staff(draft), Path.Combine(folder, "staff"), stop);
        if (draft.Evaluations.Any(one => one.IsShown))
            await EvaluationsJson.WriteAsync(draft, Path.Combine(folder, "public", EvaluationsJson.FileName), stop);
        if (draft.Bests.Count > 0)
            await BestJson.WriteAsync(draft, Path.Combine(folder, "public", BestJson.FileName), stop);
    }

    private static async Task WriteCopyAsync(EditionCopy copy, string folder, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        await using (var csv = File.Create(Path.Combine(folder, CasesCsv.FileName)))
            await CasesCsv.WriteAsync(copy, csv, stop);
        await using (var json = File.Create(Path.Combine(folder, CasesJson.FileName)))
            await CasesJson.WriteAsync(copy, json, stop);
        await using (var changes = File.Create(Path.Combine(folder, EditionChanges.FileName)))
            await EditionChanges.WriteAsync(copy, changes, stop);
        await using (var workbook = File.Create(Path.Combine(folder, CasesWorkbook.FileName)))
            CasesWorkbook.Write(copy, workbook);
        await using (var casebook = File.Create(Path.Combine(folder, CasebookWorkbook.FileName)))
            CasebookWorkbook.Write(copy, casebook);
        await using (var national = File.Create(Path.Combine(folder, Ds451Json.FileName)))
            await Ds451Json.WriteAsync(copy, national, stop);
        TableRules.Require(copy, folder);
    }
}
