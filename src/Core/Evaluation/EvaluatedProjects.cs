using Kyodo.Common;
using Kyodo.Scores;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Evaluation;

/// <summary>
/// One evaluated project as later stages ask of it. Means and gaps are in steps of four and null where nothing can be compared;
/// <paramref name="Unreflected"/> are flagged differences that nobody has written about.
/// </summary>
public sealed record EvaluatedProject(
    string EvaluationId, string CaseId, string ProjectId, string ProgrammeKey, FiscalYear Year, long UnitId, int FormNo, string Title, SheetForm Form, EvaluationStatus Status,
    int Partners, int AnsweredPartners, IReadOnlyList<string> SilentPartners, bool GovernmentAnswered,
    double? GovernmentMean, double? PartnerMean, double? MeanGap, int Flagged, int Unreflected, bool PartnersConsent)
{
    public bool IsOpen => Status is not EvaluationStatus.Answering;

    public bool IsReflected => Status is EvaluationStatus.Reflected;

    /// <summary>Both sides have judged it.</summary>
    public bool IsMutual => GovernmentAnswered && AnsweredPartners > 0;
}

/// <summary>What was said in all evaluations of a year, read whole: figures, selection and reports begin here.</summary>
public sealed class EvaluatedProjects
{
    // Compiled queries belong to the engine they were compiled for, and so to one running program.
    private readonly Func<AppDb, FiscalYear, IAsyncEnumerable<Head>> _heads = EF.CompileAsyncQuery((AppDb db, FiscalYear year) =>
        db.Set<CaseEvaluation>().AsNoTracking().Where(e => e.Call.Year == year).OrderBy(e => e.Id)
            .Select(e => new Head(e.Id, e.CallId, e.CaseId, e.ProjectId, e.UnitId, e.Unit.Code, e.FormNo, e.CaseTitle, e.Form, e.Status, e.ReflectionsJson)));

    private readonly Func<AppDb, FiscalYear, IAsyncEnumerable<Answered>> _sides = EF.CompileAsyncQuery((AppDb db, FiscalYear year) =>
        db.Set<EvaluationSide>().AsNoTracking().Where(s => s.Evaluation.Call.Year == year && s.Status != SideStatus.Merged).OrderBy(s => s.EvaluationId).ThenBy(s => s.Order)
            .Select(s => new Answered(s.EvaluationId, s.Kind, s.Status, s.Marks, s.PartnerId, s.Name, s.PartnerKind)));

    /// <summary>The evaluated projects of a year. Of those still blind only that they are there.</summary>
    public async Task<IReadOnlyList<EvaluatedProject>> OfYearAsync(AppDb db, FiscalYear year, CancellationToken stop = default)
    {
        var (calls, heads, sides) = await ReadAsync(db, year, stop);
        var consents = await db.ConsentsAsync([.. heads.Select(head => head.CaseId).Distinct()], stop);
        return heads.ConvertAll(head => Project(head, calls[head.CallId], [.. sides[head.Id]], consents));
    }

    /// <summary>The opened answers of a year for <see cref="ScoreFigures"/>: every side's, as staff may count them.</summary>
    public async Task<IReadOnlyList<Judged>> JudgedAsync(AppDb db, FiscalYear year, CancellationToken stop = default)
    {
        var (calls, heads, sides) = await ReadAsync(db, year, stop);
        var nos = calls.Values.GroupBy(call => call.SheetId).ToDictionary(g => g.Key, g => (Nos: (IReadOnlyList<string>)[.. g.First().Sheet.Criteria.Select(c => c.No)], g.First().Sheet.Scale));
        var judged = new List<Judged>(heads.Count);
        foreach (var head in heads)
        {
            if (head.Status is EvaluationStatus.Answering)
                continue;
            string? own = null;
            var partners = new List<JudgedByPartner>(2);
            foreach (var side in sides[head.Id])
            {
                if (side.Status is not SideStatus.Submitted)
                    continue;
                if (side.Kind is SideKind.Government)
                    own = side.Marks;
                else
                    partners.Add(new(side.Marks, side.PartnerKind));
            }
            var call = calls[head.CallId];
            var sheet = nos[call.SheetId];
            judged.Add(new Judged(sheet.Nos, sheet.Scale, call.ProgrammeKey, year.Year, head.FormNo, head.UnitCode, own, partners));
        }
        return judged;
    }

    private async Task<(Dictionary<long, EvaluationCall> Calls, List<Head> Heads, ILookup<string, Answered> Sides)> ReadAsync(AppDb db, FiscalYear year, CancellationToken stop)
    {
        var calls = await db.EvaluationCalls.AsNoTracking().Include(c => c.Sheet).Where(c => c.Year == year).ToDictionaryAsync(c => c.Id, stop);
        var heads = new List<Head>();
        await foreach (var head in _heads(db, year).WithCancellation(stop))
            heads.Add(head);
        var sides = new List<Answered>(heads.Count * 2);
        await foreach (var side in _sides(db, year).WithCancellation(stop))
            sides.Add(side);
        return (calls, heads, sides.ToLookup(side => side.EvaluationId, StringComparer.Ordinal));
    }

    private static EvaluatedProject Project(Head head, EvaluationCall call, List<Answered> sides, IReadOnlyDictionary<(string, string), PartnerConsent> consents)
    {
        var open = head.Status is not EvaluationStatus.Answering;
        var asked = call.Sheet.Asked(head.Form, call.Phase).ToList();
        var scale = call.Sheet.Scale;
        var own = sides.Find(side => side.Kind is SideKind.Government && side.Status is SideStatus.Submitted);
        var partners = sides.FindAll(side => side.Kind is SideKind.Partner);
        var answered = partners.FindAll(side => side.Status is SideStatus.Submitted);
        var widest = asked.Select(one => (one.Criterion.No, Gap: open && own is not null && Marks.At(own.Marks, one.Place).Score is { } a
            ? answered.Select(side => Marks.At(side.Marks, one.Place).Score).OfType<int>().Select(b => (double?)Math.Abs(scale.InCommon(a) - scale.InCommon(b))).Max()
            : null)).Where(one => one.Gap is not null).ToList();
        var flagged = widest.FindAll(one => one.Gap >= CaseEvaluation.FlaggedGap).ConvertAll(one => one.No);
        var reflected = System.Text.Json.JsonSerializer.Deserialize<List<Reflection>>(head.ReflectionsJson, Json.Plain)!.Where(one => one.IsWritten).Select(one => one.No).ToHashSet(StringComparer.Ordinal);
        return new EvaluatedProject(
            head.Id, head.CaseId, head.ProjectId, call.ProgrammeKey, call.Year, head.UnitId, head.FormNo, head.Title, head.Form, head.Status,
            partners.Count, open ? answered.Count : 0, [.. partners.Where(side => open && side.Status is SideStatus.Silent).Select(side => side.Name)], own is not null,
            open && own is not null ? Mean([own]) : null, open ? Mean(answered) : null, widest.Count > 0 ? widest.Average(one => one.Gap) : null, flagged.Count, flagged.Count(no => !reflected.Contains(no)),
            answered.Count > 0 && answered.TrueForAll(side => side.PartnerId is { } id && consents.TryGetValue((head.CaseId, id), out var consent) && consent.Scores));

        double? Mean(List<Answered> of) => of.SelectMany(side => asked.Select(one => Marks.At(side.Marks, one.Place).Score)).OfType<int>().Select(score => (double?)scale.InCommon(score)).Average();
    }

    private sealed record Head(string Id, long CallId, string CaseId, string ProjectId, long UnitId, string UnitCode, int FormNo, string Title, SheetForm Form, EvaluationStatus Status, string ReflectionsJson);

    private sealed record Answered(string EvaluationId, SideKind Kind, SideStatus Status, string Marks, string? PartnerId, string Name, string PartnerKind);
}
