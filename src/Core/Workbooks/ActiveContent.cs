using Kyodo.Common;

namespace Kyodo.Workbooks;

/// <summary>What a workbook may not bring with it, each with the way out.</summary>
internal static class ActiveContent
{
    public static Refusal Macros() =>
        new("マクロが入っています。.xlsx 形式（マクロなし）で保存し直してください。");

    public static Refusal EmbeddedObjects() =>
        new("ほかのファイルや部品（Word 文書、ボタンなど）が埋め込まれています。埋め込みを削除するか、新しいブックに表だけを値で貼り付けて保存し直してください。");

    public static Refusal ExternalLinks() =>
        new("ほかのファイルへのリンクが入っています。「データ」の「リンクの編集」でリンクを解除するか、新しいブックに表だけを値で貼り付けて保存し直してください。");

    /// <summary>Looks at the type of a relationship, so that an object under an unusual name is found too.</summary>
    public static void Refuse(Relationship relationship)
    {
        if (relationship.Is("vbaProject") || relationship.Is("xlMacrosheet") || relationship.Is("xlIntlMacrosheet"))
            throw Macros();
        if (relationship.Is("oleObject") || relationship.Is("package") || relationship.Is("control"))
            throw EmbeddedObjects();
        if (relationship.Is("connections") || relationship.IsExternal && !relationship.Is("hyperlink"))
            throw ExternalLinks();
    }
}
