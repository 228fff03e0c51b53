using Kyodo.App.Pages.Shared.Evaluation;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Evaluation.Door;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Evaluation;

/// <summary>One evaluation: who has answered; once it is open, what both said, the reflection and the meeting.</summary>
public sealed class ViewModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute(Name = "id")]
    public string Id { get; set; } = "";

    public CaseEvaluation Evaluation { get; private set; } = null!;

    public EvaluationView View { get; private set; } = null!;

    public LastImprovements? Last { get; private set; }

    public IReadOnlyDictionary<string, DateTimeOffset> Invited { get; private set; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>What each partner said of the text about itself and of making its evaluation public.</summary>
    public IReadOnlyList<PartnerSaid> Said { get; private set; } = [];

    public DateTimeOffset At => Now;

    public bool MayInvite => MayCoordinate || Evaluation.Government.IsOf(Me);

    public EvaluationResult Result => new(View, Me, $"/staff/evaluation/{Id}", Refusal, Last, EvaluationForm.TypedIn(Request));

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public Task<IActionResult> OnPostReflectAsync() => WriteAsync(() => ReflectionSteps.Reflect(Evaluation, Request.Form, Me, Now), "振り返りを保存しました。");

    public Task<IActionResult> OnPostMeetAsync() => WriteAsync(() => ReflectionSteps.Meet(Evaluation, Request.Form, Me, Now), "話し合いの記録を保存しました。");

    public Task<IActionResult> OnPostConfirmAsync() => WriteAsync(() => ReflectionSteps.Confirm(Evaluation, Me, Now), "記録を確認しました。");

    public Task<IActionResult> OnPostGradeAsync([FromForm] ThirdPartyGrade? grade, [FromForm] string? by, [FromForm] string? words) =>
        WriteAsync(() => Evaluation.GradeAs(grade, by, words, Me, Now), "第三者の評価を保存しました。");

    public Task<IActionResult> OnPostFormAsync() =>
        WriteAsync(() => Evaluation.UseForm(Evaluation.Form is SheetForm.Short ? SheetForm.Full : SheetForm.Short, Me, Now), "評価シートの長さを変えました。");

    public async Task<IActionResult> OnPostRecallAsync()
    {
        if (!await FindAsync())
            return NotFound();
        Evaluation.Government.Recall(Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/evaluation/{Id}/answer", "直せるようになりました。直したら、もう一度送ってください。");
    }

    public async Task<IActionResult> OnPostInviteAsync([FromForm] string? partner, [FromForm] string? email)
    {
        if (!await FindAsync() || !Evaluation.Partners.Any(side => side.PartnerId == partner))
            return NotFound();
        if (string.IsNullOrWhiteSpace(email))
            throw new Refusal("メールアドレスを書いてください。");
        await Db.InviteAsync(partner!, email, Me, Now);
        return DoneAt($"/staff/evaluation/{Id}", "招待のメールを送信の列に入れました。");
    }

    public override Task LoadAsync() => FindAsync();

    private async Task<IActionResult> WriteAsync(Action verb, string done)
    {
        if (!await FindAsync())
            return NotFound();
        if (long.TryParse(Request.Form["version"], out var seen))
            Expect(Evaluation, seen);
        verb();
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/evaluation/{Id}", done);
    }

    private async Task<bool> FindAsync()
    {
        if (await Db.EvaluationAsync(Id, Me) is not { } found)
            return false;
        (Evaluation, View) = (found, EvaluationView.Of(found, Me));
        Last = await Db.LastImprovementsAsync(found);
        var ids = found.Partners.Select(side => side.PartnerId!).ToList();
        Invited = (await Db.PartnerInvitations.AsNoTracking().Where(i => ids.Contains(i.PartnerId) && i.RevokedAt == null).Select(i => new { i.PartnerId, i.InvitedAt }).ToListAsync()).GroupBy(i => i.PartnerId).ToDictionary(g => g.Key, g => g.Max(i => i.InvitedAt));
        Said = await SaidAsync(found, ids);
        return true;
    }

    private async Task<IReadOnlyList<PartnerSaid>> SaidAsync(CaseEvaluation found, List<string> partners)
    {
        var confirmations = await Db.PartnerConfirmations.AsNoTracking().Where(c => c.CaseId == found.CaseId && partners.Contains(c.PartnerId)).ToListAsync();
        var consents = await Db.ConsentsAsync([found.CaseId]);
        var labels = (await Db.QuestionsAskedAsync(found.Call.ProgrammeKey, found.Call.Year)).ToDictionary(q => q.Key, q => q.LabelJa, StringComparer.Ordinal);
        return [.. found.Partners.Select(side => new PartnerSaid(side.Name, consents.GetValueOrDefault((found.CaseId, side.PartnerId!)), confirmations.Find(c => c.PartnerId == side.PartnerId), labels))];
    }
}

/// <param name="Labels">The words of each question by its key.</param>
public sealed record PartnerSaid(string Name, PartnerConsent? Consent, PartnerConfirmation? Confirmation, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>The fields that do not stand as the partner sees it, or that it wrote something about.</summary>
    public IReadOnlyList<ConfirmedField> Remarks => Confirmation is null ? [] : [.. Confirmation.Fields.Where(one => one.Verdict is not TextVerdict.Right || one.Words.Length > 0)];

    public string Label(ConfirmedField field) => Labels.GetValueOrDefault(field.Key, field.Key);
}
