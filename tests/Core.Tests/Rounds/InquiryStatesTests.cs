using Kyodo.Common;
using Kyodo.Core.Tests.World;
using Kyodo.Rounds;
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
                var inquiry = await InStateAsync(office, state);
                inquiry.TakeNotes();
                var before = Everything(inquiry);
                if (InquiryStates.Table.After(state, verb) is { } after)
                {
                    Do(office, inquiry, verb);
                    Assert.True(after == inquiry.Status, $"{state} + {verb} led to {inquiry.Status}");
                    // Going on with an answer is no change of state and leaves no note.
                    Assert.Equal(after == state ? 0 : 1, inquiry.TakeNotes().Happenings.Count);
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

    private static async Task<Inquiry> InStateAsync(Office office, InquiryStatus state)
    {
        if (state is InquiryStatus.Prepared)
        {
            var open = await office.RoundAsync();
            var round = Office.Draft(open.Programme, open.Inquiries.Select(i => i.Unit).Where(u => u.Code == "doboku"), office.Coordinator, office.Now);
            office.Db.Add(round);
            return round.Inquiries[0];
        }
        var inquiry = await office.InquiryAsync();
        office.Bring(inquiry, state);
        Assert.Equal(state, inquiry.Status);
        return inquiry;
    }

    private static void Do(Office office, Inquiry inquiry, InquiryVerb verb)
    {
        switch (verb)
        {
            case InquiryVerb.Send: inquiry.Send(office.Coordinator, office.Now, ["doboku@pref.kumamoto.example"], Draft); break;
            case InquiryVerb.Receive: inquiry.Receive(office.Respondent, office.Now); break;
            case InquiryVerb.Answer: inquiry.MarkAnswering(office.Respondent, office.Now); break;
            case InquiryVerb.Submit: inquiry.MarkAwaitingApproval(office.Respondent, office.Now, inquiry.NilReason is null ? 1 : 0); break;
            case InquiryVerb.Recall: inquiry.MarkRecalled(office.Respondent, office.Now); break;
            case InquiryVerb.SendBack: inquiry.MarkSentBack(office.Approver, office.Now, "直してください。", []); break;
            case InquiryVerb.Approve: inquiry.MarkAnswered(office.Approver, office.Now); break;
            case InquiryVerb.AskBack: inquiry.AskBack("直してください。", office.Coordinator, office.Now, []); break;
            case InquiryVerb.Accept: inquiry.Accept(office.Coordinator, office.Now); break;
            case InquiryVerb.Unaccept: inquiry.Unaccept(office.Coordinator, office.Now); break;
            default: throw new InvalidOperationException($"The verb {verb} is not tried here.");
        }
    }

    private static string Everything(Inquiry inquiry) => (inquiry.Status, inquiry.NilReason, inquiry.ReceivedAt, inquiry.SubmittedAt, inquiry.AnsweredAt, inquiry.AcceptedAt, inquiry.ReturnedBecause, inquiry.TouchedAt).ToString();
}
