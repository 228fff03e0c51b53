using Kyodo.App.Pages.Shared.Evaluation;
using Kyodo.Evaluation;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Partner;

/// <summary>One evaluation as its partner sees it: the sheet, then what both said.</summary>
public sealed class EvaluateModel(AppDb db, TimeProvider clock) : PartnerPage(db, clock)
{
    [FromRoute(Name = "id")]
    public string Id { get; set; } = "";

    public CaseEvaluation Evaluation { get; private set; } = null!;

    public EvaluationSide Mine { get; private set; } = null!;

    public EvaluationView View { get; private set; } = null!;

    public LastImprovements? Last { get; private set; }

    public DateTimeOffset At => Now;

    public EvaluationForm Form => new(Mine, Last, Address, Refusal, Refusal is null ? new Dictionary<string, string>() : EvaluationForm.TypedIn(Request));

    public EvaluationResult Result => new(View, Me, Address, Refusal, Last, EvaluationForm.TypedIn(Request));

    private string Address => $"/partner/evaluations/{Id}";

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await FindAsync())
            return NotFound();
        await KeepAsync();
        return await Db.SubmitAsync(Mine.Id, Me, Now) is null ? NotFound() : DoneAt(Address, "お答えを受け取りました。ありがとうございます。");
    }

    public async Task<IActionResult> OnPostSaveAsync()
    {
        if (await SideIdAsync() is not { } side)
            return NotFound();
        if (EvaluationSteps.WantsWord(Request))
            return await EvaluationSteps.SaveAsync(this, Db, side, Me, Now);
        if (!await FindAsync())
            return NotFound();
        await KeepAsync();
        return DoneAt(Address, "途中まで保存しました。続きは、期限までいつでも答えられます。");
    }

    public async Task<IActionResult> OnPostRecallAsync()
    {
        if (!await FindAsync())
            return NotFound();
        Mine.Recall(Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt(Address, "直せるようになりました。直したら、もう一度送ってください。");
    }

    public Task<IActionResult> OnPostReflectAsync() => WriteAsync(() => ReflectionSteps.Reflect(Evaluation, Request.Form, Me, Now), "振り返りを保存しました。");

    public Task<IActionResult> OnPostMeetAsync() => WriteAsync(() => ReflectionSteps.Meet(Evaluation, Request.Form, Me, Now), "話し合いの記録を保存しました。");

    public Task<IActionResult> OnPostConfirmAsync() => WriteAsync(() => ReflectionSteps.Confirm(Evaluation, Me, Now), "記録を確認しました。");

    public override Task LoadAsync() => FindAsync();

    private Task<string?> SideIdAsync() => Db.EvaluationSides.Where(s => s.EvaluationId == Id && s.PartnerId == PartnerId && s.Status != SideStatus.Merged).Select(s => s.Id).FirstOrDefaultAsync();

    private async Task KeepAsync()
    {
        var (marks, followUps, words) = EvaluationForm.Read(Request.Form);
        await Db.AnswerAsync(Mine.Id, marks, followUps, words, Me, Now);
        Db.ChangeTracker.Clear();
    }

    private async Task<IActionResult> WriteAsync(Action verb, string done)
    {
        if (!await FindAsync())
            return NotFound();
        if (long.TryParse(Request.Form["version"], out var seen))
            Db.Entry(Evaluation).Property(e => e.RowVersion).OriginalValue = seen;
        verb();
        await Db.SaveChangesAsync();
        return DoneAt($"{Address}#meeting", done);
    }

    private async Task<bool> FindAsync()
    {
        if (await Db.EvaluationAsync(Id, Me) is not { } found || found.Sides.Find(side => side.IsOf(Me) && side.Status is not SideStatus.Merged) is not { } mine)
            return false;
        (Evaluation, Mine, View) = (found, mine, EvaluationView.Of(found, Me));
        Last = await Db.LastImprovementsAsync(found);
        return true;
    }
}
