using Kyodo.Meetings;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Meetings;

/// <summary>庁内の会議: those that were and will be.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public sealed record Row(string Id, string Title, DateOnly On, string Place, int Opinions, int Open);

    [BindProperty]
    public MeetingForm Typed { get; set; } = new();

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyList<MeetingSubject> Subjects { get; private set; } = [];

    public bool MayKeep => Meeting.WhyNotKeep(Me) is null;

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var meeting = new Meeting(Typed.Read(await MeetingSubject.AllAsync(Db)), Me, Now);
        Db.Add(meeting);
        await Db.SaveChangesAsync(stop);
        return DoneAt($"/staff/meetings/{meeting.Id}", "会議を登録しました。資料を印刷できます。");
    }

    public override async Task LoadAsync()
    {
        var opinions = Db.Opinions;
        Rows = await Db.Meetings.AsNoTracking().OrderByDescending(m => m.On).ThenBy(m => m.Id)
            .Select(m => new Row(m.Id, m.Title, m.On, m.Place, opinions.Count(o => o.MeetingId == m.Id), opinions.Count(o => o.MeetingId == m.Id && o.Status == OpinionStatus.Open))).ToListAsync();
        if (MayKeep)
            Subjects = await MeetingSubject.AllAsync(Db);
    }
}
