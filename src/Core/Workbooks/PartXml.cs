using System.Text;
using System.Xml;
using Kyodo.Common;

namespace Kyodo.Workbooks;

/// <summary>How every XML part is read: no document type, nothing fetched, elements known by their local name (transitional and strict files differ in namespace only).</summary>
internal static class PartXml
{
    public static XmlReader Open(byte[] part) => XmlReader.Create(new MemoryStream(part, writable: false), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    });

    /// <param name="optional">An ill-formed part is let pass, since nobody will read it; a document type or great depth is refused all the same.</param>
    public static void RequireSafe(byte[] part, int depth, bool optional)
    {
        TagScan.RequireModestTags(part);
        try
        {
            using var reader = Open(part);
            while (reader.Read())
                if (reader.Depth > depth)
                    throw new Refusal("ファイルの作りが複雑すぎて読み取れません。新しいブックに必要な表だけを値で貼り付け、.xlsx 形式で保存し直してください。");
        }
        catch (XmlException) when (part.AsSpan().IndexOf("<!DOCTYPE"u8) >= 0)
        {
            throw new Refusal("ファイルに許されていない定義（DTD）が入っています。新しいブックに必要な表だけを値で貼り付け、.xlsx 形式で保存し直してください。");
        }
        catch (XmlException) when (optional)
        {
        }
    }

    extension(XmlReader reader)
    {
        public bool IsStart(string localName) => reader.NodeType == XmlNodeType.Element && reader.LocalName == localName;

        public bool IsTrue(string attribute) => reader.GetAttribute(attribute) is "1" or "true" or "on";

        /// <summary>Goes to the next child element of the one at <paramref name="depth"/>; false when that one ends. Grandchildren not read are passed over.</summary>
        public bool ReadChild(int depth)
        {
            while (reader.Read() && reader.Depth > depth)
                if (reader.NodeType == XmlNodeType.Element && reader.Depth == depth + 1)
                    return true;
            return false;
        }

        /// <summary>The text directly inside the element the reader stands on; the reader ends on its end tag.</summary>
        public string ReadText()
        {
            if (reader.IsEmptyElement)
                return "";
            var depth = reader.Depth;
            var text = "";
            StringBuilder? more = null;
            while (reader.Read() && reader.Depth > depth)
            {
                if (reader.Depth != depth + 1 || reader.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace))
                    continue;
                if (text.Length == 0)
                    text = reader.Value;
                else
                    (more ??= new StringBuilder(text)).Append(reader.Value);
            }
            return more?.ToString() ?? text;
        }
    }
}
