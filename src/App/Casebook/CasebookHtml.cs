using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Kyodo.App.Casebook;

/// <summary>Draws Casebook.cshtml to a text; needs the services of Razor but no listening server.</summary>
public sealed class CasebookHtml(IRazorViewEngine views, IServiceScopeFactory scopes)
{
    private const string View = "/Casebook/Casebook.cshtml";

    public async Task<string> DrawAsync(CasebookModel model)
    {
        await using var scope = scopes.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        var action = new ActionContext(http, new RouteData(), new ActionDescriptor());
        var view = views.GetView(executingFilePath: null, View, isMainPage: true).EnsureSuccessful([View]).View!;
        await using var text = new StringWriter();
        var data = new ViewDataDictionary<CasebookModel>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = model };
        await view.RenderAsync(new ViewContext(action, view, data, new TempDataDictionary(http, new NothingKept()), text, new HtmlHelperOptions()));
        return text.ToString();
    }

    // The framework's own would make a key ring, only to keep nothing.
    private sealed class NothingKept : ITempDataProvider
    {
        public IDictionary<string, object> LoadTempData(HttpContext context) => new Dictionary<string, object>(StringComparer.Ordinal);

        public void SaveTempData(HttpContext context, IDictionary<string, object> values)
        {
        }
    }
}
