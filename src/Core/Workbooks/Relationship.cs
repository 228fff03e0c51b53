namespace Kyodo.Workbooks;

/// <summary>A line from one part to another. <paramref name="Target"/> is the name of a part within the file, or null when it leads outside.</summary>
internal sealed record Relationship(string Id, string Type, string? Target, bool IsExternal)
{
    private const int MaxTarget = 1000;

    /// <summary>By the last word, since transitional and strict files differ in what stands before it.</summary>
    public bool Is(string lastWord) => Type.EndsWith("/" + lastWord, StringComparison.OrdinalIgnoreCase);

    /// <param name="source">The part the relationships belong to; "" for the file itself.</param>
    public static List<Relationship> ReadAll(byte[] rels, string source)
    {
        var found = new List<Relationship>();
        using var reader = PartXml.Open(rels);
        while (reader.Read())
        {
            if (!reader.IsStart("Relationship"))
                continue;
            var external = string.Equals(reader.GetAttribute("TargetMode"), "External", StringComparison.OrdinalIgnoreCase);
            var target = reader.GetAttribute("Target") ?? "";
            found.Add(new(reader.GetAttribute("Id") ?? "", reader.GetAttribute("Type") ?? "", external ? null : Resolve(source, target), external));
        }
        return found;
    }

    private static string? Resolve(string source, string target)
    {
        if (target.Length > MaxTarget)
            return null;
        var path = target.StartsWith('/') ? [] : source.Split('/')[..^1].ToList();
        foreach (var step in target.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == ".")
                continue;
            if (step != "..")
                path.Add(step);
            else if (path.Count > 0)
                path.RemoveAt(path.Count - 1);
            else
                return null;
        }
        return string.Join('/', path);
    }
}
