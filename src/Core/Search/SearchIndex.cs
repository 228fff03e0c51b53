using Kyodo.Editions;
using Kyodo.Storage;

namespace Kyodo.Search;

/// <summary>
/// Search over the latest published cases: a by-product of the editions. Each node makes its own, again whenever something was published.
/// </summary>
public sealed class SearchIndex(Database database) : IDisposable
{
    private readonly SemaphoreSlim _building = new(1);
    private volatile OpenIndex? _open;

    private string File => Path.Combine(database.DataFolder, "search", "index.db");

    public Task<FoundCases> FindAsync(CaseQuery query, CancellationToken stop = default) => AskAsync(open => open.Find(query), stop);

    public Task<IReadOnlyList<CaseCard>> RelatedAsync(string caseId, string projectId, int count, CancellationToken stop = default) =>
        AskAsync(open => open.Related(caseId, projectId, count), stop);

    private async Task<T> AskAsync<T>(Func<OpenIndex, T?> ask, CancellationToken stop)
        where T : class
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if (ask(_open ?? await RefreshAsync(stop)) is { } answer)
                return answer;
            _open = null;
        }
        throw new InvalidOperationException("The search index is replaced faster than it can be read.");
    }

    /// <summary>Builds the index where it does not hold what is published now.</summary>
    public async Task EnsureAsync(CancellationToken stop = default) => await RefreshAsync(stop);

    /// <summary>Builds the index again, whatever stands there.</summary>
    public async Task BuildAsync(CancellationToken stop = default)
    {
        await _building.WaitAsync(stop);
        try
        {
            await using var db = database.Open();
            await WriteAsync(db, IndexFile.StampOf(await db.PublicationStampAsync(stop)), stop);
        }
        finally
        {
            _building.Release();
        }
    }

    public void Dispose()
    {
        _open?.Dispose();
        _building.Dispose();
    }

    private async Task<OpenIndex> RefreshAsync(CancellationToken stop)
    {
        await _building.WaitAsync(stop);
        try
        {
            await using var db = database.Open();
            var stamp = IndexFile.StampOf(await db.PublicationStampAsync(stop));
            if (_open is { } open && open.Stamp == stamp)
                return open;
            if (OpenIndex.TryOpen(File) is { } kept)
            {
                if (kept.Stamp == stamp)
                    return _open = kept;
                kept.Dispose();
            }
            return await WriteAsync(db, stamp, stop);
        }
        finally
        {
            _building.Release();
        }
    }

    // The old one is not disposed of: a search may be using it, and its connections end with it.
    private async Task<OpenIndex> WriteAsync(AppDb db, string stamp, CancellationToken stop)
    {
        await IndexFile.WriteAsync(db, File, stamp, stop);
        return _open = OpenIndex.TryOpen(File) ?? throw new InvalidOperationException($"The search index just built cannot be read: {File}");
    }
}
