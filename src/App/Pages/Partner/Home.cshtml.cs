using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Partner;

/// <summary>What a partner is asked, what it has answered, and what became of it.</summary>
public sealed class HomeModel(AppDb db, TimeProvider clock) : PartnerPage(db, clock)
{
    public IReadOnlyList<OwnEvaluation> All { get; private set; } = [];

    public List<OwnEvaluation> Waiting => [.. All.Where(one => one.Mine.Status is SideStatus.NotStarted or SideStatus.Answering)];

    public List<OwnEvaluation> Answered => [.. All.Where(one => one.Mine.Status is not (SideStatus.NotStarted or SideStatus.Answering))];

    public IReadOnlyList<FiscalYear> Years => [.. All.Select(one => one.Evaluation.Call.Year).Distinct().OrderDescending()];

    public IReadOnlyList<OwnCase> Cases { get; private set; } = [];

    public IReadOnlyList<string> Uses { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync()
    {
        All = (await Db.Evaluations.AsNoTracking().WithSides().SeenBy(Me).OrderByDescending(e => e.Call.Year).ThenBy(e => e.Id).ToListAsync())
            .ConvertAll(e => new OwnEvaluation(e, e.Sides.First(side => side.IsOf(Me) && side.Status is not SideStatus.Merged)));
        var ids = All.Select(one => one.Evaluation.CaseId).Distinct().ToList();
        var consents = await Db.ConsentsAsync(ids);
        var confirmed = await Db.PartnerConfirmations.Where(c => c.PartnerId == PartnerId && ids.Contains(c.CaseId)).Select(c => c.CaseId).ToListAsync();
        Cases = [.. All.DistinctBy(one => one.Evaluation.CaseId).Select(one => new OwnCase(one.Evaluation.CaseId, one.Evaluation.CaseTitle, confirmed.Contains(one.Evaluation.CaseId), consents.GetValueOrDefault((one.Evaluation.CaseId, PartnerId))))];
        Uses = [.. Told(consents)];
    }

    private IEnumerable<string> Told(IReadOnlyDictionary<(string, string), PartnerConsent> consents)
    {
        var open = All.Where(one => one.Evaluation.Status is not EvaluationStatus.Answering && one.Mine.HasAnswered).ToList();
        yield return open.Count > 0 ? $"{open.Count}件の答えを、行政の担当と見せ合いました。" : "答えは、双方がそろうまで、だれにも見えません。";
        if (open.Count > 0)
            yield return "点数は、県全体の集計に入りました。集計では、5つに満たない組の数字は出しません。";
        var improvements = open.Sum(one => one.Evaluation.Improvements.Count);
        if (improvements > 0)
            yield return $"話し合いで決めた改善は{improvements}件です。次の年度の評価で、どうなったかを伺います。";
        var published = All.Count(one => consents.TryGetValue((one.Evaluation.CaseId, PartnerId), out var consent) && consent.IsAny);
        yield return published > 0 ? $"{published}件は、同意いただいたものだけを、次に公表する版に載せます。" : "公表に同意いただいたものはないため、何も公表しません。";
    }
}

/// <summary>An evaluation with the side of the partner who looks.</summary>
public sealed record OwnEvaluation(CaseEvaluation Evaluation, EvaluationSide Mine);

/// <summary>A case in which the partner is named.</summary>
public sealed record OwnCase(string CaseId, string Title, bool IsConfirmed, PartnerConsent? Consent);
