using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>通知文: written once the answers have been published, sent to all units of the round, and printed.</summary>
public sealed class NoticeModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    private int _revision;
    private int _cases;

    [FromRoute]
    public long Id { get; set; }

    [FromQuery(Name = "to")]
    public string? To { get; set; }

    [BindProperty(Name = "n")]
    public RoundText? Typed { get; set; }

    [BindProperty(Name = "version")]
    public long SeenVersion { get; set; }

    public Round Round { get; private set; } = null!;

    public IReadOnlyList<OrgUnit> Units { get; private set; } = [];

    public string? WhyNotWrite => Round.WhyNotWriteNotice(Me);

    public string? WhyNotNotify => Round.WhyNotNotify(_revision > 0, Me);

    public IReadOnlyList<LetterSheet> Sheets => To == "all" ? [.. Units.Select(unit => new LetterSheet(Round, unit, IsNotice: true))] : [new LetterSheet(Round, null, IsNotice: true)];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await Db.Rounds.AnyAsync(r => r.Id == Id))
            return NotFound();
        await LoadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await Db.Rounds.FirstOrDefaultAsync(r => r.Id == Id) is not { } round)
            return NotFound();
        Expect(round, SeenVersion);
        round.WriteNotice((Typed ?? new RoundText()).Letter(), Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/rounds/{Id}/notice", "通知文を保存しました。");
    }

    public async Task<IActionResult> OnPostSendAsync()
    {
        Typed = null;
        if (await Db.Rounds.WithInquiries().FirstOrDefaultAsync(r => r.Id == Id) is not { } round)
            return NotFound();
        Expect(round, SeenVersion);
        await ReadRevisionAsync(round);
        round.Notify(_revision > 0, Me, Now, await Db.MailAddressesAsync(Role.Respondent, round.Inquiries.Select(i => i.UnitId), Today));
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/rounds/{Id}/notice", "すべての照会先に、結果を通知しました。");
    }

    public override async Task LoadAsync()
    {
        Round = await Db.Rounds.AsNoTracking().WithInquiries().FirstAsync(r => r.Id == Id);
        Units = [.. Round.Inquiries.Where(i => !InquiryStates.IsGone(i.Status)).Select(i => i.Unit).OrderBy(unit => unit.Order)];
        await ReadRevisionAsync(Round);
        Typed ??= Round.Notice.Body.Length > 0 ? RoundText.Of(Round.Notice) : RoundText.Of(Round.Letter with
        {
            Number = "",
            Date = null,
            Body = Letter.DefaultNotice(Round.Programme.NameJa, Round.Year, $"1 公表した事例　{(_revision > 0 ? $"{_cases}件（第{_revision}版）" : "（公表のあとに書いてください）")}\n2 掲載先　公開ページ及び庁内事例集"),
        });
    }

    private async Task ReadRevisionAsync(Round round)
    {
        var newest = await Db.Revisions.AsNoTracking().Where(r => r.ProgrammeKey == round.ProgrammeKey && r.Year == round.Year && r.IsLatest).Select(r => (int?)r.No).FirstOrDefaultAsync();
        (_revision, _cases) = (newest ?? 0, newest is null ? 0 : await Db.LatestCases.CountAsync(c => c.ProgrammeKey == round.ProgrammeKey && c.Year == round.Year));
    }
}
