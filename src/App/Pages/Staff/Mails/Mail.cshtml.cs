using Kyodo.App.Hosting.Mails;
using Kyodo.Common;
using Kyodo.Mails;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Mails;

/// <summary>One mail as it goes out, and what became of it.</summary>
public sealed class MailModel(AppDb db, TimeProvider clock, MailSender sender) : StaffPage(db, clock)
{
    [FromRoute]
    public long Id { get; set; }

    public OutboxMail Mail { get; private set; } = null!;

    public MailRow Row { get; private set; } = null!;

    // Whoever could read the link here could come in as somebody else.
    public string Body => MailMessage.BodyText(Mail, Mail.Kind is { } kind && MailKinds.OpeningDoors.Contains(kind) ? null : sender.Settings?.PublicUrl);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await Db.Outbox.AnyAsync(m => m.Id == Id))
            return NotFound();
        await LoadAsync();
        return Page();
    }

    public Task<IActionResult> OnPostRetryAsync() => DecideAsync(mail => mail.Retry(Me, Now), "もう一度送ります。");

    public Task<IActionResult> OnPostGiveUpAsync() => DecideAsync(mail => mail.GiveUp(Me, Now), "送るのをやめました。");

    public override async Task LoadAsync()
    {
        Mail = await Db.Outbox.AsNoTracking().FirstAsync(m => m.Id == Id);
        Row = await MailRow.Of(Db.Outbox.AsNoTracking().Where(m => m.Id == Id)).FirstAsync();
    }

    private async Task<IActionResult> DecideAsync(Action<OutboxMail> verb, string done)
    {
        if (await Db.Outbox.FirstOrDefaultAsync(m => m.Id == Id) is not { } mail)
            return NotFound();
        verb(mail);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/mails/{Id}", done);
    }
}
