using Kyodo.Common;

namespace Kyodo.Workbooks;

/// <summary>Reads .xlsx files handed in by anyone.</summary>
public static class WorkbookReader
{
    /// <param name="xlsx">Read from where it stands to its end; need not be seekable, is not closed.</param>
    /// <param name="limits">How much the file may hold; <see cref="WorkbookLimits.Default"/> when left out.</param>
    /// <exception cref="Refusal">
    /// The file is no workbook, is broken, brings macros, embedded objects or links to other files, or is larger than the limits. One sentence for the clerk:
    /// what is wrong and what to do. Nothing else is thrown whatever the bytes are, except what the stream itself throws.
    /// </exception>
    public static Workbook Read(Stream xlsx, WorkbookLimits? limits = null)
    {
        limits ??= WorkbookLimits.Default;
        var parts = WorkbookGuard.Open(xlsx, limits);
        try
        {
            return Read(parts, limits);
        }
        catch (Exception broken) when (BrokenWorkbook.IsReadingError(broken))
        {
            throw BrokenWorkbook.Refusal();
        }
    }

    private static Workbook Read(WorkbookParts parts, WorkbookLimits limits)
    {
        var budget = new ReadingBudget(limits);
        var workbook = parts.WorkbookPart();
        var lines = parts.RelationshipsOf(workbook);
        var contents = WorkbookContents.Read(parts[workbook]);
        var strings = lines.Find(r => r.Is("sharedStrings")) is { } shared ? SharedStrings.Read(parts.Take(shared.Target), budget) : [];
        var styles = lines.Find(r => r.Is("styles")) is { } styled ? CellStyles.Read(parts[styled.Target]) : CellStyles.None;
        if (contents.Tabs.Count > limits.Entries)
            throw BrokenWorkbook.Refusal();
        var sheets = new List<Sheet>();
        var seen = new HashSet<string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var tab in contents.Tabs)
        {
            var line = lines.Find(r => r.Id == tab.RelationshipId);
            if (line is null || !seen.Add(line.Target))
                throw BrokenWorkbook.Refusal();
            if (line.Is("worksheet"))
                sheets.Add(new SheetReader(tab.Name, strings, styles, contents.Is1904, budget).Read(parts.Take(line.Target), tab.Hidden));
        }
        return sheets.Count > 0 ? new(sheets) : throw BrokenWorkbook.Refusal();
    }
}
