using System.Globalization;
using System.Text;
using Kyodo.App.Pages.Staff.Cases;
using Kyodo.App.Pages.Staff.People;
using Kyodo.Partners;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Kyodo.App.Pages.Staff.Partners;

/// <summary>An official list beside the register: each row is shown with what would become of it; on confirmation the same text is read again and saved as one.</summary>
[UploadLimit]
public sealed class ImportModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public const int RowsShown = 1000;

    [BindProperty(Name = "csv")]
    public string? Csv { get; set; }

    [BindProperty(Name = "source")]
    public string? Source { get; set; }

    public PartnerList? List { get; private set; }

    public IActionResult OnGet() => MayCoordinate ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken stop)
    {
        List = await PartnerList.CheckAsync(Db, await UploadedCsv.ReadAsync(file, stop), Me, stop);
        return Page();
    }

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken stop)
    {
        var choices = Request.Form.Where(field => field.Key.StartsWith("row-", StringComparison.Ordinal) && field.Value.ToString().Length > 0 && int.TryParse(field.Key.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .ToDictionary(field => int.Parse(field.Key.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture), field => field.Value.ToString());
        var (entered, described) = await PartnerList.SaveAsync(Db, Encoding.UTF8.GetBytes(Csv ?? ""), choices, Source, Me, Now, stop);
        return DoneAt("/staff/partners", $"{entered}件を新しく登録し、{described}件を直しました。");
    }

    public override async Task LoadAsync()
    {
        if (Csv is { Length: > 0 } csv)
            List = await PartnerList.CheckAsync(Db, Encoding.UTF8.GetBytes(csv), Me);
    }
}
