using System.Collections.Concurrent;

namespace Kyodo.Storage.Sqlite;

/// <summary>
/// Group commit for the embedded engine. Those who write one after the other without waiting for the disk wait together for one flush of the
/// write-ahead log: it covers all that was committed before it began. One for each database file.
/// </summary>
/// <param name="toDisk">Waits until what was written to the log is on the disk.</param>
internal sealed class LogFlush(Action toDisk)
{
    private static readonly ConcurrentDictionary<string, LogFlush> All = new(StringComparer.Ordinal);

    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;

    /// <summary>Lets one writer in at a time: SQLite would let the others sleep and ask again.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    /// <summary>How often the log was flushed.</summary>
    public int Count { get; private set; }

    public static LogFlush Of(string databaseFile) => All.GetOrAdd(Path.GetFullPath(databaseFile), file => new LogFlush(() => Flush(file + "-wal")));

    /// <summary>Ends when all that was committed before the call is on the disk. Throws when the disk refuses.</summary>
    public Task WaitAsync()
    {
        lock (_lock)
            return _next ??= FlushAfterAsync(_running);
    }

    private async Task FlushAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_lock)
        {
            // Who comes from now on may have committed too late for this one.
            _running = _next!;
            _next = null;
            Count++;
        }
        toDisk();
    }

    private static void Flush(string log)
    {
        try
        {
            using var file = File.OpenHandle(log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(file);
        }
        catch (FileNotFoundException)
        {
            // The last connection has closed: SQLite has carried the log into the database and flushed that.
        }
    }
}
