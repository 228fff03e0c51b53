using Kyodo.Common;
using Kyodo.Federation;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Portal;

/// <summary>Another government's case: its text, its name, its terms.</summary>
public sealed class OtherCaseModel(AppDb db) : PublicPage
{
    public FederatedEdition Edition { get; private set; } = null!;

    public FederatedCase Case { get; private set; } = null!;

    public string? Form => Edition.Forms.FirstOrDefault(f => f.No == Case.FormNo)?.Name(Lang);

    public string Citation => $"{Edition.Government.Name}「{Case.Title}」『{Edition.NameJa} {Edition.Year.InBothCalendars} 第{Edition.No}版』{PartialDate.Of(Edition.ReleasedAt.DayInJapan()).InBothCalendars}公表（{Edition.Licence}）。";

    public async Task<IActionResult> OnGetAsync(string code, string programme, int year, string id, CancellationToken stop)
    {
        if (year is < 1868 or > 9998 || !PublicId.IsOne(id) || await db.FederatedEditionAsync(code, programme, new FiscalYear(year), stop) is not { } edition
            || await db.FederatedCases.AsNoTracking().FirstOrDefaultAsync(c => c.EditionId == edition.Id && c.CaseId == id, stop) is not { } one)
            return NotFound();
        (Edition, Case) = (edition, one);
        Titled(one.Title, "cases");
        return Page();
    }
}
