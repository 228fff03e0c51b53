using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>The task list of one unit's reply.</summary>
public sealed class InquiryModel(AppDb db, TimeProvider clock) : InquiryPage(db, clock)
{
    public IReadOnlyList<Case> Cases { get; private set; } = [];

    public ApprovalRequest? Newest { get; private set; }

    public IReadOnlyList<AuditEntry> History { get; private set; } = [];

    public IReadOnlyList<string> Approvers { get; private set; } = [];

    /// <summary>What was typed as the reason of a nil return.</summary>
    public string? Reason { get; private set; }

    public string? WhyNotSubmit => ApprovalRequest.WhyNotSubmit(Inquiry, Cases, Me, Now);

    public string? WhyNotRecall => Newest?.WhyNotRecall(Me);

    public string? WhyNotReceive => Inquiry.WhyNotReceive(Me);

    public IReadOnlyList<Case> Lacking => [.. Cases.Where(c => c.Answers.Missing(Questions).Count > 0)];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        await ReadAsync();
        return Page();
    }

    public Task<IActionResult> OnPostReceiveAsync() => DoAsync("受け取りました。", () => Inquiry.Receive(Me, Now));

    public Task<IActionResult> OnPostNilAsync(string? reason)
    {
        Reason = reason;
        return DoAsync("「該当なし」と記録しました。決裁へ提出すると回答になります。", () => Inquiry.SayNil(reason ?? "", Me, Now));
    }

    public Task<IActionResult> OnPostWithdrawNilAsync() => DoAsync("「該当なし」を取り消しました。", () => Inquiry.WithdrawNil(Me, Now));

    public Task<IActionResult> OnPostRecallAsync() => DoAsync("引き戻しました。直してから、もう一度提出してください。", () =>
    {
        Refusal.If(Newest is null ? "まだ提出していません。" : null);
        Newest!.Recall(Me, Now);
    });

    public async Task<IActionResult> OnPostSubmitAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        var approvers = await Db.MailAddressesAsync(Role.Approver, [Inquiry.UnitId], Today);
        Db.ApprovalRequests.Add(ApprovalRequest.Submit(Inquiry, await CasesAsync(), Me, Now, approvers[Inquiry.UnitId]));
        await Db.SaveChangesAsync();
        return DoneAt(Address, "決裁へ提出しました。決裁者にメールでお知らせしました。");
    }

    public override async Task LoadAsync()
    {
        await FindInquiryAsync();
        await ReadAsync();
    }

    private async Task<IActionResult> DoAsync(string words, Action verb)
    {
        if (!await FindInquiryAsync())
            return NotFound();
        Newest = await NewestRequestAsync();
        verb();
        await Db.SaveChangesAsync();
        return DoneAt(Address, words);
    }

    private async Task ReadAsync()
    {
        Cases = await CasesAsync();
        Newest = await NewestRequestAsync();
        var subjects = Cases.Select(c => c.AuditName).Append(Inquiry.AuditName).ToList();
        History = await Db.AuditTrail.AsNoTracking().Where(e => subjects.Contains(e.Subject) && e.Verb != "case-edited").OrderByDescending(e => e.Id).Take(50).ToListAsync();
        Approvers = await Db.Appointments.AsNoTracking()
            .Where(a => a.Role == Role.Approver && a.UnitId == Inquiry.UnitId && (a.From == null || a.From <= Today) && (a.Until == null || a.Until >= Today))
            .Join(Db.People, a => a.PersonId, p => p.Id, (a, p) => p.Name)
            .ToListAsync();
    }
}
