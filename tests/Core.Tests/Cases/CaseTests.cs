using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Core.Tests.World;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Cases;

public sealed class CaseTests
{
    [Fact]
    public async Task Every_edit_raises_the_version_and_keeps_the_one_before()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var one = await office.WriteCaseAsync(inquiry);
        one.Edit(one.Answers.With("summary", "書き直した概要"), inquiry, 1, "web", office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        await using var later = office.OpenAnother();
        var kept = await later.Cases.Include(c => c.Versions).SingleAsync(c => c.Id == one.Id);
        Assert.Equal([1, 2], kept.Versions.Select(v => v.Version).Order());
        Assert.Contains("花植え", kept.Versions.Single(v => v.Version == 1).AnswersJson, StringComparison.Ordinal);
        Assert.Equal("書き直した概要", kept.Answers.Text("summary"));
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_is_none()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var one = await office.WriteCaseAsync(inquiry);
        one.Edit(Answers.Parse(one.AnswersJson), inquiry, 1, "web", office.Respondent, office.Now);
        Assert.Equal(1, one.Version);
    }

    [Fact]
    public async Task Who_saw_an_older_version_is_told_and_changes_nothing()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var one = await office.WriteCaseAsync(inquiry);
        one.Edit(one.Answers.With("summary", "先の人"), inquiry, 1, "web", office.Approver, office.Now);
        var refused = Assert.Throws<Refusal>(() => one.Edit(one.Answers.With("summary", "後の人"), inquiry, 1, "web", office.Respondent, office.Now));
        Assert.Contains("第1稿", refused.Message, StringComparison.Ordinal);
        Assert.Equal("先の人", one.Answers.Text("summary"));
    }

    [Fact]
    public async Task Another_unit_writes_neither_into_the_reply_nor_into_the_case()
    {
        await using var office = await Office.OpenAsync();
        var (mine, theirs) = (await office.InquiryAsync(), await office.InquiryAsync("kankyo"));
        var one = await office.WriteCaseAsync(mine);
        Assert.Throws<Refusal>(() => new Case(mine, office.OtherRespondent, office.Now));
        Assert.Throws<Refusal>(() => one.Edit(one.Answers.With("summary", "x"), mine, 1, "web", office.OtherRespondent, office.Now));
        Assert.Throws<Refusal>(() => one.Edit(one.Answers.With("summary", "x"), theirs, 1, "web", office.OtherRespondent, office.Now));
        Assert.Throws<Refusal>(() => one.Remove(theirs, office.OtherRespondent, office.Now));
        Assert.Equal((1, (DateTimeOffset?)null), (one.Version, one.RemovedAt));
    }

    [Fact]
    public async Task A_case_taken_out_of_the_reply_stays_in_the_record()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var one = await office.WriteCaseAsync(inquiry);
        one.Remove(inquiry, office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Empty(await office.CasesAsync(inquiry));
        Assert.Equal(1, await office.Db.Cases.CountAsync());
        Assert.Throws<Refusal>(() => one.Edit(one.Answers.With("summary", "x"), inquiry, one.Version, "web", office.Respondent, office.Now));
    }

    [Theory]
    [InlineData(InquiryStatus.AwaitingApproval)]
    [InlineData(InquiryStatus.Answered)]
    [InlineData(InquiryStatus.Accepted)]
    public async Task What_was_handed_in_is_not_edited(InquiryStatus state)
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var one = await office.WriteCaseAsync(inquiry);
        var request = office.Submit(inquiry, [one]);
        if (state is not InquiryStatus.AwaitingApproval)
            request.Approve(office.Approver, office.Now);
        if (state is InquiryStatus.Accepted)
            inquiry.Accept(office.Coordinator, office.Now);
        Assert.Throws<Refusal>(() => one.Edit(one.Answers.With("summary", "x"), inquiry, 1, "web", office.Respondent, office.Now));
        Assert.Throws<Refusal>(() => one.Remove(inquiry, office.Respondent, office.Now));
        Assert.Equal(1, one.Version);
    }

    [Theory, ClassData(typeof(Storage.EngineData))]
    public async Task A_title_of_letters_that_grow_when_compared_is_kept(Storage.Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var one = await office.WriteCaseAsync(await office.InquiryAsync(), title: new string('㌖', 100));
        await using var later = office.OpenAnother();
        Assert.Equal(100, (await later.Cases.SingleAsync(c => c.Id == one.Id)).Title.Length);
    }
}
