using Kyodo.App.Hosting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Kyodo.App.Pages.Errors;

/// <summary>
/// What went wrong and what to do next: a page for people, a problem document (RFC 9457) for programs. It is drawn in place of the page that
/// was asked for, by any method; asked for by its own address it is no page at all.
/// </summary>
// A POST that failed is drawn here as a POST; its token was looked at where it went. 2000: after the folder's own rule.
[IgnoreAntiforgeryToken(Order = 2000)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ErrorModel : PageModel
{
    public ErrorWords Words { get; private set; } = ErrorWords.Of(StatusCodes.Status404NotFound);

    public bool IsForStaff { get; private set; }

    [NonHandler]
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var again = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        var failed = HttpContext.Features.Get<IExceptionHandlerPathFeature>();
        var code = (again, failed) switch
        {
            (null, null) => StatusCodes.Status404NotFound,
            (null, _) => CodeOf(failed.Error),
            _ => int.TryParse(RouteData.Values["code"]?.ToString(), out var number) && number is >= 400 and < 600 ? number : StatusCodes.Status404NotFound,
        };
        var path = failed?.Path ?? again?.OriginalPath ?? Request.Path.Value ?? "";
        Words = ErrorWords.Of(code);
        IsForStaff = User.Identity?.IsAuthenticated is true && !path.StartsWith("/editions", StringComparison.Ordinal) && !path.StartsWith("/cases", StringComparison.Ordinal);
        Response.StatusCode = code;
        if (WantsProblem(path))
            context.Result = Problem(code);
    }

    [NonHandler]
    public override void OnPageHandlerExecuted(PageHandlerExecutedContext context) => Response.StatusCode = Words.Code;

    private static int CodeOf(Exception error) => error switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        IOException { HResult: NoRoomOnDisk or NoRoomOnWindows } => StatusCodes.Status507InsufficientStorage,
        _ => StatusCodes.Status500InternalServerError,
    };

    // ENOSPC, and ERROR_DISK_FULL as an HRESULT.
    private const int NoRoomOnDisk = 28;
    private const int NoRoomOnWindows = unchecked((int)0x80070070);

    private bool WantsProblem(string path)
    {
        if (path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase))
            return true;
        var accepted = Request.GetTypedHeaders().Accept;
        return accepted.Any(type => type.MediaType.Value?.EndsWith("json", StringComparison.OrdinalIgnoreCase) is true)
            && !accepted.Any(type => type.MediaType == "text/html");
    }

    private JsonResult Problem(int code) => new(new ProblemDetails { Status = code, Title = Words.Title, Detail = Words.Sentence })
    {
        StatusCode = code,
        ContentType = "application/problem+json; charset=utf-8",
        SerializerSettings = Problems,
    };

    private static readonly System.Text.Json.JsonSerializerOptions Problems = new(System.Text.Json.JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
    };
}
