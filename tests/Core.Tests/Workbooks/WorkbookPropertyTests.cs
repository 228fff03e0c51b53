using System.Diagnostics;
using System.Globalization;
using CsCheck;
using Kyodo.Common;
using Kyodo.Workbooks;
using Xunit;

namespace Kyodo.Core.Tests.Workbooks;

public sealed class WorkbookPropertyTests
{
    private static readonly Gen<object?> Value = Gen.OneOf<object?>(
        Gen.Const((object?)null),
        Gen.String.Select(s => (object?)s),
        Gen.String[Gen.Char["_x000DFa5あ漢\r\n\t =+-@<&>\"'\u0001\uD83D\uDE00"], 0, 30].Select(s => (object?)s),
        Gen.Long[-999_999_999_999_999, 999_999_999_999_999].Select(n => (object?)n),
        Gen.Select(Gen.Int[-999_999_999, 999_999_999], Gen.Int[0, 5]).Select((n, places) => (object?)new decimal(Math.Abs(n), 0, 0, n < 0, (byte)places)),
        Gen.Double[-1e12, 1e12].Select(n => (object?)n),
        Gen.Int[0, 2_958_464].Select(d => (object?)new DateOnly(1900, 1, 1).AddDays(d % 2_900_000)));

    [Fact]
    public void What_is_written_is_read_back_equal() =>
        Value.Array[3].Array[0, 8].Sample(rows =>
        {
            var sheet = new SheetToWrite("一覧", [new("a"), new("b") { Kind = ColumnKind.Number, Wrap = true }, new("c") { Kind = ColumnKind.Date, Locked = true }], rows);
            var read = Assert.Single(WorkbookFixture.Read(WorkbookFileTests.Write(sheet)).Sheets);
            Assert.Equal(["a", "b", "c"], read.Rows[0].Cells.Select(c => c.Text));
            for (var r = 0; r < rows.Length; r++)
            {
                var row = read.Rows.FirstOrDefault(x => x.Number == r + 2);
                for (var c = 0; c < 3; c++)
                    AssertSame(rows[r][c], row?[c + 1] ?? Cell.Empty(c + 1));
            }
        }, iter: 300);

    [Fact]
    public void A_flipped_byte_is_refused_or_changes_nothing()
    {
        var whole = WorkbookFileTests.Write(new SheetToWrite("一覧", [new("事業") { Choices = ["a", "b"] }, new("金額") { Kind = ColumnKind.Number }, new("日")], [["花", 1200L, new DateOnly(2026, 4, 1)], ["緑\n水", 2.5m, null]]) { Titles = ["表"] });
        var expected = WorkbookFixture.Describe(WorkbookFixture.Read(whole));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte[1, 255]).Sample((place, change) =>
        {
            var spoiled = whole.ToArray();
            spoiled[place] ^= change;
            if (ReadOrNull(spoiled) is { } read)
                Assert.Equal(expected, WorkbookFixture.Describe(read));
        }, iter: 3000);
    }

    [Fact]
    public void Spoiled_markup_never_throws_anything_but_a_refusal()
    {
        var fixture = new WorkbookFixture
        {
            Rows = """<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><f>A1</f><v>45000</v></c><c r="C1" t="inlineStr"><is><t>x</t></is></c></row>""",
            Strings = "<si><t>a</t><rPh><t>b</t></rPh></si>",
            AfterRows = "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>",
        };
        Gen<string> Spoil(string part) => Gen.Select(Gen.Int[0, part.Length - 1], Gen.Int[0, 6], Gen.String[Gen.Char["<>/&;\"'= rcstv0123456789-AZ:!\u0001あ"], 0, 4])
            .Select((at, gone, put) => part[..at] + put + part[Math.Min(part.Length, at + gone)..]);
        Gen.OneOf(
            Spoil(fixture.Rows).Select(p => fixture with { Rows = p }),
            Spoil(fixture.Strings).Select(p => fixture with { Strings = p }),
            Spoil(fixture.Formats).Select(p => fixture with { Formats = p }),
            Spoil(fixture.Xfs).Select(p => fixture with { Xfs = p }),
            Spoil(fixture.AfterRows).Select(p => fixture with { AfterRows = p }),
            Spoil(fixture.SheetTarget).Select(p => fixture with { SheetTarget = p })).Sample(f => { ReadOrNull(f.ToBytes()); }, iter: 3000);
    }

    private static Workbook? ReadOrNull(byte[] file)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            return WorkbookFixture.Read(file);
        }
        catch (Refusal)
        {
            return null;
        }
        finally
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"took {watch.Elapsed}");
        }
    }

    private static void AssertSame(object? written, Cell read)
    {
        switch (written)
        {
            case string text:
                Assert.Equal(CellText.Clean(text), read.Text);
                Assert.Equal(read.Text.Length == 0 ? CellKind.Blank : CellKind.Text, read.Kind);
                break;
            case DateOnly date:
                Assert.Equal((date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), CellKind.Date), (read.Text, read.Kind));
                break;
            case null:
                Assert.Equal(CellKind.Blank, read.Kind);
                break;
            case double number:
                Assert.Equal(number, read.Number);
                break;
            default:
                Assert.Equal(Convert.ToDouble(written, CultureInfo.InvariantCulture), read.Number);
                Assert.Equal(Convert.ToDecimal(written, CultureInfo.InvariantCulture), decimal.Parse(read.Text, CultureInfo.InvariantCulture));
                break;
        }
    }
}
