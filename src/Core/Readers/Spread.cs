using Kyodo.Editions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Readers;

/// <summary>
/// The spread of a project: who used it, and who used what came from that. <paramref name="Title"/> is null where a unit named no case of its
/// own; <paramref name="Repeated"/> says that the project stands elsewhere in the tree and its further spread is drawn there.
/// </summary>
public sealed record SpreadNode(string Unit, string? Title, string? CaseId, string? Note, int? Year, IReadOnlyList<SpreadNode> Next, bool Repeated = false)
{
    public int Count => Next.Sum(node => 1 + node.Count);

    /// <summary>How many units it has reached, itself not counted.</summary>
    public int Units => Everything().Skip(1).Select(node => node.Unit).Where(unit => unit != Unit).Distinct(StringComparer.Ordinal).Count();

    private IEnumerable<SpreadNode> Everything() => Next.SelectMany(node => node.Everything()).Prepend(this);
}

public static class Spread
{
    private const int MostNodes = 300;
    private const int Deepest = 8;

    public static async Task<SpreadNode> SpreadOfAsync(this AppDb db, PublishedCase one, CancellationToken stop = default)
    {
        var uses = new Dictionary<string, List<CaseUse>>(StringComparer.Ordinal);
        var wave = new List<string> { one.ProjectId };
        for (var depth = 0; wave.Count > 0 && depth < Deepest && uses.Sum(pair => pair.Value.Count) < MostNodes; depth++)
        {
            var found = await db.CaseUses.AsNoTracking().Include(u => u.Unit).Where(u => wave.Contains(u.ProjectId) && u.TakenBackAt == null)
                .OrderBy(u => u.UsedAt).ThenBy(u => u.Id).Take(MostNodes).ToListAsync(stop);
            foreach (var project in wave)
                uses[project] = found.FindAll(u => u.ProjectId == project);
            wave = [.. found.Select(u => u.OwnProjectId).OfType<string>().Distinct().Where(project => !uses.ContainsKey(project))];
        }
        var own = uses.Values.SelectMany(list => list).Select(u => u.OwnCaseId).OfType<string>().Distinct().ToList();
        // A case that is no longer published is not named.
        var titles = await db.LatestCases.Where(c => own.Contains(c.CaseId)).Select(c => new { c.CaseId, c.Title, c.Year }).ToDictionaryAsync(c => c.CaseId, stop);
        var drawn = new HashSet<string>(StringComparer.Ordinal);
        return new SpreadNode(one.UnitName, one.Title, one.CaseId, null, one.Year.Year, NextOf(one.ProjectId));

        IReadOnlyList<SpreadNode> NextOf(string project)
        {
            drawn.Add(project);
            return [.. uses.GetValueOrDefault(project, []).Select(use =>
            {
                var named = use.OwnCaseId is { } id ? titles.GetValueOrDefault(id) : null;
                var repeated = use.OwnProjectId is { } next && drawn.Contains(next);
                return new SpreadNode(use.Unit.Name, named?.Title, named?.CaseId, use.Note, named?.Year.Year, use.OwnProjectId is { } further && !repeated ? NextOf(further) : [], repeated);
            })];
        }
    }
}
