using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Meetings;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Meetings;

/// <summary>Opinions of a meeting: every verb in every state, what is wrong is said, and the next meeting knows what became of them.</summary>
public sealed class OpinionTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task Every_verb_in_every_state(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var unit = await office.UnitAsync("kikaku", "企画課");
        foreach (var state in Enum.GetValues<OpinionStatus>())
        {
            foreach (var verb in Enum.GetValues<OpinionVerb>())
            {
                var opinion = In(state, office);
                Action act = verb switch
                {
                    OpinionVerb.Answer => () => opinion.Reply("次の照会から変えます。", unit, office.Now.DayInJapan().AddDays(30), office.Coordinator, office.Now),
                    OpinionVerb.Finish => () => opinion.Finish(office.Coordinator, office.Now),
                    _ => () => opinion.Reopen(office.Coordinator, office.Now),
                };
                Assert.NotNull(opinion.WhyNot(verb, office.Auditor));
                Assert.NotNull(opinion.WhyNot(verb, office.Respondent));
                if (OpinionStates.Table.After(state, verb) is { } after)
                {
                    Assert.Null(opinion.WhyNot(verb, office.Coordinator));
                    act();
                    Assert.Equal(after, opinion.Status);
                }
                else
                {
                    Assert.Throws<Refusal>(act);
                    Assert.Equal(state, opinion.Status);
                }
            }
        }
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task The_next_meeting_begins_with_what_became_of_the_last(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var unit = await office.UnitAsync("kikaku", "企画課");
        var day = office.Now.DayInJapan();
        var (first, second) = (Plan(office, day), Plan(office, day.AddDays(60)));
        office.Db.AddRange(first, second);
        var opinion = first.Hear("土木部", "<b>評価</b>をまとめて送れないか。", office.Coordinator, office.Now);
        office.Db.Add(opinion);
        await office.Db.SaveChangesAsync(TestContext.Current.CancellationToken);
        Assert.Throws<Refusal>(() => opinion.Reply("", unit, day, office.Coordinator, office.Now));
        Assert.Throws<Refusal>(() => opinion.Reply("送れるようにします。", null, day, office.Coordinator, office.Now));
        Assert.Throws<Refusal>(() => opinion.Reply("送れるようにします。", unit, null, office.Coordinator, office.Now));
        opinion.Reply("送れるようにします。", unit, day.AddDays(10), office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync(TestContext.Current.CancellationToken);
        Assert.True(opinion.IsLate(day.AddDays(11)));
        await using var db = office.OpenAnother();
        var before = await db.MeetingBeforeAsync(second, TestContext.Current.CancellationToken);
        var kept = Assert.Single(before!.Opinions);
        Assert.Equal(("<b>評価</b>をまとめて送れないか。", "送れるようにします。", "企画課", OpinionStatus.Answered), (kept.Text, kept.Answer, kept.Unit!.Name, kept.Status));
        Assert.Null(await db.MeetingBeforeAsync(first, TestContext.Current.CancellationToken));
        // What was said before the meeting was held was not said in it.
        Assert.Throws<Refusal>(() => second.Hear("土木部", "早すぎる意見", office.Coordinator, office.Now));
        Assert.Throws<Refusal>(() => first.Hear("", "だれの意見か分からない", office.Coordinator, office.Now));
        Assert.Throws<Refusal>(() => first.Hear("土木部", new string('あ', Opinion.LongestText + 1), office.Coordinator, office.Now));
        Assert.Throws<Refusal>(() => new Meeting(new MeetingPlan("会議", "ps", Office.Year, day, "", ""), office.Respondent, office.Now));
    }

    private static Meeting Plan(Office office, DateOnly on) => new(new MeetingPlan("庁内協働推進会議", "ps", Office.Year, on, "会議室", ""), office.Coordinator, office.Now);

    private static Opinion In(OpinionStatus state, Office office)
    {
        var opinion = Plan(office, office.Now.DayInJapan()).Hear("土木部", "評価の依頼をまとめてほしい。", office.Coordinator, office.Now);
        typeof(Opinion).GetProperty(nameof(Opinion.Status))!.SetValue(opinion, state);
        return opinion;
    }
}
