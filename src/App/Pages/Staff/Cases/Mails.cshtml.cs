using Kyodo.App.Pages.Staff.Mails;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>Every mail about one inquiry.</summary>
public sealed class MailsModel(AppDb db, TimeProvider clock) : InquiryPage(db, clock)
{
    public IReadOnlyList<MailRow> Mails { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        await LoadAsync();
        return Page();
    }

    public override async Task LoadAsync() =>
        Mails = await MailRow.Of(Db.Outbox.AsNoTracking().Where(m => m.InquiryId == InquiryId).OrderByDescending(m => m.Id)).ToListAsync();
}
