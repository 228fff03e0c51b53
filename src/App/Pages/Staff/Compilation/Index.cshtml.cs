using Kyodo.Common;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Compilation;

public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public IReadOnlyList<Listed> Years { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync()
    {
        var inquiries = await Db.Inquiries.AsNoTracking().Where(i => i.Round.Status != RoundStatus.Draft)
            .Select(i => new { i.Round.ProgrammeKey, i.Round.Programme.NameJa, i.Round.Programme.Order, i.Round.Year, i.RoundId, i.UnitId, i.Status })
            .ToListAsync();
        Years = [.. inquiries.GroupBy(i => (i.ProgrammeKey, i.NameJa, i.Order, i.Year))
            .OrderByDescending(g => g.Key.Year).ThenBy(g => g.Key.Order)
            .Select(g => (g.Key, Replies: g.GroupBy(i => i.UnitId).Select(unit => unit.MaxBy(i => i.RoundId)!.Status).ToList()))
            .Select(g => new Listed(g.Key.ProgrammeKey, g.Key.NameJa, g.Key.Year, g.Replies.Count,
                g.Replies.Count(s => s is InquiryStatus.Answered), g.Replies.Count(s => s is InquiryStatus.Accepted)))];
    }

    public sealed record Listed(string Key, string Name, FiscalYear Year, int Asked, int ToAccept, int Accepted);
}
