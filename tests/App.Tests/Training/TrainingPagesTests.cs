using System.Net;
using Kyodo.App.Tests.World;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Samples;
using Kyodo.Training;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Training;

/// <summary>A training officer opens a session, staff register and wait, and who came gets a certificate.</summary>
public sealed class TrainingPagesTests(SampleWorlds worlds)
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task Staff_register_wait_and_move_up(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var officer = await world.SignInAsync("training");
        (string, string)[] plan = [("Typed.Title", "申込みの試し（見本）"), ("Typed.Kind", "Workplace"), ("Typed.Day", "令和8年6月1日"), ("Typed.Time", "13:30"), ("Typed.Minutes", "90"), ("Typed.Venue", "会議室（見本）"), ("Typed.Places", "1"), ("Typed.Deadline", "令和8年5月25日")];
        using (var wrong = await officer.SubmitAsync("/staff/training", "/staff/training", [.. plan.Where(f => f.Item1 is not "Typed.Time" and not "Typed.Day"), ("Typed.Time", "午後"), ("Typed.Day", "")]))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            var text = await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains("申込みの試し（見本）", text, StringComparison.Ordinal);
            Assert.Contains("13:30", text, StringComparison.Ordinal);
        }
        using var planned = await officer.SubmitAsync("/staff/training", "/staff/training", plan);
        var page = planned.Headers.Location!.ToString();
        using var first = await world.SignInAsync("tamana");
        using var second = await world.SignInAsync("kamoto");
        foreach (var visitor in new[] { first, second })
        {
            using var registered = await visitor.SubmitAsync(page, $"{page}?handler=Register");
            Assert.Equal(HttpStatusCode.Found, registered.StatusCode);
        }
        Assert.Contains("キャンセル待ち", (await second.PageAsync(page)).QuerySelector(".next-thing")!.TextContent, StringComparison.Ordinal);
        // Others' names are for those who hold it.
        Assert.Null((await second.PageAsync(page)).QuerySelector("#list"));
        var number = (await first.PageAsync(page)).QuerySelector("input[name=number]")!.GetAttribute("value")!;
        using (var foreign = await second.SubmitAsync(page, $"{page}?handler=Cancel", ("number", number)))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
        using (var cancelled = await first.SubmitAsync(page, $"{page}?handler=Cancel", ("number", number)))
            Assert.Equal(HttpStatusCode.Found, cancelled.StatusCode);
        Assert.Contains("申込済み", (await second.PageAsync(page)).QuerySelector(".next-thing")!.TextContent, StringComparison.Ordinal);
        using (var unit = await second.SubmitAsync(page, $"{page}?handler=CallOff", ("reason", "都合")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, unit.StatusCode);
        using (var off = await officer.SubmitAsync(page, $"{page}?handler=CallOff", ("reason", "台風のため（見本）")))
            Assert.Equal(HttpStatusCode.Found, off.StatusCode);
        await using var db = world.Open();
        var id = page.Split('/')[^1];
        Assert.Equal(SessionStatus.CalledOff, await db.TrainingSessions.Where(s => s.Id == id).Select(s => s.Status).SingleAsync(TestContext.Current.CancellationToken));
        Assert.Contains("台風のため（見本）", (await db.Outbox.Where(m => m.To == SampleWorld.EmailOf("kamoto") && m.Kind == MailKind.TrainingCalledOff).OrderByDescending(m => m.Id).FirstAsync(TestContext.Current.CancellationToken)).Body, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Who_came_has_a_certificate_who_was_absent_a_sentence_and_others_nothing(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        await using var db = world.Open();
        var session = await db.TrainingSessions.SingleAsync(s => s.Kind == CourseKind.Workplace && s.Status == SessionStatus.Held, TestContext.Current.CancellationToken);
        Assert.Equal(10, await db.TrainingSessions.CountAsync(s => s.Kind == CourseKind.Seminar && s.Status == SessionStatus.Held, TestContext.Current.CancellationToken));
        var all = await db.TrainingRegistrations.Where(r => r.SessionId == session.Id).ToListAsync(TestContext.Current.CancellationToken);
        var (came, absent) = (all.First(r => r.Status is RegistrationStatus.Attended), all.First(r => r.Status is RegistrationStatus.Absent));
        using var officer = await world.SignInAsync("training");
        Assert.Contains($"{came.Name} 様", (await officer.PageAsync($"/staff/training/certificates/{came.Number}")).QuerySelector(".certificate")!.TextContent, StringComparison.Ordinal);
        var refused = await officer.PageAsync($"/staff/training/certificates/{absent.Number}");
        Assert.Null(refused.QuerySelector(".certificate"));
        Assert.Contains("欠席したため、修了証はありません", refused.Body!.TextContent, StringComparison.Ordinal);
        using var stranger = await world.SignInAsync("432148");
        using (var foreign = await stranger.GetAsync($"/staff/training/certificates/{came.Number}"))
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        // Coverage of that year: whole bureaus were reached, and some workplaces not.
        var coverage = await db.TrainingCoverageAsync(SampleYear.Year, world.Clock.Now.DayInJapan(), TestContext.Current.CancellationToken);
        Assert.All(coverage.Where(w => w.Code is "doboku" or "aso" or "uki"), w => Assert.True(w.IsReached));
        Assert.Contains(coverage, w => !w.IsReached);
        Assert.Contains("まだ届いていない職場", (await officer.PageAsync("/staff/training?year=2007")).Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("まだ届いていない職場", (await stranger.PageAsync("/staff/training?year=2007")).Body!.TextContent, StringComparison.Ordinal);
    }
}
