using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Editions;
using Kyodo.Evaluation;
using Kyodo.Organizations;
using Kyodo.Selection;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Selection;

public sealed class SelectionTests
{
    [Fact]
    public void The_criteria_that_come_along_weigh_a_hundred_together()
    {
        Assert.Equal(["goal", "novelty", "collaboration", "results", "residents", "lasting", "spread"], SelectionCriterion.BuiltIn.Select(one => one.Key));
        Assert.Equal(100, SelectionCriterion.BuiltIn.Sum(one => one.Weight));
        Assert.Equal(0, SelectionCriterion.Weighed(SelectionCriterion.BuiltIn, "1111111"));
        Assert.Equal(100, SelectionCriterion.Weighed(SelectionCriterion.BuiltIn, "5555555"));
        Assert.Equal(20, SelectionCriterion.Weighed(SelectionCriterion.BuiltIn, "1151111"));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task From_the_first_nomination_to_the_reasons_told(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var cases = await office.EvaluatedAsync(3);
        var selection = await office.OpenSelectionAsync();
        foreach (var one in cases.Take(2))
            Assert.NotNull(await office.NominateAsync(selection, one));
        await office.NominateAsync(selection, cases[2], office.Coordinator);
        var jurors = await office.JurorsAsync(4);
        await office.BeginScoringAsync(selection, jurors);
        var view = await office.ViewAsync(selection);
        Assert.Equal([3, 3, 3], view.Judgements.GroupBy(one => one.NominationId).Select(g => g.Count()));
        // Nine judgements among four.
        Assert.Equal([2, 2, 2, 3], view.Judgements.GroupBy(one => one.PersonId).Select(g => g.Count()).Order());
        Assert.All(view.Nominations, one => Assert.Equal(1 + (2.0 / 3 * 4), one.Collaboration!.Value, 9));

        await office.JudgeAllAsync(selection, jurors, (title, _) => title switch { "事業0" => "2", "事業1" => "5", _ => "4" });
        view = await office.ViewAsync(selection);
        Assert.True(view.IsShown);
        Assert.Equal(["事業1", "事業2", "事業0"], view.Ranking!.Entries.Select(row => view.Nominations.Single(one => one.Id == row.NominationId).CaseTitle));
        Assert.NotNull(await office.DecideAsync(selection, ["事業1"]));
        view = await office.ViewAsync(selection);
        Assert.Equal([NominationStatus.NotChosen, NominationStatus.Best, NominationStatus.NotChosen], view.Nominations.Select(one => one.Status));
        await using var db = office.OpenAnother();
        var told = await db.Outbox.Where(mail => mail.Kind == MailKind.SelectionDecided).ToListAsync();
        // Two answer for the department.
        Assert.Equal(3 * 2, told.Count);
        Assert.All(told, mail => Assert.Contains("進め方が手本になる。", mail.Body, StringComparison.Ordinal));
        await Assert.ThrowsAsync<Refusal>(() => office.DecideAsync(selection, []));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task What_was_decided_is_public_by_the_next_revision_only(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var (selection, jurors) = await office.JudgingAsync();
        await office.ReleaseAsync();
        await office.JudgeAllAsync(selection, jurors, (title, _) => title == "事業0" ? "5" : "2");
        await office.DecideAsync(selection, ["事業0"]);
        await using (var db = office.OpenAnother())
            Assert.Empty(await db.LatestBests().ToListAsync());
        await office.ReleaseAsync("優良事例を加えました。");
        await using (var db = office.OpenAnother())
            Assert.Equal("進め方が手本になる。", Assert.Single(await db.LatestBests().ToListAsync()).Reason);
        var file = office.PublicText(2, "best.json");
        Assert.Contains((await office.ViewAsync(selection)).Nominations[0].CaseId, file, StringComparison.Ordinal);
        // Marks, jurors and those not chosen are nobody's outside.
        foreach (var secret in new[] { "審査1", (await office.ViewAsync(selection)).Nominations[1].CaseId, "講評", "現地を見たため" })
            Assert.DoesNotContain(secret, file, StringComparison.Ordinal);
        Assert.Null(office.Shelf.PublicFile("ps", Office.Year, 1, "best.json"));
        Assert.Empty(await office.VerifyAsync());
    }

    [Fact]
    public async Task What_cannot_be_put_forward_is_told_why()
    {
        await using var office = await Office.OpenAsync();
        var cases = await office.EvaluatedAsync(4);
        var selection = await office.OpenSelectionAsync(places: 1);
        // No partner; begun in the middle of the year; consent taken back.
        await ChangeAsync(office, cases[0], answers => answers.With("partners", null));
        await ChangeAsync(office, cases[1], answers => answers.With("period", new System.Text.Json.Nodes.JsonObject { ["from"] = "2007-06-01" }));
        var evaluation = await office.EvaluationAsync(title: "事業2");
        await office.ConsentAsync(evaluation.Partners.Single().PartnerId!, cases[2].Id, "団体2-0", scores: false);
        foreach (var (place, why) in new[] { (0, "相手方の団体が書かれていません"), (1, "年度の途中"), (2, "同意がありません") })
            Assert.Contains(why, (await Assert.ThrowsAsync<Refusal>(() => office.NominateAsync(selection, cases[place]))).Message, StringComparison.Ordinal);
        var reason = await Assert.ThrowsAsync<Refusal>(() => office.NominateAsync(selection, cases[3], reason: " "));
        Assert.Equal($"reason-{cases[3].Id}", Assert.Single(reason.Problems).Field);
        // Of another department it is not there.
        Assert.Null(await office.NominateAsync(selection, cases[3], office.OtherRespondent));
        await office.NominateAsync(selection, cases[3]);
        Assert.Contains("もう推薦", (await Assert.ThrowsAsync<Refusal>(() => office.NominateAsync(selection, cases[3]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_department_has_its_places_and_the_secretariat_takes_none_of_them()
    {
        await using var office = await Office.OpenAsync();
        var cases = await office.EvaluatedAsync(3);
        var selection = await office.OpenSelectionAsync(places: 1);
        await office.NominateAsync(selection, cases[0], office.Coordinator);
        var own = await office.NominateAsync(selection, cases[1]);
        Assert.Contains("推薦枠（1件）", (await Assert.ThrowsAsync<Refusal>(() => office.NominateAsync(selection, cases[2]))).Message, StringComparison.Ordinal);
        await using (var db = office.OpenAnother())
        {
            var standing = await db.Nominations.Include(n => n.Selection).ToListAsync();
            Assert.NotNull(standing.Single(one => one.CaseId == cases[0].Id).WhyNotTakeBack(office.Respondent, office.Now));
            standing.Single(one => one.Id == own!.Id).TakeBack("ほかの事例に替える。", office.Respondent, office.Now);
            await db.SaveChangesAsync();
        }
        Assert.NotNull(await office.NominateAsync(selection, cases[2]));
        office.Clock.Now = JapanTime.At(Selections.NominateUntil.AddDays(1), 9);
        Assert.Contains("期限", (await Assert.ThrowsAsync<Refusal>(() => office.NominateAsync(selection, cases[1]))).Message, StringComparison.Ordinal);
        // The secretariat may still add what was buried.
        Assert.NotNull(await office.NominateAsync(selection, cases[1], office.Coordinator));
    }

    [Fact]
    public async Task A_difference_that_nobody_has_talked_about_keeps_a_case_out()
    {
        await using var office = await Office.OpenAsync();
        var cases = await office.AcceptedAsync(1, 1);
        await office.OpenEvaluationsAsync();
        foreach (var title in new[] { "事業0", "事業1" })
        {
            var one = await office.EvaluationAsync(title: title);
            await office.AnswerAsync(one.Government, "4");
            await office.AnswerAsync(one.Partners.Single(), title == "事業0" ? "2" : "3");
            await office.ConsentAsync(one.Partners.Single().PartnerId!, one.CaseId, one.Partners.Single().Name);
        }
        var candidates = await Selections.Candidates.OfAsync(office.Db, "ps", Office.Year);
        Assert.Contains("5つが、まだ振り返られていません", candidates.Single(one => one.Title == "事業0").WhyNot, StringComparison.Ordinal);
        Assert.True(candidates.Single(one => one.Title == "事業1").IsEligible);
        Assert.Equal(2, cases.Count);
    }

    [Fact]
    public async Task Weights_make_a_hundred_and_are_frozen_when_the_judging_begins()
    {
        await using var office = await Office.OpenAsync();
        var cases = await office.EvaluatedAsync(1);
        var opened = await office.OpenSelectionAsync();
        var selection = await office.Db.Selections.SingleAsync();
        foreach (var wrong in new int[][] { [10, 15, 20, 20, 10, 10, 14], [0, 15, 20, 20, 10, 10, 25], [100], [-5, 30, 20, 20, 10, 10, 15] })
            Assert.Throws<Refusal>(() => selection.Weigh(wrong, office.Coordinator, office.Now));
        Assert.Throws<Refusal>(() => selection.Weigh([10, 15, 20, 20, 10, 10, 15], office.Respondent, office.Now));
        selection.Weigh([4, 16, 30, 20, 10, 10, 10], office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
        await office.NominateAsync(opened, cases[0]);
        var jurors = await office.JurorsAsync(3);
        await office.BeginScoringAsync(opened, jurors);
        office.Db.ChangeTracker.Clear();
        selection = await office.Db.Selections.SingleAsync();
        Assert.Equal(30, selection.Criteria.Single(one => one.IsCollaboration).Weight);
        Assert.Contains("審査が始まったあと", Assert.Throws<Refusal>(() => selection.Weigh([10, 15, 20, 20, 10, 10, 15], office.Coordinator, office.Now)).Message, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Nobody_judges_their_own_departments_cases_or_one_they_have_to_do_with(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var cases = await office.EvaluatedAsync(1);
        var selection = await office.OpenSelectionAsync();
        await office.NominateAsync(selection, cases[0]);
        await office.AppointAsync("insider", "土木の審査員", ("partnership", Role.Juror), ("doboku", Role.Respondent));
        var insider = await office.ActorAsync("insider");
        var jurors = await office.JurorsAsync(4);
        await office.BeginScoringAsync(selection, [insider, .. jurors]);
        var view = await office.ViewAsync(selection);
        Assert.DoesNotContain(view.Judgements, one => one.PersonId == insider.PersonId);
        var asked = view.Judgements[0];
        var by = jurors.Single(juror => juror.PersonId == asked.PersonId);
        await using (var db = office.OpenAnother())
        {
            // Another's judgement is not there, even for the secretariat.
            Assert.Null(await db.JudgementAsync(asked.Id, insider));
            Assert.Null(await db.StepBackAsync(asked.Id, "理事です。", office.Coordinator, office.Now));
            await Assert.ThrowsAsync<Refusal>(() => db.StepBackAsync(asked.Id, "", by, office.Now));
        }
        await office.JudgeAsync(asked, by, "4", sends: false);
        await using (var db = office.OpenAnother())
            Assert.NotNull(await db.StepBackAsync(asked.Id, "相手方の理事です。", by, office.Now));
        view = await office.ViewAsync(selection);
        Assert.Equal(3, view.Standing.Count);
        Assert.DoesNotContain(view.Standing, one => one.PersonId == by.PersonId || one.PersonId == insider.PersonId);
        var left = view.Judgements.Single(one => one.Id == asked.Id);
        Assert.Equal(("       ", ""), (left.Points, left.Words));
        await Assert.ThrowsAsync<Refusal>(() => office.JudgeAsync(asked, by, "5"));
    }

    [Fact]
    public async Task Fewer_than_three_jurors_want_a_reason_that_stays()
    {
        await using var office = await Office.OpenAsync();
        var cases = await office.EvaluatedAsync(2);
        var selection = await office.OpenSelectionAsync();
        foreach (var one in cases)
            await office.NominateAsync(selection, one);
        var jurors = await office.JurorsAsync(1);
        Assert.Equal("why", Assert.Single((await Assert.ThrowsAsync<Refusal>(() => office.BeginScoringAsync(selection, jurors))).Problems).Field);
        await Assert.ThrowsAsync<Refusal>(() => office.BeginScoringAsync(selection, []));
        await office.BeginScoringAsync(selection, jurors, "ほかの審査員が病気のため。");
        await office.JudgeAllAsync(selection, jurors, (title, _) => title == "事業0" ? "3" : "4");
        var view = await office.ViewAsync(selection);
        Assert.Equal("ほかの審査員が病気のため。", view.Selection.Exception);
        Assert.False(view.Ranking!.IsCorrected);
        Assert.Null(view.Ranking.Alpha);
        Assert.Equal([1, 2], view.Ranking.Entries.Select(row => row.PlainRank));
    }

    [Fact]
    public async Task What_two_judged_is_not_decided_without_a_word_on_it()
    {
        await using var office = await Office.OpenAsync();
        var (selection, jurors) = await office.JudgingAsync(entries: 1);
        var asked = (await office.ViewAsync(selection)).Judgements[0];
        await using (var db = office.OpenAnother())
            await db.StepBackAsync(asked.Id, "相手方の理事です。", jurors.Single(juror => juror.PersonId == asked.PersonId), office.Now);
        await office.JudgeAllAsync(selection, jurors, (_, _) => "4");
        Assert.Equal("why", Assert.Single((await Assert.ThrowsAsync<Refusal>(() => office.DecideAsync(selection, ["事業0"]))).Problems).Field);
        await office.DecideAsync(selection, ["事業0"], "代わる審査員がいないため。");
        Assert.Equal("代わる審査員がいないため。", (await office.ViewAsync(selection)).Selection.Exception);
    }

    [Fact]
    public async Task Where_all_marks_are_equal_all_share_the_first_place()
    {
        await using var office = await Office.OpenAsync();
        var (selection, jurors) = await office.JudgingAsync(entries: 3);
        await office.JudgeAllAsync(selection, jurors, (_, _) => "3");
        var ranking = (await office.ViewAsync(selection)).Ranking!;
        Assert.All(ranking.Entries, row => Assert.Equal((1, 1, 50.0), (row.PlainRank, row.CorrectedRank, row.Mean)));
        Assert.Null(ranking.Alpha);
    }

    [Fact]
    public async Task Marks_stay_blind_until_all_are_in_or_the_day_has_passed()
    {
        await using var office = await Office.OpenAsync();
        var (selection, jurors) = await office.JudgingAsync(entries: 1);
        var asked = (await office.ViewAsync(selection)).Judgements;
        await office.JudgeAsync(asked[0], jurors[0], "5");
        await office.JudgeAsync(asked[1], jurors[1], "4", sends: false);
        var view = await office.ViewAsync(selection);
        Assert.Equal((false, null, 1), (view.IsShown, view.Ranking, view.Submitted));
        // Decided early only with a reason.
        Assert.Contains("2件", Assert.Single((await Assert.ThrowsAsync<Refusal>(() => office.DecideAsync(selection, ["事業0"]))).Problems).Message, StringComparison.Ordinal);
        office.Clock.Now = JapanTime.At(Selections.ScoreUntil.AddDays(1), 9);
        view = await office.ViewAsync(selection);
        Assert.True(view.IsShown);
        // What was not sent does not count.
        Assert.Equal(100, Assert.Single(view.Ranking!.Entries).Mean);
        Assert.Contains("期限", (await Assert.ThrowsAsync<Refusal>(() => office.JudgeAsync(asked[1], jurors[1], "4"))).Message, StringComparison.Ordinal);
        await office.DecideAsync(selection, ["事業0"], "審査員2人から連絡がないため。");
        Assert.Equal("審査員2人から連絡がないため。", (await office.ViewAsync(selection)).Selection.Exception);
    }

    [Fact]
    public async Task A_mark_is_one_of_five_and_missing_ones_are_named()
    {
        await using var office = await Office.OpenAsync();
        var (selection, jurors) = await office.JudgingAsync(entries: 1);
        var asked = (await office.ViewAsync(selection)).Judgements[0];
        foreach (var wrong in new[] { "0", "6", "33", "３", "-1", "x" })
        {
            await using var db = office.OpenAnother();
            var mine = (await db.JudgementAsync(asked.Id, jurors[0]))!;
            Assert.Equal("p.goal", Assert.Single(Assert.Throws<Refusal>(() => mine.Write(new Dictionary<string, string?>(StringComparer.Ordinal) { ["goal"] = wrong }, null, null, jurors[0], office.Now)).Problems).Field);
        }
        var missing = await Assert.ThrowsAsync<Refusal>(() => office.JudgeAsync(asked, jurors[0], "3 33333"));
        Assert.Contains("先駆性・独創性", missing.Message, StringComparison.Ordinal);
        await using (var db = office.OpenAnother())
        {
            var mine = (await db.JudgementAsync(asked.Id, jurors[0]))!;
            // Both sides' own answers make 協働度 4 here.
            mine.Write(Selections.Typed(mine, "3353333"), null, "", jurors[0], office.Now);
            Assert.Contains("協働度を、双方の評価から計算した4と", mine.WhyNotSubmit(jurors[0], office.Now), StringComparison.Ordinal);
            mine.Write(Selections.Typed(mine, "3343333"), null, "", jurors[0], office.Now);
            Assert.Null(mine.WhyNotSubmit(jurors[0], office.Now));
        }
    }

    [Fact]
    public async Task What_was_sent_can_be_taken_back_only_while_it_is_blind_and_a_minority_speaks_once_it_is_not()
    {
        await using var office = await Office.OpenAsync();
        var (selection, jurors) = await office.JudgingAsync(entries: 1);
        var asked = (await office.ViewAsync(selection)).Judgements;
        await office.JudgeAsync(asked[0], jurors[0], "5");
        await using (var db = office.OpenAnother())
        {
            var mine = (await db.JudgementAsync(asked[0].Id, jurors[0]))!;
            Assert.Throws<Refusal>(() => mine.Disagree("早い意見", jurors[0], office.Now, isShown: false));
            mine.Recall(jurors[0], office.Now, isShown: false);
            mine.Submit(jurors[0], office.Now);
            await db.SaveChangesAsync();
        }
        await office.JudgeAllAsync(selection, jurors, (_, _) => "2");
        Assert.True((await office.ViewAsync(selection)).IsShown);
        await using (var db = office.OpenAnother())
        {
            var mine = (await db.JudgementAsync(asked[0].Id, jurors[0]))!;
            Assert.Contains("もう開かれています", Assert.Throws<Refusal>(() => mine.Recall(jurors[0], office.Now, isShown: true)).Message, StringComparison.Ordinal);
            mine.Disagree("始めたばかりの団体と組んだことは評価したい。", jurors[0], office.Now, isShown: true);
            await db.SaveChangesAsync();
        }
        Assert.Equal("始めたばかりの団体と組んだことは評価したい。", (await office.ViewAsync(selection)).Judgements.Single(one => one.Id == asked[0].Id).Dissent);
    }

    [Fact]
    public async Task An_entry_that_leaves_the_judging_no_longer_counts_or_waits()
    {
        await using var office = await Office.OpenAsync();
        var cases = await office.EvaluatedAsync(2);
        var selection = await office.OpenSelectionAsync();
        foreach (var entered in cases)
            await office.NominateAsync(selection, entered);
        var jurors = await office.JurorsAsync(3);
        await office.BeginScoringAsync(selection, jurors);
        var leaving = (await office.ViewAsync(selection)).Nominations[0];
        await using (var db = office.OpenAnother())
        {
            var one = await db.Nominations.Include(n => n.Selection).SingleAsync(n => n.Id == leaving.Id);
            Assert.Contains("協働の担当課に申し出て", Assert.Throws<Refusal>(() => one.TakeBack("都合", office.Respondent, office.Now)).Message, StringComparison.Ordinal);
            one.TakeBack("相手方の申出による。", office.Coordinator, office.Now);
            await db.SaveChangesAsync();
        }
        var view = await office.ViewAsync(selection);
        Assert.Equal((1, 3), (view.Entered.Count, view.Standing.Count));
        await Assert.ThrowsAsync<Refusal>(() => office.JudgeAsync(view.Judgements.First(one => one.NominationId == leaving.Id), jurors[0], "5"));
        await office.JudgeAllAsync(selection, jurors, (_, _) => "4");
        Assert.Single((await office.ViewAsync(selection)).Ranking!.Entries);
        Assert.Equal(NominationStatus.Withdrawn, (await office.DecideAsync(selection, ["事業1"]))!.Nominations[0].Status);
    }

    [Fact]
    public async Task Each_entrant_is_told_a_reason_or_nothing_is_decided()
    {
        await using var office = await Office.OpenAsync();
        var (selection, jurors) = await office.JudgingAsync();
        await office.JudgeAllAsync(selection, jurors, (_, _) => "4");
        Assert.Equal(2, (await Assert.ThrowsAsync<Refusal>(() => office.DecideAsync(selection, ["事業0"], reason: " "))).Problems.Count);
        await Assert.ThrowsAsync<Refusal>(() => office.DecideAsync(selection, ["事業0"], by: office.Auditor));
        var view = await office.ViewAsync(selection);
        Assert.Equal((SelectionStatus.Scoring, true), (view.Selection.Status, view.Nominations.All(one => one.Status is NominationStatus.Entered)));
    }

    [Fact]
    public async Task Two_who_put_the_same_case_forward_at_once_enter_it_once()
    {
        await using var office = await Office.OpenAsync();
        var cases = await office.EvaluatedAsync(1);
        var selection = await office.OpenSelectionAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            try
            {
                return await office.NominateAsync(selection, cases[0], i % 2 == 0 ? office.Respondent : office.Coordinator) is null ? "none" : "entered";
            }
            catch (Refusal refused)
            {
                return refused.Message;
            }
        }));
        Assert.Single(outcomes, "entered");
        Assert.Equal(3, outcomes.Count(outcome => outcome.StartsWith("もう推薦", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_year_is_selected_once_and_only_where_it_was_evaluated()
    {
        await using var office = await Office.OpenAsync();
        await Assert.ThrowsAsync<Refusal>(() => office.OpenSelectionAsync());
        await office.EvaluatedAsync(1);
        await Assert.ThrowsAsync<Refusal>(() => office.OpenSelectionAsync(by: office.Respondent));
        await Assert.ThrowsAsync<Refusal>(() => office.OpenSelectionAsync(places: 0));
        await office.OpenSelectionAsync();
        Assert.Contains("もう始まっています", (await Assert.ThrowsAsync<Refusal>(() => office.OpenSelectionAsync())).Message, StringComparison.Ordinal);
        Assert.Contains(await office.Db.Outbox.ToListAsync(), mail => mail.Kind is MailKind.NominationAsked);
        Assert.DoesNotContain(await office.Db.Outbox.ToListAsync(), mail => mail.Kind is MailKind.NominationAsked && mail.To.StartsWith("kankyo", StringComparison.Ordinal));
    }

    [Fact]
    public void Buried_are_good_ones_of_a_rare_kind_that_nobody_put_forward()
    {
        var all = Enumerable.Range(0, 30).Select(i => Candidate($"c{i:00}", i == 7 ? 5 : 2, i == 8 ? "企業" : "NPO法人", i == 9 ? 2.0 : 3.5)).ToList();
        Assert.Equal(["c07", "c08"], Buried.Among(all, new HashSet<string>(), null).Select(one => one.Candidate.CaseId).Order());
        Assert.Equal(["c08"], Buried.Among(all, new HashSet<string> { "c07" }, null).Select(one => one.Candidate.CaseId));
        var read = Buried.Among(all, new HashSet<string>(), all.ToDictionary(one => one.CaseId, one => one.CaseId == "c03" ? 2 : 20));
        Assert.Contains(read.Single(one => one.Candidate.CaseId == "c03").Reasons, reason => reason.Contains("2回しか読まれていない", StringComparison.Ordinal));

        static Candidate Candidate(string id, int form, string kind, double mean) =>
            new(id, id, id, new OrgUnit("doboku", "土木部", OrgUnitKind.Department, null, 1), form, [kind], mean, [new Condition("相手方", true, "")], false);
    }

    private static async Task ChangeAsync(Office office, Case one, Func<Answers, Answers> change)
    {
        var answers = change(one.Answers);
        await office.Db.Cases.Where(c => c.Id == one.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.AnswersJson, answers.ToJson()));
        office.Db.ChangeTracker.Clear();
    }
}
