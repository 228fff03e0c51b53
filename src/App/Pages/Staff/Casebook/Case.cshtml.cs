using Kyodo.App.Components;
using Kyodo.Editions;
using Kyodo.Questions;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Casebook;

/// <summary>A published case with what only staff may read.</summary>
public sealed class CaseModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute(Name = "id")]
    public string Id { get; set; } = "";

    public PublishedCase Case { get; private set; } = null!;

    public AnswerSheet Sheet { get; private set; } = null!;

    /// <summary>The same project's cases of other years.</summary>
    public IReadOnlyList<PublishedCase> OtherYears { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : await Db.WithdrawalAsync(Id) is null ? NotFound() : StatusCode(StatusCodes.Status410Gone);

    public override Task LoadAsync() => FindAsync();

    private async Task<bool> FindAsync()
    {
        if (await Db.LatestCases.Include(c => c.Revision).FirstOrDefaultAsync(c => c.CaseId == Id) is not { } found)
            return false;
        Case = found;
        var staff = (await Db.StaffAnswers.AsNoTracking().FirstOrDefaultAsync(s => s.RevisionId == found.RevisionId && s.CaseId == Id))?.Answers;
        Sheet = new AnswerSheet(
            [.. found.Revision.Questions.Where(q => q.Visibility is Visibility.Public or Visibility.Internal && q.Key is not "title" and not "summary")],
            key => found.Answers[key] ?? staff?[key],
            [.. found.Revision.Forms.Select(form => new NumberedForm(form.No, form.NameJa, false))])
        { AnsweredOnly = true };
        OtherYears = await Db.LatestCases.Where(c => c.ProjectId == found.ProjectId && c.CaseId != Id).OrderBy(c => c.Year).ToListAsync();
        return true;
    }
}
