using System.Globalization;
using System.Text;

namespace Kyodo.Workbooks;

/// <summary>
/// Text between the file and the program. The file spells what XML cannot hold as _x000D_ (and _x005F_ for the underscore of a text that only looks like that);
/// the program knows \n as the only line break, tabs, no other control characters and no half characters.
/// </summary>
internal static class CellText
{
    private const int EscapeLength = 7;

    public static string FromFile(string text)
    {
        if (!text.Contains("_x", StringComparison.Ordinal))
            return Clean(text);
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (IsEscape(text, i))
            {
                plain.Append((char)ushort.Parse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += EscapeLength - 1;
            }
            else
                plain.Append(text[i]);
        }
        return Clean(plain.ToString());
    }

    public static string ToFile(string text)
    {
        var clean = Clean(text);
        if (!clean.Contains("_x", StringComparison.Ordinal))
            return clean;
        var spelled = new StringBuilder(clean.Length + EscapeLength);
        for (var i = 0; i < clean.Length; i++)
        {
            if (IsEscape(clean, i))
                spelled.Append("_x005F_");
            else
                spelled.Append(clean[i]);
        }
        return spelled.ToString();
    }

    public static string Clean(string text)
    {
        if (!NeedsCleaning(text))
            return text;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r')
            {
                if (i + 1 == text.Length || text[i + 1] != '\n')
                    clean.Append('\n');
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                clean.Append(c).Append(text[++i]);
            else if (char.IsSurrogate(c))
                clean.Append('\uFFFD');
            else if (!IsDropped(c))
                clean.Append(c);
        }
        return clean.ToString();
    }

    private static bool IsEscape(string text, int i) =>
        i + EscapeLength <= text.Length && text[i] == '_' && text[i + 1] == 'x' && text[i + 6] == '_'
        && char.IsAsciiHexDigit(text[i + 2]) && char.IsAsciiHexDigit(text[i + 3]) && char.IsAsciiHexDigit(text[i + 4]) && char.IsAsciiHexDigit(text[i + 5]);

    private static bool NeedsCleaning(string text)
    {
        foreach (var c in text)
            if (char.IsSurrogate(c) || IsDropped(c) || c == '\r')
                return true;
        return false;
    }

    private static bool IsDropped(char c) => c < ' ' && c is not ('\t' or '\n' or '\r') || c is '\uFFFE' or '\uFFFF' or '\u007F';
}
