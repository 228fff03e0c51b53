using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Evaluation.Door;
using Kyodo.Partners;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Partners;

/// <summary>One partner: what the register says, its projects over the years, its contact with its consents, and what was merged into it.</summary>
public sealed class ViewModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute(Name = "id")]
    public string Id { get; set; } = "";

    [BindProperty(Name = "")]
    public PartnerForm Form { get; set; } = new();

    public Kyodo.Partners.Partner Partner { get; private set; } = null!;

    /// <summary>The one that it was merged into.</summary>
    public Kyodo.Partners.Partner? Into { get; private set; }

    public IReadOnlyList<string> OtherNames { get; private set; } = [];

    public IReadOnlyList<PublishedCase> Cases { get; private set; } = [];

    public IReadOnlyList<ContactConsent> Consents { get; private set; } = [];

    public IReadOnlyList<PartnerMerge> Merges { get; private set; } = [];

    public IReadOnlyList<SimilarPartner> Similar { get; private set; } = [];

    public IReadOnlyList<AuditEntry> History { get; private set; } = [];

    public string Typed(string field) => Refusal is not null && Request.HasFormContentType ? Request.Form[field].ToString() : "";

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync())
            return NotFound();
        Form = PartnerForm.Of(Partner);
        return Page();
    }

    public async Task<IActionResult> OnPostDescribeAsync([FromForm] long version, [FromForm] string? person, [FromForm] string? email, [FromForm] string? phone, [FromForm] string? address, CancellationToken stop)
    {
        if (await RecordAsync(stop) is not { } partner)
            return NotFound();
        Expect(partner, version);
        await Db.DescribePartnerAsync(partner, Form.Entry, new PartnerContact(person, email, phone, address), Me, Now, stop);
        return DoneAt($"/staff/partners/{Id}", "保存しました。");
    }

    public async Task<IActionResult> OnPostConsentAsync([FromForm] List<string> item, [FromForm(Name = "given-by")] string? givenBy, [FromForm(Name = "given-on")] string? givenOn, [FromForm] ConsentChannel channel, CancellationToken stop)
    {
        if (await RecordAsync(stop) is not { } partner)
            return NotFound();
        var on = DateField.Read(givenOn, "同意した日", "given-on") ?? throw new Refusal("同意した日を書いてください。", [new Problem(Severity.Error, "同意した日を書いてください。", Field: "given-on")]);
        await Db.ConsentToContactAsync(partner, new ConsentEntry(item.Contains("person"), item.Contains("email"), item.Contains("phone"), item.Contains("address"), givenBy ?? "", on, channel), Me, Now, stop);
        return DoneAt($"/staff/partners/{Id}#consent", "同意を記録しました。次に公表する版から、公開の相手方のページに出ます。");
    }

    public async Task<IActionResult> OnPostWithdrawAsync([FromForm] long consent, [FromForm(Name = "withdrawn-by")] string? withdrawnBy, [FromForm(Name = "withdrawn-on")] string? withdrawnOn, CancellationToken stop)
    {
        if (await Db.ContactConsents.FirstOrDefaultAsync(c => c.Id == consent && c.PartnerId == Id, stop) is not { } found)
            return NotFound();
        found.Withdraw(withdrawnBy, DateField.Read(withdrawnOn, "取り消した日", "withdrawn-on") ?? Today, Me, Now);
        await Db.SaveChangesAsync(stop);
        return DoneAt($"/staff/partners/{Id}#consent", "同意の取消しを記録しました。次に公表する版から外れます。");
    }

    public async Task<IActionResult> OnPostMergeAsync([FromForm] string? into, [FromForm] string? reason, CancellationToken stop)
    {
        if (await RecordAsync(stop) is null)
            return NotFound();
        var merge = await Db.MergePartnersAsync(Id, TextForms.Fold(into), Me, Now, reason, stop);
        return DoneAt($"/staff/partners/{merge.IntoId}#merges", $"「{merge.FromName}」を統合しました。");
    }

    public async Task<IActionResult> OnPostSplitAsync([FromForm] long merge, CancellationToken stop)
    {
        if (!await Db.PartnerMerges.AnyAsync(m => m.Id == merge && (m.IntoId == Id || m.FromId == Id), stop) || await Db.SplitPartnersAsync(merge, Request.Form[$"split-{merge}"], Me, Now, stop) is not { } undone)
            return NotFound();
        return DoneAt($"/staff/partners/{undone.FromId}", $"「{undone.IntoName}」から分けました。");
    }

    public override Task LoadAsync() => FindAsync();

    private Task<Kyodo.Partners.Partner?> RecordAsync(CancellationToken stop) => Db.Partners.FirstOrDefaultAsync(p => p.Id == Id, stop);

    private async Task<bool> FindAsync()
    {
        if (await Db.Partners.AsNoTracking().FirstOrDefaultAsync(p => p.Id == Id) is not { } partner)
            return false;
        Partner = partner;
        Into = partner.MergedIntoId is { } into ? await Db.Partners.AsNoTracking().FirstOrDefaultAsync(p => p.Id == into) : null;
        OtherNames = await Db.PartnerNames.Where(n => n.PartnerId == Id).OrderBy(n => n.Id).Select(n => n.Name).ToListAsync();
        Merges = await Db.PartnerMerges.AsNoTracking().Where(m => m.IntoId == Id || m.FromId == Id).OrderBy(m => m.Id).ToListAsync();
        // Editions that were released before a merge name the one that was merged.
        foreach (var id in Merges.Where(m => m.IntoId == Id && m.UndoneAt is null).Select(m => m.FromId).Append(Id))
            Cases = [.. Cases, .. await Db.LatestCases.AsNoTracking().Include(c => c.Revision).Where(c => c.PartnersJson.Contains(id)).ToListAsync()];
        Cases = [.. Cases.DistinctBy(c => c.CaseId).OrderByDescending(c => c.Year).ThenBy(c => c.Title, StringComparer.Ordinal)];
        Consents = await Db.ContactConsents.AsNoTracking().Where(c => c.PartnerId == Id).OrderByDescending(c => c.Id).ToListAsync();
        Similar = Partner.MergedIntoId is null ? (await SimilarNames.LoadAsync(Db)).Find(partner.Name, partner.Reading, Id) : [];
        History = await Db.AuditTrail.AsNoTracking().Where(e => e.Subject == partner.AuditName || e.Subject == $"contact-consent/{Id}").OrderByDescending(e => e.Id).Take(50).ToListAsync();
        return true;
    }
}
