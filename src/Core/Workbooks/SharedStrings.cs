using System.Text;
using System.Xml;

namespace Kyodo.Workbooks;

/// <summary>The table of texts that cells point into.</summary>
internal static class SharedStrings
{
    public static List<string> Read(byte[] part, ReadingBudget budget)
    {
        var strings = new List<string>();
        using var reader = PartXml.Open(part);
        while (reader.Read())
            if (reader.IsStart("si"))
                strings.Add(budget.Fits(RichText(reader)));
        return strings;
    }

    /// <summary>The text of an si or is element with its runs joined; furigana (rPh) is left out, since nobody sees it as part of the text.</summary>
    public static string RichText(XmlReader reader)
    {
        var text = new StringBuilder();
        AppendText(reader, text, runs: true);
        return CellText.FromFile(text.ToString());
    }

    private static void AppendText(XmlReader reader, StringBuilder text, bool runs)
    {
        if (reader.IsEmptyElement)
            return;
        var depth = reader.Depth;
        while (reader.ReadChild(depth))
        {
            if (reader.LocalName == "t")
                text.Append(reader.ReadText());
            else if (runs && reader.LocalName == "r")
                AppendText(reader, text, runs: false);
        }
    }
}
