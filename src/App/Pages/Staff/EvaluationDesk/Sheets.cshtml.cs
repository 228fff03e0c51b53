using Kyodo.Evaluation;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Staff.EvaluationDesk;

/// <summary>All versions of the sheet.</summary>
public sealed class SheetsModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public IReadOnlyList<EvaluationSheet> Sheets { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync([FromForm] int from)
    {
        await LoadAsync();
        if (Sheets.FirstOrDefault(sheet => sheet.Version == from) is not { } sheet)
            return NotFound();
        var next = sheet.Next(Sheets[0].Version, Me, Now);
        if (sheet.Id == 0)
            Db.Add(sheet);
        Db.Add(next);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/evaluation/sheets/{next.Version}", $"第{next.Version}版の下書きを作りました。");
    }

    public override async Task LoadAsync() => Sheets = await Db.SheetsAsync(Me, Now);
}
