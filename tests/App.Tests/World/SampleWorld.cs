using Kyodo.App.Casebook;
using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Rounds;
using Kyodo.Samples;
using Kyodo.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kyodo.App.Tests.World;

/// <summary>
/// The sample prefecture with its year carried through and a round of this year open, served by the real server on a port of its own.
/// Many tests read it at once; one that writes takes a unit that no other test touches.
/// </summary>
internal sealed class SampleWorld : IAsyncDisposable
{
    /// <summary>The year that is open for answers.</summary>
    public static readonly FiscalYear ThisYear = new(2026);

    private readonly TestDatabase _database;
    private readonly WebApplication _app;

    private SampleWorld(TestDatabase database, WebApplication app, Clock clock)
    {
        (_database, _app, Clock) = (database, app, clock);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Uri Address { get; }

    public Clock Clock { get; }

    public Database Database => _database.Database;

    public AppDb Open() => _database.Open();

    public IReadOnlyList<EndpointAccess> Endpoints => EndpointAccess.Of(((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints));

    public static async Task<SampleWorld> BeginAsync(Engine engine)
    {
        var clock = new Clock(JapanTime.At(new DateOnly(2026, 5, 11), 10));
        var database = await TestDatabase.EmptyAsync(engine, clock);
        await database.Database.MigrateAsync();
        var app = WebHost.Build(database.Database, ["--urls", "http://127.0.0.1:0"], clock, builder => builder.Logging.ClearProviders());
        var drawing = app.Services.GetRequiredService<EditionDrawing>();
        var year = new SampleYear(database.Database, (draft, folder) => drawing.WriteAllAsync(draft, folder, SamplePrefecture.Name, withPdf: false));
        await year.CarryThroughAsync();
        await year.OpenRoundToTryAsync(clock.Now);
        await app.StartAsync();
        return new SampleWorld(database, app, clock);
    }

    /// <summary>A browser of its own, not signed in.</summary>
    public Visitor Visit() => new(Address);

    /// <summary>The same from a machine of its own, for what is counted by address.</summary>
    public Visitor VisitFrom(string address) => new(Address, from: address);

    public async Task<Visitor> SignInAsync(string name)
    {
        var visitor = Visit();
        await visitor.SignInAsync(EmailOf(name), SamplePrefecture.Password);
        return visitor;
    }

    public static string EmailOf(string name) => $"{name}@{SamplePrefecture.Domain}";

    /// <summary>A unit's inquiry of the round that is open.</summary>
    public async Task<long> OpenInquiryAsync(string unit)
    {
        await using var db = Open();
        return await db.Inquiries.Where(i => i.Unit.Code == unit && i.Round.Year == ThisYear).Select(i => i.Id).SingleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }
}
