using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>進み具合: the units of a round, the late ones first, and what can be done about them.</summary>
public sealed class BoardModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute]
    public long Id { get; set; }

    /// <summary>A segment's name, to see only its units.</summary>
    [FromQuery(Name = "state")]
    public string? State { get; set; }

    [BindProperty(Name = "version")]
    public long SeenVersion { get; set; }

    public Round Round { get; private set; } = null!;

    public IReadOnlyList<BoardRow> Rows { get; private set; } = [];

    public IReadOnlyList<BoardSegment> Segments { get; private set; } = [];

    public IReadOnlyList<BoardRow> Shown => State switch
    {
        null or "" => Rows,
        "late" => [.. Rows.Where(row => row.DaysLeft < 0 && row.IsAwaited)],
        _ => [.. Rows.Where(row => row.Segment == State)],
    };

    public int Awaited => Rows.Count(row => row.IsAwaited);

    public int Late => Rows.Count(row => row.IsLate);

    public async Task<IActionResult> OnGetAsync()
    {
        if (await Db.Rounds.Where(r => r.Id == Id).Select(r => (RoundStatus?)r.Status).FirstOrDefaultAsync() is not { } status)
            return NotFound();
        if (status is RoundStatus.Draft)
            return LocalRedirect($"/staff/rounds/{Id}/draft");
        await LoadAsync();
        return Page();
    }

    public Task<IActionResult> OnPostCloseAsync() => ChangeAsync(round => round.Close(Me, Now), "受付を締め切りました。");

    public Task<IActionResult> OnPostReopenAsync() => ChangeAsync(round => round.Reopen(Me, Now), "受付を再開しました。");

    /// <param name="inquiry">One unit's; without it all that have not answered.</param>
    public async Task<IActionResult> OnPostRemindAsync(long? inquiry)
    {
        if (await Db.Rounds.WithInquiries().FirstOrDefaultAsync(r => r.Id == Id) is not { } round)
            return NotFound();
        var reminded = round.Inquiries.Where(i => inquiry is null ? i.WhyNotRemind(Me) is null : i.Id == inquiry).ToList();
        if (reminded.Count == 0)
            throw new Refusal("催促する組織がありません。");
        var respondents = await Db.MailAddressesAsync(Role.Respondent, reminded.Select(i => i.UnitId), Today);
        foreach (var one in reminded)
            one.Remind(Me, Now, respondents[one.UnitId]);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/rounds/{Id}", $"{(reminded.Count == 1 ? reminded[0].Unit.Name : $"{reminded.Count}組織")}の回答担当に、お願いのメールを送りました（同じ組織には1日1通までです）。");
    }

    public override async Task LoadAsync()
    {
        Round = await Db.Rounds.AsNoTracking().WithInquiries().FirstAsync(r => r.Id == Id);
        var cases = await Db.Cases.Of(Round.ProgrammeKey, Round.Year).GroupBy(c => c.UnitId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        Rows = [.. Round.Inquiries
            .Select(i => new BoardRow(i, cases.GetValueOrDefault(i.UnitId), i.Due.DayNumber - Today.DayNumber, i.IsLate(Today)))
            .OrderByDescending(row => row.IsLate).ThenByDescending(row => row.IsAwaited).ThenBy(row => row.Inquiry.Unit.Order)];
        var at = 0;
        Segments = [.. BoardSegment.InOrder.Select(segment => (segment, count: Rows.Count(row => row.Segment == segment.Key))).Where(s => s.count > 0)
            .Select(s => new BoardSegment(s.segment.Key, s.segment.Word, s.count, (at += s.count) - s.count))];
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
