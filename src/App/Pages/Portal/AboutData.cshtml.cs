using Kyodo.Editions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Portal;

/// <summary>How to take the data and the API into use, with examples that work on this site.</summary>
public sealed class AboutDataModel(AppDb db) : PublicPage
{
    public sealed record Example(string Ja, string En, string Address);

    /// <summary>The newest edition, for the examples; null where none is released.</summary>
    public Revision? Newest { get; private set; }

    public IReadOnlyList<Example> Examples { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        Titled(Say("オープンデータとAPI", "Open data and API"), "about");
        Newest = await db.Revisions.AsNoTracking().Where(r => r.IsLatest).OrderByDescending(r => r.Year).ThenBy(r => r.Id).FirstOrDefaultAsync(stop);
        var id = Newest is null ? null : await db.LatestCases.Where(c => c.RevisionId == Newest.Id).OrderBy(c => c.Order).Select(c => c.CaseId).FirstOrDefaultAsync(stop);
        Examples =
        [
            new("「清掃」の事例を5件", "Five cases about cleaning (清掃)", "/api/v1/cases?q=清掃&size=5"),
            .. Newest is { } revision ? [new Example($"{revision.Year.Japanese}に始まった事例", $"Cases begun in {YearWords(revision.Year)}", $"/api/v1/cases?year={revision.Year}&status=new")] : Array.Empty<Example>(),
            new("言葉をそのまま含み、別の言葉を含まない事例", "A phrase that must stand, a word that must not", "/api/v1/cases?q=「ボランティア」 -道路"),
            .. id is null ? [] : new[] { new Example("一つの事例のすべて", "One case, whole", $"/api/v1/cases/{id}") },
            new("公表したすべての版", "Every released revision", "/api/v1/editions"),
            .. Newest is { } newest ? [new Example("前の版から変わったところ", "What changed since the revision before", $"/api/v1/editions/{newest.ProgrammeKey}/{newest.Year}/changes")] : Array.Empty<Example>(),
            new("形態と年度ごとの件数", "Counts by form and year", "/api/v1/statistics/trend"),
            new("部局間の偏り", "Unevenness between units", "/api/v1/statistics/unevenness"),
        ];
    }
}
