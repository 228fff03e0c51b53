using System.Net;
using AngleSharp.Html.Parser;
using Kyodo.App.Tests.Browser;
using Kyodo.App.Tests.Commands;
using Kyodo.App.Tests.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Kyodo.App.Tests.Editions;

/// <summary>The whole public site as files, on a web server that knows nothing of this program.</summary>
public sealed class StaticSiteTests(DemoFolder demo, Chromium chromium) : IClassFixture<DemoFolder>, IClassFixture<Chromium>
{
    [Fact]
    public async Task Every_link_leads_to_a_file_none_to_a_server_and_the_search_finds_what_the_server_finds()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"kyodo-site-{Guid.NewGuid():n}");
        var ran = await Ran.KyodoAsync("export", "site", folder, "--url", "https://kyodo.pref.example.jp", "--json", "--data", demo.Original);
        Assert.True(ran.ExitCode == 0, ran.Errors);
        Assert.Equal(0, ran.Json.GetProperty("dead").GetArrayLength());
        Assert.Empty(await DeadLinksAsync(folder));

        await using var world = await EditionWorld.BeginAsync(demo);
        await using var files = await ServeAsync(folder);
        var site = new Uri(files.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        await using var context = await chromium.OpenAsync(site, 1280);
        var page = await context.NewPageAsync();
        var wrong = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                wrong.Add(message.Text);
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(site.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                wrong.Add(request.Url);
        };
        using var reader = world.Visit();
        foreach (var query in new[] { "道路清掃", "「花植え」", "H19 子育て -研修", "ボランテイア 川", "國際交流", "npo法人 福祉", "まちづくり", "zzzz" })
        {
            var served = await reader.PageAsync($"/cases?q={Uri.EscapeDataString(query)}");
            await page.GotoAsync($"cases/?q={Uri.EscapeDataString(query)}");
            await page.WaitForFunctionAsync("!document.querySelector('[role=status]').textContent.includes('…')");
            string Served(string selector) => string.Join('|', served.QuerySelectorAll(selector).Select(e => e.TextContent));
            async Task<string> DrawnAsync(string selector) => string.Join('|', await page.Locator(selector).AllTextContentsAsync());
            Assert.Equal(Served("[role=status] strong"), await DrawnAsync("[role=status] strong"));
            Assert.Equal(Served(".case-card h3"), await DrawnAsync(".case-card h3"));
            Assert.Equal(Served("mark"), await DrawnAsync("mark"));
            Assert.Equal(Served(".facets-wide .count"), await DrawnAsync(".facets-wide .count"));
        }
        await page.Locator(".facets-wide a, a.chip").First.ClickAsync();
        Assert.Empty(wrong);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<List<string>> DeadLinksAsync(string folder)
    {
        var dead = new List<string>();
        var parser = new HtmlParser();
        foreach (var file in Directory.EnumerateFiles(folder, "index.html", SearchOption.AllDirectories))
        {
            var here = new Uri("http://site/" + string.Concat(Path.GetRelativePath(folder, Path.GetDirectoryName(file)!).Replace('\\', '/').TrimStart('.').Split('/').Where(part => part.Length > 0).Select(part => Uri.EscapeDataString(part) + "/")));
            var page = await parser.ParseDocumentAsync(await File.ReadAllTextAsync(file));
            foreach (var link in page.QuerySelectorAll("[href], [src], form[action]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src") ?? e.GetAttribute("action")!))
            {
                var target = new Uri(here, link);
                if (target.Host != "site" || target.Scheme is not "http")
                    continue;
                if (link.StartsWith('/') || target.AbsolutePath.StartsWith("/staff", StringComparison.Ordinal) || target.AbsolutePath.StartsWith("/api", StringComparison.Ordinal) || target.AbsolutePath.StartsWith("/sign-in", StringComparison.Ordinal))
                    dead.Add($"{here} → {link}");
                var place = Path.Combine(folder, WebUtility.UrlDecode(target.AbsolutePath.Replace("+", "%2B", StringComparison.Ordinal)).TrimStart('/'));
                if (!File.Exists(target.AbsolutePath.EndsWith('/') ? Path.Combine(place, "index.html") : place))
                    dead.Add($"{here} → {link}");
            }
        }
        return dead;
    }

    private static async Task<WebApplication> ServeAsync(string folder)
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(folder) });
        await app.StartAsync();
        return app;
    }
}
