using Kyodo.App.Hosting;
using Kyodo.Evaluation.Door;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Kyodo.App.Pages.PartnerDoor;

/// <summary>Where a one-time link leads, and where its code is typed. Opening it uses nothing up; pressing the button does, once.</summary>
[EnableRateLimiting(WebHost.DoorLimit)]
public sealed class EnterModel(AppDb db, TimeProvider clock) : PageModel
{
    public string? Token { get; private set; }

    public Entering? Outcome { get; private set; }

    public void OnGet(string? token)
    {
        Response.Headers.CacheControl = "no-store";
        Token = token is { Length: 64 } && token.All(char.IsAsciiHexDigitLower) ? token : null;
    }

    public async Task<IActionResult> OnPostAsync(string? token, [FromForm] string? code, CancellationToken stop)
    {
        OnGet(token);
        var browser = DoorBrowser.Of(HttpContext);
        var (outcome, key) = Token is not null
            ? await db.EnterByLinkAsync(Token, browser, clock.GetUtcNow(), stop)
            : await db.EnterByCodeAsync(code ?? "", browser, clock.GetUtcNow(), stop);
        if (outcome is Entering.Done)
        {
            await PartnerSignIn.BeginAsync(HttpContext, key!);
            return LocalRedirect("/partner/home");
        }
        (Outcome, Response.StatusCode) = (outcome, outcome is Entering.Gone ? StatusCodes.Status410Gone : StatusCodes.Status422UnprocessableEntity);
        return Page();
    }
}
