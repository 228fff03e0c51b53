using Kyodo.Evaluation;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Partner;

/// <summary>The partner's own sheet as Excel.</summary>
public sealed class WorkbookModel(AppDb db, TimeProvider clock) : PartnerPage(db, clock)
{
    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (await Db.EvaluationAsync(id, Me) is not { } found || found.Sides.Find(side => side.IsOf(Me) && side.Status is not SideStatus.Merged) is not { } mine)
            return NotFound();
        var file = new MemoryStream();
        SideWorkbook.Write(file, mine, Now);
        file.Position = 0;
        return File(file, Staff.Cases.WorkbookModel.ContentType, $"協働評価_{mine.Name}.xlsx");
    }

    public override Task LoadAsync() => Task.CompletedTask;
}
