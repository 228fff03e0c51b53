using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Partner;

/// <summary>A partner's year: its projects, what it was asked and answered, what was agreed, and what comes next.</summary>
public sealed class YearModel(AppDb db, TimeProvider clock) : PartnerPage(db, clock)
{
    public sealed record Row(OwnEvaluation Own, PartnerConsent? Consent)
    {
        public string Next => Own.Mine.Status is SideStatus.NotStarted or SideStatus.Answering ? $"{PartialDate.Of(Own.Evaluation.Call.Due).Japanese}までに、お答えください。"
            : Own.Evaluation.Status is EvaluationStatus.Answering ? "双方の答えがそろうのを待っています。"
            : Own.Evaluation.Status is EvaluationStatus.Opened ? "双方の答えが開きました。話し合いの日を、行政の担当と決めてください。"
            : Own.Evaluation.Improvements.Count > 0 ? "次の年度の評価で、改善がどうなったかを伺います。"
            : "この年度のお願いは、すべて済みました。";
    }

    [FromRoute]
    public int Year { get; set; }

    public FiscalYear Of => new(Year);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Rows.Count == 0 ? NotFound() : Page();
    }

    public override async Task LoadAsync()
    {
        var year = Of;
        var all = (await Db.Evaluations.AsNoTracking().WithSides().SeenBy(Me).Where(e => e.Call.Year == year).OrderBy(e => e.CaseTitle).ToListAsync())
            .ConvertAll(e => new OwnEvaluation(e, e.Sides.First(side => side.IsOf(Me) && side.Status is not SideStatus.Merged)));
        var consents = await Db.ConsentsAsync(all.ConvertAll(one => one.Evaluation.CaseId));
        Rows = [.. all.Select(own => new Row(own, consents.GetValueOrDefault((own.Evaluation.CaseId, PartnerId))))];
    }
}
