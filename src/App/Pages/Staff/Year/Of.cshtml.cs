using Kyodo.Common;
using Kyodo.Storage;
using Kyodo.Year;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Staff.Year;

/// <summary>One programme's year, whichever it is: where it stands and what comes next.</summary>
public sealed class OfModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute]
    public string Programme { get; set; } = "";

    [FromRoute]
    public int Year { get; set; }

    public YearLine Line { get; private set; } = null!;

    public IReadOnlyList<YearLine> All { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Line is null ? NotFound() : Page();
    }

    public override async Task LoadAsync()
    {
        if (!Me.SeesAllUnits)
            return;
        All = [.. (await Db.AllYearLinesAsync(Today)).Where(line => line.Figures.Year is not null)];
        Line = All.FirstOrDefault(line => line.Figures.ProgrammeKey == Programme && line.Figures.Year == new FiscalYear(Year))!;
    }
}
