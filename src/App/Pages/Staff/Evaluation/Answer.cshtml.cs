using Kyodo.App.Pages.Shared.Evaluation;
using Kyodo.Evaluation;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Staff.Evaluation;

/// <summary>The unit's own sheet.</summary>
public sealed class AnswerModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute(Name = "id")]
    public string Id { get; set; } = "";

    public EvaluationSide Side { get; private set; } = null!;

    public LastImprovements? Last { get; private set; }

    public EvaluationForm Sheet => new(Side, Last, Address, Refusal, Refusal is null ? new Dictionary<string, string>() : EvaluationForm.TypedIn(Request));

    private string Address => $"/staff/evaluation/{Id}/answer";

    public async Task<IActionResult> OnGetAsync() =>
        !await FindAsync() ? NotFound() : Side.WhyNotAnswer(Me, Now) is null ? Page() : LocalRedirect($"/staff/evaluation/{Id}");

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await FindAsync())
            return NotFound();
        await KeepAsync();
        return await Db.SubmitAsync(Side.Id, Me, Now) is null ? NotFound() : DoneAt($"/staff/evaluation/{Id}", "回答を送りました。");
    }

    public async Task<IActionResult> OnPostSaveAsync()
    {
        if (!await FindAsync())
            return NotFound();
        Db.ChangeTracker.Clear();
        if (EvaluationSteps.WantsWord(Request))
            return await EvaluationSteps.SaveAsync(this, Db, Side.Id, Me, Now);
        await KeepAsync();
        return DoneAt(Address, "途中まで保存しました。");
    }

    public override Task LoadAsync() => FindAsync();

    private async Task KeepAsync()
    {
        var (marks, followUps, words) = EvaluationForm.Read(Request.Form);
        await Db.AnswerAsync(Side.Id, marks, followUps, words, Me, Now);
        Db.ChangeTracker.Clear();
    }

    private async Task<bool> FindAsync()
    {
        if (await Db.EvaluationAsync(Id, Me) is not { } found)
            return false;
        (Side, Last) = (found.Government, await Db.LastImprovementsAsync(found));
        return Side.IsOf(Me) || !HttpMethods.IsPost(Request.Method);
    }
}
