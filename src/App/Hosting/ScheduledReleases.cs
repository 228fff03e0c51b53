using Kyodo.App.Casebook;
using Kyodo.Editions;
using Kyodo.Storage;

namespace Kyodo.App.Hosting;

/// <summary>Releases what was planned when its time has come, on one node at a time.</summary>
public sealed class ScheduledReleases(Database database, TimeProvider clock, EditionRelease release, PublicationWatch watch, ILogger<ScheduledReleases> log) : BackgroundService
{
    private const string Job = "scheduled-release";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    // Longer than any casebook takes to draw.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(30);

    private readonly string _me = Guid.NewGuid().ToString("N");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReleaseDueAsync(stoppingToken);
                await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception problem)
            {
                log.LogError(problem, "Scheduled releases could not be looked at; trying again.");
                await Task.Delay(Pause, clock, CancellationToken.None);
            }
        }
    }

    /// <summary>Releases all whose time has come; the number released. Nothing where another node is at it.</summary>
    public async Task<int> ReleaseDueAsync(CancellationToken stop)
    {
        await using var db = database.Open();
        if (await db.DueToReleaseAsync(clock.GetUtcNow(), stop) is not { Count: > 0 } due || !await db.TakeLeaseAsync(Job, _me, clock.GetUtcNow(), Lease, stop))
            return 0;
        try
        {
            var released = 0;
            foreach (var id in due)
            {
                await using var own = database.Open();
                if (await release.ReleaseScheduledAsync(own, id, clock.GetUtcNow(), stop) is not null)
                    released++;
            }
            if (released > 0)
                await watch.LookAsync(stop);
            return released;
        }
        finally
        {
            await db.EndLeaseAsync(Job, _me, CancellationToken.None);
        }
    }
}
