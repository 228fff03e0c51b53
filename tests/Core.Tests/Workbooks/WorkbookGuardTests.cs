using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Kyodo.Workbooks;
using Xunit;

namespace Kyodo.Core.Tests.Workbooks;

public sealed class WorkbookGuardTests
{
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static readonly byte[] Ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[504]];

    [Fact]
    public void An_empty_file_is_said_to_be_empty() => Assert.Contains("空です", WorkbookFixture.Refused([]));

    [Fact]
    public void An_old_workbook_is_to_be_saved_as_xlsx() => Assert.Contains("古い形式", WorkbookFixture.Refused(Ole));

    [Fact]
    public void An_encrypted_workbook_is_told_from_an_old_one() =>
        Assert.Contains("パスワードを外して", WorkbookFixture.Refused([.. Ole, .. Encoding.Unicode.GetBytes("EncryptedPackage")]));

    [Theory]
    [InlineData("市町村,事業名\r\n熊本市,花いっぱい\r\n", "CSV")]
    [InlineData("\uFEFF<html><table><tr><td>1</td></tr></table></html>", "HTML")]
    [InlineData("<?xml version=\"1.0\"?><Workbook/>", "HTML")]
    [InlineData("%PDF-1.7", "PDF")]
    [InlineData("\0\u0001\u0002", "Excel のファイル")]
    public void Other_files_named_xlsx_are_called_by_what_they_are(string content, string word) =>
        Assert.Contains(word, WorkbookFixture.Refused(Encoding.UTF8.GetBytes(content)));

    [Fact]
    public void A_file_larger_than_allowed_is_not_read_to_its_end()
    {
        var endless = new EndlessStream();
        Assert.Contains("大きすぎます", Assert.Throws<Kyodo.Common.Refusal>(() => WorkbookReader.Read(endless)).Message);
        Assert.True(endless.Handed < 11 << 20);
    }

    [Fact]
    public void A_part_that_inflates_beyond_its_limit_is_refused() => RefusedInTime("大きすぎます", Bomb(1, 100 << 20));

    [Fact]
    public void Parts_that_together_inflate_beyond_the_limit_are_refused() => RefusedInTime("大きすぎます", Bomb(30, 10 << 20));

    [Fact]
    public void Too_many_parts_are_refused() =>
        Assert.Contains("部品が多すぎます", new WorkbookFixture { More = [.. Enumerable.Range(0, 200).Select(i => ($"xl/media/{i}.txt", ""))] }.Refused());

    [Theory]
    [InlineData("xl/worksheets/SHEET1.xml")]
    [InlineData("../outside.xml")]
    [InlineData("xl/../../outside.xml")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/outside.xml")]
    [InlineData("xl\\..\\..\\outside.xml")]
    public void Doubled_names_and_names_that_lead_outside_are_refused(string name) =>
        Assert.Contains("作りが正しくありません", new WorkbookFixture { More = [(name, "<a/>")] }.Refused());

    [Theory]
    [InlineData("xl/vbaProject.bin", "マクロが入っています。.xlsx 形式（マクロなし）で保存し直してください。")]
    [InlineData("xl/macrosheets/sheet1.xml", "マクロ")]
    [InlineData("xl/embeddings/oleObject1.bin", "埋め込まれています")]
    [InlineData("xl/activeX/activeX1.bin", "埋め込まれています")]
    public void Active_content_is_refused_with_the_way_out(string name, string words) =>
        Assert.Contains(words, new WorkbookFixture { More = [(name, "")] }.Refused());

    [Fact]
    public void A_macro_workbook_is_known_by_its_content_type() =>
        Assert.Contains("マクロ", new WorkbookFixture { MainType = "application/vnd.ms-excel.sheet.macroEnabled.main+xml" }.Refused());

    [Fact]
    public void Another_office_file_is_no_workbook() =>
        Assert.Contains("Word", new WorkbookFixture { MainType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml" }.Refused());

    [Theory]
    [InlineData("oleObject", "x.bin", "Internal", "埋め込まれています")]
    [InlineData("image", "https://example.jp/a.png", "External", "リンク")]
    [InlineData("connections", "connections.xml", "Internal", "リンク")]
    public void Active_content_under_other_names_is_known_by_its_relationship(string type, string target, string mode, string words) =>
        Assert.Contains(words, WithSheetRelationship(type, target, mode).Refused());

    [Fact]
    public void What_is_kept_of_another_workbook_is_dropped_and_the_values_last_seen_are_read()
    {
        const string link = """<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>""";
        const string rels = $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Office}/externalLinkPath" Target="file:///C:/old.xlsx" TargetMode="External"/></Relationships>""";
        var file = new WorkbookFixture
        {
            Rows = """<row r="1"><c r="A1"><f>[1]Sheet1!A1*2</f><v>42</v></c></row>""",
            More = [("xl/externalLinks/externalLink1.xml", link), ("xl/externalLinks/_rels/externalLink1.xml.rels", rels)],
        };
        Assert.Equal(new Cell(1, "42", CellKind.Number, 42, IsFormula: true), file.ReadRows()[0][1]);
        Assert.Contains("DTD", (file with { More = [("xl/externalLinks/externalLink1.xml", "<!DOCTYPE a [<!ENTITY b 'b'>]>" + link)] }).Refused());
    }

    [Fact]
    public void A_web_address_in_a_cell_is_no_external_link() =>
        Assert.Single(WithSheetRelationship("hyperlink", "https://example.jp/", "External").ReadRows());

    [Fact]
    public void A_document_type_is_refused_in_parts_that_are_read_and_in_those_that_are_not()
    {
        const string bomb = """<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>""";
        Assert.Contains("DTD", new WorkbookFixture { DocumentType = bomb }.Refused());
        Assert.Contains("DTD", new WorkbookFixture { More = [("xl/theme/theme1.xml", bomb + "<a>&c;</a>")] }.Refused());
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        RefusedInTime("複雑すぎて", new WorkbookFixture { Rows = string.Concat(Enumerable.Repeat("<row>", 100_000)) }.ToBytes());

    [Fact]
    public void A_tag_with_countless_attributes_is_refused_before_the_reader_takes_it() =>
        RefusedInTime("壊れている", new WorkbookFixture { More = [("xl/theme/theme1.xml", $"<a{string.Concat(Enumerable.Range(0, 300_000).Select(i => $" a{i}=\"\""))}/>")] }.ToBytes());

    [Fact]
    public void A_part_in_UTF_16_is_refused_since_its_tags_cannot_be_counted() =>
        Assert.Contains("壊れている", new WorkbookFixture { More = [("xl/theme/theme1.xml", "<\0a\0/\0>\0")] }.Refused());

    [Fact]
    public void A_sheet_behind_two_tabs_is_refused_since_it_would_be_read_again_for_each() =>
        Assert.Contains("壊れている", new WorkbookFixture { SheetAttributes = "/><sheet name=\"二\" sheetId=\"2\" r:id=\"rId1\"" }.Refused());

    [Fact]
    public void A_broken_theme_does_no_harm() =>
        Assert.Single(new WorkbookFixture { More = [("xl/theme/theme1.xml", "<a><b></a>")] }.ReadRows());

    [Theory]
    [InlineData("<row r=\"1\"><c r=\"A1\"><v>1</v></row>")]
    [InlineData("<row r=\"1\"><c r=\"A1\"><v>&unknown;</v></c></row>")]
    [InlineData("<row r=\"0\"/>")]
    [InlineData("<row r=\"1048577\"/>")]
    [InlineData("<row r=\"2\"/><row r=\"1\"/>")]
    [InlineData("<row r=\"1\"><c r=\"A2\"/></row>")]
    [InlineData("<row r=\"1\"><c r=\"XFE1\"/></row>")]
    [InlineData("<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>")]
    [InlineData("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>-1</v></c></row>")]
    public void What_Excel_would_have_to_repair_is_called_broken(string rows) =>
        Assert.Contains("壊れている", new WorkbookFixture { Rows = rows }.Refused());

    [Theory]
    [InlineData("worksheets/sheet2.xml")]
    [InlineData("../../../worksheets/sheet1.xml")]
    [InlineData("")]
    public void A_sheet_that_is_not_where_it_should_be_is_called_broken(string target) =>
        Assert.Contains("壊れている", new WorkbookFixture { SheetTarget = target }.Refused());

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        var whole = new WorkbookFixture().ToBytes();
        for (var length = 2; length < whole.Length; length += 7)
            Assert.Contains("壊れている", WorkbookFixture.Refused(whole[..length]));
    }

    private static WorkbookFixture WithSheetRelationship(string type, string target, string mode) => new()
    {
        More = [("xl/worksheets/_rels/sheet1.xml.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Office}/{type}" Target="{target}" TargetMode="{mode}"/></Relationships>""")],
    };

    private static byte[] Bomb(int parts, int size)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            for (var i = 0; i < parts; i++)
            {
                using var part = zip.CreateEntry($"xl/{i}.xml", CompressionLevel.Fastest).Open();
                var zeros = new byte[1 << 20];
                for (var written = 0; written < size; written += zeros.Length)
                    part.Write(zeros);
            }
        return file.ToArray();
    }

    private static void RefusedInTime(string words, byte[] file)
    {
        var watch = Stopwatch.StartNew();
        Assert.Contains(words, WorkbookFixture.Refused(file));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"took {watch.Elapsed}");
    }

    private sealed class EndlessStream : Stream
    {
        public long Handed { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => Handed; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Handed += count;
            return count;
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
