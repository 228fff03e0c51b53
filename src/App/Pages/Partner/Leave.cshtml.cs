using Kyodo.App.Hosting;
using Kyodo.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Partner;

/// <summary>Ends the session of this browser.</summary>
public sealed class LeaveModel(AppDb db, TimeProvider clock) : PartnerPage(db, clock)
{
    public IActionResult OnGet() => LocalRedirect("/partner/home");

    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.SignOutAsync(PartnerSignIn.Scheme);
        return LocalRedirect("/partner?ended");
    }

    public override Task LoadAsync() => Task.CompletedTask;
}
