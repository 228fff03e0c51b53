using System.Text.Json;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Organizations;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Statistics;

/// <summary>How many cases of a programme and year have something in common.</summary>
public sealed record CaseCount(string Programme, FiscalYear Year, int FormNo, string Unit, string UnitName, int UnitOrder, bool IsBureau, string Status, int Band, int Count);

/// <summary>How many cases name a place or a kind of partner; a case that names two is counted under each.</summary>
public sealed record NamedCount(string Programme, FiscalYear Year, string Name, int Count);

/// <summary>
/// The published cases, counted: what every table but the trend is made of. The engine groups them, so that a hundred thousand cases come as a
/// few thousand rows.
/// </summary>
/// <param name="Places">By municipality; cases that name none, or the whole prefecture, stand under the empty name.</param>
/// <param name="Partners">By kind of partner; cases whose partners have no kind stand under the empty name.</param>
/// <param name="Rounds">How the round of each edition went, where the edition says so.</param>
public sealed record CaseCounts(
    IReadOnlyList<CaseCount> Cases, IReadOnlyList<NamedCount> Places, IReadOnlyList<NamedCount> Partners, IReadOnlyDictionary<(string Programme, FiscalYear Year), RoundFigures> Rounds, HeadCounts HeadCounts, HeadCounts Residents, IReadOnlySet<string> MunicipalUnits)
{
    /// <summary>The codes of units and names of municipalities that were counted under those of today; empty where each stands for itself.</summary>
    public ILookup<string, string> Formerly { get; private init; } = Enumerable.Empty<string>().ToLookup(name => name);

    /// <summary>What the cases were counted under: the value itself, or those it stands for.</summary>
    public IReadOnlyList<string> Behind(string item) => Formerly[item].ToList() is { Count: > 0 } former ? former : [item];

    /// <summary>The same cases under the units and municipalities of today (いまの組織).</summary>
    public CaseCounts In(OrganizationNow now) => this with
    {
        Cases = [.. Cases.Select(c => now.Of(c.Unit) is { } unit ? c with { Unit = unit.Code, UnitName = unit.Name, UnitOrder = unit.Order, IsBureau = unit.Kind is OrgUnitKind.RegionalBureau } : c)
            .GroupBy(c => c with { Count = 0 }).Select(g => g.Key with { Count = g.Sum(c => c.Count) })],
        Places = [.. Places.GroupBy(p => p with { Name = now.Municipality(p.Name), Count = 0 }).Select(g => g.Key with { Count = g.Sum(p => p.Count) })],
        Formerly = Cases.Select(c => c.Unit).Distinct().Select(code => (Former: code, Now: now.Of(code)?.Code ?? code))
            .Concat(Places.Select(p => p.Name).Distinct().Select(name => (Former: name, Now: now.Municipality(name))))
            .ToLookup(pair => pair.Now, pair => pair.Former, StringComparer.Ordinal),
    };

    internal static async Task<CaseCounts> ReadAsync(AppDb db, EditionShelf shelf, CancellationToken stop)
    {
        var rounds = new Dictionary<(string, FiscalYear), RoundFigures>();
        foreach (var revision in await db.Revisions.AsNoTracking().Where(r => r.IsLatest).Select(r => new { r.ProgrammeKey, r.Year, r.No }).ToListAsync(stop))
        {
            if (await RoundFigures.ReadAsync(shelf, revision.ProgrammeKey, revision.Year, revision.No, stop) is { } figures)
                rounds[(revision.ProgrammeKey, revision.Year)] = figures;
        }
        // The bands as BudgetBand states them, by their place there.
        var cases = await db.LatestCases
            .GroupBy(c => new
            {
                c.ProgrammeKey,
                c.Year,
                c.FormNo,
                c.UnitCode,
                c.UnitName,
                c.UnitOrder,
                c.IsBureau,
                c.Status,
                Band = c.BudgetYen == null ? 6 : c.BudgetYen < 1 ? 0 : c.BudgetYen < BudgetBand.Low ? 1 : c.BudgetYen < BudgetBand.Middle ? 2 : c.BudgetYen < BudgetBand.High ? 3 : c.BudgetYen < BudgetBand.Top ? 4 : 5,
            })
            .Select(g => new { g.Key, Count = g.Count() }).ToListAsync(stop);
        // What cases say of their places is mostly one of a few texts: each is read once.
        var places = await db.LatestCases.GroupBy(c => new { c.ProgrammeKey, c.Year, c.MunicipalitiesJson }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(stop);
        var partners = new Dictionary<(string, FiscalYear, string), int>();
        await foreach (var one in db.LatestCases.Select(c => new { c.ProgrammeKey, c.Year, c.PartnersJson }).AsAsyncEnumerable().WithCancellation(stop))
        {
            foreach (var kind in Kinds(one.PartnersJson))
                partners[(one.ProgrammeKey, one.Year, kind)] = partners.GetValueOrDefault((one.ProgrammeKey, one.Year, kind)) + 1;
        }
        return new CaseCounts(
            cases.ConvertAll(g => new CaseCount(g.Key.ProgrammeKey, g.Key.Year, g.Key.FormNo, g.Key.UnitCode, g.Key.UnitName, g.Key.UnitOrder, g.Key.IsBureau, g.Key.Status, g.Key.Band, g.Count)),
            [.. places.SelectMany(g => Names(g.Key.MunicipalitiesJson).Select(name => (g.Key.ProgrammeKey, g.Key.Year, Name: name, g.Count)))
                .GroupBy(p => (p.ProgrammeKey, p.Year, p.Name)).Select(g => new NamedCount(g.Key.ProgrammeKey, g.Key.Year, g.Key.Name, g.Sum(p => p.Count)))],
            [.. partners.Select(p => new NamedCount(p.Key.Item1, p.Key.Item2, p.Key.Item3, p.Value))],
            rounds, HeadCounts.Read(shelf.DataFolder), HeadCounts.ReadResidents(shelf.DataFolder),
            (await db.OrgUnits.Where(u => u.Kind == OrgUnitKind.Municipality).Select(u => u.Code).ToListAsync(stop)).ToHashSet(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names(string json) => JsonSerializer.Deserialize<List<string>>(json, Json.Plain) is { Count: > 0 } names ? names.Distinct() : [""];

    private static List<string> Kinds(string json)
    {
        var kinds = JsonSerializer.Deserialize<List<PublishedPartner>>(json, Json.Plain)!.Select(p => p.Kind).Where(kind => kind.Length > 0).Distinct().ToList();
        return kinds is [] ? [""] : kinds;
    }
}

/// <summary>The counts of what is published now, made once a release. One for each program that runs.</summary>
public sealed class ReleasedCounts(EditionShelf shelf) : IDisposable
{
    private readonly SemaphoreSlim _counting = new(1);
    private volatile Kept? _kept;

    public async Task<CaseCounts> ReadAsync(AppDb db, CancellationToken stop = default)
    {
        var stamp = await db.PublicationStampAsync(stop);
        if (_kept is { } kept && kept.Stamp == stamp)
            return kept.Counts;
        await _counting.WaitAsync(stop);
        try
        {
            if (_kept is { } meanwhile && meanwhile.Stamp == stamp)
                return meanwhile.Counts;
            var counts = await CaseCounts.ReadAsync(db, shelf, stop);
            _kept = new Kept(stamp, counts);
            return counts;
        }
        finally
        {
            _counting.Release();
        }
    }

    public void Dispose() => _counting.Dispose();

    private sealed record Kept(string Stamp, CaseCounts Counts);
}
