using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Kyodo.Common;
using Kyodo.Federation;
using Xunit;

namespace Kyodo.Core.Tests.Federation;

/// <summary>What another government's files may say, and what is refused with a sentence.</summary>
public sealed class ForeignEditionTests
{
    [Fact]
    public void An_edition_keeps_its_name_its_number_and_its_licence_and_only_what_was_public()
    {
        var read = new ForeignFiles().Read();
        Assert.Equal(("ps", 2008, 1, "CC BY 4.0", "協働の事例"), (read.ProgrammeKey, read.Year.Year, read.No, read.Licence, read.NameJa));
        var one = Assert.Single(read.Cases);
        Assert.Equal(("fkka00000001", "川沿いの歩道を点検した。", "河川課"), (one.CaseId, one.Summary, one.UnitName));
        var answer = Assert.Single(one.Answers);
        Assert.Equal("協働した理由", answer.LabelJa);
        Assert.Equal(["<script>alert(1)</script>住民のほうが川を知っている。"], answer.Lines);
        // A partner's id is its own here, whatever the file calls it.
        Assert.NotEqual("partner00001", Assert.Single(one.Partners).Id);
    }

    [Fact]
    public void What_does_not_fit_its_manifest_is_refused()
    {
        var files = new ForeignFiles();
        Refused(() => ForeignEdition.Read(files.Manifest(sha256: new string('0', 64)), files.CasesFile, ForeignFiles.Code), "中身が目録と違います");
        Refused(() => ForeignEdition.Read(files.Manifest(edition: "ps/2007"), files.CasesFile, ForeignFiles.Code), "同じ版のファイルを揃えてください");
        Refused(() => ForeignEdition.Read("{}"u8.ToArray(), files.CasesFile, ForeignFiles.Code), "cases.json が載っていません");
        Refused(() => ForeignEdition.Read("{\"files\":[null]}"u8.ToArray(), files.CasesFile, ForeignFiles.Code), "cases.json が載っていません");
        Refused(() => ForeignEdition.Read("<html>"u8.ToArray(), files.CasesFile, ForeignFiles.Code), "manifest.json が読めません");
    }

    [Theory]
    [InlineData("edition.licence", "\"\"", "利用条件")]
    [InlineData("edition.programme", "\"../etc\"", "edition.programme")]
    [InlineData("edition.programme", "null", "edition.programme")]
    [InlineData("edition.fiscal_year", "9999999999999", "読めません")]
    [InlineData("edition.fiscal_year", "0", "年度")]
    [InlineData("edition.revision", "-1", "revision")]
    [InlineData("edition.name", "\"  \"", "edition.name")]
    [InlineData("cases", "null", "cases")]
    [InlineData("cases", "[null]", "cases")]
    [InlineData("cases.0.case_id", "\"../../../x\"", "case_id")]
    [InlineData("cases.0.case_id", "null", "case_id")]
    [InlineData("cases.0.title", "null", "title")]
    [InlineData("cases.0.answers.reason", "{\"a\":[1]}", "reason")]
    [InlineData("cases.0.answers.reason", "12", "reason")]
    [InlineData("questions", "[{\"type\":\"long text\"}]", "読めません")]
    public void What_has_no_known_shape_is_refused_with_its_place(string place, string json, string said)
    {
        var files = new ForeignFiles();
        var path = place.Split('.');
        JsonNode at = files.Cases;
        foreach (var step in path[..^1])
            at = int.TryParse(step, out var index) ? at[index]! : at[step]!;
        at[path[^1]] = JsonNode.Parse(json);
        Refused(() => files.Read(), said);
    }

    [Fact]
    public void Texts_without_end_are_refused()
    {
        Refused(() => new ForeignFiles().With(files => files.First["title"] = new string('あ', 401)).Read(), "1件目の事例の title");
        Refused(() => new ForeignFiles().With(files => files.First["answers"]!["reason"] = new string('あ', 20_001)).Read(), "reason");
        Refused(() => new ForeignFiles().With(files => files.Cases["cases"]!.AsArray().Add(files.First.DeepClone())).Read(), "同じ case_id");
    }

    private static readonly string[] Damage = ["", "null", "{}", "[]", "\"", "1e999", "\\u0000", "\ud800", "{{{{", "[[[["];

    // Whatever stands where, it is read or refused: nothing else comes out.
    [Fact]
    public void Any_damage_is_refused_or_read_and_never_breaks()
    {
        var plain = Encoding.UTF8.GetString(new ForeignFiles().CasesFile.Span);
        Gen.Select(Gen.Int[0, plain.Length - 1], Gen.Int[0, 40], Gen.Int[0, Damage.Length - 1]).Sample((at, cut, kind) =>
        {
            var damaged = Encoding.UTF8.GetBytes(plain[..at] + Damage[kind] + plain[Math.Min(plain.Length, at + cut)..]);
            var manifest = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(new ForeignFiles().Manifest(sha256: ForeignEdition.HashOf(damaged)).Span));
            try
            {
                ForeignEdition.Read(manifest, damaged, ForeignFiles.Code);
            }
            catch (Refusal)
            {
            }
        }, iter: 3000);
    }

    [Fact]
    public void A_plain_list_is_read_by_its_headers_or_by_a_mapping()
    {
        var about = new ForeignListAbout("kyodo", "協働事業一覧", new FiscalYear(2008), "CC BY 4.0");
        const string list = "番号,事業名,概要,担当課,相手方,活動日数\n1,竹林の整備,間伐した。,農政課,\"竹の会、里山の会\",12\n2,見守り,,福祉課,,\n";
        var read = ForeignList.Read(Encoding.UTF8.GetBytes(list), about, null, ForeignFiles.Code, DateTimeOffset.UnixEpoch);
        Assert.Equal(["竹林の整備", "見守り"], read.Cases.Select(one => one.Title));
        Assert.Equal(["竹の会", "里山の会"], read.Cases[0].Partners.Select(p => p.Name));
        Assert.Equal(("活動日数", "12"), (read.Cases[0].Answers.Single().LabelJa, read.Cases[0].Answers.Single().Lines.Single()));
        var again = ForeignList.Read(Encoding.UTF8.GetBytes(list), about, null, ForeignFiles.Code, DateTimeOffset.UnixEpoch.AddDays(1));
        Assert.Equal(read.Cases.Select(one => one.CaseId), again.Cases.Select(one => one.CaseId));
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var excel = ForeignList.Read(Encoding.GetEncoding(932).GetBytes("ことがら,だれ\n川の清掃,環境課\n"), about, new Dictionary<string, string> { ["title"] = "ことがら", ["unit"] = "だれ" }, ForeignFiles.Code, DateTimeOffset.UnixEpoch);
        Assert.Equal(("川の清掃", "環境課"), (excel.Cases[0].Title, excel.Cases[0].UnitName));
        Refused(() => ForeignList.Read("ことがら\n川の清掃\n"u8.ToArray(), about, null, ForeignFiles.Code, DateTimeOffset.UnixEpoch), "事業名の列が分かりません");
        Refused(() => ForeignList.Read("事業名\n川の清掃\n川の清掃\n"u8.ToArray(), about, null, ForeignFiles.Code, DateTimeOffset.UnixEpoch), "1行に直すところ");
    }

    [Fact]
    public void A_catalogue_tells_the_newest_revision_of_each_edition()
    {
        const string catalogue = """{"@graph":[{"a":"https://x.example/editions/ps/2007/r1/cases.json"},{"b":["https://x.example/editions/ps/2007/r2/cases.json","/editions/ps/2008/r1/cases.json","/editions/../2008/r1/cases.json"]}]}""";
        Assert.Equal(["editions/ps/2007/r2", "editions/ps/2008/r1"], ForeignCatalog.Editions(Encoding.UTF8.GetBytes(catalogue)));
        Refused(() => ForeignCatalog.Editions("<html>"u8), "カタログ");
        Refused(() => ForeignCatalog.Editions("{}"u8), "年度版");
    }

    private static void Refused(Action act, string said) => Assert.Contains(said, Assert.Throws<Refusal>(act).Message, StringComparison.Ordinal);
}
