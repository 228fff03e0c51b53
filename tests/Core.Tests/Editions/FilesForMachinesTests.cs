using System.Text;
using System.Text.Json.Nodes;
using Kyodo.Cases;
using Kyodo.Cases.Files;
using Kyodo.Common;
using Kyodo.Core.Tests.World;
using Kyodo.Editions;
using Kyodo.Editions.Files;
using Kyodo.Programmes;
using Kyodo.Questions;
using Kyodo.Workbooks;
using NJsonSchema;
using Xunit;

namespace Kyodo.Core.Tests.Editions;

/// <summary>What programs read keeps to what is said of it: published schemas, the national rules for tables, and being read again unchanged.</summary>
public sealed class FilesForMachinesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kyodo-machines-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("ps")]
    [InlineData("zero-budget")]
    public async Task The_json_files_are_as_their_published_schemas_say(string programme)
    {
        var before = SampleDraft.Of(programme);
        before.Cases[0].Answers["summary"] = "前の版の概要";
        await EditionFiles.WriteAsync(SampleDraft.Of(programme) with { Before = before, Government = "熊本県" }, _folder, TestContext.Current.CancellationToken);
        foreach (var side in new[] { "public", "staff" })
        {
            foreach (var name in new[] { "cases", "ds451-3", "changes" })
            {
                var schema = await JsonSchema.FromJsonAsync(Schema(name), TestContext.Current.CancellationToken);
                var errors = schema.Validate(await File.ReadAllTextAsync(Path.Combine(_folder, side, $"{name}.json"), TestContext.Current.CancellationToken));
                Assert.True(errors.Count == 0, $"{side}/{name}.json: {string.Join("; ", errors.Take(5))}");
            }
        }
        var broken = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "public", "cases.json"), TestContext.Current.CancellationToken))!;
        broken["cases"]![0]!["lineage"] = "perhaps";
        Assert.NotEmpty((await JsonSchema.FromJsonAsync(Schema("cases"), TestContext.Current.CancellationToken)).Validate(broken.ToJsonString()));
    }

    [Fact]
    public async Task The_national_model_holds_its_required_items_also_where_a_case_has_no_partner_and_a_very_long_title()
    {
        var title = new string('協', 300);
        var draft = SampleDraft.Of("ps");
        draft = draft with { Government = "熊本県", Cases = [Without(draft.Cases[0], title), .. draft.Cases.Skip(1)] };
        await EditionFiles.WriteAsync(draft, _folder, TestContext.Current.CancellationToken);
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "public", "ds451-3.json"), TestContext.Current.CancellationToken))!;
        var one = file["事例"]![0]!;
        Assert.Equal((title, "熊本県", ""), (one["タイトル"]!.GetValue<string>(), one["事例の場所"]!.GetValue<string>(), one["取り組み理由"]!.GetValue<string>()));
        Assert.Null(one["協力者"]);
        Assert.All(file["事例"]!.AsArray(), each => Assert.True(each!["取り組みの概要"]!.GetValue<string>().Length <= 300));
        Assert.Empty((await JsonSchema.FromJsonAsync(Schema("ds451-3"), TestContext.Current.CancellationToken)).Validate(file.ToJsonString()));
    }

    [Theory]
    [InlineData("ps")]
    [InlineData("zero-budget")]
    public async Task What_is_exported_is_imported_again_unchanged(string key)
    {
        var draft = SampleDraft.Of(key);
        await EditionFiles.WriteAsync(draft, _folder, TestContext.Current.CancellationToken);
        var programme = BuiltInProgrammes.Enter(Actor.Program, SampleDraft.ReleasedAt).Single(p => p.Key == key);
        var context = new ReadingContext(SampleDraft.Year, programme.FormsIn(SampleDraft.Year), [.. draft.Cases.SelectMany(c => c.Municipalities).Distinct()]);
        foreach (var name in new[] { "cases.json", "cases.csv" })
        {
            var file = CaseFile.Read(await File.ReadAllBytesAsync(Path.Combine(_folder, "public", name), TestContext.Current.CancellationToken), programme, draft.PublicQuestions, context);
            var (rows, check) = file.Table.Read(draft.PublicQuestions, context);
            Assert.True(check is { Refused: 0 } && check.Accepted == draft.Cases.Count, $"{name}: {string.Join("; ", check.Problems.Take(5))}");
            foreach (var (row, one) in rows.Zip(draft.Cases))
            {
                Assert.Equal(one.CaseId, row.CaseId);
                foreach (var question in draft.PublicQuestions.Where(q => q.AnswerType is not FileType))
                    Assert.True(JsonNode.DeepEquals(one.Answers[question.Key], row.Answers[question.Key]), $"{name} {one.Title} {question.Key}");
            }
        }
    }

    [Fact]
    public async Task Every_data_file_of_a_release_keeps_the_rules_for_tables()
    {
        var draft = SampleDraft.Of("ps");
        await EditionFiles.WriteAsync(draft, _folder, TestContext.Current.CancellationToken);
        var columns = EditionColumns.Of(EditionCopy.Public(draft)).ToDictionary(c => c.Name);
        Assert.Empty(TableRules.CheckCsv(await File.ReadAllBytesAsync(Path.Combine(_folder, "public", "cases.csv"), TestContext.Current.CancellationToken), columns));
        await using var workbook = File.OpenRead(Path.Combine(_folder, "public", "cases.xlsx"));
        Assert.Empty(TableRules.CheckWorkbook(workbook, columns));
    }

    [Theory]
    [InlineData("case_id,budget_yen\r\na,\"1,200\"\r\n", "B2", "桁区切り")]
    [InlineData("case_id,budget_yen\r\na,1200円\r\n", "B2", "単位")]
    [InlineData("case_id,budget_yen\r\na,\"12\n00\"\r\n", "B2", "改行")]
    [InlineData("case_id,\r\na,b\r\n", "B1", "見出しがありません")]
    [InlineData("case_id,case_id\r\na,b\r\n", "B1", "2つ")]
    [InlineData("case_id,title\r\n,\r\na,b\r\n", "A2", "空の行")]
    [InlineData("case_id,title\r\na\r\n", "A2", "列の数")]
    [InlineData("case_id,period.from\r\na,平成19年4月1日\r\n", "B2", "ISO 8601")]
    [InlineData("case_id,title\r\na,　協働\r\n", "B2", "空白")]
    [InlineData("case_id,title\r\na,協\u0007働\r\n", "B2", "制御文字")]
    [InlineData("case_id,title\r\na,=1+1\r\n", "B2", "数式")]
    public void A_table_that_machines_cannot_read_is_named_by_its_cell(string csv, string cell, string why)
    {
        var columns = EditionColumns.Of(EditionCopy.Public(SampleDraft.Of("ps"))).ToDictionary(c => c.Name);
        var found = TableRules.CheckCsv([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv)], columns).First();
        Assert.Equal(cell, found.Cell);
        Assert.Contains(why, found.Message, StringComparison.Ordinal);
        Assert.Contains(TableRules.CheckCsv(Encoding.UTF8.GetBytes(csv), columns), problem => problem.Message.Contains("BOM", StringComparison.Ordinal));
    }

    [Fact]
    public void A_number_written_as_text_in_the_workbook_is_named()
    {
        var columns = EditionColumns.Of(EditionCopy.Public(SampleDraft.Of("ps"))).ToDictionary(c => c.Name);
        using var file = new MemoryStream();
        WorkbookFile.Write(file, [new SheetToWrite("cases", [new ColumnToWrite("case_id"), new ColumnToWrite("budget_yen")], [["a", "1200"]])], SampleDraft.ReleasedAt, new WorkbookProperties("見本", "test"));
        file.Position = 0;
        var problem = TableRules.CheckWorkbook(file, columns).Single();
        Assert.Equal(("cases", "B2"), (problem.Sheet, problem.Cell));
    }

    [Fact]
    public async Task A_file_that_breaks_a_rule_holds_the_release_back_and_says_where()
    {
        var draft = SampleDraft.Of("ps");
        draft.Cases[2].Answers["summary"] = "外字\uE000です。";
        var refused = await Assert.ThrowsAsync<Refusal>(() => EditionFiles.WriteAsync(draft, _folder));
        Assert.Contains("cases.csvの", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("4", refused.Problems[0].Cell, StringComparison.Ordinal);
    }

    private static string Schema(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Kyodo.slnx")))
            folder = folder.Parent;
        return File.ReadAllText(Path.Combine(folder.FullName, "src", "App", "wwwroot", "schemas", $"{name}.schema.json"));
    }

    private static PublishedCase Without(PublishedCase one, string title)
    {
        var answers = one.Answers.DeepClone().AsObject();
        answers["title"] = title;
        answers.Remove("partners");
        answers.Remove("reason");
        return new PublishedCase
        {
            Revision = one.Revision,
            CaseId = one.CaseId,
            ProjectId = one.ProjectId,
            ProgrammeKey = one.ProgrammeKey,
            Year = one.Year,
            Order = one.Order,
            Title = title,
            Summary = one.Summary,
            FormNo = one.FormNo,
            UnitCode = one.UnitCode,
            UnitName = one.UnitName,
            Declared = one.Declared,
            Lineage = one.Lineage,
            Status = one.Status,
            AnswersJson = answers.ToJsonString(Json.Plain),
        };
    }
}
