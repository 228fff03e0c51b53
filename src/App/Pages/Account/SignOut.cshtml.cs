using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Kyodo.App.Pages.Account;

/// <summary>Ends the session. Only by POST: no link or picture signs anybody out.</summary>
public sealed class SignOutModel : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/staff");

    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.SignOutAsync(Hosting.SignIn.Scheme);
        // What typing.js has kept in this browser for want of a connection is nobody else's.
        Response.Headers["Clear-Site-Data"] = "\"storage\"";
        return LocalRedirect("/sign-in");
    }
}
