using System.Collections.Concurrent;
using System.Text;
using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Search;
using Kyodo.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kyodo.App.StaticSite;

/// <summary>What was written: files and pages, and links that lead nowhere.</summary>
internal sealed record WrittenSite(int Pages, int Files, IReadOnlyList<string> Dead);

/// <summary>
/// The whole public site as files, drawn by the pages that serve it: every page that a reader can reach, in both languages, and the search as
/// files for a script. It stands on any web server, and across a network boundary where none of this program runs.
/// </summary>
internal sealed class SiteExport(Database database)
{
    // What no link leads to, and what stands there for programs.
    private static readonly string[] Begin =
    [
        "/", "/en", "/feed.atom", "/sitemap.xml", "/robots.txt", "/catalog.jsonld", "/catalog.ttl", "/cases.csv", "/js/static-search.js", "/js/static-search/fold.js", "/js/static-search/query.js", "/js/static-search/index.js",
        "/statistics/trend.csv", "/statistics/trend.json", "/statistics/evaluation.csv", "/statistics/evaluation.json", "/schemas/cases.schema.json", "/schemas/ds451-3.schema.json", "/schemas/changes.schema.json", "/schemas/manifest.schema.json",
    ];

    /// <param name="tell">Is told how many were written.</param>
    public async Task<WrittenSite> WriteAsync(DirectoryInfo folder, string? basePath, Uri? address, Action<int> tell, CancellationToken stop)
    {
        if (folder.Exists && folder.EnumerateFileSystemInfos().Any() && !File.Exists(Path.Combine(folder.FullName, "sitemap.xml")))
            throw new Refusal($"{folder.FullName} は空ではありません。公開サイトを書き出すフォルダーには、空のものか、前に書き出したものを指定してください。");
        using var server = new SilentServer();
        await using var app = WebHost.Build(database, address is null ? [] : [$"--Kyodo:PublicUrl={address.ToString().TrimEnd('/')}"], configure: builder =>
        {
            builder.Services.AddSingleton<IServer>(server);
            // Mails, reminders and planned releases are for those who serve.
            foreach (var service in builder.Services.Where(s => s.ServiceType == typeof(IHostedService) && (s.ImplementationFactory is not null || s.ImplementationType?.Assembly == typeof(WebHost).Assembly)).ToList())
                builder.Services.Remove(service);
            builder.Logging.ClearProviders();
        });
        await app.StartAsync(stop);
        var site = address ?? (app.Services.GetRequiredService<Publisher>().Address is { } known ? new Uri(known) : new Uri("http://localhost"));
        // Whole or not at all: what stood there before gives way when everything is written.
        var unfinished = $"{folder.FullName.TrimEnd(Path.DirectorySeparatorChar)}.unfinished-{PublicId.New()}";
        try
        {
            var written = await CrawlAsync(server, new SiteLinks(basePath), site, unfinished, await PathsAsync(stop), tell, stop);
            await app.Services.GetRequiredService<SearchIndex>().WriteStaticAsync(Path.Combine(unfinished, "search"), stop);
            if (folder.Exists)
                folder.Delete(recursive: true);
            Directory.CreateDirectory(folder.Parent!.FullName);
            Directory.Move(unfinished, folder.FullName);
            return written;
        }
        finally
        {
            if (Directory.Exists(unfinished))
                Directory.Delete(unfinished, recursive: true);
            await app.StopAsync(CancellationToken.None);
        }
    }

    // Files of revisions that no page links to any more, such as the photos of a case that a later revision left out, stand in their manifests.
    private async Task<IReadOnlyList<string>> PathsAsync(CancellationToken stop)
    {
        await using var db = database.Open();
        var shelf = new EditionShelf(database.DataFolder);
        var files = new List<string>(Begin);
        foreach (var revision in await db.Revisions.AsNoTracking().ToListAsync(stop))
        {
            if (Directory.Exists(Path.Combine(shelf.FolderOf(revision), "public")))
                files.AddRange(Directory.EnumerateFiles(Path.Combine(shelf.FolderOf(revision), "public")).Select(file => $"{Pages.Portal.Addresses.Revision(revision)}/{Path.GetFileName(file)}"));
        }
        return files;
    }

    private static async Task<WrittenSite> CrawlAsync(SilentServer server, SiteLinks links, Uri site, string folder, IReadOnlyList<string> begin, Action<int> tell, CancellationToken stop)
    {
        var seen = new ConcurrentDictionary<string, bool>(begin.Select(path => KeyValuePair.Create(path, true)), StringComparer.Ordinal);
        var dead = new ConcurrentBag<string>();
        var (pages, files) = (0, 0);
        var next = begin;
        while (next.Count > 0)
        {
            var further = new ConcurrentBag<string>();
            await Parallel.ForEachAsync(next, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = stop }, async (path, token) =>
            {
                var drawn = await server.DrawAsync(path, site);
                // A withdrawn case keeps its page, with its reason, though a plain server cannot say 410.
                if (drawn.Status is not (StatusCodes.Status200OK or StatusCodes.Status410Gone) || (drawn.Status == StatusCodes.Status410Gone && !drawn.Type.StartsWith("text/html", StringComparison.Ordinal)))
                {
                    dead.Add(path);
                    return;
                }
                var body = drawn.Body;
                if (drawn.Type.StartsWith("text/html", StringComparison.Ordinal))
                {
                    var (html, paths) = links.Rewrite(Encoding.UTF8.GetString(body), path);
                    body = Encoding.UTF8.GetBytes(html);
                    foreach (var one in paths.Where(one => seen.TryAdd(one, true)))
                        further.Add(one);
                    Interlocked.Increment(ref pages);
                }
                await WriteAsync(folder, SiteLinks.FileOf(path), body, token);
                if (Interlocked.Increment(ref files) is var count && count % 500 == 0)
                    tell(count);
            });
            next = [.. further];
        }
        var missing = await server.DrawAsync("/no-such-page", site);
        await WriteAsync(folder, "404.html", Encoding.UTF8.GetBytes(links.Rewrite(Encoding.UTF8.GetString(missing.Body), "/").Html), stop);
        return new WrittenSite(pages, files + 1, [.. dead.Order(StringComparer.Ordinal)]);
    }

    private static async Task WriteAsync(string folder, string name, byte[] body, CancellationToken stop)
    {
        var file = Path.GetFullPath(Path.Combine(folder, name));
        if (!file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new InvalidOperationException($"A path leads out of the site: {name}");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, body, stop);
    }
}
