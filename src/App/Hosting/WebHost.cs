using System.Text.Encodings.Web;
using System.Text.Unicode;
using System.Threading.RateLimiting;
using Kyodo.App.Pages.Portal.Data;
using Kyodo.App.Casebook;
using Kyodo.App.Hosting.Mails;
using Kyodo.Cases.Photos;
using Kyodo.Editions;
using Kyodo.Rounds;
using Kyodo.Search;
using Kyodo.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.WebEncoders;

namespace Kyodo.App.Hosting;

/// <summary>The web program, whole: what <c>serve</c> runs, what the tests run, and whose views the commands draw with.</summary>
public static class WebHost
{
    public const string SignInLimit = "sign-in";

    /// <summary>What readers may send and how often they may open its form, from one address.</summary>
    public const string VoiceLimit = "voice";

    /// <summary>How often one address may knock at the partners' door, or at the one for those who have forgotten their password.</summary>
    public const string DoorLimit = "door";

    /// <summary>How much one partner's browser may send.</summary>
    public const string PartnerLimit = "partner";

    public static WebApplication Build(Database database, string[] arguments, TimeProvider? clock = null, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = arguments,
            ApplicationName = typeof(WebHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = WebRoot(),
        });
        builder.Configuration
            .AddJsonFile(Path.Combine(database.DataFolder, "appsettings.json"), optional: true)
            .AddEnvironmentVariables("KYODO_")
            .AddCommandLine(arguments);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)
            // Keys lie in the data folder, guarded like the records beside them; said in the manual, not at each start.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A long question to the search is cut, not refused.
            kestrel.Limits.MaxRequestLineSize = 128 << 10;
            kestrel.Limits.MaxRequestBodySize = 12 << 20;
        });
        AddServices(builder, database, clock ?? TimeProvider.System);
        configure?.Invoke(builder);
        var app = builder.Build();
        UsePipeline(app);
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder, Database database, TimeProvider clock)
    {
        var services = builder.Services;
        services.AddSingleton(database);
        services.AddSingleton(clock);
        services.AddSingleton(new EditionShelf(database.DataFolder));
        services.AddSingleton(new PhotoStore(database.DataFolder));
        services.AddHostedService<Sweeper>();
        services.AddScoped(_ => database.Open());
        services.AddDataProtection().SetApplicationName("kyodo").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(database.DataFolder, "keys")));
        SignIn.AddTo(services, builder.Configuration["Kyodo:PublicUrl"]?.StartsWith("https:", StringComparison.Ordinal) is true);
        PartnerSignIn.AddTo(services, builder.Configuration["Kyodo:PublicUrl"]?.StartsWith("https:", StringComparison.Ordinal) is true);
        services.AddAuthorization(Access.AddPolicies);
        services.AddSingleton<Kyodo.Evaluation.EvaluatedProjects>();
        services.AddSingleton<Kyodo.Selection.Candidates>();
        services.Configure<Microsoft.AspNetCore.Mvc.CookieTempDataProviderOptions>(options => options.Cookie.Name = "kyodo-done");
        services.AddAntiforgery(options => options.Cookie.Name = "kyodo-form");
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        // The round's preview draws the fields of the answering form.
        services.Configure<Microsoft.AspNetCore.Mvc.Razor.RazorViewEngineOptions>(options => options.PageViewLocationFormats.Add("/Pages/Staff/Cases/{0}.cshtml"));
        services.AddRazorPages(PageAccess.Apply).AddMvcOptions(options =>
        {
            // The outer one first: a page drawn again after a refusal has a head, too.
            options.Filters.Add<SignedInAs>();
            options.Filters.Add<RefusalFilter>();
        });
        services.AddSingleton(new RoundFiles(database.DataFolder));
        services.AddSingleton<ScheduledRounds>();
        services.AddHostedService(provider => provider.GetRequiredService<ScheduledRounds>());
        services.AddSingleton<MailSender>();
        services.AddHostedService(provider => provider.GetRequiredService<MailSender>());
        services.AddSingleton<DueWorkRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<DueWorkRunner>());
        services.AddCasebook();
        // A field of a case is asked at the compilation too, with the partials of its own folder.
        services.Configure<Microsoft.AspNetCore.Mvc.Razor.RazorViewEngineOptions>(options => options.PageViewLocationFormats.Add("/Pages/Staff/Cases/{0}.cshtml"));
        services.AddSingleton<Kyodo.Compilation.CompilationMemory>();
        services.AddSingleton<ReleasedCases>();
        services.AddSingleton<Kyodo.Statistics.ReleasedCounts>();
        services.AddSingleton(new Kyodo.Statistics.Boundaries(database.DataFolder));
        services.AddSingleton<PublicPages>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<Pages.Staff.Rounds.BoardQueries>();
        services.AddSingleton<SearchIndex>();
        services.AddSingleton<ForeignSites>();
        services.AddSingleton<PublicationWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<PublicationWatch>());
        services.AddSingleton<ScheduledReleases>();
        services.AddHostedService(provider => provider.GetRequiredService<ScheduledReleases>());
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "60";
                return ValueTask.CompletedTask;
            };
            options.AddPolicy(SignInLimit, http => RateLimitPartition.GetSlidingWindowLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new SlidingWindowRateLimiterOptions { PermitLimit = HttpMethods.IsPost(http.Request.Method) ? 300 : 10_000, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));
            // A whole school or office may stand behind one address.
            options.AddPolicy(VoiceLimit, http => RateLimitPartition.GetSlidingWindowLimiter(
                (http.Connection.RemoteIpAddress?.ToString() ?? "", HttpMethods.IsPost(http.Request.Method)),
                from => new SlidingWindowRateLimiterOptions { PermitLimit = from.Item2 ? 30 : 300, Window = TimeSpan.FromMinutes(10), SegmentsPerWindow = 10 }));
            options.AddPolicy(DoorLimit, http => RateLimitPartition.GetSlidingWindowLimiter(
                (http.Connection.RemoteIpAddress?.ToString() ?? "", HttpMethods.IsPost(http.Request.Method)),
                from => new SlidingWindowRateLimiterOptions { PermitLimit = from.Item2 ? 60 : 600, Window = TimeSpan.FromMinutes(10), SegmentsPerWindow = 10 }));
            options.AddPolicy(PartnerLimit, http => RateLimitPartition.GetSlidingWindowLimiter(
                (http.Connection.RemoteIpAddress?.ToString() ?? "", http.Request.Cookies[PartnerSignIn.CookieOf(http)] ?? ""),
                _ => new SlidingWindowRateLimiterOptions { PermitLimit = 300, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));
        });
    }

    private static void UsePipeline(WebApplication app)
    {
        var publicPages = app.Services.GetRequiredService<PublicPages>();
        app.Use(publicPages.AnswerAsync);
        app.UseSecurityHeaders();
        app.UseExceptionHandler("/error");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseStaticFiles();
        app.UseRouting();
        app.Use(publicPages.KeepAsync);
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapRazorPages();
        FileEndpoints.Map(app);
        PortalData.Map(app);
        Pages.Staff.EvaluationDesk.FiguresModel.MapData(app);
        // What does not exist is not there for anyone; without this it would ask for a sign-in.
        app.MapFallback("{*path}", () => Results.NotFound()).AllowAnonymous();
        HealthEndpoints.Map(app);
        _ = EndpointAccess.Of(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints));
    }

    // Beside the program once published; in the project's folder when run from a checkout.
    private static string WebRoot()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (Directory.Exists(beside))
            return beside;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "src", "App", "wwwroot") is var inProject && Directory.Exists(inProject))
                return inProject;
        }
        return beside;
    }
}
