using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Editions;
using Kyodo.Organizations;
using Kyodo.Storage;

namespace Kyodo.App.Casebook;

/// <summary>
/// Releases with all files drawn, one after the other: drawing a casebook takes seconds of a whole core. Button, time and command come here.
/// </summary>
public sealed class EditionRelease(EditionShelf shelf, EditionDrawing drawing) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <param name="seenNewest">The newest revision that the one who releases has seen; null where nobody looked.</param>
    /// <returns>Null where a newer revision than that has been released meanwhile.</returns>
    public Task<Revision?> ReleaseAsync(AppDb db, string programme, FiscalYear year, ReleaseWish wish, bool withPdf, int? seenNewest, Actor by, DateTimeOffset now, CancellationToken stop) => AloneAsync(async () =>
    {
        if (seenNewest is { } seen && (await db.RevisionAsync(programme, year, stop: stop))?.No is { } newest && newest != seen)
            return null;
        var government = await db.HomeNameAsync(stop);
        var table = await db.CompileAsync(programme, year, stop: stop);
        return (Revision?)await db.ReleaseAsync(table, shelf, wish, (draft, folder) => drawing.WriteAllAsync(draft, folder, government, withPdf, stop), by, now, stop);
    }, stop);

    public Task<Revision?> ReleaseScheduledAsync(AppDb db, long id, DateTimeOffset now, CancellationToken stop) => AloneAsync(async () =>
    {
        var government = await db.HomeNameAsync(stop);
        return await db.ReleaseScheduledAsync(id, shelf, (draft, folder, withPdf) => drawing.WriteAllAsync(draft, folder, government, withPdf, stop), now, stop);
    }, stop);

    public Task<IReadOnlyList<Revision>> RedactAsync(AppDb db, string caseId, RedactionWish wish, Actor by, DateTimeOffset now, CancellationToken stop) => AloneAsync(async () =>
    {
        var government = await db.HomeNameAsync(stop);
        return await db.RedactAsync(caseId, wish, shelf, (draft, folder, withPdf) => drawing.WriteAllAsync(draft, folder, government, withPdf, stop), by, now, stop);
    }, stop);

    public void Dispose() => _one.Dispose();

    private async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            return await work();
        }
        finally
        {
            _one.Release();
        }
    }
}
