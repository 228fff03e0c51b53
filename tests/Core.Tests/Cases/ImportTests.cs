using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kyodo.Cases;
using Kyodo.Cases.Files;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Programmes;
using Kyodo.Questions;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Cases;

public sealed class ImportTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task A_filled_workbook_becomes_the_units_cases(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var inquiry = await office.InquiryAsync();
        var import = await office.UploadAsync(inquiry, Uploads.Workbook(inquiry, Written.Texts(), Written.Texts("川の見守り協定")));
        Assert.Empty(import.Check.Problems);
        Assert.Equal((2, 2, 0, 10_000_000L, 2), (import.Check.Rows, import.Check.Accepted, import.Check.Refused, import.Check.Totals.Amount, import.Check.Totals.Dates));
        var cases = await office.CasesAsync(inquiry);
        Assert.Equal(["ロードクリーンボランティア事業", "川の見守り協定"], cases.Select(c => c.Title).OrderByDescending(t => t, StringComparer.Ordinal).Reverse());
        Assert.All(cases, one => Assert.Empty(one.Answers.Missing(inquiry.Round.Questionnaire.Questions)));
        Assert.Equal(InquiryStatus.Answering, inquiry.Status);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task The_same_upload_twice_has_one_effect(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var inquiry = await office.InquiryAsync();
        var file = Uploads.Workbook(inquiry, Written.Texts());
        await office.UploadAsync(inquiry, file);
        var again = await office.UploadAsync(inquiry, file);
        Assert.Equal((0, 0), (again.NewCases, again.ChangedCases));
        Assert.Equal(1, Assert.Single(await office.CasesAsync(inquiry)).Version);
    }

    [Fact]
    public async Task All_problems_of_a_file_are_found_at_once_each_at_its_cell_and_nothing_is_saved()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var wrong = Written.Texts();
        wrong["form"] = "9 秘密協定";
        wrong["partners.number"] = "7000020430005\n1234567890123";
        wrong["summary"] = new string('あ', 301);
        wrong["period.from"] = "H91.4.1";
        wrong["budget.initial"] = "たくさん";
        var import = await office.CheckAsync(inquiry, Uploads.Workbook(inquiry, Written.Texts("川の見守り協定"), wrong, Written.Texts("川の 見守り協定")));
        var expected = new[] { ("form", 1), ("partners.number", 1), ("summary", 1), ("period.from", 1), ("budget.initial", 1), ("title", 2) }
            .Select(place => Uploads.Cell(inquiry, place.Item1, place.Item2)).Order(StringComparer.Ordinal);
        Assert.Equal(expected, import.Check.Problems.Select(p => p.Cell).Order(StringComparer.Ordinal));
        Assert.All(import.Check.Problems, problem => Assert.Equal("PSプロジェクト", problem.Sheet));
        Assert.Equal((3, 1, 2), (import.Check.Rows, import.Check.Accepted, import.Check.Refused));

        var refused = await Assert.ThrowsAsync<Refusal>(() => import.SaveAsync(office.Db, "workbook", office.Respondent, office.Now));
        Assert.Equal(6, refused.Problems.Count);
        await office.Db.SaveChangesAsync();
        Assert.Equal(0, await office.Db.Cases.CountAsync());
        Assert.Equal(InquiryStatus.Sent, inquiry.Status);
    }

    [Fact]
    public async Task Another_units_workbook_and_another_years_are_known_for_what_they_are()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var theirs = await office.CheckAsync(inquiry, Uploads.Workbook(inquiry, "kankyo", Office.Year, Written.Texts()));
        Assert.Contains("別の組織（kankyo）", Assert.Single(theirs.Check.Problems).Message, StringComparison.Ordinal);
        var old = await office.CheckAsync(inquiry, Uploads.Workbook(inquiry, "doboku", Office.Year.Previous, Written.Texts()));
        Assert.Contains("平成18年度", Assert.Single(old.Check.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_formula_and_an_Excel_error_are_said_at_their_cells()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var cell = Uploads.Cell(inquiry, "budget.initial");
        var file = Uploads.Workbook(inquiry, Written.Texts());
        string Replace(string xml, string content) => Regex.Replace(xml, $"<c r=\"{cell}\"[^>]*>.*?</c>", content, RegexOptions.None, TimeSpan.FromSeconds(5));
        var formula = await office.CheckAsync(inquiry, Uploads.Rewritten(file, xml => Replace(xml, $"<c r=\"{cell}\"><f>1000*5</f><v>5000</v></c>")));
        Assert.Equal((cell, true), (Assert.Single(formula.Check.Problems).Cell, formula.Check.Problems[0].Message.Contains("数式", StringComparison.Ordinal)));
        var error = await office.CheckAsync(inquiry, Uploads.Rewritten(file, xml => Replace(xml, $"<c r=\"{cell}\" t=\"e\"><v>#REF!</v></c>")));
        Assert.Contains(error.Check.Problems, problem => problem.Cell == cell && problem.Message.Contains("#REF!", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Empty_rows_to_the_end_of_an_old_sheet_are_no_cases()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var rows = string.Concat(Enumerable.Range(200, 65_535 - 200).Select(row => $"<row r=\"{row}\"><c r=\"A{row}\" s=\"1\"/></row>"));
        var import = await office.CheckAsync(inquiry, Uploads.Rewritten(Uploads.Workbook(inquiry, Written.Texts()), xml => xml.Replace("</sheetData>", rows + "</sheetData>", StringComparison.Ordinal)));
        Assert.Empty(import.Check.Problems);
        Assert.Equal(1, import.Check.Rows);
    }

    [Fact]
    public async Task A_budget_in_the_programme_without_budget_is_refused_in_its_own_words()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync(programme: "zero-budget");
        var texts = Written.Texts(programme: "zero-budget");
        texts["form"] = "水平連携型";
        texts["budget"] = "0";
        Assert.Empty((await office.CheckAsync(inquiry, Uploads.Workbook(inquiry, texts))).Check.Problems);
        texts["budget"] = "1";
        var problem = Assert.Single((await office.CheckAsync(inquiry, Uploads.Workbook(inquiry, texts))).Check.Problems);
        Assert.Equal((Uploads.Cell(inquiry, "budget"), true), (problem.Cell, problem.Message.Contains("事業予算を必要としない", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_column_nobody_asked_for_is_shown_as_unused_and_a_needed_one_that_is_gone_is_a_warning()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var import = await office.CheckAsync(inquiry, Encoding.UTF8.GetBytes("事業名,血液型\n川の見守り協定,A\n"));
        Assert.Equal([("title", "事業名"), (null, "血液型")], import.Check.Columns.Select(c => (c.Question, c.Header)));
        Assert.False(import.Check.HasErrors);
        Assert.Contains(import.Check.Problems, problem => problem.Message.Contains("「概要」の列がありません", StringComparison.Ordinal));
        await import.SaveAsync(office.Db, "csv", office.Respondent, office.Now);
        Assert.Equal("川の見守り協定", Assert.Single(await office.CasesAsync(inquiry)).Title);
    }

    [Fact]
    public async Task An_added_question_arrives_in_workbook_and_answer_of_the_next_round()
    {
        await using var office = await Office.OpenAsync();
        var programme = await office.Db.ProgrammeAsync("ps");
        programme.Add(new Question { Key = "volunteers", Type = "number", LabelJa = "参加者数", Unit = "人" }, office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
        var round = Office.Draft(programme, [(await office.InquiryAsync()).Unit], office.Coordinator, office.Now);
        office.Db.Add(round);
        await office.Db.SaveChangesAsync();
        round.Open(office.Coordinator, office.Now, Array.Empty<string>().ToLookup(_ => 0L));
        await office.Db.SaveChangesAsync();

        var inquiry = await office.InquiryAsync();
        var texts = Written.Texts();
        texts["volunteers"] = "１，２００人";
        await office.UploadAsync(inquiry, Uploads.Workbook(inquiry, texts));
        Assert.Equal(1200m, Assert.Single(await office.CasesAsync(inquiry)).Answers["volunteers"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task A_downloaded_row_that_changed_meanwhile_is_a_conflict_and_an_untouched_one_is_not()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var one = await office.WriteCaseAsync(inquiry);
        var downloaded = await Uploads.DownloadAsync(office, inquiry);
        Assert.Equal((0, 0, false), await Effect(office, inquiry, downloaded));
        one.Edit(one.Answers.With("summary", "そのあいだに変えた概要"), inquiry, one.Version, "web", office.Approver, office.Now);
        await office.Db.SaveChangesAsync();
        var import = await office.CheckAsync(inquiry, downloaded);
        var problem = Assert.Single(import.Check.Problems);
        Assert.Contains("第1稿", problem.Message, StringComparison.Ordinal);
        Assert.Equal(Uploads.Cell(inquiry, "case_id"), problem.Cell);
    }

    [Fact]
    public async Task A_new_row_with_a_title_that_another_row_gave_up_is_a_new_case()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var one = await office.WriteCaseAsync(inquiry);
        var questions = inquiry.Round.Questionnaire.Questions;
        var renamed = UnitSheetRow.Of(one, questions) with { Texts = Written.Texts("道守りの会") };
        await office.UploadAsync(inquiry, Uploads.Workbook(inquiry, "doboku", Office.Year, [new UnitSheetRow(null, null, Written.Texts()), renamed]));
        var cases = await office.CasesAsync(inquiry);
        Assert.Equal(2, cases.Count);
        Assert.Equal("道守りの会", cases.Single(c => c.Id == one.Id).Title);
    }

    [Fact]
    public async Task An_id_from_elsewhere_is_refused_at_its_cell()
    {
        await using var office = await Office.OpenAsync();
        var (mine, theirs) = (await office.InquiryAsync(), await office.InquiryAsync("kankyo"));
        var foreign = await office.WriteCaseAsync(theirs, office.OtherRespondent);
        var import = await office.CheckAsync(mine, Uploads.Workbook(mine, "doboku", Office.Year, [new UnitSheetRow(foreign.Id, 1, Written.Texts("川の見守り協定"))]));
        Assert.Equal(Uploads.Cell(mine, "case_id"), Assert.Single(import.Check.Problems).Cell);
    }

    [Fact]
    public async Task A_closed_round_is_one_problem_among_others()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        inquiry.Round.Close(office.Coordinator, office.Now);
        var texts = Written.Texts();
        texts["form"] = "9";
        var import = await office.CheckAsync(inquiry, Uploads.Workbook(inquiry, texts));
        Assert.Equal(2, import.Check.Problems.Count);
        Assert.Contains(import.Check.Problems, problem => problem.Message.Contains("締切済み", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Csv_as_exported_is_read_and_the_guard_before_a_formula_is_taken_off()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        await office.UploadAsync(inquiry, Encoding.UTF8.GetBytes("\uFEFFtitle,summary,source_id,period.from\r\n'=SUM(A1),\"二行の\n概要\",K-1,平成19年4月\r\n"));
        var one = Assert.Single(await office.CasesAsync(inquiry));
        Assert.Equal(("=SUM(A1)", "二行の\n概要", "K-1", "2007-04"), (one.Title, one.Answers.Text("summary"), one.SourceId, one.Answers["period"]!["from"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Json_as_exported_is_read()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var answers = Written.Answers(inquiry, Written.Texts());
        var json = $$"""{"cases":[{"source_id":"K-1","answers":{{answers.ToJson()}}}]}""";
        var import = await office.UploadAsync(inquiry, Encoding.UTF8.GetBytes(json));
        Assert.Equal(1, import.NewCases);
        Assert.Empty(answers.Differing(Assert.Single(await office.CasesAsync(inquiry)).Answers));
        Assert.Equal(0, (await office.UploadAsync(inquiry, Encoding.UTF8.GetBytes(json))).ChangedCases);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[1, 2]")]
    [InlineData("{\"cases\": 5}")]
    [InlineData("{\"cases\": [{\"case_id\": 5}]}")]
    [InlineData("{\"cases\": [{\"answers\": {\"title\": 5}}]}")]
    [InlineData("{\"cases\": [{\"answers\": {\"title\": \"x\", \"budget\": {\"initial\": 1e400}}}]}")]
    [InlineData("{\"cases\": [{\"answers\": {\"title\": \"x\", \"partners\": {\"partners\": [null]}}}]}")]
    [InlineData("{\"cases\": [{\"answers\": {\"title\": \"x\", \"place\": [[[]]]}}]}")]
    [InlineData("{\"cases\": [{\"answers\": \"title\"}]}")]
    [InlineData("{\"cases\": [{\"source_id\": \"a\\u0000b\", \"answers\": {\"title\": \"x\"}}]}")]
    [InlineData("a,b,c\n1,2,3")]
    [InlineData("title\n\"x")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("<html>")]
    public async Task A_file_that_is_none_is_refused_and_never_breaks_the_program(string text)
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        try
        {
            Assert.True((await office.CheckAsync(inquiry, Encoding.UTF8.GetBytes(text))).Check.HasErrors);
        }
        catch (Refusal refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    [Fact]
    public async Task A_source_id_too_long_to_keep_is_said()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var import = await office.CheckAsync(inquiry, Encoding.UTF8.GetBytes($"title,source_id\nx,{new string('9', 101)}\n"));
        Assert.Equal("B2", Assert.Single(import.Check.Problems, problem => problem.Severity is Severity.Error).Cell);
    }

    [Fact]
    public async Task The_check_is_written_as_the_contract_says()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var texts = Written.Texts();
        texts["form"] = "9";
        var check = JsonSerializer.SerializeToElement((await office.CheckAsync(inquiry, Uploads.Workbook(inquiry, texts))).Check, Json.Plain);
        Assert.Equal(["rows", "accepted", "refused", "columns", "problems", "totals"], check.EnumerateObject().Select(p => p.Name).Take(6));
        Assert.Equal(["column", "header", "question"], check.GetProperty("columns")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(["sheet", "cell", "severity", "message"], check.GetProperty("problems")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(["amount", "dates"], check.GetProperty("totals").EnumerateObject().Select(p => p.Name));
    }

    private static async Task<(int New, int Changed, bool Errors)> Effect(Office office, Inquiry inquiry, byte[] file)
    {
        var import = await office.CheckAsync(inquiry, file);
        return (import.NewCases, import.ChangedCases, import.Check.HasErrors);
    }
}
