using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Core.Tests.World;
using Kyodo.Questions;
using Kyodo.Rounds;
using Xunit;

namespace Kyodo.Core.Tests.Compilation;

public sealed class CompilationTests
{
    [Fact]
    public async Task Only_what_was_approved_and_accepted_may_leave()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var one = await office.WriteCaseAsync(inquiry);
        Assert.Empty((await office.Db.CompileAsync("ps", Office.Year)).Publishable);
        var request = office.Submit(inquiry, [one]);
        await office.Db.SaveChangesAsync();
        Assert.Empty((await office.Db.CompileAsync("ps", Office.Year)).Publishable);
        request.Approve(office.Approver, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Empty((await office.Db.CompileAsync("ps", Office.Year)).Publishable);
        inquiry.Accept(office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Equal(one.Id, Assert.Single((await office.Db.CompileAsync("ps", Office.Year)).Publishable).Case.Id);
        inquiry.AskBack("概要を詳しく。", office.Coordinator, office.Now, []);
        await office.Db.SaveChangesAsync();
        Assert.Empty((await office.Db.CompileAsync("ps", Office.Year)).Publishable);
    }

    [Fact]
    public async Task A_warning_holds_the_release_back_until_it_has_a_note()
    {
        await using var office = await Office.OpenAsync();
        await AcceptedAsync(office, "doboku");
        var table = await office.Db.CompileAsync("ps", Office.Year);
        var warning = Assert.Single(table.Findings);
        Assert.Contains("環境生活部の回答は「未着手」", warning.Message, StringComparison.Ordinal);
        Assert.Contains("説明のない注意が1件", table.WhyNotRelease, StringComparison.Ordinal);
        Assert.Throws<Refusal>(() => new WarningNote("ps", Office.Year, warning.Key, "よい", office.Respondent, office.Now));
        Assert.Throws<Refusal>(() => new WarningNote("ps", Office.Year, warning.Key, " ", office.Coordinator, office.Now));
        office.Db.Add(new WarningNote("ps", Office.Year, warning.Key, "あとの版に入れます。", office.Coordinator, office.Now));
        await office.Db.SaveChangesAsync();
        Assert.Null((await office.Db.CompileAsync("ps", Office.Year)).WhyNotRelease);
    }

    [Fact]
    public async Task One_project_in_two_units_a_private_telephone_and_a_nameless_other_form_are_seen()
    {
        await using var office = await Office.OpenAsync();
        await AcceptedAsync(office, "doboku", answers => answers.With("reason", "連絡は０９０-１２３４-５６７８まで。"));
        await AcceptedAsync(office, "kankyo", answers => answers.With("form", System.Text.Json.Nodes.JsonNode.Parse("""{"main":7}""")));
        var found = (await office.Db.CompileAsync("ps", Office.Year)).Findings.Select(f => f.Key.Split('/')[0]).Order(StringComparer.Ordinal);
        Assert.Equal(["other-form", "personal", "same-title", "same-title"], found);
    }

    [Fact]
    public async Task Before_the_round_and_without_an_accepted_case_there_is_nothing_to_release()
    {
        await using var office = await Office.OpenAsync();
        Assert.Contains("まだ送られていません", (await office.Db.CompileAsync("ps", Office.Year.Next)).WhyNotRelease, StringComparison.Ordinal);
        Assert.Contains("1件もありません", (await office.Db.CompileAsync("ps", Office.Year)).WhyNotRelease, StringComparison.Ordinal);
    }

    private static async Task AcceptedAsync(Office office, string unit, Func<Answers, Answers>? change = null)
    {
        var inquiry = await office.InquiryAsync(unit);
        var by = office.RespondentOf(inquiry);
        var one = await office.WriteCaseAsync(inquiry, by);
        if (change is not null)
            one.Edit(change(one.Answers), inquiry, one.Version, "web", by, office.Now);
        office.Submit(inquiry, [one]).Approve(office.ApproverOf(inquiry), office.Now);
        inquiry.Accept(office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
    }
}
