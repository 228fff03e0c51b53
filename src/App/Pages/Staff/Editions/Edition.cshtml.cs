using Kyodo.App.Casebook;
using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Editions;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Editions;

/// <summary>The revisions of an edition with their files, and the button that releases the next.</summary>
public sealed class EditionModel(AppDb db, TimeProvider clock, EditionShelf shelf, EditionDrawing drawing, PublicationWatch watch, CompilationMemory memory) : StaffPage(db, clock)
{
    // Drawing a casebook takes seconds of a whole core, and two releases would draw into one folder: one after the other.
    private static readonly SemaphoreSlim OneRelease = new(1);

    [FromRoute(Name = "programme")]
    public string ProgrammeKey { get; set; } = "";

    [FromRoute(Name = "year")]
    public int YearNumber { get; set; }

    [BindProperty(Name = "erratum")]
    public string? Erratum { get; set; }

    [BindProperty(Name = "remark")]
    public string? Remark { get; set; }

    [BindProperty(Name = "pdf")]
    public bool WithPdf { get; set; }

    /// <summary>Do all staff hear of the release by mail?</summary>
    [BindProperty(Name = "tell")]
    public bool TellsStaff { get; set; }

    /// <summary>The newest revision when the form was drawn: a second click, or a second person, does not release again.</summary>
    [BindProperty(Name = "newest")]
    public int SeenNewest { get; set; }

    public CompilationTable Table { get; private set; } = null!;

    public IReadOnlyList<RevisionRow> Revisions { get; private set; } = [];

    public FiscalYear Year => new(YearNumber);

    public string Address => $"/staff/editions/{ProgrammeKey}/{Year}";

    public int NewestNo => Revisions.Count > 0 ? Revisions[0].Revision.No : 0;

    /// <summary>Why nothing could be released whatever was typed; an erratum can still be typed.</summary>
    public string? WhyNot => Release.WhyNot(Table, NewestNo, NewestNo > 0 ? "…" : null, Me);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await ExistsAsync())
            return NotFound();
        await LoadAsync();
        WithPdf = TellsStaff = true;
        Remark = Revisions is [var latest, ..] ? latest.Revision.Remark : null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await ExistsAsync())
            return NotFound();
        await OneRelease.WaitAsync(HttpContext.RequestAborted);
        try
        {
            if (await NewestAsync() is var newest && newest != SeenNewest)
                return DoneAt(Address, $"第{newest}版は、先の操作で公表されています。もう一度は公表していません。");
            var table = await Db.CompileAsync(ProgrammeKey, Year);
            var government = await Db.HomeNameAsync();
            // A browser that goes away must not leave half a release: it is finished whoever waits for it.
            var revision = await Db.ReleaseAsync(table, shelf, new ReleaseWish(NullIfBlank(Erratum), NullIfBlank(Remark), TellsStaff),
                (draft, folder) => drawing.WriteAllAsync(draft, folder, government, WithPdf, CancellationToken.None), Me, Now, CancellationToken.None);
            await watch.LookAsync(CancellationToken.None);
            return DoneAt(Address, $"第{revision.No}版を公表しました（{revision.CaseCount}件）。");
        }
        finally
        {
            OneRelease.Release();
        }
    }

    public override async Task LoadAsync()
    {
        Table = await Db.CompileAsync(ProgrammeKey, Year, memory);
        var year = Year;
        var revisions = await Db.Revisions.AsNoTracking().Where(r => r.ProgrammeKey == ProgrammeKey && r.Year == year).OrderByDescending(r => r.No).ToListAsync();
        Revisions = [.. revisions.Select(r => RevisionRow.On(shelf, r))];
    }

    private Task<int> NewestAsync()
    {
        var year = Year;
        return Db.Revisions.Where(r => r.ProgrammeKey == ProgrammeKey && r.Year == year).Select(r => r.No).OrderByDescending(no => no).FirstOrDefaultAsync();
    }

    private async Task<bool> ExistsAsync() => YearNumber is >= 1900 and <= 2200 && await Db.Programmes.AnyAsync(p => p.Key == ProgrammeKey);

    private static string? NullIfBlank(string? text) => TextForms.Clean(text) is { Length: > 0 } clean ? clean : null;
}
