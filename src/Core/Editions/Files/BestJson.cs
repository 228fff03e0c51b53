using Kyodo.Common;

namespace Kyodo.Editions.Files;

/// <summary>優良事例 of a revision with their reasons, as data. Not there where there is none.</summary>
internal static class BestJson
{
    public const string FileName = "best.json";

    public static Task WriteAsync(RevisionDraft draft, string file, CancellationToken stop) => File.WriteAllTextAsync(file, Json.WholeFile(new
    {
        Programme = draft.Revision.ProgrammeKey,
        FiscalYear = draft.Revision.Year,
        Revision = draft.Revision.No,
        Best = draft.Bests.Select(one => new { one.CaseId, one.Reason }),
    }), stop);
}
