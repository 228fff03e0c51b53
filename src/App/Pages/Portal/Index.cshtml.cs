using Kyodo.App.Components.Charts;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Search;
using Kyodo.Statistics;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Portal;

public sealed class IndexModel(AppDb db, SearchIndex index) : PublicPage
{
    /// <summary>One programme's figure of the newest year, with its trend.</summary>
    public sealed record Figure(Revision Revision, TrendProgramme Programme, IReadOnlyList<FiscalYear> Years, int New)
    {
        public IReadOnlyList<ChartValue> Values => [.. Programme.Total.Cells.Select(TrendPictures.Value)];

        public int? BreakBefore => Programme.Breaks is [.., var last] && Years.ToList().IndexOf(last.LastBefore.Next) is > 0 and var place ? place : null;
    }

    public sealed record WayIn(string Id, string Ja, string En, string Query, IReadOnlyList<FacetValue> Values);

    public sealed record Doors(Revision Revision, IReadOnlyList<(PublishedForm Form, int Count)> Forms);

    public IReadOnlyList<Figure> Figures { get; private set; } = [];

    public IReadOnlyList<Doors> Programmes { get; private set; } = [];

    public IReadOnlyList<CaseCard> Picked { get; private set; } = [];

    public IReadOnlyList<string> Themes { get; private set; } = [];

    /// <summary>Where one may begin to look: places, fields, kinds of partners, each with its cases.</summary>
    public IReadOnlyList<WayIn> WaysIn { get; private set; } = [];

    public int Total { get; private set; }

    public int Partners { get; private set; }

    public IReadOnlyList<(string Kind, int Count)> PartnerKinds { get; private set; } = [];

    public FiscalYear? Newest { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        Titled(Say("行政と県民の協働事例", "Cases of government and citizens working together"));
        var latest = await db.Revisions.AsNoTracking().Where(r => r.IsLatest).OrderBy(r => r.Id).ToListAsync(stop);
        if (latest.Count == 0)
            return;
        var year = latest.Max(r => r.Year);
        Newest = year;
        var trend = await Trend.ReadAsync(db, stop);
        var news = await db.LatestCases.Where(c => c.Year == year && c.Status == "new").GroupBy(c => c.ProgrammeKey).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(stop);
        var shown = latest.Where(r => r.Year == year).OrderBy(r => trend.Programmes.ToList().FindIndex(p => p.Key == r.ProgrammeKey)).ToList();
        Figures = [.. shown.Select(r => new Figure(r, trend.Programmes.First(p => p.Key == r.ProgrammeKey), trend.Years, news.Find(n => n.Key == r.ProgrammeKey)?.Count ?? 0))];
        Programmes = [.. Figures.Select(f => new Doors(f.Revision, [.. f.Revision.Forms.Select(form =>
            (form, f.Programme.Forms.FirstOrDefault(row => row.FormNo == form.No)?.Cells.FirstOrDefault(cell => cell.Year == year)?.Count ?? 0))]))];
        await CountPartnersAsync(year, stop);
        // The cases that tell most.
        var full = await db.LatestCases.Include(c => c.Revision).Where(c => c.Year == year).OrderByDescending(c => c.AnswersJson.Length).ThenBy(c => c.CaseId).Take(60).ToListAsync(stop);
        Picked = Varied(full.ConvertAll(c => CaseCard.Of(c, c.Revision)));
        var found = await index.FindAsync(new CaseQuery { Size = 1 }, stop);
        Total = found.Page.Total;
        Themes = [.. found.Facets[Facet.Theme].Take(6).Select(theme => theme.Value)];
        WaysIn =
        [
            new("by-place", "場所から", "By place", "municipality", Most(Facet.Municipality)),
            new("by-theme", "分野から", "By field", "theme", Most(Facet.Theme)),
            new("by-partner", "相手方から", "By kind of partner", "partner", Most(Facet.Partner)),
        ];

        List<FacetValue> Most(Facet facet) => [.. found.Facets[facet].OrderByDescending(value => value.Count).Take(10)];
    }

    private async Task CountPartnersAsync(FiscalYear year, CancellationToken stop)
    {
        var cases = await db.LatestCases.Where(c => c.Year == year).Select(c => c.PartnersJson).ToListAsync(stop);
        var partners = cases.SelectMany(json => System.Text.Json.JsonSerializer.Deserialize<List<PublishedPartner>>(json, Json.Plain)!).DistinctBy(p => p.Id).ToList();
        Partners = partners.Count;
        PartnerKinds = [.. partners.Where(p => p.Kind.Length > 0).GroupBy(p => p.Kind).Select(g => (g.Key, g.Count())).OrderByDescending(g => g.Item2)];
    }

    // A few that differ: from another programme, form and unit each.
    private static List<CaseCard> Varied(IReadOnlyList<CaseCard> cards)
    {
        var picked = new List<CaseCard>();
        foreach (var card in cards)
        {
            if (picked.Count < 6 && picked.TrueForAll(p => p.UnitCode != card.UnitCode && (p.Programme, p.FormNo) != (card.Programme, card.FormNo)))
                picked.Add(card);
        }
        return picked;
    }
}
