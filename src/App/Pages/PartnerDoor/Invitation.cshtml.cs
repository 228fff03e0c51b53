using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Evaluation.Door;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Kyodo.App.Pages.PartnerDoor;

/// <summary>
/// Where an invitation leads. Opening it changes nothing, however often and by whomever; its button sends a one-time link and code to the
/// invitation's own address, for the browser that pressed it.
/// </summary>
[EnableRateLimiting(WebHost.DoorLimit)]
public sealed class InvitationModel(AppDb db, TimeProvider clock) : PageModel
{
    public PartnerInvitation? Invitation { get; private set; }

    public Refusal? Refusal { get; private set; }

    public bool IsSent { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token)
    {
        IsSent = Request.Query.ContainsKey("sent");
        return await FindAsync(token) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken stop)
    {
        if (!await FindAsync(token))
            return NotFound();
        if (Invitation is null)
            return Page();
        var browser = DoorBrowser.Of(HttpContext) ?? DoorBrowser.Begin(HttpContext);
        try
        {
            await db.AskForLinkAsync(Invitation, browser, clock.GetUtcNow(), stop);
        }
        catch (Refusal refusal)
        {
            (Refusal, Response.StatusCode) = (refusal, StatusCodes.Status429TooManyRequests);
            Response.Headers.RetryAfter = "3600";
            return Page();
        }
        return LocalRedirect($"/partner/invitations/{token}?sent");
    }

    private async Task<bool> FindAsync(string token)
    {
        Response.Headers.CacheControl = "no-store";
        var found = await db.InvitationAsync(token);
        if (found?.Stands(clock.GetUtcNow()) is true)
            Invitation = found;
        else if (found is not null)
            Response.StatusCode = StatusCodes.Status410Gone;
        return found is not null;
    }
}

/// <summary>The secret of the browser in which somebody asked for a link: a link forwarded to another one opens nothing there.</summary>
internal static class DoorBrowser
{
    private const string Cookie = "kyodo-door";

    public static string? Of(HttpContext http) => http.Request.Cookies[Cookie] is { Length: 64 } secret ? secret : null;

    public static string Begin(HttpContext http)
    {
        var secret = Kyodo.Evaluation.Door.PartnerDoor.NewBrowserSecret();
        http.Response.Cookies.Append(Cookie, secret, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/partner", IsEssential = true });
        return secret;
    }

}
