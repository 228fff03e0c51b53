using Kyodo.Common;

namespace Kyodo.Workbooks;

/// <summary>Counts what has been read of one workbook against its limits.</summary>
internal sealed class ReadingBudget(WorkbookLimits limits)
{
    private long characters;
    private int rows;
    private int cells;
    private int merges;

    /// <summary>A text that several cells share is counted for each of them: whoever uses the cells will walk over it each time.</summary>
    public void Count(Cell cell)
    {
        if (++cells > limits.Cells)
            throw TooMuch($"値の入ったセルが多すぎます（上限 {limits.Cells:#,0} 個）");
        if ((characters += cell.Text.Length) > limits.TotalCharacters)
            throw TooMuch($"文字の量が多すぎます（上限 {limits.TotalCharacters:#,0} 字）");
    }

    public void CountRow()
    {
        if (++rows > limits.Rows)
            throw TooMuch($"行が多すぎます（上限 {limits.Rows:#,0} 行）");
    }

    public void CountMerge()
    {
        if (++merges > limits.Merges)
            throw new Refusal($"結合されたセルが多すぎます（上限 {limits.Merges:#,0} か所）。セルの結合を解除して保存し直してください。");
    }

    public void RequireColumns(int used, string sheet)
    {
        if (used > limits.Columns)
            throw TooMuch($"シート「{sheet}」の列が多すぎます（上限 {limits.Columns:#,0} 列）");
    }

    public string Fits(string text) => text.Length <= limits.CellCharacters
        ? text
        : throw new Refusal($"一つのセルの文字が多すぎます（上限 {limits.CellCharacters:#,0} 字）。長い文章はセルを分けてください。");

    private static Refusal TooMuch(string what) => new($"{what}。必要な部分だけを残すか、ファイルを分けてください。");
}
