using Kyodo.Organizations;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>The letter on paper: one sheet to all, or one to each unit.</summary>
public sealed class LetterModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute]
    public long Id { get; set; }

    /// <summary><c>all</c>: a sheet for each unit; a unit's code: its own.</summary>
    [FromQuery(Name = "to")]
    public string? To { get; set; }

    public Round Round { get; private set; } = null!;

    public IReadOnlyList<OrgUnit> Units { get; private set; } = [];

    public IReadOnlyList<LetterSheet> Sheets =>
        To == "all" ? [.. Units.Select(unit => new LetterSheet(Round, unit))]
        : [new LetterSheet(Round, Units.FirstOrDefault(unit => unit.Code == To))];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await Db.Rounds.AnyAsync(r => r.Id == Id))
            return NotFound();
        await LoadAsync();
        return Page();
    }

    public override async Task LoadAsync()
    {
        Round = await Db.Rounds.AsNoTracking().WithInquiries().Include(r => r.Attachments).FirstAsync(r => r.Id == Id);
        Units = [.. Round.Inquiries.Where(i => i.ParentId is null).Select(i => i.Unit).OrderBy(unit => unit.Order)];
    }
}
