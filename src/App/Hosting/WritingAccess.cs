using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Kyodo.App.Hosting;

/// <summary>
/// A folder's pages may be read by more people than may change what they show: an auditor reads what a coordinator writes. This names the
/// policy for the unsafe methods; without it the page's own policy counts for both.
/// </summary>
public sealed class WritingAccess(string policy) : IAuthorizationFilter
{
    public string Policy => policy;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (IsSafe(http.Request.Method) || Access.RolesOf(policy).Any(role => http.User.IsInRole(role.ToString())))
            return;
        // As elsewhere: what somebody may not use is, to them, not there.
        context.Result = new NotFoundResult();
    }

    public static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    public static void ForFolder(PageConventionCollection pages, string folder, string policy)
    {
        var writing = new WritingAccess(policy);
        pages.AddFolderApplicationModelConvention(folder, page =>
        {
            page.Filters.Add(writing);
            page.EndpointMetadata.Add(writing);
        });
    }
}
