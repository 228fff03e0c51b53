using System.Xml;
using Kyodo.Common;

namespace Kyodo.Workbooks;

/// <summary>The one sentence for files that Excel itself would not open, or only after repair.</summary>
internal static class BrokenWorkbook
{
    public static Refusal Refusal(string? sheet = null, string? cell = null)
    {
        const string sentence = "ファイルが壊れているか、途中までしか届いていません。Excel で開けるか確かめ、保存し直してから、もう一度選んでください。";
        return sheet is null ? new(sentence) : new(sentence, [new Problem(Severity.Error, "この場所から先を読み取れません。", sheet, cell)]);
    }

    /// <summary>What the zip and XML readers throw for bytes they cannot read; anything else would be our own mistake and is not hidden.</summary>
    public static bool IsReadingError(Exception exception) =>
        exception is InvalidDataException or XmlException or IOException or NotSupportedException;
}
