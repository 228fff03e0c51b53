namespace Kyodo.App.Casebook;

public static class CasebookServices
{
    /// <summary>Needs Razor's services beside it (<c>AddRazorPages</c>).</summary>
    public static IServiceCollection AddCasebook(this IServiceCollection services) =>
        services.AddSingleton<CasebookHtml>().AddSingleton<CasebookPrinter>().AddSingleton<EditionDrawing>().AddSingleton<EditionRelease>();
}
