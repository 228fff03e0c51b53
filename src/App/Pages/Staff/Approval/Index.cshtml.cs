using Kyodo.Approval;
using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Approval;

/// <summary>What waits for my decision first; then what waits for others, and what was decided.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    private const int MostDecided = 50;

    /// <summary>Those that could not be approved just now: why is asked anew.</summary>
    [FromQuery(Name = "left")]
    public string? Left { get; set; }

    public IReadOnlyList<ApprovalRequest> Mine { get; private set; } = [];

    /// <summary>What the person may decide ahead (引上げ承認) or for somebody absent (代決).</summary>
    public IReadOnlyList<ApprovalRequest> Ahead { get; private set; } = [];

    /// <summary>What was decided in the person's absence (後閲).</summary>
    public IReadOnlyList<ApprovalRequest> ToReview { get; private set; } = [];

    public int Amendments { get; private set; }

    public IReadOnlyList<ApprovalRequest> Others { get; private set; } = [];

    public IReadOnlyList<ApprovalRequest> Decided { get; private set; } = [];

    public IReadOnlyList<ApprovalRequest> NotApproved { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostApproveAsync(long[] ids)
    {
        var requests = await Seen.Where(a => ids.Contains(a.Id)).ToListAsync();
        Refusal.If(requests.Count == 0 ? "承認する回答に印を付けてください。" : null);
        var left = new List<long>();
        foreach (var id in requests.Select(request => request.Id).ToList())
        {
            if (!await ApproveAsync(id))
                left.Add(id);
        }
        return DoneAt(left.Count == 0 ? "/staff/approval" : $"/staff/approval?left={string.Join('.', left)}", requests.Count == left.Count ? "承認したものはありません。" : $"{requests.Count - left.Count}件を承認しました。");
    }

    public override async Task LoadAsync()
    {
        var pending = await Seen.AsNoTracking().Where(a => a.Status == ApprovalStatus.Pending).OrderBy(a => a.SubmittedAt).ToListAsync();
        Mine = pending.FindAll(a => a.WhyNotApprove(Me) is null);
        Ahead = pending.FindAll(a => a.WhyNotApprove(Me) is not null && (a.WhyNotEscalate(Me) is null || a.WhyNotSubstitute(Me) is null));
        Others = pending.FindAll(a => a.WhyNotApprove(Me) is not null && !Ahead.Contains(a));
        ToReview = (await Seen.AsNoTracking().AwaitingReview().OrderBy(a => a.SubmittedAt).ToListAsync()).FindAll(a => a.IsToReviewBy(Me));
        Amendments = await AmendmentsModel.CountAsync(Db, Me);
        Decided = await Seen.AsNoTracking().Where(a => a.Status != ApprovalStatus.Pending).OrderByDescending(a => a.DecidedAt).Take(MostDecided).ToListAsync();
        var left = (Left ?? "").Split('.').Select(text => long.TryParse(text, out var id) ? id : 0).Where(id => id > 0).ToList();
        NotApproved = left.Count == 0 ? [] : await Seen.AsNoTracking().Where(a => left.Contains(a.Id)).ToListAsync();
    }

    private IQueryable<ApprovalRequest> Seen => Db.ApprovalRequests.WithInquiry().SeenBy(Me).AsSplitQuery();

    // Each by itself: one that was decided meanwhile does not hold back the others.
    private async Task<bool> ApproveAsync(long id)
    {
        Db.ChangeTracker.Clear();
        var request = await Seen.FirstAsync(a => a.Id == id);
        if (request.WhyNotApprove(Me) is not null)
            return false;
        request.Approve(Me, Now, await Db.AddressesOfAsync(request, Today));
        try
        {
            await Db.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }
}
