namespace Kyodo.App.Pages.Portal;

/// <summary>Lines of a long answer that belong together: a paragraph each, or a list where they begin with ・.</summary>
public sealed record ProseBlock(bool IsList, IReadOnlyList<string> Lines)
{
    private static readonly char[] Bullets = ['・', '･', '●', '○', '•'];

    public static IReadOnlyList<ProseBlock> Of(string text)
    {
        var blocks = new List<ProseBlock>();
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            var isItem = Array.IndexOf(Bullets, line[0]) >= 0 && line.Length > 1;
            var words = isItem ? line[1..].Trim() : line;
            if (blocks.Count > 0 && blocks[^1].IsList == isItem)
                blocks[^1] = new ProseBlock(isItem, [.. blocks[^1].Lines, words]);
            else
                blocks.Add(new ProseBlock(isItem, [words]));
        }
        return blocks;
    }
}
