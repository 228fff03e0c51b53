using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Programmes;
using Kyodo.Scores;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Evaluation;

/// <summary>What a unit has to answer and what waits; for those who see all units, how far each call is.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public IReadOnlyList<CallRow> Calls { get; private set; } = [];

    public IReadOnlyList<CaseEvaluation> ToAnswer { get; private set; } = [];

    public IReadOnlyList<CaseEvaluation> Rest { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync()
    {
        if (Me.SeesAllUnits)
            Calls = await CallRow.AllAsync(Db);
        var units = Me.Duties.Where(duty => duty.Role is Role.Respondent or Role.Approver).Select(duty => duty.UnitId).ToList();
        var own = await Db.Evaluations.AsNoTracking().WithSides().Where(e => units.Contains(e.UnitId)).OrderByDescending(e => e.Call.Year).ThenBy(e => e.CaseTitle).Take(300).ToListAsync();
        ToAnswer = own.FindAll(e => e.Government.WhyNotAnswer(Me, Now) is null);
        Rest = own.FindAll(e => e.Government.WhyNotAnswer(Me, Now) is not null);
    }
}

/// <summary>A call with how far it is.</summary>
public sealed record CallRow(EvaluationCall Call, string Programme, int All, int Government, int Partners, int AllPartners, int Opened, int Reflected)
{
    public static async Task<IReadOnlyList<CallRow>> AllAsync(AppDb db)
    {
        var calls = await db.EvaluationCalls.AsNoTracking().OrderByDescending(c => c.Year).ThenBy(c => c.ProgrammeKey).ToListAsync();
        var names = await db.Programmes.ToDictionaryAsync(p => p.Key, p => p.NameJa);
        var states = (await db.Evaluations.GroupBy(e => new { e.CallId, e.Status }).Select(g => new { g.Key.CallId, g.Key.Status, Count = g.Count() }).ToListAsync()).ToLookup(s => s.CallId);
        var sides = (await db.EvaluationSides.Where(s => s.Status != SideStatus.Merged).GroupBy(s => new { s.Evaluation.CallId, s.Kind, s.Status }).Select(g => new { g.Key.CallId, g.Key.Kind, g.Key.Status, Count = g.Count() }).ToListAsync()).ToLookup(s => s.CallId);
        return calls.ConvertAll(call => new CallRow(
            call, names.GetValueOrDefault(call.ProgrammeKey, call.ProgrammeKey), states[call.Id].Sum(s => s.Count),
            sides[call.Id].Where(s => s.Kind is SideKind.Government && s.Status is SideStatus.Submitted).Sum(s => s.Count),
            sides[call.Id].Where(s => s.Kind is SideKind.Partner && s.Status is SideStatus.Submitted).Sum(s => s.Count),
            sides[call.Id].Where(s => s.Kind is SideKind.Partner).Sum(s => s.Count),
            states[call.Id].Where(s => s.Status is not EvaluationStatus.Answering).Sum(s => s.Count),
            states[call.Id].Where(s => s.Status is EvaluationStatus.Reflected).Sum(s => s.Count)));
    }
}
