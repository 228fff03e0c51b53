using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Casebook;

/// <summary>One year's edition for staff: its cases by form, and its files with the answers that only staff may read.</summary>
public sealed class EditionModel(AppDb db, TimeProvider clock, EditionShelf shelf) : StaffPage(db, clock)
{
    private static readonly (string Name, string Words)[] Kinds =
    [
        ("casebook.pdf", "事例集（PDF）"), ("casebook.xlsx", "事例集（Excel・印刷用）"), ("cases.xlsx", "データ（Excel）"), ("cases.csv", "データ（CSV）"),
        ("cases.json", "データ（JSON）"), ("manifest.json", "目録"),
    ];

    [FromRoute(Name = "programme")]
    public string Programme { get; set; } = "";

    [FromRoute(Name = "year")]
    public int Year { get; set; }

    public Revision Revision { get; private set; } = null!;

    public IReadOnlyList<Revision> Revisions { get; private set; } = [];

    public IReadOnlyList<PublishedCase> Cases { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public override Task LoadAsync() => FindAsync();

    /// <summary>The staff files that the revision holds.</summary>
    public IEnumerable<(string Name, string Words)> FilesOf(Revision revision) =>
        Kinds.Where(kind => shelf.StaffFile(revision.ProgrammeKey, revision.Year, revision.No, kind.Name) is not null);

    private async Task<bool> FindAsync()
    {
        var year = new FiscalYear(Year);
        Revisions = await Db.Revisions.AsNoTracking().Where(r => r.ProgrammeKey == Programme && r.Year == year).OrderByDescending(r => r.No).ToListAsync();
        if (Revisions.FirstOrDefault(r => r.IsLatest) is not { } latest)
            return false;
        Revision = latest;
        Cases = await Db.CasesAsync(latest);
        return true;
    }
}
