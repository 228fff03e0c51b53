using Kyodo.Common;
using Kyodo.Federation;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Portal;

public sealed class OtherEditionModel(AppDb db) : PublicPage
{
    public sealed record Row(string CaseId, string Title, string UnitName, int FormNo, string Status);

    public FederatedEdition Edition { get; private set; } = null!;

    public IReadOnlyList<Row> Cases { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string code, string programme, int year, CancellationToken stop)
    {
        if (year is < 1868 or > 9998 || await db.FederatedEditionAsync(code, programme, new FiscalYear(year), stop) is not { } edition)
            return NotFound();
        Edition = edition;
        Cases = await db.FederatedCases.AsNoTracking().Where(c => c.EditionId == edition.Id).OrderBy(c => c.Order).Select(c => new Row(c.CaseId, c.Title, c.UnitName, c.FormNo, c.Status)).ToListAsync(stop);
        Titled($"{edition.Government.Name} {edition.Name(Lang)} {YearWords(edition.Year)}", "editions");
        return Page();
    }
}
