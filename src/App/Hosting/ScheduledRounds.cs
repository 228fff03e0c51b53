using Kyodo.Rounds;
using Kyodo.Storage;

namespace Kyodo.App.Hosting;

/// <summary>Sends the rounds whose planned time has come. Every node looks; whichever comes first sends.</summary>
public sealed class ScheduledRounds(Database database, TimeProvider clock, ILogger<ScheduledRounds> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendDueAsync(stoppingToken);
                await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception problem)
            {
                log.LogError(problem, "Scheduled rounds could not be looked at; trying again.");
                await Task.Delay(Pause, clock, CancellationToken.None);
            }
        }
    }

    /// <summary>Sends all whose time has come; the number sent.</summary>
    public async Task<int> SendDueAsync(CancellationToken stop)
    {
        await using var db = database.Open();
        var sent = 0;
        foreach (var id in await Round.DueToSendAsync(db, clock.GetUtcNow(), stop))
        {
            await using var own = database.Open();
            if (await Round.SendScheduledAsync(own, id, clock.GetUtcNow(), stop))
                sent++;
        }
        return sent;
    }
}
