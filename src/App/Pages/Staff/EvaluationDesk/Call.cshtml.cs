using Kyodo.App.Pages.Staff.Evaluation;
using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Evaluation.Door;
using Kyodo.Scores;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.EvaluationDesk;

/// <summary>How far a call is: who is silent, what waits for a reflection; reminders and the deadline.</summary>
public sealed class CallModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public static IReadOnlyList<(string Key, string Words)> Filters { get; } = [("", "すべて"), ("silent", "相手方がまだ"), ("unit", "行政がまだ"), ("reflect", "振り返りがまだ"), ("reflected", "振り返り済み")];

    [FromRoute(Name = "id")]
    public long Id { get; set; }

    [FromQuery(Name = "state")]
    public string? State { get; set; }

    public CallRow Row { get; private set; } = null!;

    public IReadOnlyList<CaseEvaluation> Evaluations { get; private set; } = [];

    public IReadOnlySet<string> Reached { get; private set; } = new HashSet<string>();

    public DateTimeOffset At => Now;

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostRemindPartnersAsync() =>
        await FindAsync() ? DoneAt($"/staff/evaluation/calls/{Id}", $"{await Db.RemindPartnersAsync(Id, Me, Now)}団体へのお願いを、送信の列に入れました。") : NotFound();

    public async Task<IActionResult> OnPostRemindUnitsAsync() =>
        await FindAsync() ? DoneAt($"/staff/evaluation/calls/{Id}", $"{await Db.RemindUnitsAsync(Id, Me, Now)}組織へのお願いを、送信の列に入れました。") : NotFound();

    public async Task<IActionResult> OnPostDueAsync([FromForm] string? due, [FromForm] long version)
    {
        if (!await FindAsync())
            return NotFound();
        var to = DateField.Read(due, "新しい期限", "due") ?? throw new Refusal("新しい期限を書いてください。");
        var call = await Db.EvaluationCalls.FirstAsync(c => c.Id == Id);
        Expect(call, version);
        call.MoveDue(to, Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/evaluation/calls/{Id}", "期限を変えました。");
    }

    public override Task LoadAsync() => FindAsync();

    private async Task<bool> FindAsync()
    {
        if ((await CallRow.AllAsync(Db)).FirstOrDefault(row => row.Call.Id == Id) is not { } row)
            return false;
        Row = row;
        var all = await Db.Evaluations.AsNoTracking().WithSides().Where(e => e.CallId == Id).OrderBy(e => e.Unit.Order).ThenBy(e => e.CaseTitle).ToListAsync();
        Row = row with { Call = all.Count > 0 ? all[0].Call : row.Call };
        Evaluations = all.FindAll(e => State switch
        {
            "silent" => e.Partners.Any(side => !side.HasAnswered),
            "unit" => !e.Government.HasAnswered,
            "reflect" => e.Status is EvaluationStatus.Opened && e.Unreflected().Count > 0,
            "reflected" => e.Status is EvaluationStatus.Reflected,
            _ => true,
        });
        Reached = (await Db.PartnerInvitations.Where(i => i.RevokedAt == null).Select(i => i.PartnerId).Distinct().ToListAsync()).ToHashSet(StringComparer.Ordinal);
        return true;
    }
}
