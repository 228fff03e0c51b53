using Kyodo.App.Components;
using Kyodo.Common;
using Kyodo.Meetings;
using Kyodo.Organizations;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Meetings;

/// <summary>One meeting: what was said, and what became of it.</summary>
public sealed class ViewModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute]
    public string Id { get; set; } = "";

    [BindProperty]
    public MeetingForm Typed { get; set; } = new();

    [BindProperty(Name = "opinion")]
    public long? OpinionId { get; set; }

    [BindProperty(Name = "version")]
    public long SeenVersion { get; set; }

    [BindProperty(Name = "speaker")]
    public string? Speaker { get; set; }

    [BindProperty(Name = "text")]
    public string? Text { get; set; }

    [BindProperty(Name = "answer")]
    public string? Answer { get; set; }

    [BindProperty(Name = "unit")]
    public long? UnitId { get; set; }

    [BindProperty(Name = "due")]
    public string? Due { get; set; }

    public Meeting Meeting { get; private set; } = null!;

    public IReadOnlyList<(long Id, string Name)> Units { get; private set; } = [];

    public IReadOnlyList<MeetingSubject> Subjects { get; private set; } = [];

    public bool MayKeep => Meeting.WhyNotKeep(Me) is null;

    public static StatusMark Mark(OpinionStatus status) => new(status switch { OpinionStatus.Open => "status-returned", OpinionStatus.Answered => "status-answering", _ => "status-accepted" }, OpinionStates.Name(status));

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await Db.Meetings.AnyAsync(m => m.Id == Id))
            return NotFound();
        await LoadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (await Db.Meetings.FirstOrDefaultAsync(m => m.Id == Id, stop) is not { } meeting)
            return NotFound();
        Expect(meeting, SeenVersion);
        meeting.Change(Typed.Read(await MeetingSubject.AllAsync(Db)), Me, Now);
        await Db.SaveChangesAsync(stop);
        return Back("会議の登録を直しました。");
    }

    public async Task<IActionResult> OnPostHearAsync(CancellationToken stop)
    {
        if (await Db.Meetings.FirstOrDefaultAsync(m => m.Id == Id, stop) is not { } meeting)
            return NotFound();
        Db.Add(meeting.Hear(Speaker, Text, Me, Now));
        await Db.SaveChangesAsync(stop);
        return Back("意見を残しました。回答・担当・期限を書いてください。");
    }

    public async Task<IActionResult> OnPostAnswerAsync(CancellationToken stop)
    {
        if (await OpinionAsync(stop) is not { } opinion)
            return NotFound();
        var unit = await Db.OrgUnits.FirstOrDefaultAsync(u => u.Id == UnitId, stop);
        opinion.Reply(Answer, unit, DateField.Read(Due, "対応の期限", $"due{opinion.Id}"), Me, Now);
        await Db.SaveChangesAsync(stop);
        return Back("回答を書きました。");
    }

    public async Task<IActionResult> OnPostFinishAsync(CancellationToken stop)
    {
        if (await OpinionAsync(stop) is not { } opinion)
            return NotFound();
        opinion.Finish(Me, Now);
        await Db.SaveChangesAsync(stop);
        return Back("対応済みにしました。");
    }

    public async Task<IActionResult> OnPostReopenAsync(CancellationToken stop)
    {
        if (await OpinionAsync(stop) is not { } opinion)
            return NotFound();
        opinion.Reopen(Me, Now);
        await Db.SaveChangesAsync(stop);
        return Back("対応中に戻しました。");
    }

    public override async Task LoadAsync()
    {
        Meeting = await Db.Meetings.AsNoTracking().Include(m => m.Opinions.OrderBy(o => o.Id)).ThenInclude(o => o.Unit).FirstAsync(m => m.Id == Id);
        if (!MayKeep)
            return;
        Units = [.. (await Db.OrgUnits.AsNoTracking().OrderBy(u => u.Order).ToListAsync()).Where(u => u.StandsIn(FiscalYear.Of(Today))).Select(u => (u.Id, u.Name))];
        Subjects = await MeetingSubject.AllAsync(Db);
    }

    private async Task<Opinion?> OpinionAsync(CancellationToken stop)
    {
        var opinion = await Db.Opinions.Include(o => o.Meeting).FirstOrDefaultAsync(o => o.Id == OpinionId && o.MeetingId == Id, stop);
        if (opinion is not null)
            Expect(opinion, SeenVersion);
        return opinion;
    }

    private IActionResult Back(string words) => DoneAt($"/staff/meetings/{Id}", words);
}
