using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Statistics;

/// <summary>
/// 推移: projects by form and year, from recorded totals of the years before the system and from the newest revision of each edition after.
/// </summary>
public sealed record Trend(IReadOnlyList<FiscalYear> Years, IReadOnlyList<TrendProgramme> Programmes)
{
    public static async Task<Trend> ReadAsync(AppDb db, CancellationToken stop = default)
    {
        var recorded = await db.RecordedTotals.AsNoTracking().OrderBy(t => t.Id).ToListAsync(stop);
        var revisions = await db.Revisions.AsNoTracking().Where(r => r.IsLatest).OrderBy(r => r.Id).ToListAsync(stop);
        var counted = (await db.LatestCases.GroupBy(c => new { c.ProgrammeKey, c.Year, c.FormNo }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(stop))
            .ToDictionary(g => (g.Key.ProgrammeKey, g.Key.Year, g.Key.FormNo), g => g.Count);
        var withdrawn = (await db.Withdrawals.AsNoTracking().Where(w => w.EndedAt == null).Select(w => new { w.ProgrammeKey, w.Year }).ToListAsync(stop))
            .CountBy(w => (w.ProgrammeKey, w.Year)).ToDictionary();
        var breaks = await db.SeriesBreaks.AsNoTracking().ToListAsync(stop);
        var years = recorded.Select(t => t.Year).Concat(revisions.Select(r => r.Year)).Distinct().Order().ToList();
        if (years.Count > 0)
            years = [.. Enumerable.Range(years[0].Year, years[^1].Year - years[0].Year + 1).Select(y => new FiscalYear(y))];
        var totals = recorded.ToDictionary(t => (t.ProgrammeKey, t.Year, t.FormNo));
        var editions = revisions.ToDictionary(r => (r.ProgrammeKey, r.Year));
        var keys = recorded.Select(t => t.ProgrammeKey).Concat(revisions.Select(r => r.ProgrammeKey)).Distinct();
        return new Trend(years, [.. keys.Select(key =>
        {
            var newest = revisions.Where(r => r.ProgrammeKey == key).MaxBy(r => r.Year);
            var name = newest?.NameJa ?? recorded.First(t => t.ProgrammeKey == key).ProgrammeName;
            // A figure of the old series says so wherever it goes, the files too.
            string? OldSeries(FiscalYear year) => breaks.Find(b => b.ProgrammeKey == key && year <= b.LastBefore)?.NoteJa;
            int CountOf(int formNo, FiscalYear year) => formNo == 0 ? counted.Where(c => c.Key.ProgrammeKey == key && c.Key.Year == year).Sum(c => c.Value) : counted.GetValueOrDefault((key, year, formNo));
            // A figure that is smaller than the edition says why; a form's count does not say whether the withdrawn case was its own.
            string? NoteOf(Revision edition, int formNo) => formNo == 0 && withdrawn.GetValueOrDefault((key, edition.Year)) is > 0 and var gone
                ? $"{edition.Remark}公表のあとで取り下げた事例（{gone}件）は数えていません。" : edition.Remark;
            TrendCell Cell(int formNo, FiscalYear year) =>
                editions.TryGetValue((key, year), out var edition) && edition.TakenOverFrom is null
                    ? new TrendCell(year, CountState.Released, CountOf(formNo, year), NoteOf(edition, formNo))
                : totals.TryGetValue((key, year, formNo), out var total)
                    ? new TrendCell(year, total.State, total.Count, total.Source, OldSeries(year))
                : totals.TryGetValue((key, year, 0), out var whole) && whole.State is CountState.NotExisting
                    ? new TrendCell(year, CountState.NotExisting, null, whole.Source)
                : new TrendCell(year, CountState.NotCollected, null, null);
            var forms = newest?.Forms.Select(f => (f.No, f.NameJa, f.NameEn)).ToList()
                ?? [.. recorded.Where(t => t.ProgrammeKey == key && t.FormNo > 0).Select(t => (t.FormNo, t.Form, t.Form)).Distinct().OrderBy(f => f.FormNo)];
            return new TrendProgramme(key, name, newest?.NameEn ?? name,
                [.. forms.Select(f => new TrendRow(f.No, f.NameJa, f.NameEn, [.. years.Select(year => Cell(f.No, year))]))],
                new TrendRow(0, "計", "Total", [.. years.Select(year => Cell(0, year))]),
                [.. breaks.Where(b => b.ProgrammeKey == key).OrderBy(b => b.LastBefore)]);
        })]);
    }
}

public sealed record TrendProgramme(string Key, string NameJa, string NameEn, IReadOnlyList<TrendRow> Forms, TrendRow Total, IReadOnlyList<SeriesBreak> Breaks);

public sealed record TrendRow(int FormNo, string NameJa, string NameEn, IReadOnlyList<TrendCell> Cells);

/// <summary>
/// One figure. <paramref name="Count"/> is a number (0 included) when released or recorded, and null otherwise;
/// <paramref name="Note"/> is its source or remark, <paramref name="OldSeries"/> why it cannot be compared with later years.
/// </summary>
public sealed record TrendCell(FiscalYear Year, CountState State, int? Count, string? Note, string? OldSeries = null)
{
    /// <summary>What goes with the figure into a file, where no footnote stands below a table.</summary>
    public string? FileNote => OldSeries is null ? Note : $"{OldSeries}資料: {Note}";

    /// <summary>As a table shows it: 0, ― (did not exist) or … (not collected).</summary>
    public string Shown => State switch
    {
        CountState.NotExisting => "―",
        CountState.NotCollected => "…",
        _ => Count!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>As files name it: released, recorded, not_existing, not_collected.</summary>
    public string StateName => State switch
    {
        CountState.Released => "released",
        CountState.Recorded => "recorded",
        CountState.NotExisting => "not_existing",
        _ => "not_collected",
    };
}
