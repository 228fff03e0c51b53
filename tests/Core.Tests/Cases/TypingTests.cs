using System.Text.Json.Nodes;
using CsCheck;
using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Cases;

public sealed class TypingTests
{
    private enum Deed
    {
        OneTypes,
        AnotherTypes,
        OneSaves,
        SomebodyTakesItAway,
        HandedInAndSentBack,
        ApprovedAndAskedBack,
        MinutesPass,
    }

    [Fact]
    public async Task Who_goes_on_typing_makes_one_version_under_a_new_number_and_one_audit_entry()
    {
        await using var office = await Office.OpenAsync();
        var id = (await office.WriteCaseAsync(await office.InquiryAsync())).Id;
        foreach (var text in new[] { "清", "清掃", "清掃を", "清掃を毎月" })
            await TypeAsync(office, id, office.Respondent, "summary", text);
        var one = await LoadAsync(office, id);
        Assert.Equal((5, "清掃を毎月"), (one.Version, one.Answers.Text("summary")));
        Assert.Equal([1, 5], await office.Db.Set<CaseVersion>().Where(v => v.CaseId == id).OrderBy(v => v.Version).Select(v => v.Version).ToListAsync());
        Assert.Equal(1, await office.Db.AuditTrail.CountAsync(e => e.Subject == $"case/{id}" && e.Verb == "case-edited"));
    }

    [Fact]
    public void Whatever_happens_no_version_that_somebody_holds_or_that_was_handed_in_is_lost_and_no_approval_covers_another_text() =>
        Gen.Select(Gen.Enum<Deed>(), Gen.Int[0, 3], Gen.Int[1, 14]).Array[1, 25].Sample(
            deeds => DoAsync(deeds).GetAwaiter().GetResult(), iter: 60, threads: 1);

    [Fact]
    public void Two_who_type_in_different_questions_both_get_what_they_wrote_and_in_the_same_one_the_first_does() =>
        Gen.Select(Gen.Int[0, 4].Array[0, 5], Gen.Int[0, 4].Array[0, 5]).Sample((mine, theirs) =>
        {
            var opened = Enumerable.Range(0, 3).Aggregate(Answers.None, (answers, i) => answers.With($"q{i}", $"初めの{i}"));
            var (first, none) = opened.Merge(theirs.Distinct().Select(i => new TypedAnswer($"q{i}", opened.Mark($"q{i}"), $"相手の{i}")));
            Assert.Empty(none);
            var (both, conflicts) = first.Merge(mine.Distinct().Select(i => new TypedAnswer($"q{i}", opened.Mark($"q{i}"), $"私の{i}")));
            Assert.Equal(mine.Intersect(theirs).Order(), conflicts.Select(key => key[1] - '0').Order());
            for (var i = 0; i < 5; i++)
                Assert.Equal(theirs.Contains(i) ? $"相手の{i}" : mine.Contains(i) ? $"私の{i}" : opened.Text($"q{i}"), both.Text($"q{i}"));
        });

    [Fact]
    public void A_mark_tells_answers_apart_and_no_answer_from_an_empty_one()
    {
        var answers = Answers.None.With("a", "x").With("b", "y").With("c", "x").With("d", new JsonArray());
        Assert.Equal(answers.Mark("a"), answers.Mark("c"));
        Assert.Equal(4, new[] { answers.Mark("a"), answers.Mark("b"), answers.Mark("d"), answers.Mark("none") }.Distinct().Count());
        Assert.Equal("", answers.Mark("none"));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Typing_is_refused_where_answering_is(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var inquiry = await office.InquiryAsync();
        var one = await office.WriteCaseAsync(inquiry);
        Assert.Throws<Refusal>(() => one.Type([new("summary", one.Answers.Mark("summary"), "x")], inquiry, office.OtherRespondent, office.Now));
        office.Clock.MoveTo(Office.LastNew.AddDays(1));
        Assert.Throws<Refusal>(() => one.Type([new("summary", one.Answers.Mark("summary"), "x")], inquiry, office.Respondent, office.Now));
        Assert.Equal(1, one.Version);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_draft_holds_what_is_not_saved_belongs_to_one_person_and_ends_when_all_is_saved(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var inquiry = await office.InquiryAsync();
        var drafted = new Dictionary<string, DraftedQuestion> { ["budget"] = Typed("budget", "たくさん"), ["summary"] = Typed("summary", "概要") };
        await office.Db.KeepDraftAsync(inquiry.Id, CaseDraft.NewCase, office.Respondent, drafted, [], office.Now);
        await office.Db.SaveTogetherAsync();
        Assert.Null(await office.Db.DraftAsync(inquiry.Id, CaseDraft.NewCase, office.Approver));
        await using var later = office.OpenAnother();
        await later.KeepDraftAsync(inquiry.Id, CaseDraft.NewCase, office.Respondent, new Dictionary<string, DraftedQuestion>(), ["summary"], office.Now);
        await later.SaveTogetherAsync();
        var kept = await later.DraftAsync(inquiry.Id, CaseDraft.NewCase, office.Respondent);
        Assert.Equal(["たくさん"], Assert.Single(kept!.Questions).Value.Fields["budget"]);
        await later.KeepDraftAsync(inquiry.Id, CaseDraft.NewCase, office.Respondent, new Dictionary<string, DraftedQuestion>(), ["budget"], office.Now);
        await later.SaveTogetherAsync();
        Assert.Null(await later.DraftAsync(inquiry.Id, CaseDraft.NewCase, office.Respondent));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task People_in_one_form_see_each_other_for_as_long_as_it_says_that_it_is_open(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var one = await office.WriteCaseAsync(await office.InquiryAsync());
        await office.Db.NotePresenceAsync(one.Id, office.Respondent, null, office.Now);
        await office.Db.NotePresenceAsync(one.Id, office.Respondent, "summary", office.Now);
        await office.Db.NotePresenceAsync(one.Id, office.Approver, null, office.Now);
        Assert.Equal(new PresentPerson("道路 一子", "summary"), Assert.Single(await office.Db.OthersInAsync(one.Id, office.Approver, office.Now)));
        Assert.Equal("道路 課長", Assert.Single(await office.Db.OthersInAsync(one.Id, office.Respondent, office.Now)).Name);
        Assert.Empty(await office.Db.OthersInAsync(one.Id, office.Approver, office.Now + CasePresenceQueries.Gone));
        await office.Db.ForgetThoseGoneAsync(office.Now.AddHours(2));
        Assert.Equal(0, await office.Db.Set<CasePresence>().CountAsync());
    }

    private static DraftedQuestion Typed(string key, string text) => new("", new Dictionary<string, string[]> { [key] = [text] });

    private static async Task<Case> LoadAsync(Office office, string id)
    {
        office.Db.ChangeTracker.Clear();
        return await office.Db.Cases.Include(c => c.Project).Include(c => c.Versions.OrderByDescending(v => v.Version).Take(1)).SingleAsync(c => c.Id == id);
    }

    private static async Task TypeAsync(Office office, string id, Actor by, string key, string text)
    {
        var one = await LoadAsync(office, id);
        one.Type([new(key, one.Answers.Mark(key), text)], await office.InquiryAsync(), by, office.Now);
        await office.Db.SaveTogetherAsync();
    }

    private static async Task DoAsync((Deed Deed, int Word, int Minutes)[] deeds)
    {
        await using var office = await Office.OpenAsync();
        var id = (await office.WriteCaseAsync(await office.InquiryAsync())).Id;
        var held = new Dictionary<int, string>();
        var requests = new List<long>();
        var before = await LoadAsync(office, id);
        var wrote = before.AnswersJson;
        foreach (var (deed, word, minutes) in deeds)
        {
            var text = $"言葉{word}";
            switch (deed)
            {
                case Deed.OneTypes: await TypeAsync(office, id, office.Respondent, "summary", text); break;
                case Deed.AnotherTypes: await TypeAsync(office, id, office.Approver, "purpose", text); break;
                case Deed.MinutesPass: office.Clock.Now += TimeSpan.FromMinutes(minutes); break;
                case Deed.SomebodyTakesItAway: await office.Db.HoldVersionsAsync([id]); break;
                case Deed.OneSaves:
                    var saved = await LoadAsync(office, id);
                    saved.Edit(saved.Answers.With("summary", text), await office.InquiryAsync(), saved.Version, "web", office.Respondent, office.Now);
                    await office.Db.SaveChangesAsync();
                    break;
                default:
                    var handedIn = await LoadAsync(office, id);
                    var inquiry = await office.InquiryAsync();
                    var request = office.Submit(inquiry, [handedIn]);
                    if (deed is Deed.ApprovedAndAskedBack)
                    {
                        request.Approve(office.Approver, office.Now);
                        inquiry.AskBack("もう一度見てください。", office.Coordinator, office.Now, []);
                    }
                    else
                    {
                        request.SendBack("直してください。", office.Approver, office.Now, []);
                    }
                    await office.Db.SaveChangesAsync();
                    requests.Add(request.Id);
                    break;
            }
            var after = await LoadAsync(office, id);
            Assert.Equal(after.AnswersJson != wrote, after.Version > before.Version);
            if (deed is Deed.SomebodyTakesItAway or Deed.HandedInAndSentBack or Deed.ApprovedAndAskedBack)
                held[after.Version] = after.AnswersJson;
            var versions = await office.Db.Set<CaseVersion>().AsNoTracking().Where(v => v.CaseId == id).ToDictionaryAsync(v => v.Version, v => v.AnswersJson);
            Assert.Equal(after.AnswersJson, versions[versions.Keys.Max()]);
            Assert.Equal(after.Version, versions.Keys.Max());
            Assert.All(held, one => Assert.Equal(one.Value, versions[one.Key]));
            foreach (var request in await office.Db.ApprovalRequests.Where(a => requests.Contains(a.Id) && a.Status == ApprovalStatus.Approved).ToListAsync())
                Assert.True(!request.Covers(after) || versions[request.Cases[0].Version] == after.AnswersJson);
            (before, wrote) = (after, after.AnswersJson);
        }
    }
}
