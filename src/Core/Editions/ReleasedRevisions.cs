using System.Collections.Concurrent;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Editions;

/// <summary>
/// Revisions once read: they never change, and their forms and questions need not be parsed again for each page. Which one is the newest does
/// change, so that is asked of the record and not of this.
/// </summary>
public sealed class ReleasedRevisions
{
    private const int Most = 200;

    private readonly ConcurrentDictionary<long, Revision> _known = new();

    public async ValueTask<Revision> FindAsync(AppDb db, long id, CancellationToken stop = default)
    {
        if (_known.TryGetValue(id, out var revision))
            return revision;
        if (_known.Count >= Most)
            _known.Clear();
        return _known[id] = await db.Revisions.AsNoTracking().FirstAsync(r => r.Id == id, stop);
    }
}
