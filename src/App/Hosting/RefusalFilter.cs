using Kyodo.Common;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Hosting;

/// <summary>A page that can draw itself again with a refusal on top, keeping what was typed.</summary>
public interface IRedrawsOnRefusal
{
    Refusal? Refusal { set; }

    Task LoadAsync();
}

/// <summary>
/// Invalid input in one place: a verb refuses, this draws the page again with the sentence (422). A record that changed meanwhile is 409.
/// </summary>
public sealed class RefusalFilter : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var executed = await next();
        var (refusal, status) = executed.Exception switch
        {
            Refusal refused => (refused, StatusCodes.Status422UnprocessableEntity),
            DbUpdateConcurrencyException => (new Refusal("同じものを別の人が先に変えました。いまの状態を確かめて、もう一度行ってください。"), StatusCodes.Status409Conflict),
            _ => (null, 0),
        };
        if (refusal is null || context.HandlerInstance is not PageModel page || page is not IRedrawsOnRefusal redrawn)
            return;
        executed.ExceptionHandled = true;
        redrawn.Refusal = refusal;
        await redrawn.LoadAsync();
        page.Response.StatusCode = status;
        executed.Result = page.Page();
    }
}
