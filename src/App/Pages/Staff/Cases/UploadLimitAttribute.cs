using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>Answers 413 by the stated length, before the form token is looked for: that would read the whole body.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class UploadLimitAttribute : Attribute, IAuthorizationFilter, IOrderedFilter
{
    public const long FileBytes = 10 << 20;
    private const long FormAround = 64 << 10;

    public int Order => int.MinValue;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        if (context.HttpContext.Request.ContentLength > FileBytes + FormAround)
            context.Result = new StatusCodeResult(StatusCodes.Status413PayloadTooLarge);
    }
}
