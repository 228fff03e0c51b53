using Kyodo.Evaluation;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.EvaluationDesk;

/// <summary>A draft of the sheet, to be edited.</summary>
public sealed class SheetModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    private const int EmptyRows = 3;

    [FromRoute(Name = "version")]
    public int Version { get; set; }

    public EvaluationSheet Sheet { get; private set; } = null!;

    public IReadOnlyList<Criterion> Criteria { get; private set; } = [];

    public string Labels { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync([FromForm] long seen)
    {
        if (!await FindAsync())
            return NotFound();
        Expect(Sheet, seen);
        Sheet.Edit([.. Typed().Where(c => c.No.Length + c.TextJa.Length > 0)], [.. Request.Form["scale"].ToString().Split('\n')], Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt("/staff/evaluation/sheets", $"第{Version}版を保存しました。");
    }

    public override Task LoadAsync() => FindAsync();

    private List<Criterion> Typed()
    {
        string At(string name, int i) => i < Request.Form[name].Count ? Request.Form[name][i] ?? "" : "";
        return [.. Enumerable.Range(0, Math.Min(Request.Form["no"].Count, 2 * EvaluationSheet.MostCriteria)).Select(i => new Criterion(
            At("no", i), Enum.TryParse<EvaluationPhase>(At("phase", i), out var phase) ? phase : EvaluationPhase.Planning, At("short", i) == "true", At("ja", i), At("en", i), At("basis", i)))];
    }

    private async Task<bool> FindAsync()
    {
        if (await Db.EvaluationSheets.FirstOrDefaultAsync(s => s.Version == Version) is not { } found)
            return false;
        Sheet = found;
        var typed = HttpMethods.IsPost(Request.Method);
        Criteria = [.. typed ? Typed() : found.Criteria, .. Enumerable.Range(0, typed ? 0 : EmptyRows).Select(_ => new Criterion("", EvaluationPhase.Closing, false, "", "", ""))];
        Labels = typed ? Request.Form["scale"].ToString() : string.Join('\n', found.Scale.Labels);
        return true;
    }
}
