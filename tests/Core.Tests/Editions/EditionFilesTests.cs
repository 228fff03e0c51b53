using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Editions.Files;
using Kyodo.Questions;
using Kyodo.Workbooks;
using Xunit;

namespace Kyodo.Core.Tests.Editions;

public sealed class EditionFilesTests : IDisposable
{
    private static readonly string[] Names = ["casebook.xlsx", "cases.csv", "cases.json", "cases.xlsx", "changes.json", "ds451-3.json"];
    private readonly string _folder = Directory.CreateTempSubdirectory("kyodo-edition-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("ps")]
    [InlineData("zero-budget")]
    public async Task The_same_draft_gives_the_same_bytes(string programme)
    {
        var (first, second) = (Path.Combine(_folder, "1"), Path.Combine(_folder, "2"));
        await EditionFiles.WriteAsync(SampleDraft.Of(programme), first, TestContext.Current.CancellationToken);
        await EditionFiles.WriteAsync(SampleDraft.Of(programme), second, TestContext.Current.CancellationToken);
        foreach (var side in new[] { "public", "staff" })
        {
            Assert.Equal(Names, Directory.GetFiles(Path.Combine(first, side)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            foreach (var name in Names)
                Assert.Equal(File.ReadAllBytes(Path.Combine(first, side, name)), File.ReadAllBytes(Path.Combine(second, side, name)));
        }
    }

    [Theory]
    [InlineData("ps")]
    [InlineData("zero-budget")]
    public async Task What_is_internal_is_in_each_staff_file_and_in_no_public_one(string programme)
    {
        var before = SampleDraft.Of(programme);
        foreach (var one in before.Cases)
            one.Answers["internal_note"] = "前の版の補足";
        // Each case changed, so that the list of changes holds what it may.
        await EditionFiles.WriteAsync(SampleDraft.Of(programme) with { Before = before with { StaffAnswers = new Dictionary<string, JsonObject>() } }, _folder, TestContext.Current.CancellationToken);
        foreach (var name in Names)
        {
            var (open, staff) = (Everything(Path.Combine(_folder, "public", name)), Everything(Path.Combine(_folder, "staff", name)));
            Assert.DoesNotContain(SampleDraft.InternalMark, open, StringComparison.Ordinal);
            Assert.DoesNotContain("庁内向け補足", open, StringComparison.Ordinal);
            Assert.DoesNotContain("self_check", open, StringComparison.Ordinal);
            // The national model has no item for what only staff may read.
            if (name != Ds451Json.FileName)
                Assert.Contains(SampleDraft.InternalMark, staff, StringComparison.Ordinal);
            foreach (var text in new[] { open, staff })
            {
                Assert.DoesNotContain(SampleDraft.SecretariatMark, text, StringComparison.Ordinal);
                Assert.DoesNotContain("secretariat_note", text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task The_csv_begins_with_a_mark_and_the_contract_columns()
    {
        var bytes = await CsvBytesAsync(EditionCopy.Public(SampleDraft.Of("ps")));
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var text = Encoding.UTF8.GetString(bytes[3..]);
        var header = text[..text.IndexOf("\r\n", StringComparison.Ordinal)];
        Assert.StartsWith("case_id,project_id,programme,fiscal_year,title,form_no,form,declared,lineage,unit_code,unit,partners,", header, StringComparison.Ordinal);
        var columns = header.Split(',');
        Assert.Equal(columns.Distinct(), columns);
        Assert.Contains("period.from", columns);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal).Split('"').Where((_, i) => i % 2 == 0).SelectMany(outside => outside));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\tx")]
    [InlineData("\rx")]
    [InlineData("＝1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠x")]
    public void A_text_like_a_formula_gets_an_apostrophe(string text) => Assert.Equal("'" + text, FormulaGuard.Guarded(text));

    [Theory]
    [InlineData("")]
    [InlineData("協定")]
    [InlineData("1-2")]
    public void Other_texts_stay(string text) => Assert.Equal(text, FormulaGuard.Guarded(text));

    [Fact]
    public async Task A_title_like_a_formula_is_guarded_in_csv_and_a_text_in_the_workbook()
    {
        var draft = SampleDraft.Of("ps");
        draft = draft with { Cases = [.. draft.Cases.Skip(1), With(draft.Cases[0], "=HYPERLINK(\"https://example.jp\",\"見る\")")] };
        Assert.Contains("\"'=HYPERLINK(", Encoding.UTF8.GetString(await CsvBytesAsync(EditionCopy.Public(draft))), StringComparison.Ordinal);
        using var workbook = new MemoryStream();
        CasesWorkbook.Write(EditionCopy.Public(draft), workbook);
        workbook.Position = 0;
        var cell = WorkbookReader.Read(workbook).Sheets[0].Rows[^1][5];
        Assert.Equal((CellKind.Text, false), (cell.Kind, cell.IsFormula));
        Assert.StartsWith("=HYPERLINK", cell.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_csv_holds_can_be_read_again()
    {
        var draft = SampleDraft.Of("ps");
        var copy = EditionCopy.Public(draft);
        using var file = new MemoryStream(await CsvBytesAsync(copy));
        using var reader = new StreamReader(file);
        var rows = Rows(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        var context = new ReadingContext(draft.Revision.Year, [.. draft.Revision.Forms.Select(f => new NumberedForm(f.No, f.NameJa, false))], [.. draft.Cases.SelectMany(c => c.Municipalities).Distinct()]);
        for (var i = 0; i < draft.Cases.Count; i++)
        {
            var cells = rows[0].Zip(rows[i + 1]).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
            foreach (var question in copy.Questions)
            {
                var texts = new PartTexts();
                foreach (var part in question.Parts)
                    texts[part.Suffix] = cells[question.PartKey(part)];
                var problems = new List<Problem>();
                Assert.True(JsonNode.DeepEquals(copy.Answer(draft.Cases[i], question), question.Read(texts, context, problems)), $"{draft.Cases[i].Title} {question.Key}");
                Assert.Empty(problems);
            }
        }
    }

    [Fact]
    public async Task The_json_holds_answers_as_kept_and_japanese_as_it_is()
    {
        var draft = SampleDraft.Of("ps");
        draft = draft with { Cases = [.. draft.Cases.Skip(1), With(draft.Cases[0], "𠮷田川　\\u3000の会")] };
        using var file = new MemoryStream();
        await CasesJson.WriteAsync(EditionCopy.Public(draft), file, TestContext.Current.CancellationToken);
        var text = Encoding.UTF8.GetString(file.ToArray());
        Assert.DoesNotContain('\r', text);
        Assert.Contains("\"title\": \"𠮷田川　\\\\u3000の会\"", text, StringComparison.Ordinal);
        var json = JsonNode.Parse(text)!;
        Assert.Equal("CC BY 4.0", json["edition"]!["licence"]!.GetValue<string>());
        Assert.Equal(draft.Cases.Count, json["cases"]!.AsArray().Count);
        Assert.True(JsonNode.DeepEquals(draft.Cases[3].Answers["roles"], json["cases"]![3]!["answers"]!["roles"]));
        Assert.All(json["questions"]!.AsArray(), q => Assert.Equal("Public", q!["visibility"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_question_that_is_added_appears_everywhere()
    {
        var added = new Question { Key = "volunteers", Type = "number", LabelJa = "参加したボランティア", Unit = "人", Section = "成果" };
        var draft = SampleDraft.Of("ps", all => [.. all, added]);
        draft.Cases[0].Answers["volunteers"] = JsonNode.Parse("1234");
        await EditionFiles.WriteAsync(draft, _folder, TestContext.Current.CancellationToken);
        Assert.Contains(",volunteers\r\n", Everything(Path.Combine(_folder, "public", "cases.csv")), StringComparison.Ordinal);
        Assert.Contains("\"volunteers\": 1234", Everything(Path.Combine(_folder, "public", "cases.json")), StringComparison.Ordinal);
        Assert.Contains("【参加したボランティア】", Everything(Path.Combine(_folder, "public", "casebook.xlsx")), StringComparison.Ordinal);
        Assert.Contains("1,234人", Everything(Path.Combine(_folder, "public", "casebook.xlsx")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_named_like_a_fixed_column_keeps_a_column_of_its_own()
    {
        var draft = SampleDraft.Of("ps", all => [.. all, new Question { Key = "unit", Type = "short text", LabelJa = "単位" }]);
        var names = EditionColumns.Of(EditionCopy.Public(draft)).Select(column => column.Name).ToList();
        Assert.Contains("answers.unit", names);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void The_printed_workbook_loses_no_text_of_a_long_answer()
    {
        var draft = SampleDraft.Of("ps");
        var story = string.Concat(Enumerable.Range(0, 400).Select(i => $"第{i}話。"));
        draft.Cases[0].Answers["content"] = story;
        using var file = new MemoryStream();
        CasebookWorkbook.Write(EditionCopy.Public(draft), file);
        file.Position = 0;
        var columns = WorkbookReader.Read(file).Sheets.SelectMany(sheet => sheet.Rows).SelectMany(row => row.Cells).GroupBy(cell => cell.Column)
            .Select(column => string.Concat(column.Select(cell => cell.Text)).Replace("\n", "", StringComparison.Ordinal));
        Assert.Contains(columns, column => column.Contains(story, StringComparison.Ordinal));
    }

    private static PublishedCase With(PublishedCase one, string title) => new()
    {
        Revision = one.Revision,
        CaseId = one.CaseId,
        ProjectId = one.ProjectId,
        ProgrammeKey = one.ProgrammeKey,
        Year = one.Year,
        Order = one.Order,
        Title = title,
        FormNo = one.FormNo,
        UnitCode = one.UnitCode,
        UnitName = one.UnitName,
        AnswersJson = one.AnswersJson,
    };

    private static async Task<byte[]> CsvBytesAsync(EditionCopy copy)
    {
        using var file = new MemoryStream();
        await CasesCsv.WriteAsync(copy, file, TestContext.Current.CancellationToken);
        return file.ToArray();
    }

    private static List<string[]> Rows(string csv)
    {
        var rows = new List<string[]>();
        var (row, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var c in csv)
        {
            if (c == '"')
            {
                if (!quoted && cell.Length > 0)
                    cell.Append(c);
                quoted = !quoted;
            }
            else if (quoted || c is not (',' or '\r' or '\n'))
                cell.Append(c);
            else if (c is ',' or '\r')
            {
                row.Add(cell.ToString() is ['\'', _, ..] guarded ? guarded[1..] : cell.ToString());
                cell.Clear();
                if (c == '\r')
                {
                    rows.Add([.. row]);
                    row.Clear();
                }
            }
        }
        return rows;
    }

    /// <summary>All text of a file; of a workbook, of all its parts.</summary>
    private static string Everything(string file)
    {
        if (Path.GetExtension(file) != ".xlsx")
            return File.ReadAllText(file);
        using var zip = ZipFile.OpenRead(file);
        return string.Join('\n', zip.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        }));
    }
}
