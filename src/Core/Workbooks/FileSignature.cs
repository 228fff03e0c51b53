using Kyodo.Common;

namespace Kyodo.Workbooks;

/// <summary>Tells by its first bytes what was handed in instead of a workbook, so that the clerk hears what to do about it.</summary>
internal static class FileSignature
{
    private const string SaveAgain = "Excel で開き、「名前を付けて保存」で .xlsx 形式にして保存し直してください。";

    public static void RequireZip(ReadOnlySpan<byte> file) => Refusal.If(WhyNotZip(file));

    private static string? WhyNotZip(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
            return "ファイルが空です。ファイルを確かめて、もう一度選んでください。";
        if (file.StartsWith("PK"u8))
            return null;
        if (file.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            return file.IndexOf("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"u8) >= 0
                ? "パスワードが付いています。パスワードを外して保存し直してください。"
                : $"古い形式（.xls など）のファイルです。{SaveAgain}";
        if (file.StartsWith("%PDF"u8))
            return "PDF のファイルです。元の Excel のファイル（.xlsx）を選んでください。";
        var head = file[..Math.Min(file.Length, 4096)];
        if (IsMarkup(head))
            return $"拡張子は .xlsx でも、中身は Web ページ（HTML）などです。{SaveAgain}";
        return head.Contains((byte)0)
            ? "Excel のファイル（.xlsx）ではありません。ファイルを確かめて、もう一度選んでください。"
            : $"拡張子は .xlsx でも、中身は CSV などの文字だけのファイルです。{SaveAgain}";
    }

    private static bool IsMarkup(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            head = head[3..];
        return head.TrimStart(" \t\r\n"u8).StartsWith("<"u8);
    }
}
