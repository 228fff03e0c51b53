using System.Text;

namespace Kyodo.Common;

/// <summary>The text of a file as offices in Japan write it: UTF-8, or what Excel's plain 「CSV」 saves, Shift_JIS (code page 932).</summary>
public static class JapaneseText
{
    private const int ShiftJis = 932;

    /// <summary>The text, and whether it was Shift_JIS. Null where it is neither.</summary>
    public static (string Text, bool WasShiftJis)? Read(ReadOnlySpan<byte> file)
    {
        if (System.Text.Unicode.Utf8.IsValid(file))
            return (Encoding.UTF8.GetString(file).TrimStart('\uFEFF'), false);
        // With a fallback that throws, the decoder refuses 髙 and 﨑 where they have a second code. Unreadable bytes become question marks instead,
        // and a question mark is never the second byte of a character: more of them than there were, or fewer bytes, and something was lost.
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(ShiftJis)!;
        var text = encoding.GetString(file);
        return text.Count(c => c is '?' or '\uFFFD') == file.Count((byte)'?') && encoding.GetByteCount(text) == file.Length ? (text, true) : null;
    }
}
