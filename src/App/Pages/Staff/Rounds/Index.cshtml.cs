using Kyodo.Common;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Rounds;

public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public IReadOnlyList<Listed> Rounds { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync() =>
        Rounds = await Db.Rounds.AsNoTracking().OrderByDescending(r => r.Year).ThenByDescending(r => r.Id)
            .Select(r => new Listed(r.Id, r.Title, r.Status, r.Due, r.Inquiries.Count,
                r.Inquiries.Count(i => i.Status == InquiryStatus.Answered || i.Status == InquiryStatus.Accepted)))
            .ToListAsync();

    public sealed record Listed(long Id, string Title, RoundStatus Status, DateOnly Due, int Asked, int Arrived);
}
