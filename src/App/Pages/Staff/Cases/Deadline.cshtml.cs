using System.Text;
using Kyodo.App.Hosting.Mails;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>The unit's deadline for a calendar.</summary>
public sealed class DeadlineModel(AppDb db, TimeProvider clock, MailSender sender) : InquiryPage(db, clock)
{
    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindInquiryAsync())
            return NotFound();
        var page = sender.Settings?.PublicUrl is { } url ? url + Address : null;
        Response.Headers.CacheControl = "no-store";
        return File(Encoding.UTF8.GetBytes(DeadlineCalendar.Of(Inquiry, Now, page)), DeadlineCalendar.ContentType, DeadlineCalendar.FileName);
    }

    public override Task LoadAsync() => FindInquiryAsync();
}
