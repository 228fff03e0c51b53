using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Core.Tests.World;
using Kyodo.Organizations;
using Kyodo.Questions;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
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

    [Fact]
    public async Task An_amendment_keeps_the_case_back_until_the_units_approver_has_confirmed_it()
    {
        await using var office = await Office.OpenAsync();
        await AcceptedAsync(office, "doboku");
        var (one, inquiry) = await ReadAsync(office);
        var summary = inquiry.Round.Questionnaire.Questions.First(q => q.Key == "summary");
        Assert.Throws<Refusal>(() => Amendment.Propose(one, inquiry, summary, "短く。", "長いため", one.Version, office.Respondent, office.Now, []));
        Assert.Throws<Refusal>(() => Amendment.Propose(one, inquiry, summary, "短く。", " ", one.Version, office.Coordinator, office.Now, []));
        Assert.Throws<Refusal>(() => Amendment.Propose(one, inquiry, summary, "短く。", "長いため", one.Version - 1, office.Coordinator, office.Now, []));
        var amendment = Amendment.Propose(one, inquiry, summary, "短く。", "長いため", one.Version, office.Coordinator, office.Now, ["doboku-approver@pref.kumamoto.example"])!;
        office.Db.Add(amendment);
        await office.Db.SaveChangesAsync();
        var table = await office.Db.CompileAsync("ps", Office.Year);
        Assert.Empty(table.Publishable);
        Assert.Contains(table.Findings, f => f.Key.StartsWith("unconfirmed/", StringComparison.Ordinal) && f.Severity is Severity.Error);
        Assert.Throws<Refusal>(() => amendment.Confirm(office.OtherApprover, office.Now));
        Assert.Throws<Refusal>(() => amendment.Confirm(office.Coordinator, office.Now));
        amendment.Confirm(office.Approver, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Equal("短く。", Assert.Single((await office.Db.CompileAsync("ps", Office.Year)).Publishable).Case.Answers.Text("summary"));
        Assert.Throws<Refusal>(() => amendment.Decline("やはり戻す", office.Approver, office.Now, []));
    }

    [Fact]
    public async Task A_declined_amendment_brings_the_original_back_beside_one_that_stays()
    {
        await using var office = await Office.OpenAsync();
        await AcceptedAsync(office, "doboku");
        var (one, inquiry) = await ReadAsync(office);
        var original = one.Answers.Text("summary");
        Amendment Change(string key, string text) => Amendment.Propose(one, inquiry, inquiry.Round.Questionnaire.Questions.First(q => q.Key == key), text, "読みやすく", one.Version, office.Coordinator, office.Now, [])!;
        var (declined, stays) = (Change("summary", "短く。"), Change("purpose", "人を増やす。"));
        office.Db.AddRange(declined, stays);
        await office.Db.SaveChangesAsync();
        Assert.Throws<Refusal>(() => declined.Decline("", office.Approver, office.Now, []));
        declined.Decline("事実と違います。", office.Approver, office.Now, await office.Db.AddressesOfAmenderAsync(declined, office.Now.DayInJapan()));
        await office.Db.SaveChangesAsync();
        var told = await office.Db.Outbox.SingleAsync(m => m.Kind == MailKind.AmendmentDeclined);
        Assert.Equal(("coordinator@pref.kumamoto.example", $"/staff/compilation/ps/2007/replies/{inquiry.Id}"), (told.To, told.Page));
        Assert.Contains("事実と違います。", told.Body, StringComparison.Ordinal);
        Assert.Empty((await office.Db.CompileAsync("ps", Office.Year)).Publishable);
        stays.Confirm(office.Approver, office.Now);
        await office.Db.SaveChangesAsync();
        var left = Assert.Single((await office.Db.CompileAsync("ps", Office.Year)).Publishable);
        Assert.Equal((original, "人を増やす。"), (left.Case.Answers.Text("summary"), left.Case.Answers.Text("purpose")));
        Assert.Equal(4, await office.Db.Set<CaseVersion>().CountAsync(v => v.CaseId == one.Id));
    }

    [Fact]
    public async Task Every_verb_of_an_amendment_in_every_state_does_what_the_table_says()
    {
        await using var office = await Office.OpenAsync();
        await AcceptedAsync(office, "doboku");
        foreach (var state in Enum.GetValues<AmendmentStatus>())
        {
            foreach (var verb in Enum.GetValues<AmendmentVerb>())
            {
                office.Db.ChangeTracker.Clear();
                var (one, inquiry) = await ReadAsync(office);
                var amendment = Amendment.Propose(one, inquiry, inquiry.Round.Questionnaire.Questions.First(q => q.Key == "summary"), "短く。", "長いため", one.Version, office.Coordinator, office.Now, [])!;
                if (state is AmendmentStatus.Confirmed)
                    amendment.Confirm(office.Approver, office.Now);
                if (state is AmendmentStatus.Declined)
                    amendment.Decline("戻します。", office.Approver, office.Now, []);
                void Do()
                {
                    if (verb is AmendmentVerb.Confirm)
                        amendment.Confirm(office.Approver, office.Now);
                    else
                        amendment.Decline("戻します。", office.Approver, office.Now, []);
                }
                if (AmendmentStates.Table.After(state, verb) is { } after)
                {
                    Do();
                    Assert.Equal(after, amendment.Status);
                }
                else
                {
                    Assert.Throws<Refusal>(Do);
                    Assert.Equal(state, amendment.Status);
                }
            }
        }
    }

    [Fact]
    public async Task What_was_read_once_is_not_read_again_and_what_changed_is()
    {
        await using var office = await Office.OpenAsync();
        await AcceptedAsync(office, "doboku");
        var memory = new CompilationMemory();
        var first = (await office.Db.CompileAsync("ps", Office.Year, memory)).Cases[0];
        Assert.Same(first.Facts, (await office.Db.CompileAsync("ps", Office.Year, memory)).Cases[0].Facts);
        var (one, inquiry) = await ReadAsync(office);
        office.Db.Add(Amendment.Propose(one, inquiry, inquiry.Round.Questionnaire.Questions.First(q => q.Key == "summary"), "短く。", "長いため", one.Version, office.Coordinator, office.Now, [])!);
        await office.Db.SaveChangesAsync();
        Assert.Equal("短く。", (await office.Db.CompileAsync("ps", Office.Year, memory)).Cases[0].Facts.Summary);
    }

    private static async Task<(Case One, Inquiry Inquiry)> ReadAsync(Office office)
    {
        office.Db.ChangeTracker.Clear();
        var inquiry = await office.InquiryAsync();
        return ((await office.CasesAsync(inquiry))[0], inquiry);
    }
}
