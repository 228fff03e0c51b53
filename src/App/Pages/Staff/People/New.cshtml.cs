using Kyodo.App.Hosting.Mails;
using Kyodo.Organizations.People;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Staff.People;

/// <summary>招待: somebody new with a first role, and a mail by which they set their password.</summary>
public sealed class NewModel(AppDb db, TimeProvider clock, MailSender sender) : PeoplePage(db, clock, sender)
{
    [BindProperty(Name = "email")]
    public string? Email { get; set; }

    [BindProperty(Name = "name")]
    public string? Called { get; set; }

    [BindProperty(Name = "unit")]
    public string? Unit { get; set; }

    [BindProperty(Name = "role")]
    public string? Role { get; set; }

    [BindProperty(Name = "from")]
    public string? From { get; set; }

    [BindProperty(Name = "until")]
    public string? Until { get; set; }

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var grant = await GrantAsync(Unit, Role, From, Until);
        var person = await Db.InviteAsync(Email, Called, [grant], Me, Now, stop);
        return DoneAt($"/staff/people/{person.Id}", "登録し、招待のメールを送信の列に入れました。リンクは7日間、1回だけ使えます。");
    }

    public override Task LoadAsync() => LoadUnitsAsync();
}
