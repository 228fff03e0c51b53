using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Kyodo.App.Pages.PartnerDoor;

/// <summary>Says how a partner comes in; there is nothing to sign in with here.</summary>
public sealed class IndexModel : PageModel
{
    public bool HasEnded { get; private set; }

    public void OnGet() => HasEnded = Request.Query.ContainsKey("ended");
}
