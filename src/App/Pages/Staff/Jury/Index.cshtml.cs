using Kyodo.Common;
using Kyodo.Selection;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Jury;

/// <summary>What a juror has been given to judge; nobody else's judgements.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public IReadOnlyList<Judgement> Mine { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync() =>
        Mine = await Db.Judgements.AsNoTracking().Include(j => j.Nomination).ThenInclude(n => n.Selection).Include(j => j.Nomination).ThenInclude(n => n.Unit)
            .Where(j => j.PersonId == Me.PersonId && j.Nomination.Status != NominationStatus.Withdrawn).OrderByDescending(j => j.Nomination.Selection.Year).ThenBy(j => j.Nomination.CaseTitle).ToListAsync();
}
