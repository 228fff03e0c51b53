using Kyodo.Common;
using Kyodo.Core.Tests.World;
using Kyodo.Selection;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Selection;

/// <summary>Every verb in every state does what its table says or is refused and changes nothing.</summary>
public sealed class SelectionStatesTests
{
    [Fact]
    public async Task Of_a_juror()
    {
        await using var office = await Office.OpenAsync();
        var (selection, jurors) = await office.JudgingAsync(entries: 1, jurors: 4);
        var id = (await office.ViewAsync(selection)).Judgements[0].Id;
        var by = jurors[0];
        foreach (var (state, verb) in Pairs<JudgementStatus, JudgementVerb>())
        {
            await using var db = office.OpenAnother();
            var mine = (await db.JudgementAsync(id, by))!;
            if (state is not JudgementStatus.Asked)
                mine.Write(Selections.Typed(mine, "3343333"), "", "", by, office.Now);
            Set(mine, nameof(Judgement.Status), state);
            mine.TakeNotes();
            Check(SelectionStates.Judgements.After(state, verb), () => mine.Status, () => mine.TakeNotes().Happenings.Count, $"{state} + {verb}", () =>
            {
                switch (verb)
                {
                    case JudgementVerb.Write: mine.Write(Selections.Typed(mine, "4444444"), "", "", by, office.Now); break;
                    case JudgementVerb.Submit: mine.Submit(by, office.Now); break;
                    case JudgementVerb.Recall: mine.Recall(by, office.Now, isShown: false); break;
                    default: mine.StepBack("理事です。", by, office.Now); break;
                }
            }, silent: verb is JudgementVerb.Write);
        }
    }

    [Fact]
    public async Task Of_a_nomination()
    {
        await using var office = await Office.OpenAsync();
        var (selection, _) = await office.JudgingAsync(entries: 1);
        foreach (var state in Enum.GetValues<NominationStatus>())
        {
            await using var db = office.OpenAnother();
            var one = await db.Nominations.Include(n => n.Selection).SingleAsync(n => n.SelectionId == selection.Id);
            Set(one, nameof(Nomination.Status), state);
            one.TakeNotes();
            Check(SelectionStates.Nominations.After(state, NominationVerb.TakeBack), () => one.Status, () => one.TakeNotes().Happenings.Count, $"{state} + TakeBack", () => one.TakeBack("都合による。", office.Coordinator, office.Now));
        }
    }

    [Fact]
    public async Task Of_a_selection()
    {
        await using var office = await Office.OpenAsync();
        var cases = await office.EvaluatedAsync(2);
        var opened = await office.OpenSelectionAsync();
        await office.NominateAsync(opened, cases[0]);
        var jurors = await office.JurorsAsync(3);
        foreach (var (state, verb) in Pairs<SelectionStatus, SelectionVerb>())
        {
            // As it is put into the state without a decision, what hangs on the entries alone is not asked here.
            await office.Db.Selections.ExecuteUpdateAsync(s => s.SetProperty(x => x.Status, state));
            await using var db = office.OpenAnother();
            await using var undone = await db.Database.BeginTransactionAsync();
            var selection = await db.Selections.SingleAsync();
            var entry = await db.Nominations.Include(n => n.Selection).SingleAsync();
            string? refused = verb switch
            {
                SelectionVerb.Weigh => selection.WhyNotWeigh(office.Coordinator),
                SelectionVerb.Nominate => SelectionQueries.WhyNotNominate(selection, (await Selections.Candidates.OfAsync(db, "ps", Office.Year)).Single(one => one.CaseId == cases[1].Id), [entry], office.Coordinator, office.Now),
                SelectionVerb.TakeBack => entry.WhyNotTakeBack(office.Respondent, office.Now),
                SelectionVerb.BeginScoring => selection.WhyNotBeginScoring(office.Coordinator, 1),
                SelectionVerb.Judge => new Judgement(entry, jurors[0].PersonId!.Value, "").WhyNotWrite(jurors[0], office.Now),
                SelectionVerb.Withdraw => state is SelectionStatus.Nominating ? "推薦の取り下げです。" : entry.WhyNotTakeBack(office.Coordinator, office.Now),
                _ => selection.WhyNotDecide(office.Coordinator),
            };
            Assert.True(SelectionStates.Selections.Allows(state, verb) == refused is null, $"{state} + {verb}: {refused}");
        }
    }

    private static IEnumerable<(TState, TVerb)> Pairs<TState, TVerb>()
        where TState : struct, Enum
        where TVerb : struct, Enum => Enum.GetValues<TState>().SelectMany(_ => Enum.GetValues<TVerb>(), (state, verb) => (state, verb));

    private static void Set(object record, string property, object value) => record.GetType().GetProperty(property)!.SetValue(record, value);

    private static void Check<TState>(TState? after, Func<TState> status, Func<int> notes, string what, Action verb, bool silent = false)
        where TState : struct, Enum
    {
        var before = status();
        if (after is { } expected)
        {
            verb();
            Assert.True(EqualityComparer<TState>.Default.Equals(expected, status()), $"{what} led to {status()}");
            Assert.True(notes() == 1 || silent, what);
            return;
        }
        Assert.Throws<Refusal>(verb);
        Assert.True(EqualityComparer<TState>.Default.Equals(before, status()), $"{what} was refused and led to {status()}");
        Assert.True(notes() == 0, what);
    }
}
