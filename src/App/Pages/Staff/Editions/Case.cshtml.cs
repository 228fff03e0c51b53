using Kyodo.App.Casebook;
using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Questions;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Editions;

/// <summary>A published case, to be withdrawn or redacted.</summary>
public sealed class CaseModel(AppDb db, TimeProvider clock, EditionRelease release, PublicationWatch watch) : StaffPage(db, clock)
{
    [FromRoute(Name = "programme")]
    public string ProgrammeKey { get; set; } = "";

    [FromRoute(Name = "year")]
    public int YearNumber { get; set; }

    [FromRoute(Name = "id")]
    public string Id { get; set; } = "";

    [BindProperty(Name = "reason")]
    public string? Reason { get; set; }

    [BindProperty(Name = "basis")]
    public string? Basis { get; set; }

    [BindProperty(Name = "why")]
    public string? Why { get; set; }

    [BindProperty(Name = "passages")]
    public string? Passages { get; set; }

    [BindProperty(Name = "fields")]
    public List<string> Fields { get; set; } = [];

    public PublishedCase Case { get; private set; } = null!;

    public Withdrawal? Withdrawal { get; private set; }

    public IReadOnlyList<Redaction> Redactions { get; private set; } = [];

    /// <summary>The numbers of the revisions that hold it.</summary>
    public IReadOnlyList<int> HeldBy { get; private set; } = [];

    public string Edition => $"/staff/editions/{ProgrammeKey}/{YearNumber}";

    public string Address => $"{Edition}/cases/{Id}";

    public IEnumerable<Question> Removable => Case.Revision.Questions.Where(q => q.Visibility is Visibility.Public or Visibility.Internal && q.Key is not ("title" or "form"));

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public override Task LoadAsync() => FindAsync();

    public async Task<IActionResult> OnPostWithdrawAsync()
    {
        if (!await FindAsync())
            return NotFound();
        await Db.WithdrawAsync(Id, Reason ?? "", Me, Now);
        await watch.LookAsync(CancellationToken.None);
        return DoneAt(Address, $"「{Case.Title}」の公表を取り下げました。");
    }

    public async Task<IActionResult> OnPostShowAgainAsync()
    {
        if (!await FindAsync())
            return NotFound();
        await Db.ShowAgainAsync(Id, Reason, Me, Now);
        await watch.LookAsync(CancellationToken.None);
        return DoneAt(Address, $"「{Case.Title}」の取り下げを取り消しました。");
    }

    public async Task<IActionResult> OnPostRedactAsync()
    {
        if (!await FindAsync())
            return NotFound();
        var passages = TextForms.Clean(Passages).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        // Files are replaced whole or not at all, whoever waits for it.
        var revisions = await release.RedactAsync(Db, Id, new RedactionWish(Basis ?? "", Why ?? "", passages, Fields), Me, Now, CancellationToken.None);
        await watch.LookAsync(CancellationToken.None);
        return DoneAt(Address, $"非公開措置を行い、{string.Join("・", revisions.Select(r => $"第{r.No}版"))}のファイルを差し替えました。");
    }

    private async Task<bool> FindAsync()
    {
        if (!PublicId.IsOne(Id) || YearNumber is < 1900 or > 2200)
            return false;
        var year = new FiscalYear(YearNumber);
        var held = await Db.PublishedCases.AsNoTracking().Include(c => c.Revision).Where(c => c.CaseId == Id && c.ProgrammeKey == ProgrammeKey && c.Year == year).OrderBy(c => c.RevisionId).ToListAsync();
        if (held is not [.., var newest])
            return false;
        Case = newest;
        HeldBy = [.. held.Select(c => c.Revision.No)];
        Withdrawal = await Db.WithdrawalAsync(Id);
        Redactions = await Db.Redactions.AsNoTracking().Where(r => r.CaseId == Id).OrderBy(r => r.Id).ToListAsync();
        return true;
    }
}
