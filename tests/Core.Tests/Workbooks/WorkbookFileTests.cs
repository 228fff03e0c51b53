using System.IO.Compression;
using Kyodo.Common;
using Kyodo.Workbooks;
using Xunit;

namespace Kyodo.Core.Tests.Workbooks;

public sealed class WorkbookFileTests
{
    internal static readonly DateTimeOffset Stamp = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    internal static byte[] Write(params SheetToWrite[] sheets)
    {
        using var file = new MemoryStream();
        WorkbookFile.Write(file, sheets, Stamp, new("事例一覧", "県民生活課"));
        return file.ToArray();
    }

    private static SheetToWrite OneColumn(params object?[] values) => new("一覧", [new("値")], values.Select(v => (IReadOnlyList<object?>)[v]));

    private static IReadOnlyList<SheetRow> WriteAndRead(params object?[] values) => WorkbookFixture.Read(Write(OneColumn(values))).Sheets[0].Rows;

    private static string Part(byte[] file, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+81")]
    [InlineData("-5")]
    [InlineData("@SUM(A1)")]
    [InlineData("012345")]
    public void Text_stays_text_whatever_it_begins_with(string text)
    {
        var cell = WriteAndRead(text)[1][1];
        Assert.Equal((text, CellKind.Text, false), (cell.Text, cell.Kind, cell.IsFormula));
    }

    [Theory]
    [InlineData("a\r\nb\rc", "a\nb\nc")]
    [InlineData("_x000D_", "_x000D_")]
    [InlineData("_x000D_x000D_", "_x000D_x000D_")]
    [InlineData("a\0\u001Fb\uFFFF", "ab")]
    [InlineData("  両端 \n", "  両端 \n")]
    public void Odd_characters_come_back_clean(string text, string back) => Assert.Equal(back, WriteAndRead(text)[1][1].Text);

    [Fact]
    public void Half_a_character_is_replaced_and_a_whole_one_kept() => Assert.Equal("\uFFFD だけ 😀", WriteAndRead("\uD83D だけ 😀")[1][1].Text);

    [Fact]
    public void A_number_longer_than_Excel_can_hold_is_written_as_text() =>
        Assert.Equal(("1234567890123456", CellKind.Text), (WriteAndRead(1234567890123456L)[1][1].Text, WriteAndRead(1234567890123456L)[1][1].Kind));

    [Fact]
    public void Days_before_1900_are_written_as_text() =>
        Assert.Equal("1871-08-29", WriteAndRead(new DateOnly(1871, 8, 29))[1][1].Text);

    [Fact]
    public void Equal_input_gives_equal_bytes() =>
        Assert.Equal(Write(OneColumn("a", 1L, 2.5m)), Write(OneColumn("a", 1L, 2.5m)));

    [Fact]
    public void A_short_list_stands_in_the_rule_and_a_long_one_on_a_very_hidden_sheet()
    {
        var longList = Enumerable.Range(1, 60).Select(i => $"協働形態{i}").ToList();
        var file = Write(new SheetToWrite("調査票", [new("分野") { Choices = ["福祉", "環境"] }, new("形態") { Choices = longList }, new("区分") { Choices = ["市、町", "a,b"] }], []) { InputRows = 10 });
        var rules = Part(file, "xl/worksheets/sheet1.xml");
        Assert.Contains("<formula1>\"福祉,環境\"</formula1>", rules);
        Assert.Contains("<formula1>'選択肢'!$A$2:$A$61</formula1>", rules);
        Assert.Contains("<formula1>'選択肢'!$B$2:$B$3</formula1>", rules);
        Assert.Contains("sqref=\"A2:A11\"", rules);
        var lists = WorkbookFixture.Read(file).Sheets[1];
        Assert.True(lists.Hidden);
        Assert.Equal(longList, lists.Rows.Skip(1).Select(r => r[1].Text));
        Assert.Contains("veryHidden", Part(file, "xl/workbook.xml"));
    }

    [Fact]
    public void A_note_is_cut_to_what_Excel_shows()
    {
        var sheet = Part(Write(new SheetToWrite("調査票", [new("a") { NoteTitle = new string('題', 40), Note = new string('注', 300) }], [])), "xl/worksheets/sheet1.xml");
        Assert.Contains($"promptTitle=\"{new string('題', 31)}…\" prompt=\"{new string('注', 254)}…\"", sheet);
    }

    [Fact]
    public void A_sheet_is_protected_only_when_a_column_is_locked()
    {
        Assert.DoesNotContain("sheetProtection", Part(Write(OneColumn("a")), "xl/worksheets/sheet1.xml"));
        Assert.Contains("sheetProtection", Part(Write(new SheetToWrite("a", [new("a") { Locked = true }, new("b")], [])), "xl/worksheets/sheet1.xml"));
    }

    [Fact]
    public void Titles_are_merged_over_the_width_and_the_header_below_is_repeated_in_print()
    {
        var file = Write(new SheetToWrite("事例", [new("a"), new("b")], [["1", "2"]]) { Titles = ["令和8年度", "熊本県"], AutoFilter = true });
        Assert.Equal(["A1:B1", "A2:B2"], WorkbookFixture.Read(file).Sheets[0].Merges.Select(m => m.ToString()));
        Assert.Contains("ySplit=\"3\"", Part(file, "xl/worksheets/sheet1.xml"));
        Assert.Contains("'事例'!$3:$3", Part(file, "xl/workbook.xml"));
        Assert.Contains("'事例'!$A$3:$B$4", Part(file, "xl/workbook.xml"));
    }

    [Fact]
    public void Names_that_Excel_does_not_allow_are_made_legal_and_unique()
    {
        var names = WorkbookFixture.Read(Write([.. new[] { "a/b", "A／B", "", "'x'", new string('長', 40), new string('長', 41) }.Select(n => OneColumn("1") with { Name = n })])).Sheets.Select(s => s.Name).ToList();
        Assert.Equal(["a／b", "A／B(2)", "シート", "x", new string('長', 31), new string('長', 26) + "(2)"], names);
    }

    [Fact]
    public void A_text_too_long_for_a_cell_is_refused_with_its_place()
    {
        var refusal = Assert.Throws<Refusal>(() => Write(OneColumn("a", new string('a', 32_768))));
        Assert.Equal(("一覧", "A3"), (refusal.Problems[0].Sheet, refusal.Problems[0].Cell));
    }

    [Fact]
    public void A_workbook_without_a_visible_sheet_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => Write(OneColumn() with { Visibility = SheetVisibility.Hidden }));

    [Fact]
    public void Rows_leave_for_a_stream_that_cannot_seek_while_they_are_still_coming()
    {
        using var written = new MemoryStream();
        using var file = new GZipStream(written, CompressionLevel.Fastest);
        long halfWay = 0;
        IEnumerable<IReadOnlyList<object?>> Rows()
        {
            for (var row = 1; row <= 20_000; row++)
            {
                if (row == 10_000)
                    halfWay = written.Length;
                yield return [.. Enumerable.Range(1, 10).Select(c => (object)$"行{row}列{c}")];
            }
        }
        WorkbookFile.Write(file, [new("一覧", [.. Enumerable.Range(1, 10).Select(c => new ColumnToWrite($"列{c}"))], Rows())], Stamp, new("", ""));
        Assert.InRange(halfWay, written.Length / 4, written.Length * 3 / 4);
    }
}
