using Kyodo.Common;
using Kyodo.Core.Tests.World;
using Kyodo.Programmes;
using Kyodo.Questions;
using Xunit;

namespace Kyodo.Core.Tests.Programmes;

public sealed class ProgrammeTests
{
    private static readonly Question Volunteers = new() { Key = "volunteers", Type = "number", LabelJa = "参加者数", LabelEn = "Volunteers", Unit = "人" };

    [Fact]
    public async Task The_two_programmes_come_built_in_with_their_forms()
    {
        await using var office = await Office.OpenAsync();
        var (ps, zero) = (await office.Db.ProgrammeAsync("ps"), await office.Db.ProgrammeAsync("zero-budget"));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], ps.FormsIn(Office.Year).Select(f => f.No));
        Assert.Equal("その他（PSを担う人材育成等）", ps.FormsIn(Office.Year).Single(f => f.AsksForText).Name);
        Assert.Equal(["民間団体主導型", "水平連携型", "人的資源活用型"], zero.FormsIn(Office.Year).Select(f => f.Name));
    }

    [Fact]
    public async Task The_eight_items_of_the_national_model_are_asked_and_needed()
    {
        await using var office = await Office.OpenAsync();
        foreach (var key in new[] { "ps", "zero-budget" })
        {
            var questions = (await office.Db.ProgrammeAsync(key)).Questionnaire.Questions;
            foreach (var needed in new[] { "title", "place", "unit_contact", "summary", "reason", "purpose", "content" })
                Assert.True(questions.Single(q => q.Key == needed).Needed, $"{key}: {needed}");
            Assert.Equal(300, questions.Single(q => q.Key == "summary").MaxLength);
        }
    }

    [Fact]
    public async Task A_new_question_is_a_new_version_and_needs_no_code()
    {
        await using var office = await Office.OpenAsync();
        var programme = await office.Db.ProgrammeAsync("ps");
        var before = programme.Questionnaire;
        var after = programme.Add(Volunteers, office.Coordinator, office.Now);
        Assert.Equal((before.Version + 1, before.Questions.Count + 1), (after.Version, after.Questions.Count));
        Assert.DoesNotContain(before.Questions, q => q.Key == "volunteers");
        Assert.DoesNotContain(programme.Remove("volunteers", office.Coordinator, office.Now).Questions, q => q.Key == "volunteers");
    }

    [Fact]
    public async Task From_which_change_a_reason_is_asked_is_the_coordinators_and_for_numbers_only()
    {
        await using var office = await Office.OpenAsync();
        var programme = await office.Db.ProgrammeAsync("ps");
        Assert.Equal([("indicators", 30), ("budget", 30)], programme.Questionnaire.Questions.Where(q => q.ChangeLimit is not null).Select(q => (q.Key, q.ChangeLimit!.Value)));
        var before = programme.Questionnaire;
        var after = programme.LimitChange("budget", 50, office.Coordinator, office.Now);
        Assert.Equal((before.Version + 1, 50, 30), (after.Version, after.Questions.Single(q => q.Key == "budget").ChangeLimit!.Value, before.Questions.Single(q => q.Key == "budget").ChangeLimit!.Value));
        Assert.Null(programme.LimitChange("budget", null, office.Coordinator, office.Now).Questions.Single(q => q.Key == "budget").ChangeLimit);
        foreach (var (key, percent) in new (string, int?)[] { ("title", 30), ("nothing", 30), ("budget", 0), ("budget", 1001), ("indicators", 30) })
            Assert.Throws<Refusal>(() => programme.LimitChange(key, percent, office.Coordinator, office.Now));
        foreach (var by in new[] { office.Respondent, office.Auditor, office.Administrator, Actor.Program })
            Assert.Throws<Refusal>(() => programme.LimitChange("budget", 20, by, office.Now));
    }

    [Fact]
    public async Task A_question_that_would_break_files_or_is_nobodys_to_add_is_refused()
    {
        await using var office = await Office.OpenAsync();
        var programme = await office.Db.ProgrammeAsync("ps");
        foreach (var wrong in new[]
        {
            Volunteers with { Key = "Volunteers" }, Volunteers with { Key = "1st" }, Volunteers with { Key = "" }, Volunteers with { Key = "a.b" }, Volunteers with { Key = "title" },
            Volunteers with { LabelJa = "" }, Volunteers with { LabelJa = "事業名" }, Volunteers with { Type = "partner list" }, Volunteers with { Type = "holiday" },
            Volunteers with { Type = "choice", Choices = ["一つだけ"] },
        })
            Assert.Throws<Refusal>(() => programme.Add(wrong, office.Coordinator, office.Now));
        foreach (var by in new[] { office.Respondent, office.Auditor, office.Administrator, Actor.Program })
            Assert.Throws<Refusal>(() => programme.Add(Volunteers, by, office.Now));
        Assert.Equal(1, programme.Questionnaire.Version);
    }

    [Fact]
    public async Task Questions_that_lists_and_statistics_stand_on_cannot_be_taken_away()
    {
        await using var office = await Office.OpenAsync();
        var programme = await office.Db.ProgrammeAsync("ps");
        foreach (var key in new[] { "title", "summary", "theme", "declared", "form", "partners", "unit_contact", "no-such" })
            Assert.Throws<Refusal>(() => programme.Remove(key, office.Coordinator, office.Now));
        Assert.Throws<Refusal>(() => programme.Remove("lessons", office.Respondent, office.Now));
    }
}
