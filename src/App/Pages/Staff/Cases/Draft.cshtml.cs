using Kyodo.Cases;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>What the person has typed into a case and is not in the reply: read, copied out, or thrown away. Nobody else's draft is here.</summary>
public sealed class DraftModel(AppDb db, TimeProvider clock) : InquiryPage(db, clock)
{
    [FromRoute(Name = "caseId")]
    public string CaseId { get; set; } = "";

    public bool IsNew => CaseId == CaseDraft.NewCase;

    public CaseDraft Draft { get; private set; } = null!;

    /// <summary>The questions' labels and what was typed, a line a field.</summary>
    public IEnumerable<(string Label, string Text)> Texts =>
        from question in Questions
        let drafted = Draft.Questions.GetValueOrDefault(question.Key)
        where drafted is not null
        select (question.LabelJa, string.Join('\n', drafted.Fields.Values.SelectMany(values => values).Where(value => value.Length > 0)));

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await FindAsync())
            return NotFound();
        Db.CaseDrafts.Remove(Draft);
        await Db.SaveChangesAsync();
        return DoneAt(Address, "下書きを捨てました。");
    }

    public override Task LoadAsync() => FindAsync();

    private async Task<bool> FindAsync()
    {
        if (!await FindInquiryAsync() || await Db.DraftAsync(InquiryId, CaseId, Me) is not { } draft)
            return false;
        Draft = draft;
        return true;
    }
}
