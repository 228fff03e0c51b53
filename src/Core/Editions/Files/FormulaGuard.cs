namespace Kyodo.Editions.Files;

/// <summary>A text that a spreadsheet would take for a formula gets a leading apostrophe in CSV, where nothing else can say that it is a text.</summary>
internal static class FormulaGuard
{
    private const string Starts = "=+-@\t\r＝＋－＠";

    public static string Guarded(string text) => text.Length > 0 && Starts.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
}
