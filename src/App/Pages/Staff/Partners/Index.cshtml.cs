using Kyodo.Common;
using Kyodo.Partners;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Staff.Partners;

/// <summary>The register of partners, by name; what is like the words is offered where nothing holds them.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    private const int Size = 50;

    [FromQuery(Name = "q")]
    public string? Search { get; set; }

    [FromQuery(Name = "kind")]
    public string? Kind { get; set; }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public Page<Kyodo.Partners.Partner> Found { get; private set; } = new([], 0, 1, Size);

    public IReadOnlyList<SimilarPartner> Similar { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public override async Task LoadAsync()
    {
        Found = await Db.PartnersAsync(Search, Kind, Number, Size);
        if (Found.Total == 0 && !string.IsNullOrWhiteSpace(Search))
            Similar = (await SimilarNames.LoadAsync(Db)).Find(Search, Search);
    }

    public string AddressOf(int number) => "/staff/partners" + QueryString.Create(new Dictionary<string, string?>
    {
        ["q"] = string.IsNullOrEmpty(Search) ? null : Search,
        ["kind"] = string.IsNullOrEmpty(Kind) ? null : Kind,
        ["page"] = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
    }.Where(pair => pair.Value is not null));
}
