using Kyodo.Editions;
using Kyodo.Search;
using Kyodo.Storage;

namespace Kyodo.App.Hosting;

/// <summary>
/// Looks once a second whether something was published, here or by a command beside this process, so that no reader's visit has to: then
/// the search index is made again and the kept pages are thrown away.
/// </summary>
public sealed class PublicationWatch(Database database, PublicPages pages, SearchIndex index, ReleasedCases released, ILogger<PublicationWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private string? _seen;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                await Task.Delay(Pause, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception problem)
            {
                log.LogError(problem, "What is published could not be looked at; trying again.");
                await Task.Delay(Pause * 10, CancellationToken.None);
            }
        }
    }

    /// <summary>Looks now; whoever has just published calls it, to see what they did without waiting.</summary>
    public async Task LookAsync(CancellationToken stop)
    {
        await using var db = database.Open();
        var stamp = await db.PublicationStampAsync(stop);
        if (stamp == _seen)
            return;
        pages.Clear();
        released.Forget();
        await index.EnsureAsync(stop);
        // Lists drawn meanwhile may have read the old index.
        pages.Clear();
        _seen = stamp;
    }
}
