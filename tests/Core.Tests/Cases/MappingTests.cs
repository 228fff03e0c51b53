using System.Text;
using System.Text.Json;
using Kyodo.Cases;
using Kyodo.Cases.Files;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Xunit;

namespace Kyodo.Core.Tests.Cases;

/// <summary>Lists of others: nobody has heard of our headers, and every cell is written by somebody else.</summary>
public sealed class MappingTests
{
    private static readonly object?[] Headers = ["所管課", "事業名", "契約の相手方の商号又は名称及び住所", "法人番号", "契約締結日", "契約金額", "備考"];

    [Fact]
    public async Task A_list_with_a_title_merged_headers_notes_and_totals_arrives_row_by_row()
    {
        var (import, cases) = await TakeAsync(new ForeignList(
            ["協働事業一覧（見本）"],
            [null, null, null, null, null, "（単位：千円）"],
            ["所管課", "事業名", "相手方", null, "期間", "予算額", null],
            [null, null, "名称", "法人番号", null, "当初", "決算"],
            ["みどり課", "花の\n小径", "花の会（見本）", "7000020430005", "H19.4～H20.3", 1200d, "1,150"],
            ["〃", "川の見守り", "川の会（見本）ほか計５０団体", "-", "平成１９年度", "２百万円", "―"],
            [null],
            ["みどり課", "森の教室", "森の会（見本）", null, "令和元年５月１日～", "1,500千円（うち県費 500千円）", "…"],
            ["合　計", null, null, null, null, 3200d, 1150d],
            ["（注）当初予算による。"])
        {
            Merges = ["A1:G1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:G3"],
        });
        Assert.Equal((3, 3, 0), (import.Check.Rows, import.Check.Accepted, import.Check.Refused));
        Assert.Equal(new CaseTotals(1_200_000 + 2_000_000 + 1_500_000, 3), import.Check.Totals);
        Assert.Equal([("A", "unit_contact.unit"), ("B", "title"), ("C", "partners"), ("D", "partners.number"), ("E", "period"), ("F", "budget.initial"), ("G", "budget.settled")], import.Check.Columns.Select(c => (c.Column, c.Question)));
        Assert.Equal("予算額 当初", import.Check.Columns[5].Header);
        Assert.Equal(["A10", "A9"], import.Check.Problems.Where(p => p.Message.Contains("読みませんでした", StringComparison.Ordinal) && p.Message.Contains("行目は", StringComparison.Ordinal)).Select(p => p.Cell).Order(StringComparer.Ordinal));
        Assert.Contains(import.Check.Problems, problem => problem.Cell == "F8" && problem.Message.Contains("注記は金額として", StringComparison.Ordinal));
        var flowers = cases.Single(one => one.Title == "花の 小径");
        Assert.Equal(("2007-04", "2008-03", 1_150_000L), (flowers.Answers["period"]!["from"]!.GetValue<string>(), flowers.Answers["period"]!["to"]!.GetValue<string>(), flowers.Answers["budget"]!["settled"]!.GetValue<long>()));
        var river = cases.Single(one => one.Title == "川の見守り");
        Assert.Equal(("みどり課", 50, "FY2007"), (river.Answers["unit_contact"]!["unit"]!.GetValue<string>(), river.Answers["partners"]!["count"]!.GetValue<int>(), river.Answers["period"]!["to"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("平成19年4月1日", "2007-04-01", false)]
    [InlineData("H19.4.1", "2007-04-01", false)]
    [InlineData("平19.4.1", "2007-04-01", false)]
    [InlineData("Ｈ１９．４．１", "2007-04-01", false)]
    [InlineData("2007/4/1", "2007-04-01", false)]
    [InlineData("平成19年\n4月1日", "2007-04-01", false)]
    [InlineData("令和元年", "FY2019", true)]
    [InlineData("H23.7.13\nH23.10.17", "2011-07-13", true)]
    [InlineData("平成27年2月6日\n（減額の日。初回は平成26年7月11日）", "2015-02-06", true)]
    [InlineData("令和2年10月5日ほか", "2020-10-05", true)]
    [InlineData("-", null, false)]
    [InlineData("H91.4.1", "!", false)]
    [InlineData("未定", "!", false)]
    public async Task A_day_is_read_in_all_its_spellings_or_named_with_its_cell(string written, string? iso, bool warned)
    {
        var import = await CheckAsync(new ForeignList(Headers, ["課", "名", "会（見本）", null, written, 1d, null]));
        var said = import.Check.Problems.Where(problem => problem.Cell == "E2").ToList();
        Assert.Equal(iso == "!", import.Check.HasErrors);
        Assert.Equal(warned || iso == "!", said.Count == 1);
        if (iso != "!")
            Assert.Equal(iso, import.Changes[0].Uploaded["period"]?["from"]?.GetValue<string>());
    }

    [Theory]
    [InlineData("1,000千円", 1_000_000L, false)]
    [InlineData("３億５千万円", 350_000_000L, false)]
    [InlineData("1億2,000万円", 120_000_000L, false)]
    [InlineData("1.5百万円", 1_500_000L, false)]
    [InlineData("¥1,200-", 1_200L, false)]
    [InlineData("114,,848,000\n（減額後の額。初回は131,826,000）", 114_848_000L, true)]
    [InlineData("1,099,186,000(当初)\n 1,506,867,000(変更)", 1_099_186_000L, true)]
    [InlineData("－", null, false)]
    [InlineData("＠3,780円ほか", -1L, false)]
    [InlineData("40人分 100円、5人分 720円", -1L, false)]
    [InlineData("たくさん", -1L, false)]
    public async Task An_amount_is_read_with_its_unit_and_its_note_or_named_with_its_cell(string written, long? yen, bool warned)
    {
        var import = await CheckAsync(new ForeignList(Headers, ["課", "名", "会（見本）", null, "H19.4.1", written, null]));
        Assert.Equal(yen == -1, import.Check.HasErrors);
        Assert.Equal(yen == -1 ? 0 : yen ?? 0, import.Check.Totals.Amount);
        Assert.Equal(warned || yen == -1, import.Check.Problems.Any(problem => problem.Cell == "F2"));
    }

    [Fact]
    public async Task A_corporate_number_that_a_spreadsheet_has_destroyed_is_refused_with_the_reason()
    {
        var import = await CheckAsync(new ForeignList(Headers,
            ["課", "一", "会（見本）", 4011010000000d, new DateOnly(2007, 4, 1), 1d, null],
            ["課", "二", "会（見本）", "1.33E+12", new DateOnly(2007, 4, 1), 1d, null],
            ["課", "三", "花の会（見本）\n熊本県熊本市中央区水前寺六丁目18番1号\n（法人番号：7000020430005）", null, new DateOnly(2007, 4, 1), 1d, null]));
        Assert.Equal(["D2", "D3"], import.Check.Problems.Where(problem => problem.Severity is Severity.Error).Select(problem => problem.Cell));
        Assert.All(import.Check.Problems.Where(problem => problem.Cell is "D2" or "D3"), problem => Assert.Contains("桁が失われています", problem.Message, StringComparison.Ordinal));
        var partner = import.Changes.Single().Uploaded["partners"]!["partners"]![0]!;
        Assert.Equal("花の会（見本）", partner["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_number_inside_the_name_and_an_address_are_told_from_the_name()
    {
        var import = await CheckAsync(new ForeignList(
            ["所管課", "件名", "契約の相手方の名称、住所及び法人番号", "契約日", "契約金額"],
            ["課", "一", "公益財団法人\n花の会\u3000\n東京都新宿区見本町１－２\n（法人番号：7000020430005）", "H19.4.1", 1d],
            ["課", "二", "公益財団法人川の会\u3000東京都港区見本５丁目１番", "H19.4.1", 1d]));
        Assert.DoesNotContain(import.Check.Problems, problem => problem.Severity is Severity.Error);
        var partners = import.Changes.Select(change => change.Uploaded["partners"]!["partners"]!.AsArray()).ToList();
        Assert.All(partners, names => Assert.Single(names));
        Assert.Equal(("公益財団法人花の会", "7000020430005", "公益財団法人川の会"), (partners[0][0]!["name"]!.GetValue<string>(), partners[0][0]!["number"]!.GetValue<string>(), partners[1][0]!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_cell_merged_over_several_rows_belongs_to_each_and_rows_of_one_name_are_told_apart()
    {
        var (import, cases) = await TakeAsync(new ForeignList(Headers,
            ["みどり課", "花いっぱい補助金", "花の会（見本）", null, "H19.4.1", 100d, null],
            [null, null, "川の会（見本）", null, "H19.4.2", 200d, null],
            [null, null, "森の会（見本）", null, "H19.4.3", 300d, null])
        {
            Merges = ["A2:A4", "B2:B4"],
            HiddenRows = [3],
        });
        Assert.Equal((3, 600L), (import.Check.Accepted, import.Check.Totals.Amount));
        Assert.Contains(import.Check.Problems, problem => problem.Message.Contains("非表示の行", StringComparison.Ordinal));
        Assert.Equal(["花いっぱい補助金（川の会（見本））", "花いっぱい補助金（森の会（見本））", "花いっぱい補助金（花の会（見本））"], cases.Select(one => one.Title).Order(StringComparer.Ordinal));
        Assert.All(cases, one => Assert.Equal("みどり課", one.Answers["unit_contact"]!["unit"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_guess_can_be_saved_corrected_and_used_again_and_is_remembered_for_the_same_headers()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var list = new ForeignList(["事業名", "よくわからない列", "手法"], ["花いっぱい", "見本の文", "委託"], ["川の会", null, "①③"]).ToBytes();
        var guessed = await office.CheckAsync(inquiry, list, reading: new ForeignReading());
        Assert.Equal(["title", null, null], guessed.Mapped!.Mapping.Columns.Select(column => column.Question));
        var corrected = FileMapping.Parse(guessed.Mapped.Mapping.ToJson()) with
        {
            Columns = [guessed.Mapped.Mapping.Columns[0], new("B", "よくわからない列", "secretariat_note"), new("C", "手法", "form") { Values = new Dictionary<string, string>(StringComparer.Ordinal) { ["委託"] = "6 協働型委託" } }],
            ForAll = new Dictionary<string, string>(StringComparer.Ordinal) { ["declared"] = "新規" },
        };
        var import = await office.CheckAsync(inquiry, list, reading: new ForeignReading(corrected));
        Assert.DoesNotContain(import.Check.Problems, problem => problem.Severity is Severity.Error);
        Assert.Equal(6, import.Changes[0].Uploaded["form"]!["main"]!.GetValue<int>());
        Assert.Equal("{\"main\":1,\"also\":[3]}", import.Changes[1].Uploaded["form"]!.ToJsonString());
        Assert.All(import.Changes, change => Assert.Equal("新規", change.Uploaded.Text("declared")));
        await office.Db.RememberMappingAsync(inquiry.UnitId, "ps", import.Mapped!, office.Now);
        await office.Db.SaveChangesAsync();
        var remembered = new ForeignReading { Remembered = await office.Db.RememberedMappingsAsync(inquiry.UnitId, "ps") };
        var next = await office.CheckAsync(inquiry, new ForeignList([null], ["事業名", "よくわからない列", "手法"], ["森の会", "文", "委託"]).ToBytes(), reading: remembered);
        Assert.True(next.Mapped!.IsRemembered);
        Assert.Equal("文", next.Changes.Single().Uploaded.Text("secretariat_note"));
    }

    [Theory]
    [InlineData("{\"columns\":[{\"column\":\"A\",\"header\":\"事業名\",\"question\":\"nonsense\"}]}", "nonsense")]
    [InlineData("{\"columns\":[{\"column\":\"A\",\"header\":\"別の見出し\",\"question\":\"title\"}]}", "別の見出し")]
    [InlineData("{\"columns\":[{\"column\":\"Z\",\"header\":\"\",\"question\":\"title\"}]}", "Z列")]
    [InlineData("{\"columns\":[{\"column\":\"A\",\"header\":\"\",\"question\":\"title\"},{\"column\":\"B\",\"header\":\"\",\"question\":\"title\"}]}", "A列とB列")]
    [InlineData("{\"sheet\":\"ない\",\"columns\":[]}", "ない")]
    [InlineData("[1]", "読めません")]
    [InlineData("{\"columns\":[null]}", "読めません")]
    public async Task A_mapping_that_does_not_fit_the_list_is_refused_in_words(string json, string word)
    {
        var refused = await Assert.ThrowsAsync<Refusal>(() => CheckAsync(new ForeignList(["事業名", "概要"], ["花", "花の文"]), () => new ForeignReading(FileMapping.Parse(json))));
        Assert.Contains(word, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_in_Shift_JIS_is_read_with_a_warning()
    {
        var list = CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetBytes("所管課,件名,相手方,契約金額（千円）\r\n道路課,髙い所の花,花の会（見本）,\"1,200\"\r\n");
        await using var office = await Office.OpenAsync();
        var import = await office.CheckAsync(await office.InquiryAsync(), list, reading: new ForeignReading());
        Assert.Equal(("髙い所の花", 1_200_000L), (import.Changes.Single().Uploaded.Text("title"), import.Check.Totals.Amount));
        Assert.Contains(import.Check.Problems, problem => problem.Message.Contains("Shift_JIS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_workbook_of_ours_is_read_by_its_own_headers_even_when_a_guess_is_asked_for()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var import = await office.CheckAsync(inquiry, Uploads.Workbook(inquiry, Written.Texts()), reading: new ForeignReading());
        Assert.Null(import.Mapped);
        Assert.Empty(import.Check.Problems);
    }

    private static async Task<CaseImport> CheckAsync(ForeignList list, Func<ForeignReading>? reading = null)
    {
        await using var office = await Office.OpenAsync();
        return await office.CheckAsync(await office.InquiryAsync(), list.ToBytes(), reading: reading?.Invoke() ?? new ForeignReading());
    }

    private static async Task<(CaseImport Import, List<Case> Cases)> TakeAsync(ForeignList list)
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var import = await office.CheckAsync(inquiry, list.ToBytes(), reading: new ForeignReading());
        await import.SaveAsync(office.Db, "workbook", office.Respondent, office.Now);
        return (import, await office.CasesAsync(inquiry));
    }
}
