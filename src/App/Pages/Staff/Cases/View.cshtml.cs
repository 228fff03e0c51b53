using Kyodo.App.Components;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>A case to be read: for approvers, the partnership division, auditors, and for its own unit once it has been handed in.</summary>
public sealed class ViewModel(AppDb db, TimeProvider clock) : InquiryPage(db, clock)
{
    [FromRoute(Name = "caseId")]
    public string CaseId { get; set; } = "";

    public Case Case { get; private set; } = null!;

    public IReadOnlyList<CaseVersion> Versions { get; private set; } = [];

    /// <summary>The case that it was carried from.</summary>
    public Case? Before { get; private set; }

    public IReadOnlyList<AnswerDifference> Differences { get; private set; } = [];

    public AnswerSheet SheetBefore => new(Questions, key => Before!.Answers[key], Context.Forms);

    public AnswerSheet Sheet => new(Questions, key => Case.Answers[key], Context.Forms);

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public override Task LoadAsync() => FindAsync();

    private async Task<bool> FindAsync()
    {
        if (!await FindInquiryAsync() || await Db.Cases.AsNoTracking().InReplyTo(Inquiry).FirstOrDefaultAsync(c => c.Id == CaseId) is not { } found)
            return false;
        Case = found;
        Versions = await Db.Set<CaseVersion>().AsNoTracking().Where(v => v.CaseId == CaseId).OrderByDescending(v => v.Version).Take(20).ToListAsync();
        Before = found.CarriedFromId is { } past ? await Db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Id == past) : null;
        Differences = Before is null ? [] : CaseDifference.Between(Before.Answers, found.Answers, Questions);
        return true;
    }
}
