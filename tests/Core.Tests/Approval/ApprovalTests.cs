using Kyodo.Approval;
using Kyodo.Common;
using Kyodo.Core.Tests.World;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Approval;

public sealed class ApprovalTests
{
    [Fact]
    public async Task Every_verb_in_every_state_does_what_the_table_says_or_changes_nothing()
    {
        await using var office = await Office.OpenAsync();
        foreach (var state in Enum.GetValues<ApprovalStatus>())
        {
            foreach (var verb in Enum.GetValues<ApprovalVerb>())
            {
                var inquiry = await office.InquiryAsync();
                var request = InState(office, inquiry, state, stepsLeft: verb is ApprovalVerb.Endorse && state is ApprovalStatus.Pending ? 2 : 1);
                var before = (request.Status, request.DecidedBy, request.Comment, inquiry.Status);
                if (ApprovalStates.Table.After(state, verb) is { } after)
                {
                    Do(office, request, verb);
                    Assert.True(after == request.Status, $"{state} + {verb} led to {request.Status}");
                }
                else
                {
                    Assert.Throws<Refusal>(() => Do(office, request, verb));
                    Assert.Equal(before, (request.Status, request.DecidedBy, request.Comment, inquiry.Status));
                }
                office.Db.ChangeTracker.Clear();
            }
        }
    }

    [Fact]
    public async Task The_inquiry_goes_where_its_approval_goes()
    {
        await using var office = await Office.OpenAsync();
        foreach (var (state, expected) in new[]
        {
            (ApprovalStatus.Pending, InquiryStatus.AwaitingApproval), (ApprovalStatus.Approved, InquiryStatus.Answered),
            (ApprovalStatus.SentBack, InquiryStatus.Returned), (ApprovalStatus.Recalled, InquiryStatus.Answering),
        })
        {
            var inquiry = await office.InquiryAsync();
            InState(office, inquiry, state);
            Assert.Equal(expected, inquiry.Status);
            office.Db.ChangeTracker.Clear();
        }
    }

    [Fact]
    public async Task Nobody_approves_what_they_submitted()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        office.Bring(inquiry, InquiryStatus.Answering);
        var request = office.Submit(inquiry, by: office.Approver);
        Assert.Contains("自分が提出した", Assert.Throws<Refusal>(() => request.Approve(office.Approver, office.Now)).Message, StringComparison.Ordinal);
        Assert.Throws<Refusal>(() => request.SendBack("直します。", office.Approver, office.Now, []));
        Assert.Equal((ApprovalStatus.Pending, InquiryStatus.AwaitingApproval), (request.Status, inquiry.Status));
    }

    [Fact]
    public async Task Only_the_units_own_approver_decides_and_only_the_submitter_recalls()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var request = InState(office, inquiry, ApprovalStatus.Pending);
        foreach (var by in new[] { office.Respondent, office.OtherApprover, office.OtherRespondent, office.Coordinator, office.Auditor, office.Administrator, Actor.Program })
        {
            Assert.Throws<Refusal>(() => request.Approve(by, office.Now));
            Assert.Throws<Refusal>(() => request.SendBack("直してください。", by, office.Now, []));
            if (by != office.Respondent)
                Assert.Throws<Refusal>(() => request.Recall(by, office.Now));
        }
        Assert.Equal(ApprovalStatus.Pending, request.Status);
        request.Recall(office.Respondent, office.Now);
        Assert.Equal(ApprovalStatus.Recalled, request.Status);
    }

    [Fact]
    public async Task Sending_back_says_why_and_tells_the_respondents()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var request = InState(office, inquiry, ApprovalStatus.Pending);
        Assert.Throws<Refusal>(() => request.SendBack("  ", office.Approver, office.Now, []));
        Assert.Equal(ApprovalStatus.Pending, request.Status);
        request.SendBack("概要を詳しく。", office.Approver, office.Now, ["doboku@pref.kumamoto.example"]);
        await office.Db.SaveChangesAsync();
        Assert.Equal("概要を詳しく。", inquiry.ReturnedBecause);
        Assert.Contains("概要を詳しく。", (await office.Db.Outbox.SingleAsync(m => m.Once.StartsWith("returned/"))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_stops_the_submission_and_not_the_saving()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var one = await office.WriteCaseAsync(inquiry);
        one.Edit(one.Answers.With("summary", null).With("purpose", null), inquiry, one.Version, "web", office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        var why = ApprovalRequest.WhyNotSubmit(inquiry, [one], office.Respondent, office.Now);
        Assert.Contains("概要・目的", why, StringComparison.Ordinal);
        Assert.Throws<Refusal>(() => ApprovalRequest.Submit(inquiry, [one], office.Respondent, office.Now, []));
        Assert.Equal(InquiryStatus.Answering, inquiry.Status);
    }

    [Fact]
    public async Task An_edit_after_approval_ends_it()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var one = await office.WriteCaseAsync(inquiry);
        var request = office.Submit(inquiry, [one]);
        request.Approve(office.Approver, office.Now);
        Assert.True(request.Covers(one));
        Assert.Throws<Refusal>(() => one.Edit(one.Answers.With("summary", "書き足し"), inquiry, one.Version, "web", office.Respondent, office.Now));
        Assert.True(request.Covers(one));
        inquiry.AskBack("概要を詳しく。", office.Coordinator, office.Now, []);
        one.Edit(one.Answers.With("summary", "書き足し"), inquiry, one.Version, "web", office.Respondent, office.Now);
        Assert.False(request.Covers(one));
    }

    /// <summary>The first of the route's steps was decided by a deputy, which its own approver has not looked at yet.</summary>
    private static ApprovalRequest InState(Office office, Inquiry inquiry, ApprovalStatus state, int stepsLeft = 1)
    {
        office.Bring(inquiry, InquiryStatus.Answering);
        var absent = new Seated(9002, "休暇中");
        var deputy = new Actor(9003, "代理", []);
        FrozenStep[] unit = [.. Enumerable.Range(0, stepsLeft).Select(i => new FrozenStep("課長", inquiry.UnitId, [new Seated(office.Approver.PersonId!.Value, office.Approver.Name), new Seated(9004 + i, "ほかの人")], [], false))];
        var request = ApprovalRequest.Submit(inquiry, [], office.RespondentOf(inquiry), office.Now, [], route: new FrozenRoute([new FrozenStep("係長", null, [absent], [new Seated(9003, "代理")], false), .. unit], []));
        request.Substitute(absent.Id, "休暇のため", deputy, office.Now);
        switch (state)
        {
            case ApprovalStatus.Pending: break;
            case ApprovalStatus.Approved: request.Approve(office.Approver, office.Now); break;
            case ApprovalStatus.SentBack: request.SendBack("直してください。", office.Approver, office.Now, []); break;
            case ApprovalStatus.Recalled: request.Recall(office.Respondent, office.Now); break;
            default: throw new InvalidOperationException($"The state {state} is not reached here.");
        }
        return request;
    }

    private static void Do(Office office, ApprovalRequest request, ApprovalVerb verb)
    {
        switch (verb)
        {
            case ApprovalVerb.Review: request.Review(request.Decisions[0], new Actor(9002, "休暇中", []), office.Now); break;
            case ApprovalVerb.Endorse or ApprovalVerb.Approve: request.Approve(office.Approver, office.Now); break;
            case ApprovalVerb.SendBack: request.SendBack("直してください。", office.Approver, office.Now, []); break;
            case ApprovalVerb.Recall: request.Recall(office.Respondent, office.Now); break;
            default: throw new InvalidOperationException($"The verb {verb} is not tried here.");
        }
    }
}
