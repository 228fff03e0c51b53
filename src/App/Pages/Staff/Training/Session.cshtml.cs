using Kyodo.Common;
using Kyodo.Storage;
using Kyodo.Training;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Training;

/// <summary>One session: for everybody their own registration; for the training officer the list, the attendance and the plan.</summary>
public sealed class SessionModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute(Name = "id")]
    public string Id { get; set; } = "";

    [BindProperty]
    public SessionForm Typed { get; set; } = new();

    [BindProperty(Name = "reason")]
    public string? Reason { get; set; }

    public TrainingSession Session { get; private set; } = null!;

    public IReadOnlyList<RegistrationLine> Lines { get; private set; } = [];

    public TrainingRegistration? Mine { get; private set; }

    public int Taken { get; private set; }

    public int Waiting { get; private set; }

    public bool MayPlan => TrainingSession.WhyNotPlan(Me) is null;

    public string? WhyNotRegister => Session.WhyNotRegister(Now);

    public string? WhyNotConclude => Session.WhyNotConclude(Me, Now);

    public bool MayCancel => Mine?.WhyNotCancel(Me, Now) is null;

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostRegisterAsync(CancellationToken stop) =>
        await Db.RegisterForTrainingAsync(Id, Me, Now, stop) is { } mine
            ? Back(mine.Status is RegistrationStatus.Waiting ? "定員に達しているため、キャンセル待ちに入りました。空きが出ると、自動で繰り上がり、メールでお知らせします。" : "申し込みました。日時の入ったメールをお送りします。")
            : NotFound();

    public async Task<IActionResult> OnPostCancelAsync([FromForm] string? number, CancellationToken stop) =>
        await Db.CancelTrainingAsync(number ?? "", Me, Now, stop) is { } one && one.SessionId == Id ? Back($"{one.Name}さんの申込みを取り消しました。") : NotFound();

    public async Task<IActionResult> OnPostChangeAsync(CancellationToken stop) =>
        await Db.ChangeTrainingAsync(Id, Typed.Read(), Me, Now, stop) is null ? NotFound() : Back("変えました。申し込んだ人に、新しい日時と場所をお知らせします。");

    public async Task<IActionResult> OnPostCallOffAsync(CancellationToken stop) =>
        await Db.CallOffTrainingAsync(Id, Reason, Me, Now, stop) is null ? NotFound() : Back("中止しました。申し込んだ人にお知らせします。");

    public async Task<IActionResult> OnPostConcludeAsync(CancellationToken stop)
    {
        if (await Db.TrainingSessions.FirstOrDefaultAsync(s => s.Id == Id, stop) is not { } session)
            return NotFound();
        session.Conclude(Me, Now);
        await Db.SaveChangesAsync(stop);
        return Back("開催済みにしました。出欠を付けてください。");
    }

    /// <summary>出欠: of all who registered at once; those without a mark were absent.</summary>
    public async Task<IActionResult> OnPostAttendanceAsync([FromForm] List<string> present, CancellationToken stop)
    {
        if (await Db.TrainingSessions.FirstOrDefaultAsync(s => s.Id == Id, stop) is not { } session)
            return NotFound();
        Refusal.If(session.WhyNotMark(Me));
        var came = present.ToHashSet(StringComparer.Ordinal);
        foreach (var one in await Db.TrainingRegistrations.Include(r => r.Session).Where(r => r.SessionId == Id).ToListAsync(stop))
        {
            var was = came.Contains(one.Number);
            if (one.Status != (was ? RegistrationStatus.Attended : RegistrationStatus.Absent) && one.WhyNotMark(was, Me) is null)
                one.Mark(was, Me, Now);
        }
        await Db.SaveChangesAsync(stop);
        return Back("出欠を保存しました。");
    }

    public override async Task LoadAsync()
    {
        await FindAsync();
        if (Refusal is not null && Typed.Title is null)
            Typed = SessionForm.Of(Session);
    }

    private IActionResult Back(string words) => DoneAt($"/staff/training/{Id}", words);

    private async Task<bool> FindAsync()
    {
        if (await Db.TrainingSessions.AsNoTracking().Include(s => s.Unit).FirstOrDefaultAsync(s => s.Id == Id) is not { } session)
            return false;
        Session = session;
        var me = Me.PersonId;
        Mine = await Db.TrainingRegistrations.AsNoTracking().Include(r => r.Session).Where(r => r.SessionId == Id && r.PersonId == me && r.Status != RegistrationStatus.Cancelled).OrderByDescending(r => r.Id).FirstOrDefaultAsync();
        var counts = await Db.TrainingRegistrations.Where(r => r.SessionId == Id).GroupBy(r => r.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        (Taken, Waiting) = (counts.GetValueOrDefault(RegistrationStatus.Registered), counts.GetValueOrDefault(RegistrationStatus.Waiting));
        if (MayPlan || Me.SeesAllUnits)
            Lines = await Db.RegistrationLinesAsync(Id);
        if (Refusal is null)
            Typed = SessionForm.Of(session);
        return true;
    }
}
