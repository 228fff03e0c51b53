using Kyodo.App.Hosting;
using Kyodo.Organizations.People;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Kyodo.App.Pages.Account;

/// <summary>Where the link of an invitation or of a forgotten password leads. Opening it uses nothing up; the button sets the password, once.</summary>
[EnableRateLimiting(WebHost.DoorLimit)]
public sealed class PasswordModel(AppDb db, TimeProvider clock, SignIn signIn) : PageModel
{
    private string _token = "";

    /// <summary>Null where it was used, taken back or has run out.</summary>
    public PersonLink? Link { get; private set; }

    public string? Wrong { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token) => await FindAsync(token) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string token, [FromForm] string? password, [FromForm] string? again, CancellationToken stop)
    {
        if (!await FindAsync(token))
            return NotFound();
        if (Link is not { } link)
            return Page();
        Wrong = PasswordRule.WhyNot(password, link.Person.Email!) ?? (password == again ? null : "2つのパスワードが違います。同じものを2回入れてください。");
        if (Wrong is not null)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        if (await db.SetPasswordAsync(_token, await signIn.HashAsync(link.Person, password!), clock.GetUtcNow(), stop))
            return LocalRedirect("/sign-in?password-set");
        (Link, Response.StatusCode) = (null, StatusCodes.Status410Gone);
        return Page();
    }

    private async Task<bool> FindAsync(string token)
    {
        Response.Headers.CacheControl = "no-store";
        _token = token is { Length: 64 } && token.All(char.IsAsciiHexDigitLower) ? token : "";
        if (_token.Length == 0 || await db.PersonLinkAsync(_token) is not { } found)
            return false;
        if (found.IsUsable(clock.GetUtcNow()))
            Link = found;
        else
            Response.StatusCode = StatusCodes.Status410Gone;
        return true;
    }
}
