using Kyodo.App.Hosting;
using Kyodo.Common;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Kyodo.App.Pages.Portal;

/// <summary>
/// A page anyone may read: in Japanese, and under <c>/en</c> with English words around the same content. It depends on what is published and
/// on its address, never on who reads it.
/// </summary>
public abstract class PublicPage : PageModel
{
    public bool En => HttpContext.Request.Path.StartsWithSegments("/en", StringComparison.OrdinalIgnoreCase);

    public string Lang => En ? "en" : "ja";

    /// <summary>The language of what the records say, where it is not the page's own.</summary>
    public string? ContentLang => En ? "ja" : null;

    public string Government { get; private set; } = "";

    /// <summary>The address that readers know; empty where the operator has not said it.</summary>
    public string Site { get; private set; } = "";

    public string Say(string ja, string en) => En ? en : ja;

    /// <summary>A page's address in the language of this one.</summary>
    public string To(string path) => !En ? path : path == "/" ? "/en" : $"/en{path}";

    public string YearWords(FiscalYear year) => PublicWords.Year(year, En);

    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var publisher = HttpContext.RequestServices.GetRequiredService<Publisher>();
        Government = await publisher.NameAsync(HttpContext.RequestAborted) ?? "";
        Site = publisher.Address ?? "";
        var path = HttpContext.Request.Path.Value!;
        ViewData["Lang"] = Lang;
        ViewData["OtherLang"] = OtherLanguage(path) + HttpContext.Request.QueryString;
        if (Government.Length > 0)
            ViewData["Government"] = Government;
        await next();
    }

    protected void Titled(string title, string? section = null)
    {
        ViewData["Title"] = title;
        ViewData["Section"] = section;
    }

    private string OtherLanguage(string path) =>
        En ? Uri.EscapeDataString(path[3..]).Replace("%2F", "/", StringComparison.Ordinal) is { Length: > 0 } ja ? ja : "/"
        : path == "/" ? "/en"
        : "/en" + Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal);
}
