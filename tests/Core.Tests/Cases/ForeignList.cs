using System.Globalization;
using System.Security;
using Kyodo.Core.Tests.Workbooks;
using Kyodo.Workbooks;

namespace Kyodo.Core.Tests.Cases;

/// <summary>A list of somebody else's, cell by cell: texts, numbers (double) and days (DateOnly), with merges and hidden rows.</summary>
internal sealed record ForeignList(params object?[][] Rows)
{
    private const int DayStyle = 2;

    public string[] Merges { get; init; } = [];

    public int[] HiddenRows { get; init; } = [];

    public string Columns { get; init; } = "";

    public byte[] ToBytes() => new WorkbookFixture
    {
        Rows = string.Concat(Rows.Select((cells, i) => $"<row r=\"{i + 1}\"{(HiddenRows.Contains(i + 1) ? " hidden=\"1\"" : "")}>{string.Concat(cells.Select((cell, j) => Cell(cell, CellAddress.Name(i + 1, j + 1))))}</row>")),
        AfterRows = $"<mergeCells>{string.Concat(Merges.Select(merge => $"<mergeCell ref=\"{merge}\"/>"))}</mergeCells>",
    }.ToBytes();

    private static string Cell(object? value, string place) => value switch
    {
        null => "",
        double number => $"<c r=\"{place}\"><v>{number.ToString("R", CultureInfo.InvariantCulture)}</v></c>",
        DateOnly day => $"<c r=\"{place}\" s=\"{DayStyle}\"><v>{day.DayNumber - new DateOnly(1899, 12, 30).DayNumber}</v></c>",
        _ => $"<c r=\"{place}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(value.ToString())}</t><rPh sb=\"0\" eb=\"1\"><t>フリガナ</t></rPh></is></c>",
    };
}
