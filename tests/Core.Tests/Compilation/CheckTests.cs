using System.Text.Json.Nodes;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Core.Tests.World;
using Kyodo.Programmes;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Compilation;

/// <summary>Each check finds what it is for, and a plain good case has nothing to be said of.</summary>
public sealed class CheckTests
{
    /// <summary>What is found in one accepted case of 土木部 that was changed before it was submitted; the units not accepted are left out.</summary>
    private static async Task<string[]> FoundAsync(Func<Answers, Answers> change, string programme = "ps")
    {
        await using var office = await Office.OpenAsync();
        await AcceptAsync(office, change, programme);
        return Kinds(await office.Db.CompileAsync(programme, Office.Year));
    }

    [Theory]
    [InlineData("long-title", "title", "\"とても長い名前の事業とても長い名前の事業とても長い名前の事業とても長い名前の事業とても長い名前の事業とても長い名前の事業とても長い名前\"")]
    [InlineData("summary-is-title", "summary", "\"ロードクリーン ボランティア事業\"")]
    [InlineData("placeholder", "reason", "\"同上\"")]
    [InlineData("placeholder", "purpose", "\"別紙のとおり。\"")]
    [InlineData("copied-help", "summary", "\"県と地域のボランティア団体が美化協定を結び、県道の清掃と花植えを続けています。\"")]
    [InlineData("other-form", "form", """{"main":7}""")]
    [InlineData("personal", "content", "\"連絡先は 080-1234-5678 です。\"")]
    [InlineData("personal", "content", "\"hanako@gmail.com まで。\"")]
    [InlineData("home-address", "content", "\"会場は見本市大字中央１２番地です。\"")]
    [InlineData("home-address", "content", "\"見本市中央町1-2-3 に集まります。\"")]
    [InlineData("personal-name", "content", "\"見本花子様の協力を得た。\"")]
    [InlineData("partner-count", "partners", """{"partners":[{"name":"花の会","kind":"地域団体"},{"name":"水の会","kind":"地域団体"}],"count":1}""")]
    [InlineData("implausible-amount", "budget", """{"initial":500000000000}""")]
    [InlineData("over-before", "period", """{"from":"2002-04-01","to":"2006-03-31"}""")]
    [InlineData("begins-after", "period", """{"from":"2009-04-01"}""")]
    [InlineData("plain-link", "links", """[{"label":"県","url":"http://pref.example"}]""")]
    [InlineData("broken-link", "links", """[{"label":"県","url":"https://pref"}]""")]
    public async Task What_is_wrong_in_one_case_is_seen(string expected, string question, string json) =>
        Assert.Equal([expected], await FoundAsync(answers => answers.With(question, JsonNode.Parse(json))));

    [Fact]
    public async Task A_good_case_has_nothing_to_be_said_of() => Assert.Empty(await FoundAsync(answers => answers));

    [Theory]
    [InlineData("皆様とお客様、地域の皆様に感謝して続けています。")]
    [InlineData("電話は 096-333-2287 です。H14-H19 の実績は 70-182 団体、1-2月に行いました。")]
    [InlineData("八代市鏡町で、3市町村が10-12月に開きました。")]
    [InlineData("特になしとの回答が多かったため、説明会を開きました。")]
    public async Task Plain_words_raise_no_alarm(string text) => Assert.Empty(await FoundAsync(answers => answers.With("content", text)));

    [Fact]
    public async Task A_project_without_a_budget_has_none() =>
        Assert.Equal(["zero-budget-with-budget"], await FoundAsync(answers => answers.With("budget", 1_000_000), "zero-budget"));

    [Fact]
    public async Task A_form_is_made_with_the_partners_that_the_programme_says()
    {
        await using var office = await Office.OpenAsync();
        await office.Db.Set<CollaborationForm>().Where(f => f.ProgrammeKey == "ps" && f.No == 2).ExecuteUpdateAsync(set => set.SetProperty(f => f.PartnerKinds, "企業・商店、経済団体"));
        await AcceptAsync(office, answers => answers);
        Assert.Equal(["form-and-partner"], Kinds(await office.Db.CompileAsync("ps", Office.Year)));
    }

    private static async Task AcceptAsync(Office office, Func<Answers, Answers> change, string programme = "ps")
    {
        var inquiry = await office.InquiryAsync(programme: programme);
        var one = await office.WriteCaseAsync(inquiry);
        // The sample's own summary is near the example; a test of that check brings it back.
        one.Edit(change(one.Answers.With("summary", "県と地域の団体が道をきれいにしています。")), inquiry, one.Version, "web", office.Respondent, office.Now);
        office.Submit(inquiry, [one]).Approve(office.Approver, office.Now);
        inquiry.Accept(office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
    }

    private static string[] Kinds(CompilationTable table) =>
        [.. table.Findings.Where(f => !f.Key.StartsWith("not-accepted", StringComparison.Ordinal)).Select(f => f.Key.Split('/')[0]).Order(StringComparer.Ordinal)];
}
