using System.Globalization;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Programmes;
using Kyodo.Scores;
using Kyodo.Statistics;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Portal;

/// <summary>協働評価の集計: how both sides judged, criterion by criterion, from what released revisions hold. Groups under five say nothing but n.</summary>
public sealed class EvaluationStatisticsModel(AppDb db) : PublicPage
{
    /// <summary>A year and a programme (or all together), newest year first; all together before the programmes.</summary>
    public IReadOnlyList<EvaluationGroup> Groups { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var figures = await db.EvaluationFiguresAsync(stop);
        var names = await db.Programmes.AsNoTracking().ToDictionaryAsync(p => p.Key, p => Say(p.NameJa, p.NameEn), StringComparer.Ordinal, stop);
        var texts = (await db.LatestEvaluations().Select(e => e.CriteriaJson).Distinct().ToListAsync(stop))
            .SelectMany(json => System.Text.Json.JsonSerializer.Deserialize<List<PublishedCriterion>>(json, Json.Plain)!).DistinctBy(one => one.No).ToDictionary(one => one.No, one => one.Text(Lang), StringComparer.Ordinal);
        // One programme alone says the same twice.
        var alone = figures.GroupBy(one => one.Year).Where(year => year.Where(one => one.Figure.Table != ScoreTable.Total.Name).Select(one => one.Figure.Group).Distinct(StringComparer.Ordinal).Count() < 2).Select(year => year.Key).ToHashSet();
        Groups = [.. figures.Where(one => one.Figure.Table != ScoreTable.Total.Name || !alone.Contains(one.Year)).GroupBy(one => (one.Year, one.Figure.Table, one.Figure.Group)).OrderByDescending(g => g.Key.Year).ThenByDescending(g => g.Key.Table, StringComparer.Ordinal).ThenBy(g => g.Key.Group, StringComparer.Ordinal)
            .Select(g => new EvaluationGroup(g.Key.Year, g.Key.Table == ScoreTable.Total.Name ? Say("すべての制度", "All programmes") : names.GetValueOrDefault(g.Key.Group, g.Key.Group),
            [
                .. g.GroupBy(one => one.Figure.Criterion, StringComparer.Ordinal).Select(own => new EvaluationRow(own.Key, texts.GetValueOrDefault(own.Key, ""),
                    own.Select(one => one.Figure).FirstOrDefault(f => f.Side is SideKind.Government), own.Select(one => one.Figure).FirstOrDefault(f => f.Side is SideKind.Partner))),
            ]))];
        Titled(Say("協働評価の集計", "How both sides judged"), "statistics");
    }

    /// <summary>A number, or why there is none: nobody answered, or too few did to be told.</summary>
    public string Shown(ScoreFigure? figure, double? value, string format) =>
        figure is null or { N: 0 } ? "―" : figure.IsHidden ? Say("少数", "few") : value?.ToString(format, CultureInfo.InvariantCulture) ?? "―";
}

public sealed record EvaluationGroup(FiscalYear Year, string Name, IReadOnlyList<EvaluationRow> Rows)
{
    public IReadOnlyList<(string No, double? Government, double? Partner)> Shape =>
        [.. Rows.Where(row => row.Government?.Mean is not null || row.Partner?.Mean is not null).Select(row => (row.No, row.Government?.Mean, row.Partner?.Mean))];
}

public sealed record EvaluationRow(string No, string Text, ScoreFigure? Government, ScoreFigure? Partner);
