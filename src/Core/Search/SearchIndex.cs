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

    private string File => Path.Combine(database.DataFolder, "search", "index");

    public async ValueTask<FoundCases> FindAsync(CaseQuery query, CancellationToken stop = default) => (await OpenAsync(stop)).Find(query);

    public async ValueTask<IReadOnlyList<CaseCard>> RelatedAsync(string caseId, int count, CancellationToken stop = default) => (await OpenAsync(stop)).Related(caseId, count);

    /// <summary>The published cases of a case's project, year by year.</summary>
    public async ValueTask<IReadOnlyList<Editions.CaseYear>> YearsAsync(string caseId, CancellationToken stop = default) => (await OpenAsync(stop)).Years(caseId);

    public async ValueTask<IReadOnlyList<Suggestion>> SuggestAsync(string typed, CancellationToken stop = default) => (await OpenAsync(stop)).Suggest(typed);

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

    /// <summary>Writes the index as files for a site without a server.</summary>
    public async Task WriteStaticAsync(string folder, CancellationToken stop = default) => await (await OpenAsync(stop)).WriteStaticAsync(folder, stop);

    /// <summary>Changes with what is published: an answer made under one stamp holds as long as it does.</summary>
    public async ValueTask<string> StampAsync(CancellationToken stop = default) => (await OpenAsync(stop)).Stamp;

    /// <summary>Is there a case of this id to go on behind?</summary>
    public async ValueTask<bool> HoldsAsync(string caseId, CancellationToken stop = default) => (await OpenAsync(stop)).Holds(caseId);

    private async ValueTask<OpenIndex> OpenAsync(CancellationToken stop) => _open ?? await RefreshAsync(stop);

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

    // The old one is not disposed of: a search may be using it. The last search that does lets it go.
    private async Task<OpenIndex> WriteAsync(AppDb db, string stamp, CancellationToken stop)
    {
        await IndexFile.WriteAsync(db, File, stamp, stop);
        return _open = OpenIndex.TryOpen(File) ?? throw new InvalidOperationException($"The search index just built cannot be read: {File}");
    }
}
