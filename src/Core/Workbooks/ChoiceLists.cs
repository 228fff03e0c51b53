namespace Kyodo.Workbooks;

/// <summary>
/// Where the values of drop-downs stand: in the rule itself while they are short, else in a column of one very hidden sheet,
/// since Excel allows 255 characters in a rule and takes every comma for a border between values.
/// </summary>
internal sealed class ChoiceLists
{
    private const int MaxInline = 255;
    private readonly List<IReadOnlyList<string>> lists = [];
    private readonly Dictionary<ColumnToWrite, string> formulas = new(ReferenceEqualityComparer.Instance);

    public ChoiceLists(IEnumerable<SheetToWrite> sheets, SheetNames names)
    {
        var columns = sheets.SelectMany(s => s.Columns).Where(c => c.Choices.Count > 0).ToList();
        if (columns.Exists(c => !FitsInline(c.Choices)))
            SheetName = names.Next("選択肢");
        foreach (var column in columns)
            formulas.TryAdd(column, FitsInline(column.Choices) ? Inline(column.Choices) : Listed(column.Choices));
    }

    /// <summary>Null when no list needs the sheet.</summary>
    public string? SheetName { get; }

    public string? FormulaOf(ColumnToWrite column) => formulas.GetValueOrDefault(column);

    public SheetToWrite? ToSheet() => SheetName is null ? null : new(SheetName, [.. lists.Select((_, i) => new ColumnToWrite($"一覧{i + 1}"))], Rows())
    {
        Visibility = SheetVisibility.VeryHidden,
    };

    private static bool FitsInline(IReadOnlyList<string> choices) =>
        choices.Sum(c => c.Length + 1) - 1 <= MaxInline && !choices.Any(c => c.Length == 0 || c.AsSpan().ContainsAny(",\"\n\r") || c.Trim() != c);

    private static string Inline(IReadOnlyList<string> choices) => $"\"{string.Join(',', choices.Select(CellText.Clean))}\"";

    private string Listed(IReadOnlyList<string> choices)
    {
        var index = lists.FindIndex(l => l.SequenceEqual(choices));
        if (index < 0)
        {
            index = lists.Count;
            lists.Add(choices);
        }
        var column = CellAddress.ColumnName(index + 1);
        return $"{SheetNames.Quoted(SheetName!)}!${column}$2:${column}${choices.Count + 1}";
    }

    private IEnumerable<IReadOnlyList<object?>> Rows() =>
        Enumerable.Range(0, lists.Max(l => l.Count)).Select(row => (IReadOnlyList<object?>)[.. lists.Select(l => row < l.Count ? l[row] : null)]);
}
