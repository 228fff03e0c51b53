using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Organizations;
using Kyodo.Training;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Training;

/// <summary>Places, those who wait for one, and many at once.</summary>
public sealed class RegisteringTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task Fifty_at_once_never_take_more_than_the_places(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var session = await SessionAsync(office, places: 20);
        var people = Enumerable.Range(0, 50).Select(no => new Person($"many-{no}@pref.kumamoto.example", $"多数{no}")).ToList();
        office.Db.AddRange(people);
        await office.Db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(people.Select(person => RegisterAsync(office, session, new Actor(person.Id, person.Name, []))));
        Assert.Equal(20, await office.Db.TrainingRegistrations.CountAsync(r => r.Status == RegistrationStatus.Registered, TestContext.Current.CancellationToken));
        Assert.Equal(30, await office.Db.TrainingRegistrations.CountAsync(r => r.Status == RegistrationStatus.Waiting, TestContext.Current.CancellationToken));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Who_waits_moves_up_when_somebody_cancels_and_is_told(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var session = await SessionAsync(office, places: 1);
        var first = await RegisterAsync(office, session, office.Respondent);
        var second = await RegisterAsync(office, session, office.Approver);
        Assert.Equal([RegistrationStatus.Registered, RegistrationStatus.Waiting], [first.Status, second.Status]);
        await Assert.ThrowsAsync<Refusal>(() => RegisterAsync(office, session, office.Respondent));
        await using (var db = office.OpenAnother())
            await Assert.ThrowsAsync<Refusal>(() => db.CancelTrainingAsync(first.Number, office.OtherRespondent, office.Now));
        await using (var db = office.OpenAnother())
            await db.CancelTrainingAsync(first.Number, office.Respondent, office.Now);
        Assert.Equal(RegistrationStatus.Registered, await office.Db.TrainingRegistrations.Where(r => r.Number == second.Number).Select(r => r.Status).SingleAsync(TestContext.Current.CancellationToken));
        Assert.Single(await office.Db.Outbox.Where(m => m.Kind == MailKind.TrainingMovedUp).ToListAsync(TestContext.Current.CancellationToken));
        office.Clock.Now = session.StartsAt.AddDays(-2);
        Assert.Equal(1, await office.Db.RemindOfTrainingAsync(office.Now, TestContext.Current.CancellationToken));
        Assert.Equal(0, await office.Db.RemindOfTrainingAsync(office.Now, TestContext.Current.CancellationToken));
        await using (var db = office.OpenAnother())
            await db.CallOffTrainingAsync(session.Id, "台風のため。", office.Coordinator, office.Now);
        Assert.Contains("台風のため。", (await office.Db.Outbox.SingleAsync(m => m.Kind == MailKind.TrainingCalledOff, TestContext.Current.CancellationToken)).Body, StringComparison.Ordinal);
    }

    private static async Task<TrainingSession> SessionAsync(Office office, int places)
    {
        var session = new TrainingSession(new SessionPlan("協働の進め方", CourseKind.Workplace, office.Now.AddDays(30), 90, "本館会議室", places, office.Now.DayInJapan().AddDays(20)), null, office.Coordinator, office.Now);
        office.Db.Add(session);
        await office.Db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return session;
    }

    private static async Task<TrainingRegistration> RegisterAsync(Office office, TrainingSession session, Actor by)
    {
        await using var db = office.OpenAnother();
        return (await db.RegisterForTrainingAsync(session.Id, by, office.Now))!;
    }
}
