using Kyodo.App.Hosting.Mails;
using Kyodo.Common;
using Kyodo.Organizations.People;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Staff.People;

/// <summary>利用者: who may sign in, as what, and when they last did.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock, MailSender sender) : PeoplePage(db, clock, sender)
{
    private const int Size = 50;

    [FromQuery(Name = "q")]
    public string? Search { get; set; }

    [FromQuery(Name = "state")]
    public string? State { get; set; }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public Page<PersonRow> People { get; private set; } = new([], 0, 1, Size);

    public PersonState? Chosen => Enum.TryParse<PersonState>(State, out var state) && Enum.IsDefined(state) ? state : null;

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync() => People = await Db.PeopleAsync(Search, Chosen, Number, Size, Now);

    public string AddressOf(int number) => "/staff/people" + QueryString.Create(new Dictionary<string, string?>
    {
        ["q"] = string.IsNullOrEmpty(Search) ? null : Search,
        ["state"] = Chosen?.ToString(),
        ["page"] = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
    }.Where(pair => pair.Value is not null));
}
