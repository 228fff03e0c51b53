using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>What changes on the board, by itself: asked for again every few seconds, and 304 while nothing has changed.</summary>
public sealed class BoardPartModel(AppDb db, TimeProvider clock, BoardQueries queries) : BoardModel(db, clock, queries)
{
    public override async Task<IActionResult> OnGetAsync()
    {
        if (await Queries.StampAsync(Db, Id) is not { Status: not RoundStatus.Draft } stamp)
            return NotFound();
        var tag = stamp.Tag(Today, MayCoordinate);
        (Response.Headers.ETag, Response.Headers.CacheControl) = (tag, "private, no-cache");
        if (Request.Headers.IfNoneMatch == tag)
            return StatusCode(StatusCodes.Status304NotModified);
        await LoadAsync(stamp);
        return Page();
    }
}
