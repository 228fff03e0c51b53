using Kyodo.Organizations;
using Kyodo.Organizations.People;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Hosting;

/// <summary>Tells the staff layout in which unit and role somebody is signed in.</summary>
public sealed class SignedInAs(AppDb db) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var executed = await next();
        // An answer without a page has no head to say it in.
        if (executed.Result is PageResult && context.HandlerInstance is PageModel page && context.HttpContext.User.Identity?.IsAuthenticated is true)
        {
            var actor = context.HttpContext.User.Actor();
            var ids = actor.UnitIds.ToList();
            page.ViewData["Unit"] = string.Join("・", await db.OrgUnits.Where(u => ids.Contains(u.Id)).OrderBy(u => u.Order).Select(u => u.Name).ToListAsync());
            page.ViewData["Role"] = string.Join("・", actor.Duties.Select(duty => (duty.Role, duty.For?.Name)).Distinct().OrderBy(duty => duty.Role).Select(duty => RoleNames.Of(duty.Role) + (duty.Name is null ? "" : $"（{duty.Name}の代理）")));
        }
    }
}
