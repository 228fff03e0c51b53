using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>移送: the inquiry goes to the unit whose it is, with the cases written so far.</summary>
public sealed class PassOnModel(AppDb db, TimeProvider clock) : InquiryPage(db, clock)
{
    /// <summary>The unit's code.</summary>
    [BindProperty(Name = "to")]
    public string? To { get; set; }

    [BindProperty(Name = "because")]
    public string? Because { get; set; }

    public IReadOnlyList<OrgUnit> Units { get; private set; } = [];

    public int Cases { get; private set; }

    public string? WhyNotPassOn => Inquiry.WhyNotPassOn(Me, Now);

    protected override IQueryable<Inquiry> WithItsRound => Db.Inquiries.WithWholeRound();

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        await ReadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        // Two units may hand theirs to a third at one moment: the second one is told.
        await using var alone = await Db.BeginAloneAsync();
        if (!await FindInquiryAsync())
            return NotFound();
        var other = await Db.OrgUnits.FirstOrDefaultAsync(unit => unit.Code == To) ?? throw new Refusal("移送先を選んでください。");
        var respondents = await Db.MailAddressesAsync(Role.Respondent, [other.Id], Today);
        var theirs = Inquiry.PassOn(other, Because ?? "", Me, Now, respondents[other.Id]);
        foreach (var one in await CasesAsync())
            one.HandOver(theirs, Me, Now);
        await Db.SaveChangesAsync();
        await alone.CommitAsync();
        return DoneAt(Address, $"{other.Name}へ移送しました。{(respondents[other.Id].Any() ? "回答担当にメールが届きます。" : "回答担当がいないため、別に知らせてください。")}");
    }

    public override async Task LoadAsync()
    {
        await FindInquiryAsync();
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        Cases = await Db.Cases.InReplyTo(Inquiry).CountAsync();
        Units = [.. (await Db.UnitsToAskAsync(Round.Year)).Where(unit => Inquiry.WhyNotPassOnTo(unit) is null)];
    }
}
