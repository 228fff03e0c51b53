using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>The round as it will go out, and the button that sends it.</summary>
public sealed class PreviewModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute]
    public long Id { get; set; }

    [BindProperty(Name = "version")]
    public long SeenVersion { get; set; }

    [BindProperty(Name = "sendDay")]
    public string? SendDay { get; set; }

    [BindProperty(Name = "sendTime")]
    public string? SendTime { get; set; }

    public Round Round { get; private set; } = null!;

    public int Mails { get; private set; }

    public IReadOnlyList<string> UnitsWithoutRespondent { get; private set; } = [];

    public string? WhyNotOpen => Round.WhyNotOpen(Me);

    public async Task<IActionResult> OnGetAsync()
    {
        if (await Db.Rounds.Where(r => r.Id == Id).Select(r => (RoundStatus?)r.Status).FirstOrDefaultAsync() is not { } status)
            return NotFound();
        if (status is not RoundStatus.Draft)
            return LocalRedirect($"/staff/rounds/{Id}");
        await LoadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await Db.Rounds.WithInquiries().FirstOrDefaultAsync(r => r.Id == Id) is not { } round)
            return NotFound();
        Expect(round, SeenVersion);
        round.Open(Me, Now, await RespondentsAsync(round));
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/rounds/{Id}", $"{round.Inquiries.Count}組織に照会を送りました。");
    }

    public Task<IActionResult> OnPostScheduleAsync()
    {
        var day = DateField.Read(SendDay, "送る日", "send-day") ?? throw new Refusal("送る日を書いてください。");
        if (!TimeOnly.TryParse(SendTime, System.Globalization.CultureInfo.InvariantCulture, out var time))
            throw new Refusal("送る時刻を書いてください。例: 09:00");
        var at = JapanTime.At(day, time.Hour, time.Minute);
        return ChangeAsync(round => round.Schedule(at, Me, Now), $"{at.JapaneseMinute()}に送る予約をしました。");
    }

    public Task<IActionResult> OnPostUnscheduleAsync() => ChangeAsync(round => round.Unschedule(Me, Now), "予約を取り消しました。");

    private async Task<IActionResult> ChangeAsync(Action<Round> verb, string done)
    {
        if (await Db.Rounds.WithInquiries().FirstOrDefaultAsync(r => r.Id == Id) is not { } round)
            return NotFound();
        Expect(round, SeenVersion);
        verb(round);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/rounds/{Id}/preview", done);
    }

    public override async Task LoadAsync()
    {
        Round = await Db.Rounds.AsNoTracking().WithInquiries().Include(r => r.Attachments).FirstAsync(r => r.Id == Id);
        var respondents = await RespondentsAsync(Round);
        Mails = Round.Inquiries.Sum(i => respondents[i.UnitId].Count());
        UnitsWithoutRespondent = [.. Round.Inquiries.Where(i => !respondents[i.UnitId].Any()).OrderBy(i => i.Unit.Order).Select(i => i.Unit.Name)];
    }

    private Task<ILookup<long, string>> RespondentsAsync(Round round) => Db.MailAddressesAsync(Role.Respondent, round.Inquiries.Select(i => i.UnitId), Today);
}
