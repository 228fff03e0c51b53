using Kyodo.Cases;
using Kyodo.Evaluation;
using Kyodo.Readers;
using Kyodo.Reminders;
using Kyodo.Storage;
using Kyodo.Training;

namespace Kyodo.App.Hosting;

/// <summary>Does the work that time brings about, every few minutes, on one node at a time.</summary>
public sealed class DueWorkRunner(Database database, TimeProvider clock, ILogger<DueWorkRunner> log) : BackgroundService
{
    private const string Job = "due-work";
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private readonly string _me = Guid.NewGuid().ToString("N");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        do
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                log.LogError(problem, "Reminders could not be queued; trying again.");
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    /// <summary>What is due now is queued; how many occasions there were. Nothing where another node is at it.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        await using var db = database.Open();
        if (!await db.TakeLeaseAsync(Job, _me, clock.GetUtcNow(), Lease, stop))
            return 0;
        try
        {
            await db.SweepDraftsAsync(clock.GetUtcNow(), stop);
            return await db.OpenDueEvaluationsAsync(clock.GetUtcNow(), stop) + await db.RunDueWorkAsync(clock.GetUtcNow(), stop) + await db.TellOfVoicesAsync(clock.GetUtcNow(), stop) + await db.RemindOfTrainingAsync(clock.GetUtcNow(), stop);
        }
        finally
        {
            await db.EndLeaseAsync(Job, _me, CancellationToken.None);
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
