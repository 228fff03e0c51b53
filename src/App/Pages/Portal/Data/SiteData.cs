using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Portal.Data;

/// <summary>What readers' programs ask of every site: what is new, what there is, what may be fetched, whom to tell of a weakness.</summary>
internal static class SiteData
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";

    private static readonly string[] StandingPages =
        ["/", "/cases", "/editions", "/statistics", .. Kyodo.Statistics.StatisticsTables.All.Select(table => $"/statistics/{table.Key}"), "/map", "/best", "/about", "/about/data", "/accessibility"];

    public static void Map(IEndpointRouteBuilder kept)
    {
        kept.MapGet("/feed.atom", FeedAsync);
        kept.MapGet("/sitemap.xml", SitemapAsync);
        kept.MapGet("/robots.txt", (HttpContext http, Publisher publisher) =>
            Results.Text($"User-agent: *\nDisallow: /staff/\nDisallow: /sign-in\nDisallow: /api/\nSitemap: {Site(http, publisher)}/sitemap.xml\n", "text/plain", Encoding.UTF8));
        kept.MapGet("/.well-known/security.txt", SecurityText);
    }

    private static async Task<IResult> FeedAsync(HttpContext http, AppDb db, Publisher publisher, CancellationToken stop)
    {
        var site = Site(http, publisher);
        var name = await publisher.NameAsync(stop) ?? "協働";
        var revisions = await db.Revisions.AsNoTracking().OrderByDescending(r => r.Id).Take(50).ToListAsync(stop);
        var withdrawals = await db.Withdrawals.AsNoTracking().Where(w => w.EndedAt == null).OrderByDescending(w => w.Id).Take(50).ToListAsync(stop);
        var newest = revisions.Select(r => r.ReleasedAt).Concat(withdrawals.Select(w => w.WithdrawnAt)).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max();
        return Xml("application/atom+xml", new XElement(Atom + "feed", new XAttribute(XNamespace.Xml + "lang", "ja"),
            new XElement(Atom + "id", $"{site}/feed.atom"),
            new XElement(Atom + "title", $"{name} 協働事例 更新情報"),
            new XElement(Atom + "updated", Instant(newest)),
            new XElement(Atom + "author", new XElement(Atom + "name", name)),
            new XElement(Atom + "link", new XAttribute("rel", "self"), new XAttribute("href", $"{site}/feed.atom")),
            new XElement(Atom + "link", new XAttribute("href", $"{site}/")),
            revisions.Select(r => (At: r.ReleasedAt, Entry: Entry(site + Addresses.Revision(r), site + Addresses.Revision(r), $"{r.Title}を公表しました", r.ReleasedAt, $"事例{r.CaseCount}件。", r.Erratum, r.Remark)))
                .Concat(withdrawals.Select(w => (At: w.WithdrawnAt, Entry: Entry($"{site}{Addresses.Case(w.CaseId)}#withdrawn-{w.Id}", site + Addresses.Case(w.CaseId), "事例の公表を取り下げました", w.WithdrawnAt, w.Reason))))
                .OrderByDescending(one => one.At).Select(one => one.Entry)));
    }

    private static XElement Entry(string id, string address, string title, DateTimeOffset at, params string?[] summary) => new(Atom + "entry",
        new XElement(Atom + "id", id),
        new XElement(Atom + "title", title),
        new XElement(Atom + "updated", Instant(at)),
        new XElement(Atom + "link", new XAttribute("href", address)),
        new XElement(Atom + "summary", string.Join(' ', summary.Where(text => !string.IsNullOrEmpty(text)))));

    private static async Task<IResult> SitemapAsync(HttpContext http, AppDb db, Publisher publisher, CancellationToken stop)
    {
        var site = Site(http, publisher);
        var revisions = await db.Revisions.AsNoTracking().Where(r => r.IsLatest).ToListAsync(stop);
        var cases = await db.LatestCases.OrderByDescending(c => c.Year).ThenBy(c => c.RevisionId).ThenBy(c => c.Order).Select(c => c.CaseId).Take(40_000).ToListAsync(stop);
        IEnumerable<string> paths =
        [
            .. StandingPages,
            .. StandingPages.Select(page => page == "/" ? "/en" : $"/en{page}"),
            .. revisions.Select(r => Addresses.Edition(r.ProgrammeKey, r.Year)),
            .. revisions.SelectMany(r => r.Forms.Select(f => Addresses.Form(r.ProgrammeKey, r.Year, f.No))),
            .. cases.Select(Addresses.Case),
        ];
        return Xml("application/xml", new XElement(Sitemap + "urlset", paths.Select(path => new XElement(Sitemap + "url", new XElement(Sitemap + "loc", site + path)))));
    }

    private static IResult SecurityText(HttpContext http, Publisher publisher, TimeProvider clock)
    {
        if (publisher.SecurityContact is not { Length: > 0 } contact)
            return Results.NotFound();
        // It names a day on which it ends, so it is not kept until the next release.
        http.Response.Headers.CacheControl = "no-store";
        var until = clock.GetUtcNow().AddMonths(6);
        return Results.Text($"Contact: {contact}\nExpires: {until.UtcDateTime:yyyy-MM-ddT00:00:00Z}\nPreferred-Languages: ja, en\nCanonical: {Site(http, publisher)}/.well-known/security.txt\n", "text/plain", Encoding.UTF8);
    }

    // These files need whole addresses. Where the operator has not said which, the one asked for is used, and never kept: it comes from outside.
    internal static string Site(HttpContext http, Publisher publisher)
    {
        if (publisher.Address is { } address)
            return address;
        http.Response.Headers.CacheControl = "no-store";
        return $"{http.Request.Scheme}://{http.Request.Host}";
    }

    private static string Instant(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static IResult Xml(string type, XElement root) =>
        Results.Text($"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root}\n", type, Encoding.UTF8);
}
