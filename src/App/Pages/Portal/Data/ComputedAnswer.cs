using System.Security.Cryptography;
using System.Text;
using Kyodo.Search;

namespace Kyodo.App.Pages.Portal.Data;

/// <summary>
/// An answer that is computed depends on what is published and on its address alone: its ETag is made of these, so that whoever has it already
/// is told so without computing it.
/// </summary>
internal static class ComputedAnswer
{
    public static async ValueTask<object?> TagAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (request, headers) = (context.HttpContext.Request, context.HttpContext.Response.Headers);
        var stamp = await context.HttpContext.RequestServices.GetRequiredService<SearchIndex>().StampAsync(context.HttpContext.RequestAborted);
        var tag = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Editions.Manifest.ProgramVersion}\n{stamp}\n{request.Path}\n{request.QueryString}")).AsSpan(0, 12));
        headers.CacheControl = "public, no-cache";
        if (request.Headers.IfNoneMatch.ToString() is { Length: > 0 } known && (known == "*" || known.Contains(tag, StringComparison.Ordinal)))
        {
            headers.ETag = $"\"{tag}\"";
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }
        var answer = await next(context);
        if (answer is not IStatusCodeHttpResult { StatusCode: >= 400 })
            headers.ETag = $"\"{tag}\"";
        return answer;
    }
}
