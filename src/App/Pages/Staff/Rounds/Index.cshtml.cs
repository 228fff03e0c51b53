using Kyodo.Common;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>All rounds by year, the two phases of a programme side by side.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public IReadOnlyList<Listed> Rounds { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync()
    {
        var questions = Db.RoundQuestions;
        Rounds = await Db.Rounds.AsNoTracking().OrderByDescending(r => r.Year).ThenBy(r => r.Programme.Order).ThenByDescending(r => r.Id)
            .Select(r => new Listed(r.Id, r.Title, r.Programme.NameJa, r.Year, r.Phase, r.Status, r.SendAt, r.Due, r.Inquiries.Count(i => i.Status != InquiryStatus.PassedOn && i.Status != InquiryStatus.Withdrawn),
                r.Inquiries.Count(i => i.Status == InquiryStatus.Answered || i.Status == InquiryStatus.Accepted), questions.Count(q => q.RoundId == r.Id && q.Answer == null)))
            .ToListAsync();
    }

    public sealed record Listed(long Id, string Title, string Programme, FiscalYear Year, Phase Phase, RoundStatus Status, DateTimeOffset? SendAt, DateOnly Due, int Asked, int Arrived, int Unanswered);
}
