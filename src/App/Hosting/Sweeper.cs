using Kyodo.Cases;
using Kyodo.Cases.Photos;
using Kyodo.Storage;

namespace Kyodo.App.Hosting;

/// <summary>Takes away once an hour what is of no use any more: forms that were closed long ago, and files of photos whose record never came.</summary>
public sealed partial class Sweeper(Database database, PhotoStore store, TimeProvider clock, ILogger<Sweeper> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var db = database.Open();
                await db.ForgetThoseGoneAsync(clock.GetUtcNow(), stoppingToken);
                await store.SweepAsync(db, clock.GetUtcNow(), stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                NotSwept(error);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "What is of no use any more could not be swept away; tried again in an hour.")]
    private partial void NotSwept(Exception error);
}
