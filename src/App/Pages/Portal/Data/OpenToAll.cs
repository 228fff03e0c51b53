namespace Kyodo.App.Pages.Portal.Data;

/// <summary>Published data may be read by the pages of any site (CORS). Nothing here knows who asks, so nothing can leak by it.</summary>
public static class OpenToAll
{
    public static void Set(IHeaderDictionary headers)
    {
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "ETag";
    }

    internal static ValueTask<object?> LetAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        Set(context.HttpContext.Response.Headers);
        return next(context);
    }

    // A page that sends If-None-Match asks first whether it may.
    internal static void MapPreflight(IEndpointRouteBuilder app) => app.MapMethods("/api/v1/{**path}", [HttpMethods.Options], (HttpContext http) =>
    {
        var headers = http.Response.Headers;
        Set(headers);
        headers.AccessControlAllowMethods = "GET, HEAD";
        headers.AccessControlAllowHeaders = "If-None-Match";
        headers.AccessControlMaxAge = "86400";
        return Results.NoContent();
    }).AllowAnonymous();
}
