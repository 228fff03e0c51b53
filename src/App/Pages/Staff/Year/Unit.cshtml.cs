using Kyodo.Common;
using Kyodo.Rounds;
using Kyodo.Storage;
using Kyodo.Year;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Year;

/// <summary>組織の一年: to the unit's own people and those above, what was asked of it, what it answered, and what became of that.</summary>
public sealed class UnitModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute]
    public string Code { get; set; } = "";

    [FromRoute]
    public int? Year { get; set; }

    public UnitYear Of { get; private set; } = null!;

    public IReadOnlyList<FiscalYear> Years { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Of is null ? NotFound() : Page();
    }

    public override async Task LoadAsync()
    {
        if (Year is < 1947 or > 2200 || await Db.UnitSeenAsync(Code, Me) is not { } unit)
            return;
        var id = unit.Id;
        var asked = await Db.Inquiries.Where(i => i.UnitId == id && i.Status != InquiryStatus.Prepared).Select(i => i.Round.Year).Distinct().ToListAsync();
        Years = [.. asked.Append(FiscalYear.Of(Today)).Distinct().OrderDescending()];
        Of = await Db.UnitYearAsync(unit, Year is { } year ? new FiscalYear(year) : Years[0], Today);
    }
}
