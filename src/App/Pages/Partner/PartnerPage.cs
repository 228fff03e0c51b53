using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Kyodo.App.Pages.Partner;

/// <summary>A page of one partner: everything it shows or changes is asked for with that partner, so that another's is not there.</summary>
[EnableRateLimiting(WebHost.PartnerLimit)]
public abstract class PartnerPage(AppDb db, TimeProvider clock) : PageModel, IRedrawsOnRefusal
{
    public Refusal? Refusal { get; set; }

    [TempData]
    public string? Done { get; set; }

    public Actor Me => User.Actor();

    public string PartnerId => Me.PartnerId!;

    protected AppDb Db => db;

    protected DateTimeOffset Now => clock.GetUtcNow();

    public abstract Task LoadAsync();

    Task IRedrawsOnRefusal.LoadAsync()
    {
        db.ChangeTracker.Clear();
        return LoadAsync();
    }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        ViewData["Partner"] = User.Identity!.Name;
        Response.Headers.CacheControl = "private, no-store";
    }

    protected IActionResult DoneAt(string path, string words)
    {
        Done = words;
        return LocalRedirect(path);
    }
}
