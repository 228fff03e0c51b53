using Kyodo.Partners;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Staff.Partners;

/// <summary>A partner entered by hand; names like it are shown while typing, and again before it is saved.</summary>
public sealed class NewModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [BindProperty(Name = "")]
    public PartnerForm Form { get; set; } = new();

    public IReadOnlyList<SimilarPartner> Similar { get; private set; } = [];

    public IActionResult OnGet() => MayCoordinate ? Page() : NotFound();

    public async Task<IActionResult> OnGetSimilarAsync([FromQuery] string? name) =>
        MayCoordinate ? Partial("_Similar", (await SimilarNames.LoadAsync(Db)).Find(name?.Length > 100 ? name[..100] : name)) : NotFound();

    public async Task<IActionResult> OnPostAsync([FromForm] bool another, CancellationToken stop)
    {
        var partner = await Db.EnterPartnerAsync(Form.Entry, another, Me, Now, stop);
        return DoneAt($"/staff/partners/{partner.Id}", "登録しました。");
    }

    public override async Task LoadAsync() => Similar = (await SimilarNames.LoadAsync(Db)).Find(Form.Name, Form.Reading);
}
