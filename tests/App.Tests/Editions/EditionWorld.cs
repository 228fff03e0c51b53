using Kyodo.App.Hosting;
using Kyodo.App.Tests.Commands;
using Kyodo.App.Tests.World;
using Kyodo.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kyodo.App.Tests.Editions;

/// <summary>A copy of the sample's data, served: what is published may be changed there.</summary>
internal sealed class EditionWorld : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EditionWorld(string folder, Database database, WebApplication app) =>
        (Folder, Database, _app, Address) = (folder, database, app, new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()));

    public string Folder { get; }

    public Database Database { get; }

    public Uri Address { get; }

    public static async Task<EditionWorld> BeginAsync(DemoFolder demo)
    {
        var folder = demo.Copy();
        var database = new Database(folder, null);
        var app = WebHost.Build(database, ["--urls", "http://127.0.0.1:0"], configure: builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        return new EditionWorld(folder, database, app);
    }

    public Visitor Visit() => new(Address);

    public async Task<Visitor> CoordinatorAsync()
    {
        var visitor = Visit();
        await visitor.SignInAsync(SampleWorld.EmailOf("coordinator"), Kyodo.Samples.SamplePrefecture.Password);
        return visitor;
    }

    /// <summary>What a command has published is seen without waiting.</summary>
    public Task LookAsync() => _app.Services.GetRequiredService<PublicationWatch>().LookAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
