using System.Diagnostics;
using Kyodo.Workbooks;
using Xunit;

namespace Kyodo.Core.Tests.Workbooks;

public sealed class WorkbookReaderTests
{
    private static Cell Only(string cell, WorkbookFixture? fixture = null) =>
        Assert.Single(Assert.Single(((fixture ?? new()) with { Rows = $"<row r=\"1\">{cell}</row>" }).ReadRows()).Cells);

    [Theory]
    [InlineData("1", "1")]
    [InlineData("-0", "0")]
    [InlineData("1.2E+6", "1200000")]
    [InlineData("1E+20", "100000000000000000000")]
    [InlineData("8010005018566", "8010005018566")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("1E-05", "0.00001")]
    public void Numbers_are_shown_without_exponent_or_noise(string value, string text)
    {
        var cell = Only($"<c r=\"A1\"><v>{value}</v></c>");
        Assert.Equal((text, CellKind.Number), (cell.Text, cell.Kind));
    }

    [Theory]
    [InlineData(1, "45000", "2023-03-15")]
    [InlineData(1, "1", "1900-01-01")]
    [InlineData(1, "59", "1900-02-28")]
    [InlineData(1, "61", "1900-03-01")]
    [InlineData(2, "45000", "2023-03-15")]
    [InlineData(6, "45000.75", "2023-03-15 18:00")]
    public void Dates_are_known_by_their_format(int style, string serial, string text)
    {
        var cell = Only($"<c r=\"A1\" s=\"{style}\"><v>{serial}</v></c>");
        Assert.Equal((text, CellKind.Date), (cell.Text, cell.Kind));
        Assert.NotNull(cell.Date);
    }

    [Theory]
    [InlineData(3, "43001", "043001")]
    [InlineData(4, "1.5", "36:00")]
    [InlineData(5, "3", "3")]
    public void Codes_keep_their_leading_zeros_and_hours_their_colon(int style, string value, string text)
    {
        var cell = Only($"<c r=\"A1\" s=\"{style}\"><v>{value}</v></c>");
        Assert.Equal((text, CellKind.Number), (cell.Text, cell.Kind));
    }

    [Theory]
    [InlineData("60")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1000000000000")]
    public void A_number_that_is_no_date_in_a_date_cell_is_an_error_not_a_crash(string serial)
    {
        var cell = Only($"<c r=\"A1\" s=\"1\"><v>{serial}</v></c>");
        Assert.Equal((serial, CellKind.Error), (cell.Text, cell.Kind));
    }

    [Theory]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("abc")]
    public void A_number_cell_without_a_number_never_gives_a_number(string value) =>
        Assert.DoesNotContain(new WorkbookFixture { Rows = $"<row r=\"1\"><c r=\"A1\"><v>{value}</v></c></row>" }.ReadRows(), r => r[1].Kind == CellKind.Number);

    [Fact]
    public void Dates_counted_from_1904_are_honoured() =>
        Assert.Equal("2017-10-27", Only("<c r=\"A1\" s=\"1\"><v>41573</v></c>", new() { WorkbookProperties = "<workbookPr date1904=\"1\"/>" }).Text);

    [Fact]
    public void Furigana_is_not_part_of_the_text()
    {
        var fixture = new WorkbookFixture { Strings = "<si><r><t>協働</t></r><r><t xml:space=\"preserve\"> 事業</t></r><rPh sb=\"0\" eb=\"2\"><t>キョウドウ</t></rPh><phoneticPr fontId=\"1\"/></si>" };
        Assert.Equal("協働 事業", Only("<c r=\"A1\" t=\"s\"><v>0</v></c>", fixture).Text);
    }

    [Theory]
    [InlineData("一行目_x000D_\n二行目", "一行目\n二行目")]
    [InlineData("_x005F_x000D_", "_x000D_")]
    [InlineData("_x0000_a_x001F_b", "ab")]
    [InlineData("_xD83D_", "\uFFFD")]
    [InlineData("_xD83D__xDE00_", "😀")]
    [InlineData("_x00", "_x00")]
    public void Spelled_out_characters_are_read_as_what_they_mean(string spelled, string text) =>
        Assert.Equal(text, Only($"<c r=\"A1\" t=\"inlineStr\"><is><t>{spelled}</t></is></c>").Text);

    [Fact]
    public void A_formula_is_flagged_and_gives_its_last_value()
    {
        var cell = Only("<c r=\"A1\"><f>SUM(B1:B9)</f><v>42</v></c>");
        Assert.Equal(("42", CellKind.Number, true), (cell.Text, cell.Kind, cell.IsFormula));
    }

    [Fact]
    public void A_formula_never_calculated_is_an_error_and_not_just_absent()
    {
        var cell = Only("<c r=\"A1\"><f>SUM(B1:B9)</f></c>");
        Assert.Equal(("", CellKind.Error, true), (cell.Text, cell.Kind, cell.IsFormula));
    }

    [Theory]
    [InlineData("b", "1", "TRUE", CellKind.Boolean)]
    [InlineData("e", "#N/A", "#N/A", CellKind.Error)]
    [InlineData("str", "計", "計", CellKind.Text)]
    [InlineData("d", "2026-04-01T00:00:00Z", "2026-04-01", CellKind.Date)]
    public void Other_kinds_of_cells_are_told_apart(string type, string value, string text, CellKind kind)
    {
        var cell = Only($"<c r=\"A1\" t=\"{type}\"><v>{value}</v></c>");
        Assert.Equal((text, kind), (cell.Text, cell.Kind));
    }

    [Fact]
    public void A_cell_is_found_by_its_column_and_an_absent_one_is_empty()
    {
        var row = new WorkbookFixture { Rows = "<row r=\"3\"><c r=\"B3\"><v>2</v></c><c r=\"AA3\"><v>27</v></c></row>" }.ReadRows()[0];
        Assert.Equal((3, "2", "27", ""), (row.Number, row[2].Text, row[27].Text, row[3].Text));
        Assert.Equal(CellKind.Blank, row[3].Kind);
    }

    [Fact]
    public void Cells_and_rows_without_an_address_follow_the_one_before()
    {
        var rows = new WorkbookFixture { Rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>" }.ReadRows();
        Assert.Equal(("2", 2, "3"), (rows[0][2].Text, rows[1].Number, rows[1][1].Text));
    }

    [Fact]
    public void A_far_cell_costs_nothing()
    {
        var watch = Stopwatch.StartNew();
        var row = Assert.Single(new WorkbookFixture { Rows = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>" }.ReadRows());
        Assert.Equal((1_048_576, 16_384), (row.Number, Assert.Single(row.Cells).Column));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Styled_but_empty_rows_disappear()
    {
        var watch = Stopwatch.StartNew();
        var empty = string.Concat(Enumerable.Range(2, 65_534).Select(r => $"<row r=\"{r}\" s=\"1\" customFormat=\"1\"><c r=\"A{r}\" s=\"1\"/><c r=\"B{r}\" s=\"1\"/></row>"));
        Assert.Single(new WorkbookFixture { Rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>" + empty }.ReadRows());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"took {watch.Elapsed}");
    }

    [Fact]
    public void Merged_cells_and_hidden_sheets_are_told()
    {
        var sheet = new WorkbookFixture { AfterRows = "<mergeCells><mergeCell ref=\"A1:C2\"/></mergeCells>", SheetAttributes = "state=\"veryHidden\"" }.Read().Sheets[0];
        Assert.Equal(new CellRange(1, 1, 2, 3), Assert.Single(sheet.Merges));
        Assert.True(sheet.Hidden);
    }

    [Fact]
    public void Each_limit_has_its_sentence()
    {
        var rows = new WorkbookFixture { Rows = string.Concat(Enumerable.Range(1, 3).Select(r => $"<row r=\"{r}\"><c r=\"A{r}\" t=\"inlineStr\"><is><t>abcd</t></is></c><c r=\"B{r}\"><v>1</v></c></row>")), AfterRows = "<mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells>" };
        Assert.Contains("行が多すぎます（上限 2 行）", rows.Refused(new() { Rows = 2 }));
        Assert.Contains("セルが多すぎます（上限 5 個）", rows.Refused(new() { Cells = 5 }));
        Assert.Contains("列が多すぎます（上限 1 列）", rows.Refused(new() { Columns = 1 }));
        Assert.Contains("一つのセルの文字", rows.Refused(new() { CellCharacters = 3 }));
        Assert.Contains("文字の量", rows.Refused(new() { TotalCharacters = 14 }));
        Assert.Contains("結合", rows.Refused(new() { Merges = 0 }));
    }

    [Fact]
    public void One_long_text_used_by_many_cells_is_counted_for_each()
    {
        var cells = string.Concat(Enumerable.Range(1, 1000).Select(r => $"<row r=\"{r}\"><c r=\"A{r}\" t=\"s\"><v>0</v></c></row>"));
        Assert.Contains("文字の量", new WorkbookFixture { Strings = $"<si><t>{new string('あ', 30_000)}</t></si>", Rows = cells }.Refused());
    }

    [Theory]
    [InlineData(1, 1, "A1")]
    [InlineData(12, 2, "B12")]
    [InlineData(1, 26, "Z1")]
    [InlineData(1, 27, "AA1")]
    [InlineData(1_048_576, 16_384, "XFD1048576")]
    public void Places_have_the_names_that_Excel_gives_them(int row, int column, string name)
    {
        Assert.Equal(name, CellAddress.Name(row, column));
        Assert.True(CellAddress.TryParse(name, out var r, out var c));
        Assert.Equal((row, column), (r, c));
    }
}
