using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Reminders;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>再照会: which units below are asked, what has come of it, and the check of what comes up.</summary>
public sealed class RelayModel(AppDb db, TimeProvider clock) : InquiryPage(db, clock)
{
    /// <summary>One inquiry that came down through this unit; <paramref name="Depth"/> 0 is one that it relayed itself.</summary>
    public sealed record Row(Inquiry Inquiry, int Depth, int Cases, bool IsLate, bool MayCheck, bool MayRemind, bool MayWithdraw);

    [BindProperty(Name = "unit")]
    public List<long> Picked { get; set; } = [];

    [BindProperty(Name = "message")]
    public string? Message { get; set; }

    [BindProperty(Name = "ownDue")]
    public string? OwnDue { get; set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>The units below in the printed order, each under its own, with why it cannot be asked.</summary>
    public IReadOnlyList<(OrgUnit Unit, int Depth, string? WhyNot)> Units { get; private set; } = [];

    public string? WhyNotRelay => Inquiry.WhyNotRelay(Me, Now);

    protected override IQueryable<Inquiry> WithItsRound => Db.Inquiries.WithWholeRound();

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        await ReadAsync();
        return Page();
    }

    /// <param name="pick"><c>all</c> or <c>none</c>: the buttons beside the list, which save nothing.</param>
    public async Task<IActionResult> OnPostAsync(string? pick)
    {
        if (!await FindInquiryAsync())
            return NotFound();
        if (pick is not null)
        {
            await ReadAsync();
            Picked = pick == "all" ? [.. Units.Where(u => u.WhyNot is null).Select(u => u.Unit.Id)] : [];
            return Page();
        }
        // Somebody further up may ask the same unit at one moment: the second one is told.
        await using var alone = await Db.BeginAloneAsync();
        Db.ChangeTracker.Clear();
        await FindInquiryAsync();
        var below = (await BelowAsync()).Select(u => u.Unit).Where(unit => Picked.Contains(unit.Id)).ToList();
        var respondents = await Db.MailAddressesAsync(Role.Respondent, below.Select(unit => unit.Id), Today);
        Inquiry.Relay(below, Message, DateField.Read(OwnDue, "下の組織の期限", "own-due"), Me, Now, respondents);
        await Db.SaveChangesAsync();
        await alone.CommitAsync();
        return DoneAt($"{Address}/relay", $"{(below.Count == 1 ? below[0].Name : $"{below.Count}組織")}に再照会しました。回答担当にメールが届きます。");
    }

    /// <param name="seen">Each inquiry as it was looked at: <c>inquiry:version</c>.</param>
    public async Task<IActionResult> OnPostCheckAsync(List<string> seen)
    {
        if (!await FindInquiryAsync())
            return NotFound();
        var versions = seen.Select(one => one.Split(':')).Where(parts => parts.Length == 2 && parts.All(part => long.TryParse(part, out _)))
            .Select(parts => (Id: Number(parts[0]), Version: Number(parts[1]))).DistinctBy(one => one.Id).ToDictionary(one => one.Id, one => one.Version);
        var wanted = Below.Where(one => versions.ContainsKey(one.Id)).ToList();
        if (wanted.Count == 0)
            throw new Refusal("点検したものに印を付けてください。");
        var next = await Db.MailAddressesAsync(Role.Respondent, NextChecking(wanted), Today);
        foreach (var one in wanted)
        {
            Expect(one, versions[one.Id]);
            one.Check(Me, Now, next);
        }
        await Db.SaveChangesAsync();
        return DoneAt($"{Address}/relay", $"{(wanted.Count == 1 ? wanted[0].Unit.Name : $"{wanted.Count}組織")}の回答を点検済みにしました。");
    }

    /// <param name="back">The inquiry as it was looked at: <c>inquiry:version</c>.</param>
    public async Task<IActionResult> OnPostWithdrawAsync(string back)
    {
        if (!await FindInquiryAsync() || back.Split(':') is not [var id, var version] || !long.TryParse(version, out var seen) || Below.FirstOrDefault(below => $"{below.Id}" == id) is not { } one)
            return NotFound();
        Expect(one, seen);
        one.Withdraw(Me, Now, (await Db.MailAddressesAsync(Role.Respondent, [one.UnitId], Today))[one.UnitId]);
        await Db.SaveChangesAsync();
        return DoneAt($"{Address}/relay", $"{one.Unit.Name}への再照会を取り下げました。回答担当にメールでもお知らせします。");
    }

    public async Task<IActionResult> OnPostRemindAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        var late = Below.Where(one => one.WhyNotRemind(Me) is null && one.Status is not InquiryStatus.AwaitingCheck).ToList();
        var asking = await Db.AskingAsync(late, Today);
        var respondents = await Db.MailAddressesAsync(Role.Respondent, asking.Now.Select(one => one.UnitId), Today);
        foreach (var one in asking.Now)
            one.Remind(Me, Now, respondents[one.UnitId]);
        await Db.SaveChangesAsync();
        return DoneAt($"{Address}/relay", asking.Words);
    }

    public override async Task LoadAsync()
    {
        await FindInquiryAsync();
        await ReadAsync();
    }

    private IEnumerable<Inquiry> Below => Round.Inquiries.Where(one => one.UpperUnitIds?.Contains(Inquiry.UnitId) is true);

    private async Task ReadAsync()
    {
        var below = Below.ToList();
        var unitIds = below.ConvertAll(one => one.UnitId);
        var cases = await Db.Cases.Of(Round.ProgrammeKey, Round.Year).Where(c => unitIds.Contains(c.UnitId)).GroupBy(c => c.UnitId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        Rows = [.. below.Select(one => new Row(one, one.UpperUnitIds!.IndexOf(Inquiry.UnitId), cases.GetValueOrDefault(one.UnitId), one.IsLate(Today), one.WhyNotCheck(Me) is null && one.CheckerId == InquiryId,
                one.WhyNotRemind(Me) is null && one.Status is not InquiryStatus.AwaitingCheck, one.WhyNotWithdraw(Me) is null))
            .OrderByDescending(row => row.IsLate).ThenByDescending(row => row.MayCheck).ThenByDescending(row => InquiryStates.IsAwaited(row.Inquiry.Status)).ThenBy(row => row.Inquiry.Unit.Order)];
        Units = WhyNotRelay is null ? await BelowAsync() : [];
    }

    private async Task<IReadOnlyList<(OrgUnit Unit, int Depth, string? WhyNot)>> BelowAsync()
    {
        var children = (await Db.UnitsToAskAsync(Round.Year)).ToLookup(unit => unit.ParentId);
        IEnumerable<(OrgUnit Unit, int Depth)> Under(long upper, int depth) => children[upper].SelectMany(unit => Under(unit.Id, depth + 1).Prepend((unit, depth)));
        return [.. Under(Inquiry.UnitId, 0).Select(one => (one.Unit, one.Depth, Inquiry.WhyNotRelayTo(one.Unit)))];
    }

    private static long Number(string digits) => long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
}
