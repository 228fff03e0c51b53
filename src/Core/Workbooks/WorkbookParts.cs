using Kyodo.Common;

namespace Kyodo.Workbooks;

/// <summary>The inflated XML parts of a workbook by name (as in the zip, letter case ignored), and the lines between them.</summary>
internal sealed class WorkbookParts(Dictionary<string, byte[]> parts)
{
    private const string ContentTypes = "[Content_Types].xml";

    public IReadOnlyDictionary<string, byte[]> All => parts;

    public static bool IsXml(string name) =>
        name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);

    /// <summary>Themes, drawings and the like may be ill-formed without harm: nobody reads them.</summary>
    public static bool IsNeeded(string name) =>
        name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase) || name.Equals(ContentTypes, StringComparison.OrdinalIgnoreCase);

    public byte[] this[string? name] => name is not null && parts.TryGetValue(name, out var part) ? part : throw BrokenWorkbook.Refusal();

    /// <summary>The part, let go of: each sheet is read once, and the bytes of one make room for the cells of the next.</summary>
    public byte[] Take(string? name)
    {
        var part = this[name];
        parts.Remove(name!);
        return part;
    }

    /// <param name="part">"" for the file itself.</param>
    public List<Relationship> RelationshipsOf(string part)
    {
        var slash = part.LastIndexOf('/') + 1;
        return parts.TryGetValue($"{part[..slash]}_rels/{part[slash..]}.rels", out var rels) ? Relationship.ReadAll(rels, part) : [];
    }

    /// <summary>The part that lists the sheets.</summary>
    public string WorkbookPart() =>
        RelationshipsOf("").Find(r => r.Is("officeDocument"))?.Target ?? throw BrokenWorkbook.Refusal();

    public void DropExternalLinks()
    {
        foreach (var name in parts.Keys.Where(name => name.Contains("/externalLinks/", StringComparison.OrdinalIgnoreCase)).ToList())
            parts.Remove(name);
    }

    public void RequireWorkbook()
    {
        if (!parts.TryGetValue(ContentTypes, out var types))
            throw new Refusal("Excel のファイル（.xlsx）ではありません。Excel で開けるか確かめ、.xlsx 形式で保存し直してください。");
        RequireWorkbookTypes(types);
        foreach (var (name, rels) in parts.Where(p => p.Key.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)))
            Relationship.ReadAll(rels, name).ForEach(ActiveContent.Refuse);
    }

    private static void RequireWorkbookTypes(byte[] contentTypes)
    {
        var holdsWorkbook = false;
        using var reader = PartXml.Open(contentTypes);
        while (reader.Read())
        {
            if (!reader.IsStart("Override") && !reader.IsStart("Default"))
                continue;
            var type = reader.GetAttribute("ContentType") ?? "";
            if (type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || type.Contains("vbaProject", StringComparison.OrdinalIgnoreCase))
                throw ActiveContent.Macros();
            holdsWorkbook |= type.Contains("spreadsheetml.sheet.main", StringComparison.OrdinalIgnoreCase) || type.Contains("spreadsheetml.template.main", StringComparison.OrdinalIgnoreCase);
        }
        if (!holdsWorkbook)
            throw new Refusal("Excel のファイル（.xlsx）ではありません。Word などのファイルでないか確かめ、Excel で .xlsx 形式にして保存し直してください。");
    }
}
