namespace Kyodo.Workbooks;

/// <summary>Cuts text to the lengths Excel allows, never through the middle of a character.</summary>
internal static class NoteText
{
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    public static string CutWithEllipsis(string text, int length) => text.Length <= length ? text : Cut(text, length - 1) + "…";
}
