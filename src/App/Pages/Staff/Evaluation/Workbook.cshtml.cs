using Kyodo.Evaluation;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Staff.Evaluation;

/// <summary>A partner's empty sheet as Excel, to be sent by mail.</summary>
public sealed class WorkbookModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public async Task<IActionResult> OnGetAsync(string id, string side)
    {
        if (await Db.EvaluationSideAsync(side, Me) is not { } found || found.EvaluationId != id || found.Kind is not Kyodo.Scores.SideKind.Partner)
            return NotFound();
        var file = new MemoryStream();
        SideWorkbook.Write(file, found, Now);
        file.Position = 0;
        Response.Headers.CacheControl = "no-store";
        return File(file, Cases.WorkbookModel.ContentType, $"協働評価_{found.Name}.xlsx");
    }

    public override Task LoadAsync() => Task.CompletedTask;
}
