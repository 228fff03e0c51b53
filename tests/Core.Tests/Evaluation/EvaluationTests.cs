using CsCheck;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Editions;
using Kyodo.Evaluation;
using Kyodo.Evaluation.Door;
using Kyodo.Partners;
using Kyodo.Scores;
using Kyodo.Statistics;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Evaluation;

public sealed class EvaluationTests
{
    [Fact]
    public void The_sheet_that_comes_along_has_twenty_criteria_and_a_short_form_of_five()
    {
        var sheet = EvaluationSheet.BuiltIn(Actor.Program, default);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"K{i}"), sheet.Criteria.Select(c => c.No));
        Assert.Equal(["K2", "K4", "K5", "K8", "K13"], sheet.Asked(SheetForm.Short, EvaluationPhase.Closing).Select(asked => asked.Criterion.No));
        Assert.Equal(["K8"], sheet.Asked(SheetForm.Short, EvaluationPhase.Doing).Select(asked => asked.Criterion.No));
        Assert.Equal("十分そうである", sheet.Scale.Name(Mark.Of(4)));
        Assert.Equal("課題・ニーズを双方が同じように捉えていた", sheet.Criteria[0].TextJa);
    }

    [Fact]
    public void Scales_of_different_lengths_are_compared_from_0_to_100()
    {
        var (four, five) = (new Scale(["a", "b", "c", "d"]), new Scale(["a", "b", "c", "d", "e"]));
        Assert.Equal([0, 100], [four.Score100(1), five.Score100(5)]);
        Assert.Equal(2.5, five.InCommon(3));
        Assert.Equal(3, four.InCommon(3));
    }

    [Fact]
    public async Task A_sheet_in_use_is_frozen_and_a_change_is_the_next_version()
    {
        await using var office = await Office.OpenAsync();
        await office.AcceptedAsync(1);
        await office.OpenEvaluationsAsync();
        var used = await office.Db.EvaluationSheets.SingleAsync();
        var refused = Assert.Throws<Refusal>(() => used.Edit(used.Criteria, used.Scale.Labels, office.Coordinator, office.Now));
        Assert.Contains("次の版", refused.Message, StringComparison.Ordinal);
        var next = used.Next(1, office.Coordinator, office.Now);
        next.Edit([.. next.Criteria, new Criterion("K21", EvaluationPhase.Closing, true, "また一緒に取り組みたい", "We would do it again", "")], next.Scale.Labels, office.Coordinator, office.Now);
        Assert.Equal((2, 21, 20), (next.Version, next.Criteria.Count, used.Criteria.Count));
        Assert.Throws<Refusal>(() => next.Edit([.. next.Criteria, next.Criteria[0]], next.Scale.Labels, office.Coordinator, office.Now));
        Assert.Throws<Refusal>(() => next.Edit(next.Criteria, next.Scale.Labels, office.Respondent, office.Now));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task One_action_opens_every_accepted_project_with_a_side_for_each_up_to_five(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await office.AcceptedAsync(0, 1, 5, 7);
        var opened = await office.OpenEvaluationsAsync();
        Assert.Equal(4, opened.Evaluations);
        var sides = await office.Db.Evaluations.WithSides().OrderBy(e => e.CaseTitle).ToListAsync();
        Assert.Equal([0, 1, 5, 5], sides.Select(e => e.Partners.Count()));
        Assert.Contains(await office.Db.Outbox.ToListAsync(), mail => mail.Kind is MailKind.EvaluationAsked);
        // Pressed again it begins nothing twice.
        await Assert.ThrowsAsync<Refusal>(() => office.OpenEvaluationsAsync());
        await using var db = office.OpenAnother();
        await Assert.ThrowsAsync<Refusal>(() => db.OpenEvaluationsAsync("ps", Office.Year, EvaluationPhase.Planning, null, Evaluations.Due, new HashSet<string>(), office.Respondent, office.Now));
    }

    [Fact]
    public async Task A_project_without_a_partner_opens_with_the_governments_answers_alone()
    {
        await using var office = await Office.OpenAsync();
        await office.AcceptedAsync(0);
        await office.OpenEvaluationsAsync();
        await office.AnswerAsync((await office.EvaluationAsync()).Government, "3");
        office.Db.ChangeTracker.Clear();
        var one = await office.EvaluationAsync();
        Assert.Equal(EvaluationStatus.Opened, one.Status);
        Assert.Empty(one.Flagged());
        Assert.False(EvaluationView.Of(one, office.Respondent).CanCompare);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Nobody_sees_the_other_side_until_all_are_in_and_then_nothing_can_be_changed(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await office.AcceptedAsync(2);
        await office.OpenEvaluationsAsync();
        var one = await office.EvaluationAsync();
        var (first, second) = (one.Partners.First(), one.Partners.Last());
        await office.AnswerAsync(one.Government, "4");
        await office.AnswerAsync(first, "1");
        office.Db.ChangeTracker.Clear();
        one = await office.EvaluationAsync();
        foreach (var by in new[] { office.Coordinator, office.Auditor, office.Administrator, office.ActorOf(second), office.OtherRespondent })
            Assert.All(EvaluationView.Of(one, by).Sides.Where(side => !side.Side.IsOf(by)), side => Assert.Equal((false, Mark.None, "", ""), (side.IsRead, side.MarkAt(1), side.GroundsOf("K2"), side.Words)));
        await office.AnswerAsync(second, "u");
        office.Db.ChangeTracker.Clear();
        one = await office.EvaluationAsync();
        Assert.Equal(EvaluationStatus.Opened, one.Status);
        Assert.Equal(5, one.Flagged().Count);
        Assert.All(EvaluationView.Of(one, office.ActorOf(first)).Sides, side => Assert.True(side.IsRead));
        var refused = await Assert.ThrowsAsync<Refusal>(() => office.AnswerAsync(one.Government, "1"));
        Assert.Contains("変えられません", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(one.Government.WhyNotRecall(office.Respondent, office.Now));
    }

    [Fact]
    public async Task When_the_deadline_has_passed_what_was_saved_counts_and_silence_stays()
    {
        await using var office = await Office.OpenAsync();
        await office.AcceptedAsync(2);
        await office.OpenEvaluationsAsync();
        var one = await office.EvaluationAsync();
        await office.AnswerAsync(one.Government, "3");
        await office.AnswerAsync(one.Partners.First(), "3", sends: false);
        office.Clock.Now = JapanTime.At(Evaluations.Due.AddDays(1), 0, 5);
        // Even before the program has opened it.
        await Assert.ThrowsAsync<Refusal>(() => office.AnswerAsync(one.Partners.Last(), "3"));
        await using (var db = office.OpenAnother())
            Assert.Equal(1, await db.OpenDueEvaluationsAsync(office.Now));
        office.Db.ChangeTracker.Clear();
        one = await office.EvaluationAsync();
        Assert.Equal([SideStatus.Submitted, SideStatus.Silent], one.Partners.Select(side => side.Status));
        Assert.True(one.Partners.First().ClosedByDeadline);
        Assert.Equal("相手方未回答", EvaluationStates.Name(one.Partners.Last().Status, SideKind.Partner));
        await using (var db = office.OpenAnother())
            Assert.Equal(0, await db.OpenDueEvaluationsAsync(office.Now));
    }

    [Fact]
    public void Whatever_is_answered_the_other_side_learns_nothing_of_it_before_it_opens() =>
        Gen.Select(Gen.Int[0, 5].Select(i => "1234nu"[i]), Gen.Int[0, 4], Gen.String[0, 30]).Sample((sign, place, words) =>
        {
            var evaluation = Bare(2);
            var side = evaluation.Partners.First();
            var no = evaluation.Asked.ElementAt(place).Criterion.No;
            var by = PartnerDoor.ActorFor(side.PartnerId!, side.Name);
            side.Answer([new TypedMark(no, $"{sign}", TextForms.UpTo(30, words))], null, words, by, Early);
            foreach (var other in new[] { Unit, PartnerDoor.ActorFor("000000000001", "団体1"), new Actor(9, "協働", [new Duty(Role.Coordinator, 5)]) })
            {
                var seen = EvaluationView.Of(evaluation, other).Sides.First(one => one.Side == side);
                Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(Mark.None, seen.MarkAt(i)));
                Assert.Equal("", seen.GroundsOf(no) + seen.Words);
            }
            Assert.Equal(sign, EvaluationView.Of(evaluation, by).Sides.First(one => one.Side == side).MarkAt(evaluation.Asked.ElementAt(place).Place).Sign);
        }, iter: 200);

    [Fact]
    public void Every_verb_of_a_side_in_every_state_does_what_the_table_says_or_changes_nothing()
    {
        foreach (var state in Enum.GetValues<SideStatus>())
        {
            foreach (var verb in Enum.GetValues<SideVerb>())
            {
                var evaluation = Bare(1);
                var side = evaluation.Sides[1];
                Set(side, nameof(EvaluationSide.Status), state);
                var marked = Evaluations.Marked(side, "3");
                var by = PartnerDoor.ActorFor(side.PartnerId!, side.Name);
                if (state is SideStatus.Answering or SideStatus.Submitted && verb is not SideVerb.CloseSilent)
                    Set(side, nameof(EvaluationSide.Marks), "33333333333333333333");
                Action act = verb switch
                {
                    SideVerb.Answer => () => side.Answer(marked, null, null, by, Early),
                    SideVerb.Submit => () => side.Submit(by, Early),
                    SideVerb.Recall => () => side.Recall(by, Early),
                    SideVerb.Receive => () => side.Receive(AnswerChannel.Paper, marked, null, Coordinator, Early),
                    SideVerb.CloseAnswered or SideVerb.CloseSilent => () => side.Close(Early),
                    _ => () => side.Follow("000000000009", "団体9", hasOwnSide: true, Coordinator, Early),
                };
                if (EvaluationStates.Sides.After(state, verb) is { } after)
                {
                    act();
                    Assert.True(side.Status == after, $"{state} + {verb} led to {side.Status}");
                }
                else if (verb is SideVerb.CloseAnswered or SideVerb.CloseSilent or SideVerb.Merge)
                {
                    // The program's own: they pass over what they do not concern.
                    if (verb is not SideVerb.Merge && state is not (SideStatus.NotStarted or SideStatus.Answering))
                        act();
                    Assert.Equal(state, side.Status);
                }
                else
                {
                    Assert.Throws<Refusal>(act);
                    Assert.True(side.Status == state, $"{state} + {verb} was refused and led to {side.Status}");
                }
            }
        }
    }

    [Fact]
    public void Every_verb_of_an_evaluation_in_every_state_does_what_the_table_says_or_changes_nothing()
    {
        foreach (var state in Enum.GetValues<EvaluationStatus>())
        {
            foreach (var verb in Enum.GetValues<EvaluationVerb>())
            {
                var evaluation = Bare(0);
                Set(evaluation.Government, nameof(EvaluationSide.Status), SideStatus.Submitted);
                Set(evaluation, nameof(CaseEvaluation.Status), state);
                if (verb is EvaluationVerb.Confirm or EvaluationVerb.Conclude)
                    Set(evaluation, nameof(CaseEvaluation.MeetingOn), new DateOnly(2007, 5, 1));
                Action act = verb switch
                {
                    EvaluationVerb.Open => () => evaluation.Open(Early, []),
                    EvaluationVerb.Reflect => () => evaluation.Reflect(new Reflection("K2", "", "違い", "", "改善"), Unit, Early),
                    EvaluationVerb.Confirm or EvaluationVerb.Conclude => () => evaluation.Confirm(evaluation.Government, Unit, Early),
                    _ => () => evaluation.GradeAs(ThirdPartyGrade.B, "審査会", "", Coordinator, Early),
                };
                if (EvaluationStates.Evaluations.Allows(state, verb))
                {
                    act();
                    // The only side confirms, and with it all have.
                    Assert.Equal(verb is EvaluationVerb.Confirm ? EvaluationStatus.Reflected : EvaluationStates.Evaluations.After(state, verb), evaluation.Status);
                }
                else
                {
                    Assert.Throws<Refusal>(act);
                    Assert.Equal(state, evaluation.Status);
                }
            }
        }
    }

    [Fact]
    public async Task Differences_are_reflected_on_together_and_next_year_asks_how_the_improvements_went()
    {
        await using var office = await Office.OpenAsync();
        await office.AcceptedAsync(1);
        await office.OpenEvaluationsAsync();
        var one = await office.EvaluationAsync();
        await office.AnswerAsync(one.Government, "4");
        await office.AnswerAsync(one.Partners.Single(), "2");
        office.Db.ChangeTracker.Clear();
        one = await office.EvaluationAsync();
        Assert.Equal(5, one.Unreflected().Count);
        one.Reflect(new Reflection("K2", "目的は大事", "文書の有無", "時期", "秋に集まる"), office.ActorOf(one.Partners.Single()), office.Now);
        Assert.Equal(4, one.Unreflected().Count);
        one.Meet(new DateOnly(2007, 5, 6), "双方3人", "話した。", ["秋に打合せをふやす"], office.Respondent, office.Now);
        one.Confirm(one.Government, office.Respondent, office.Now);
        Assert.Equal(EvaluationStatus.Opened, one.Status);
        one.Confirm(one.Partners.Single(), office.ActorOf(one.Partners.Single()), office.Now);
        Assert.Equal(EvaluationStatus.Reflected, one.Status);
        one.Meet(new DateOnly(2007, 5, 6), "双方4人", "書き足した。", ["秋に打合せをふやす"], office.Respondent, office.Now);
        Assert.Equal((EvaluationStatus.Opened, null), (one.Status, one.Government.ConfirmedAt));
        Assert.NotNull(one.WhyNotReflect(office.OtherRespondent));
        await office.Db.SaveChangesAsync();
        await using var db = office.OpenAnother();
        var project = (await new EvaluatedProjects().OfYearAsync(db, Office.Year)).Single();
        Assert.Equal((4.0, 2.0, 2.0, 5, 4, true), (project.GovernmentMean, project.PartnerMean, project.MeanGap, project.Flagged, project.Unreflected, project.IsMutual));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_partner_merged_in_the_middle_keeps_its_answers_and_its_invitation(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        await office.AcceptedAsync(2, 1);
        await office.OpenEvaluationsAsync();
        var invitation = await office.InvitedAsync("団体0-0");
        var one = await office.EvaluationAsync();
        await office.AnswerAsync(one.Partners.First(), "3");
        await office.AnswerAsync(one.Government, "3");
        var (from, into) = (one.Partners.First().PartnerId!, one.Partners.Last().PartnerId!);
        await using (var db = office.OpenAnother())
            await db.MergePartnersAsync(from, into, office.Coordinator, office.Now);
        office.Db.ChangeTracker.Clear();
        one = await office.EvaluationAsync();
        var left = Assert.Single(one.Partners);
        Assert.Equal((into, SideStatus.Submitted), (left.PartnerId, left.Status));
        // Nobody is waited for any more.
        Assert.Equal(EvaluationStatus.Opened, one.Status);
        Assert.Equal(into, (await office.Db.PartnerInvitations.SingleAsync(i => i.Id == invitation.Id)).PartnerId);
    }

    [Fact]
    public async Task Paper_and_workbooks_are_marked_and_the_unit_stays_blind()
    {
        await using var office = await Office.OpenAsync();
        await office.AcceptedAsync(2);
        await office.OpenEvaluationsAsync();
        var one = await office.EvaluationAsync();
        var (first, second) = (one.Partners.First(), one.Partners.Last());
        Assert.Contains("先に", first.WhyNotReceive(office.Respondent, office.Now), StringComparison.Ordinal);
        Assert.NotNull(first.WhyNotReceive(office.OtherRespondent, office.Now));
        await using var db = office.OpenAnother();
        await db.ReceiveAsync(first.Id, AnswerChannel.Paper, Evaluations.Marked(first, "2"), "紙のひとこと", office.Coordinator, office.Now);
        var file = new MemoryStream();
        SideWorkbook.Write(file, second, office.Now);
        file.Position = 0;
        var empty = Assert.Throws<Refusal>(() => SideWorkbook.Read(file, second));
        Assert.Equal(5, empty.Problems.Count);
        Assert.Contains(empty.Problems, problem => problem.Cell == "C4");
        file.Position = 0;
        Assert.Throws<Refusal>(() => SideWorkbook.Read(file, first));
        office.Db.ChangeTracker.Clear();
        one = await office.EvaluationAsync();
        Assert.Equal((AnswerChannel.Paper, office.Coordinator.Name), (one.Partners.First().Channel, one.Partners.First().ReceivedBy));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Only_a_later_revision_holds_evaluations_and_only_what_was_agreed_to(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var cases = await office.AcceptedAsync(3);
        await office.OpenEvaluationsAsync();
        var one = await office.EvaluationAsync();
        var sides = one.Partners.ToList();
        await office.AnswerAsync(one.Government, "4");
        await office.AnswerAsync(sides[0], "3", words: "載せてよいことば");
        await office.AnswerAsync(sides[1], "1", words: "載せないことば");
        office.Clock.Now = JapanTime.At(Evaluations.Due.AddDays(1), 9);
        await using (var db = office.OpenAnother())
            await db.OpenDueEvaluationsAsync(office.Now);
        await office.ReleaseAsync();
        await using (var db = office.OpenAnother())
        {
            Assert.Empty(await db.PublishedEvaluations.ToListAsync());
            db.Add(new PartnerConsent(sides[0].PartnerId!, cases[0].Id, 1, scores: true, words: true, silence: false, AnswerChannel.Web, office.ActorOf(sides[0]), office.Now));
            await db.SaveChangesAsync();
            Assert.Throws<Refusal>(() => new PartnerConsent(sides[1].PartnerId!, cases[0].Id, 1, true, true, true, AnswerChannel.Web, office.ActorOf(sides[0]), office.Now));
        }
        await office.ReleaseAsync("協働評価を加えました。");
        await using (var db = office.OpenAnother())
        {
            var published = Assert.Single(await db.LatestEvaluations().ToListAsync());
            var shown = Assert.Single(published.Partners);
            Assert.Equal(("団体0-0", "33333", "載せてよいことば"), (shown.Name, shown.Marks, shown.Words));
            Assert.DoesNotContain("載せない", office.PublicText(2, "evaluations.json") + published.PartnersJson, StringComparison.Ordinal);
            Assert.All(await db.EvaluationFiguresAsync(), pair => Assert.Equal((1, null), (pair.Figure.N, pair.Figure.Mean)));
            db.Add(new PartnerConsent(sides[0].PartnerId!, cases[0].Id, 1, false, false, false, AnswerChannel.Web, office.ActorOf(sides[0]), office.Now));
            await db.SaveChangesAsync();
        }
        await office.ReleaseAsync("同意の取消しによる訂正。");
        await using (var db = office.OpenAnother())
            Assert.False(Assert.Single(await db.LatestEvaluations().ToListAsync()).IsShown);
        Assert.Empty(await office.VerifyAsync());
    }

    private static readonly DateTimeOffset Early = JapanTime.At(new DateOnly(2007, 5, 7), 10);
    private static readonly Actor Unit = new(1, "道路", [new Duty(Role.Respondent, 0)]);
    private static readonly Actor Coordinator = new(2, "協働", [new Duty(Role.Coordinator, 5)]);

    // One evaluation by itself, without a database.
    private static CaseEvaluation Bare(int partners)
    {
        var call = new EvaluationCall("ps", Office.Year, EvaluationPhase.Closing, EvaluationSheet.BuiltIn(Actor.Program, Early), Evaluations.Due);
        var one = (Case)Activator.CreateInstance(typeof(Case), nonPublic: true)!;
        var evaluation = new CaseEvaluation(call, one, new Kyodo.Organizations.OrgUnit("doboku", "土木部", Kyodo.Organizations.OrgUnitKind.Department, null, 1), 1, SheetForm.Short, "430005");
        for (var i = 0; i < partners; i++)
            evaluation.AddPartner($"00000000000{i}", $"団体{i}", "NPO法人");
        return evaluation;
    }

    private static void Set(object record, string property, object value) => record.GetType().GetProperty(property)!.SetValue(record, value);
}
