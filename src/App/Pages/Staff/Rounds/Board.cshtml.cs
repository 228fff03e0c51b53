using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Reminders;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>進み具合: the units of a round as a tree, the late ones first, and what can be done about them.</summary>
public class BoardModel(AppDb db, TimeProvider clock, BoardQueries queries) : StaffPage(db, clock)
{
    [FromRoute]
    public long Id { get; set; }

    /// <summary>A segment's name, <c>late</c> or <c>awaited</c>, to see only its units.</summary>
    [FromQuery(Name = "state")]
    public string? State { get; set; }

    [FromQuery(Name = "q")]
    public string? Search { get; set; }

    [BindProperty(Name = "version")]
    public long SeenVersion { get; set; }

    /// <summary>The reminders' days as they were typed.</summary>
    [BindProperty(Name = "days")]
    public string? Days { get; set; }

    [BindProperty(Name = "escalate")]
    public string? Escalate { get; set; }

    public BoardView View { get; private set; } = null!;

    public BoardRound Round => View.Round;

    /// <summary>Equal while nothing that the board shows has changed.</summary>
    public string Tag { get; private set; } = "";

    protected BoardQueries Queries => queries;

    public virtual async Task<IActionResult> OnGetAsync()
    {
        if (await Queries.StampAsync(Db, Id) is not { } stamp)
            return NotFound();
        if (stamp.Status is RoundStatus.Draft)
            return LocalRedirect($"/staff/rounds/{Id}/draft");
        await LoadAsync(stamp);
        return Page();
    }

    public Task<IActionResult> OnPostCloseAsync() => ChangeAsync(round => round.Close(Me, Now), "受付を締め切りました。");

    public Task<IActionResult> OnPostReopenAsync() => ChangeAsync(round => round.Reopen(Me, Now), "受付を再開しました。");

    public Task<IActionResult> OnPostRemindersAsync() => ChangeAsync(round => round.PlanReminders(ReminderPlan.Read(Days, Escalate), Me, Now), "お知らせの日を保存しました。");

    /// <param name="inquiry">One unit's.</param>
    /// <param name="who"><c>late</c>: all whose deadline has passed; otherwise all that have not answered.</param>
    public async Task<IActionResult> OnPostRemindAsync(long? inquiry, string? who)
    {
        if (await Db.Rounds.WithInquiries().FirstOrDefaultAsync(r => r.Id == Id) is not { } round)
            return NotFound();
        var reminded = round.Inquiries.Where(i => inquiry is null ? i.WhyNotRemind(Me) is null && (who != "late" || i.IsLate(Today)) : i.Id == inquiry).ToList();
        foreach (var one in reminded)
            Refusal.If(one.WhyNotRemind(Me));
        var asking = await Db.AskingAsync(reminded, Today);
        var people = await Db.ThoseAwaitedAsync(asking.Now, Today);
        foreach (var one in asking.Now)
            one.Remind(Me, Now, people.Of(one));
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/rounds/{Id}", asking.Words);
    }

    public override async Task LoadAsync() => await LoadAsync((await Queries.StampAsync(Db, Id))!);

    protected async Task LoadAsync(BoardStamp stamp)
    {
        Tag = stamp.Tag(Today, MayCoordinate);
        var round = (await Queries.RoundAsync(Db, Id))!;
        View = new BoardView(round, Today, await Queries.RowsAsync(Db, round, stamp, Today)) { MayCoordinate = MayCoordinate, State = State, Search = Search };
        var plan = ReminderPlan.Parse(round.Reminders);
        (Days, Escalate) = (Days ?? plan.DaysWritten, Escalate ?? $"{plan.EscalateAfter}");
    }

    private async Task<IActionResult> ChangeAsync(Action<Round> verb, string done)
    {
        if (await Db.Rounds.FirstOrDefaultAsync(r => r.Id == Id) is not { } round)
            return NotFound();
        Expect(round, SeenVersion);
        verb(round);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/rounds/{Id}", done);
    }
}
