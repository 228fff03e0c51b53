using Kyodo.Common;
using Kyodo.Core.Tests.World;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Rounds;

public sealed class InquiryStatesTests
{
    private static readonly Mail Draft = new("", "照会", "本文", "round-open/1/1");

    [Fact]
    public async Task Every_verb_in_every_state_does_what_the_table_says_or_changes_nothing()
    {
        await using var office = await Office.OpenAsync();
        foreach (var state in Enum.GetValues<InquiryStatus>())
        {
            foreach (var verb in Enum.GetValues<InquiryVerb>())
            {
                var inquiry = await InStateAsync(office, state, verb);
                inquiry.TakeNotes();
                var before = Everything(inquiry);
                if (InquiryStates.Table.After(state, verb) is { } after)
                {
                    Do(office, inquiry, verb);
                    Assert.True(after == inquiry.Status, $"{state} + {verb} led to {inquiry.Status}");
                    // Going on with an answer is no change of state and leaves no note.
                    Assert.Equal((state, verb) is (InquiryStatus.Answering, InquiryVerb.Answer) ? 0 : 1, inquiry.TakeNotes().Happenings.Count);
                }
                else
                {
                    var refused = Assert.Throws<Refusal>(() => Do(office, inquiry, verb));
                    Assert.True(Everything(inquiry) == before, $"{state} + {verb} was refused and changed the inquiry");
                    Assert.Empty(inquiry.TakeNotes().Happenings);
                    // What has not been sent is kept away by its round already.
                    Assert.True(refused.Message.Contains(InquiryStates.Name(state), StringComparison.Ordinal) || state is InquiryStatus.Prepared, refused.Message);
                }
                office.Db.ChangeTracker.Clear();
            }
        }
    }

    [Fact]
    public async Task Only_those_whose_verb_it_is_may()
    {
        await using var office = await Office.OpenAsync();
        var everybody = new Dictionary<string, Actor>(StringComparer.Ordinal)
        {
            ["respondent"] = office.Respondent,
            ["other respondent"] = office.OtherRespondent,
            ["other approver"] = office.OtherApprover,
            ["coordinator"] = office.Coordinator,
            ["auditor"] = office.Auditor,
            ["administrator"] = office.Administrator,
            ["program"] = Actor.Program,
        };
        var may = new (InquiryStatus From, string Verb, string[] Who, Action<Inquiry, Actor> Do)[]
        {
            (InquiryStatus.Sent, "receive", ["respondent", "coordinator"], (inquiry, by) => inquiry.Receive(by, office.Now)),
            (InquiryStatus.Sent, "answer", ["respondent", "coordinator"], (inquiry, by) => inquiry.MarkAnswering(by, office.Now)),
            (InquiryStatus.Sent, "nil", ["respondent", "coordinator"], (inquiry, by) => inquiry.SayNil("該当する事業がありません。", by, office.Now)),
            (InquiryStatus.Answering, "withdraw nil", ["respondent", "coordinator"], (inquiry, by) => inquiry.WithdrawNil(by, office.Now)),
            (InquiryStatus.Answering, "submit", ["respondent", "coordinator"], (inquiry, by) => inquiry.MarkAwaitingApproval(by, office.Now, 0)),
            (InquiryStatus.Received, "relay", ["respondent", "coordinator"], (inquiry, by) => inquiry.Relay([BelowDoboku(inquiry)], null, null, by, office.Now, NoAddresses)),
            (InquiryStatus.Received, "pass on", ["respondent", "coordinator"], (inquiry, by) => inquiry.PassOn(_another, "担当が違います。", by, office.Now, [])),
            (InquiryStatus.Withdrawn, "answer", [], (inquiry, by) => inquiry.MarkAnswering(by, office.Now)),
            (InquiryStatus.Received, "extend", ["coordinator"], (inquiry, by) => inquiry.Extend(Office.LastNew, "人事異動のため。", by, office.Now, [])),
            (InquiryStatus.AwaitingCheck, "check", ["respondent", "coordinator"], (inquiry, by) => inquiry.Check(by, office.Now)),
            (InquiryStatus.AwaitingCheck, "return from check", ["respondent", "coordinator"], (inquiry, by) => inquiry.ReturnFromCheck("直してください。", by, office.Now, [])),
            (InquiryStatus.Answered, "accept", ["coordinator"], (inquiry, by) => inquiry.Accept(by, office.Now)),
            (InquiryStatus.Answered, "ask back", ["coordinator"], (inquiry, by) => inquiry.AskBack("概要を詳しく書いてください。", by, office.Now, [])),
        };
        foreach (var (from, verb, who, act) in may)
        {
            foreach (var (name, by) in everybody)
            {
                var inquiry = await InStateAsync(office, from);
                var before = Everything(inquiry);
                if (who.Contains(name))
                    act(inquiry, by);
                else
                {
                    Assert.Throws<Refusal>(() => act(inquiry, by));
                    Assert.True(before == Everything(inquiry), $"{name} was refused to {verb} and changed it");
                }
                office.Db.ChangeTracker.Clear();
            }
        }
    }

    private static readonly ILookup<long, string> NoAddresses = Array.Empty<string>().ToLookup(_ => 0L);

    private OrgUnit _division = null!;
    private OrgUnit _section = null!;
    private OrgUnit _another = null!;

    private OrgUnit BelowDoboku(Inquiry inquiry) => inquiry.Round.Inquiries.Exists(one => one.UnitId == _division.Id) ? _section : _division;

    /// <summary>土木部's inquiry; for the verbs of a check the one that it relayed, and for the check on its way up one that was relayed twice.</summary>
    private async Task<Inquiry> InStateAsync(Office office, InquiryStatus state, InquiryVerb verb = default)
    {
        var asked = await office.RoundAsync();
        var doboku = asked.Inquiries.Single(i => i.Unit.Code == "doboku");
        if (_division is null)
        {
            _division = await office.UnitAsync("road", "道路整備課", doboku.Unit);
            _section = await office.UnitAsync("bridge", "橋りょう班", _division);
            _another = await office.UnitAsync("nosei", "農政部");
        }
        var units = await office.Db.OrgUnits.ToDictionaryAsync(unit => unit.Code);
        (_division, _section, _another) = (units["road"], units["bridge"], units["nosei"]);
        var depth = verb is InquiryVerb.CheckUpward ? 2
            : state is InquiryStatus.AwaitingCheck or InquiryStatus.Withdrawn || verb is InquiryVerb.Withdraw or InquiryVerb.ApproveUpward or InquiryVerb.Check or InquiryVerb.CheckReturn ? 1 : 0;
        if (depth > 0 && state is not InquiryStatus.Prepared)
        {
            doboku.Relay([_division], null, null, office.Respondent, office.Now, NoAddresses);
            var below = doboku.Relayed.Single();
            if (depth == 2)
            {
                below.Relay([_section], null, null, office.RespondentOf(below), office.Now, NoAddresses);
                below = below.Relayed.Single();
            }
            Bring(office, below, state);
            return below;
        }
        if (state is InquiryStatus.Prepared)
        {
            var open = await office.RoundAsync();
            var round = Office.Draft(open.Programme, open.Inquiries.Select(i => i.Unit), office.Coordinator, office.Now);
            office.Db.Add(round);
            return round.Inquiries.Single(i => i.Unit.Code == "doboku");
        }
        Bring(office, doboku, state);
        return doboku;
    }

    private void Bring(Office office, Inquiry inquiry, InquiryStatus state)
    {
        if (state is InquiryStatus.PassedOn)
            inquiry.PassOn(_another, "担当が違います。", office.RespondentOf(inquiry), office.Now, []);
        else if (state is InquiryStatus.Withdrawn)
            inquiry.Withdraw(office.Coordinator, office.Now, []);
        else if (inquiry.ParentId is not null && state is (InquiryStatus.Answered or InquiryStatus.Accepted))
        {
            office.Bring(inquiry, InquiryStatus.AwaitingCheck);
            while (inquiry.Status is InquiryStatus.AwaitingCheck)
                inquiry.Check(office.Coordinator, office.Now);
            if (state is InquiryStatus.Accepted)
                inquiry.Accept(office.Coordinator, office.Now);
        }
        else
            office.Bring(inquiry, state);
        Assert.Equal(state, inquiry.Status);
    }

    private void Do(Office office, Inquiry inquiry, InquiryVerb verb)
    {
        switch (verb)
        {
            case InquiryVerb.Send: inquiry.Send(office.Coordinator, office.Now, ["doboku@pref.kumamoto.example"], Draft); break;
            case InquiryVerb.Receive: inquiry.Receive(office.RespondentOf(inquiry), office.Now); break;
            case InquiryVerb.Answer: inquiry.MarkAnswering(office.RespondentOf(inquiry), office.Now); break;
            case InquiryVerb.Submit: inquiry.MarkAwaitingApproval(office.RespondentOf(inquiry), office.Now, inquiry.NilReason is null ? 1 : 0); break;
            case InquiryVerb.Recall: inquiry.MarkRecalled(office.Respondent, office.Now); break;
            case InquiryVerb.SendBack: inquiry.MarkSentBack(office.Approver, office.Now, "直してください。", []); break;
            case InquiryVerb.Approve: inquiry.MarkAnswered(office.Approver, office.Now); break;
            case InquiryVerb.ApproveUpward: inquiry.MarkAnswered(office.Approver, office.Now); break;
            case InquiryVerb.Relay: inquiry.Relay([BelowDoboku(inquiry)], null, null, office.Coordinator, office.Now, NoAddresses); break;
            case InquiryVerb.Check or InquiryVerb.CheckUpward: inquiry.Check(office.Coordinator, office.Now); break;
            case InquiryVerb.CheckReturn: inquiry.ReturnFromCheck("直してください。", office.Coordinator, office.Now, []); break;
            case InquiryVerb.PassOn: inquiry.PassOn(_another, "担当が違います。", office.Coordinator, office.Now, []); break;
            case InquiryVerb.PassBack:
                var other = inquiry.Round.Inquiries.Find(one => one.PassedFrom == inquiry) ?? inquiry.Round.Inquiries.First(one => one != inquiry);
                other.PassOn(inquiry.Unit, "戻します。", office.Coordinator, office.Now, []);
                break;
            case InquiryVerb.Withdraw: inquiry.Withdraw(office.Coordinator, office.Now, []); break;
            case InquiryVerb.AskBack: inquiry.AskBack("直してください。", office.Coordinator, office.Now, []); break;
            case InquiryVerb.Accept: inquiry.Accept(office.Coordinator, office.Now); break;
            case InquiryVerb.Unaccept: inquiry.Unaccept(office.Coordinator, office.Now); break;
            default: throw new InvalidOperationException($"The verb {verb} is not tried here.");
        }
    }

    private static string Everything(Inquiry inquiry) => (inquiry.Status, inquiry.NilReason, inquiry.ReceivedAt, inquiry.SubmittedAt, inquiry.AnsweredAt, inquiry.AcceptedAt, inquiry.ReturnedBecause, inquiry.TouchedAt,
        inquiry.CheckerId, inquiry.ExtendedTo, inquiry.PassedOnBecause, inquiry.Relayed.Count).ToString();
}
