namespace Kyodo.Workbooks;

/// <summary>The part that lists the sheets: their tabs, and from which day dates are counted.</summary>
internal sealed record WorkbookContents(IReadOnlyList<WorkbookContents.Tab> Tabs, bool Is1904)
{
    /// <summary>Excel allows 31 characters; some programs do not count.</summary>
    private const int MaxName = 255;

    internal sealed record Tab(string Name, bool Hidden, string RelationshipId);

    public static WorkbookContents Read(byte[] part)
    {
        var tabs = new List<Tab>();
        var is1904 = false;
        using var reader = PartXml.Open(part);
        while (reader.Read())
        {
            if (reader.IsStart("workbookPr"))
                is1904 = reader.IsTrue("date1904");
            else if (reader.IsStart("sheet"))
                tabs.Add(new(
                    CellText.FromFile(reader.GetAttribute("name") ?? ""),
                    reader.GetAttribute("state") is "hidden" or "veryHidden",
                    RelationshipId(reader)));
        }
        return tabs.TrueForAll(t => t.Name.Length <= MaxName) ? new(tabs, is1904) : throw BrokenWorkbook.Refusal();
    }

    private static string RelationshipId(System.Xml.XmlReader reader)
    {
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
            if (reader.LocalName == "id" && reader.NamespaceURI.EndsWith("/relationships", StringComparison.OrdinalIgnoreCase))
                return reader.Value;
        throw BrokenWorkbook.Refusal();
    }
}
