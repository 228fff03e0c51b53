using Kyodo.Cases.Photos;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Kyodo.App.Hosting;

/// <summary>The files of released revisions, as they were released, and the attachments of rounds.</summary>
public static class FileEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/editions/{programme}/{year:int}/r{no:int}/{file}", (string programme, int year, int no, string file, EditionShelf shelf) =>
            Send(shelf.PublicFile(programme, new FiscalYear(year), no, file))).AllowAnonymous();
        app.MapGet("/staff/casebook/{programme}/{year:int}/r{no:int}/{file}", (string programme, int year, int no, string file, EditionShelf shelf) =>
            Send(shelf.StaffFile(programme, new FiscalYear(year), no, file))).RequireAuthorization(Access.Staff);
        app.MapGet("/staff/attachments/{attachment:long}", SendAttachmentAsync).RequireAuthorization(Access.Staff);
        app.MapGet("/staff/files/{id:length(64)}", SendPhotoAsync).RequireAuthorization(Access.Answering);
    }

    // To those who see the round; and whatever it holds, it cannot act as a page of this site.
    private static async Task<IResult> SendAttachmentAsync(long attachment, HttpContext http, AppDb db, RoundFiles files)
    {
        var found = await db.RoundAttachments.AsNoTracking().FirstOrDefaultAsync(a => a.Id == attachment);
        if (found is null || !await db.Rounds.SeenBy(http.User.Actor()).AnyAsync(r => r.Id == found.RoundId) || files.PathOf(found) is not { } path)
            return Results.NotFound();
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.File(path, found.MediaType, found.Name);
    }

    // Not published yet: it is there for those who may see a case that shows it, and for nobody else.
    private static async Task<IResult> SendPhotoAsync(string id, string? small, HttpContext http, PhotoStore store, AppDb db, CancellationToken stop)
    {
        if (store.Find(id, small is not null) is not { } path || !await db.MaySeePhotoAsync(id, http.User.Actor(), stop))
            return Results.NotFound();
        http.Response.Headers.CacheControl = "private, max-age=3600";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.File(path, "image/jpeg");
    }

    private static IResult Send(string? path)
    {
        if (path is null)
            return Results.NotFound();
        var (type, inline) = Path.GetExtension(path) switch
        {
            ".pdf" => ("application/pdf", true),
            ".json" => ("application/json; charset=utf-8", true),
            ".jpg" => ("image/jpeg", true),
            ".csv" => ("text/csv; charset=utf-8", false),
            ".xlsx" => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false),
            _ => ("application/octet-stream", false),
        };
        var written = File.GetLastWriteTimeUtc(path);
        return Results.File(path, type, inline ? null : Path.GetFileName(path), new DateTimeOffset(written),
            new EntityTagHeaderValue($"\"{new FileInfo(path).Length:x}-{written.Ticks:x}\""), enableRangeProcessing: true);
    }
}
