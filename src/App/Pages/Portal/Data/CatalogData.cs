using System.Globalization;
using System.Text;
using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Editions.Files;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Portal.Data;

/// <summary>
/// What there is to be had, for portals of data (DCAT 3): a series a programme, a dataset a revision with its versions, a distribution a file with
/// its length and SHA-256; and the trend.
/// </summary>
internal static class CatalogData
{
    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.Ordinal)
    {
        [".json"] = "application/json",
        [".csv"] = "text/csv",
        [".pdf"] = "application/pdf",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };

    private static readonly Dictionary<string, (string Ja, string En)> Words = new(StringComparer.Ordinal)
    {
        [CasebookFile.Name] = ("事例集（PDF）", "Casebook (PDF)"),
        ["casebook.xlsx"] = ("事例集（印刷用Excel）", "Casebook (Excel, for print)"),
        ["cases.xlsx"] = ("事例のデータ（Excel）", "Cases (Excel, as data)"),
        ["cases.csv"] = ("事例のデータ（CSV）", "Cases (CSV)"),
        ["cases.json"] = ("事例のデータ（JSON）", "Cases (JSON)"),
        ["ds451-3.json"] = ("事例データモデル（GIF DS-451-3）", "National case data model (GIF DS-451-3)"),
        ["changes.json"] = ("前の版との違い（JSON）", "Differences from the revision before (JSON)"),
        ["evaluations.json"] = ("公表に同意のあった協働評価（JSON）", "Evaluations that partners agreed to publish (JSON)"),
        ["best.json"] = ("優良事例と選んだ理由（JSON）", "Best cases and the reasons (JSON)"),
    };

    public static void Map(IEndpointRouteBuilder kept)
    {
        kept.MapGet("/catalog.jsonld", async (HttpContext http, AppDb db, Publisher publisher, EditionShelf shelf, CancellationToken stop) =>
            Results.Text((await GraphAsync(http, db, publisher, shelf, stop)).JsonLd().ToJsonString(Json.Indented) + "\n", "application/ld+json", Encoding.UTF8));
        kept.MapGet("/catalog.ttl", async (HttpContext http, AppDb db, Publisher publisher, EditionShelf shelf, CancellationToken stop) =>
            Results.Text((await GraphAsync(http, db, publisher, shelf, stop)).Turtle(), "text/turtle", Encoding.UTF8));
    }

    private static async Task<RdfGraph> GraphAsync(HttpContext http, AppDb db, Publisher publisher, EditionShelf shelf, CancellationToken stop)
    {
        var site = SiteData.Site(http, publisher);
        var owner = await publisher.NameAsync(stop) ?? "協働";
        var revisions = await db.Revisions.AsNoTracking().OrderByDescending(r => r.Year).ThenBy(r => r.ProgrammeKey).ThenByDescending(r => r.No).ToListAsync(stop);
        var graph = new RdfGraph();
        string Series(Revision revision) => $"{site}/editions#{revision.ProgrammeKey}";
        string Dataset(Revision revision) => site + Addresses.Revision(revision);
        RdfNode Publisher() => graph.Node(null, "foaf:Agent").Text("foaf:name", owner, "ja").Iris("foaf:homepage", $"{site}/");

        var catalog = graph.Node($"{site}/catalog", "dcat:Catalog")
            .Text("dct:title", $"{owner} 協働事例 データカタログ", "ja").Text("dct:title", $"{owner}: data of collaboration cases", "en")
            .Text("dct:description", "行政と民間の協働事業の事例集と件数のデータ", "ja")
            .Nested("dct:publisher", Publisher()).Literal("dct:language", "ja").Iris("dct:license", EditionLicence.Iri).Iris("foaf:homepage", $"{site}/");
        if (revisions.Count > 0)
            catalog.Literal("dct:issued", Day(revisions.Min(r => r.ReleasedAt)), "xsd:date").Literal("dct:modified", Day(revisions.Max(r => r.ReleasedAt)), "xsd:date");
        catalog.Iris("dcat:dataset", revisions.Select(Series).Distinct().Concat(revisions.Select(Dataset)).Append($"{site}/statistics#trend"));

        foreach (var series in revisions.GroupBy(r => r.ProgrammeKey))
        {
            var newest = series.First();
            graph.Node(Series(newest), "dcat:DatasetSeries").Text("dct:title", $"{newest.NameJa} 事例集", "ja").Text("dct:title", $"{newest.NameEn} casebooks", "en")
                .Text("dct:description", $"{newest.NameJa}の毎年度の事例集", "ja").Nested("dct:publisher", Publisher())
                .Iris("dct:accrualPeriodicity", "http://publications.europa.eu/resource/authority/frequency/ANNUAL");
        }
        foreach (var edition in revisions.GroupBy(r => (r.ProgrammeKey, r.Year)))
        {
            var before = revisions.Find(r => r.ProgrammeKey == edition.Key.ProgrammeKey && r.Year < edition.Key.Year && r.IsLatest);
            foreach (var revision in edition)
                await DatasetAsync(graph, revision, before, edition.FirstOrDefault(r => r.No == revision.No - 1), edition.First(r => r.IsLatest), site, Series, Dataset, Publisher, shelf, stop);
        }
        Trend(graph, site, Publisher);
        return graph;
    }

    private static async Task DatasetAsync(RdfGraph graph, Revision revision, Revision? yearBefore, Revision? previous, Revision latest, string site,
        Func<Revision, string> series, Func<Revision, string> dataset, Func<RdfNode> publisher, EditionShelf shelf, CancellationToken stop)
    {
        var node = graph.Node(dataset(revision), "dcat:Dataset")
            .Text("dct:title", revision.Title, "ja").Text("dct:title", $"{revision.NameEn} casebook FY{revision.Year}, revision {revision.No}", "en")
            .Text("dct:description", $"{revision.Year.InBothCalendars}の{revision.NameJa}の事例{revision.CaseCount}件。{revision.Remark}", "ja")
            .Literal("dct:identifier", $"{revision.ProgrammeKey}/{revision.Year}/r{revision.No}")
            .Literal("dct:issued", Day(revision.ReleasedAt), "xsd:date").Literal("dct:language", "ja").Nested("dct:publisher", publisher()).Iris("dct:license", EditionLicence.Iri)
            .Nested("dct:temporal", graph.Node(null, "dct:PeriodOfTime").Literal("dcat:startDate", Iso(revision.Year.First), "xsd:date").Literal("dcat:endDate", Iso(revision.Year.Last), "xsd:date"))
            .Text("dcat:keyword", "協働", "ja").Text("dcat:keyword", revision.NameJa, "ja")
            .Literal("dcat:version", $"{revision.No}").Text("adms:versionNotes", revision.Erratum, "ja")
            .Iris("dcat:inSeries", series(revision)).Iris("dcat:landingPage", dataset(revision));
        if (previous is not null)
            node.Iris("dcat:previousVersion", dataset(previous));
        if (yearBefore is not null)
            node.Iris("dcat:prev", dataset(yearBefore));
        if (!revision.IsLatest)
            node.Iris("dcat:hasCurrentVersion", dataset(latest));
        var files = (await Manifest.InAsync(Path.Combine(shelf.FolderOf(revision), "public"), stop))?.Files ?? [];
        foreach (var file in files)
        {
            if (WordsOf(file.Name) is not { } words)
                continue;
            var address = $"{dataset(revision)}/{file.Name}";
            node.Iris("dcat:distribution", address);
            Distribution(graph, address, dataset(revision), words.Ja, words.En)
                .Literal("dcat:byteSize", file.Bytes.ToString(CultureInfo.InvariantCulture), "xsd:nonNegativeInteger")
                .Nested("spdx:checksum", graph.Node(null, "spdx:Checksum").Iris("spdx:algorithm", "http://spdx.org/rdf/terms#checksumAlgorithm_sha256").Literal("spdx:checksumValue", file.Sha256, "xsd:hexBinary"))
                .Iris("dct:conformsTo", file.Name is "cases.json" or "ds451-3.json" or "changes.json" ? [$"{site}/schemas/{Path.GetFileNameWithoutExtension(file.Name)}.schema.json"] : []);
        }
    }

    private static (string Ja, string En)? WordsOf(string file) =>
        Words.TryGetValue(file, out var words) ? words
        : CasebookFile.VolumeOf(file) is > 0 and var volume ? ($"事例集（PDF）第{volume}分冊", $"Casebook (PDF), volume {volume}")
        : null;

    private static void Trend(RdfGraph graph, string site, Func<RdfNode> publisher)
    {
        graph.Node($"{site}/statistics#trend", "dcat:Dataset").Text("dct:title", "協働事業の推移（形態・年度別の件数）", "ja").Text("dct:title", "Projects by form and year", "en")
            .Text("dct:description", "協働形態と年度ごとの件数。0、制度なし、未収集を分けています。", "ja").Nested("dct:publisher", publisher()).Iris("dct:license", EditionLicence.Iri)
            .Iris("dcat:landingPage", $"{site}/statistics").Iris("dcat:distribution", $"{site}/statistics/trend.csv", $"{site}/statistics/trend.json");
        foreach (var name in new[] { "trend.csv", "trend.json" })
            Distribution(graph, $"{site}/statistics/{name}", $"{site}/statistics", $"推移（{Path.GetExtension(name)[1..].ToUpperInvariant()}）", $"Trend ({Path.GetExtension(name)[1..].ToUpperInvariant()})");
    }

    private static RdfNode Distribution(RdfGraph graph, string address, string page, string ja, string en) => graph.Node(address, "dcat:Distribution")
        .Text("dct:title", ja, "ja").Text("dct:title", en, "en").Iris("dcat:accessURL", page).Iris("dcat:downloadURL", address)
        .Iris("dcat:mediaType", $"https://www.iana.org/assignments/media-types/{MediaTypes[Path.GetExtension(address)]}").Iris("dct:license", EditionLicence.Iri);

    private static string Day(DateTimeOffset at) => Iso(at.DayInJapan());

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
