using Kyodo.App.Casebook;
using Kyodo.Core.Tests.Editions;
using Kyodo.Editions;
using Kyodo.Editions.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kyodo.App.Tests.Casebook;

/// <summary>The services as a command builds them, without listening, and the sample edition printed once for all tests.</summary>
public sealed class CasebookFixture : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("kyodo-casebook-test-").FullName;

    public string Pdf => Path.Combine(Folder, "public", CasebookFile.Name);

    public RevisionDraft Draft { get; } = SampleDraft.Of("ps");

    public WebApplication App { get; } = Build([]);

    public async ValueTask InitializeAsync() => await Drawing(App).WriteAllAsync(Draft, Folder, "熊本県", withPdf: true);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    internal static EditionDrawing Drawing(WebApplication app) => app.Services.GetRequiredService<EditionDrawing>();

    internal static WebApplication Build(string[] arguments)
    {
        // The views are found by the name of the program that holds them.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "kyodo", Args = arguments });
        builder.Services.AddRazorPages();
        builder.Services.AddCasebook();
        return builder.Build();
    }
}
