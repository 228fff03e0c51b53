using Kyodo.App.Pages.Staff.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>A round before it goes out: letter, three dates and targets. Half of it can always be saved.</summary>
[UploadLimit]
public sealed class DraftModel(AppDb db, TimeProvider clock, RoundFiles files) : StaffPage(db, clock)
{
    [FromRoute]
    public long Id { get; set; }

    [BindProperty(Name = "r")]
    public RoundText? Typed { get; set; }

    [BindProperty(Name = "unit")]
    public List<long> Picked { get; set; } = [];

    [BindProperty(Name = "version")]
    public long SeenVersion { get; set; }

    public Round Round { get; private set; } = null!;

    public IReadOnlyList<OrgUnit> Units { get; private set; } = [];

    /// <summary>What somebody else has saved meanwhile, where it differs from what was typed: name, typed, saved.</summary>
    public IReadOnlyList<(string Name, string Typed, string Saved)> Differing { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (await Db.Rounds.Where(r => r.Id == Id).Select(r => (RoundStatus?)r.Status).FirstOrDefaultAsync() is not { } status)
            return NotFound();
        if (status is not RoundStatus.Draft)
            return LocalRedirect($"/staff/rounds/{Id}");
        await LoadAsync();
        return Page();
    }

    /// <param name="pick"><c>all:Department</c> or <c>none:Department</c>: the button beside a group. What was typed is saved with it.</param>
    public async Task<IActionResult> OnPostAsync(string? pick, string? then)
    {
        if (await Db.Rounds.WithInquiries().FirstOrDefaultAsync(r => r.Id == Id) is not { } round)
            return NotFound();
        Expect(round, SeenVersion);
        var units = await Db.UnitsToAskAsync(round.Year);
        Picked = [.. Chosen(units, pick).Select(unit => unit.Id)];
        var typed = Typed ?? new RoundText();
        var (due, lastNew, lastCorrection) = typed.Dates();
        round.Describe(typed.Title ?? "", typed.Letter(), due, lastNew, lastCorrection, Me, Now);
        round.Ask(units.Where(unit => Picked.Contains(unit.Id)), Me, Now);
        await Db.SaveChangesAsync();
        return then == "preview" ? LocalRedirect($"/staff/rounds/{Id}/preview")
            : DoneAt($"/staff/rounds/{Id}/draft{(pick is null ? "" : "#targets")}", "保存しました。");
    }

    public async Task<IActionResult> OnPostAttachAsync(IFormFile? file)
    {
        Typed = null;
        if (await Db.Rounds.Include(r => r.Attachments).FirstOrDefaultAsync(r => r.Id == Id) is not { } round)
            return NotFound();
        if (file is null || file.Length > RoundFiles.MostBytes)
            throw new Refusal(file is null ? "添付するファイルを選んでください。" : $"「{file.FileName}」は大きすぎます。1つ10 MBまでです。");
        var bytes = new byte[file.Length];
        await using (var stream = file.OpenReadStream())
            await stream.ReadExactlyAsync(bytes);
        await files.AttachAsync(round, file.FileName, bytes, Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/rounds/{Id}/draft#attachments", "添付しました。");
    }

    public async Task<IActionResult> OnPostDetachAsync(long attachment)
    {
        Typed = null;
        if (await Db.Rounds.Include(r => r.Attachments).FirstOrDefaultAsync(r => r.Id == Id) is not { } round || round.Attachments.Find(a => a.Id == attachment) is not { } found)
            return NotFound();
        round.Detach(found, Me, Now);
        await Db.SaveChangesAsync();
        if (!await Db.RoundAttachments.AnyAsync(a => a.StoredAs == found.StoredAs))
            files.Forget(found.StoredAs);
        return DoneAt($"/staff/rounds/{Id}/draft#attachments", $"「{found.Name}」を外しました。");
    }

    public override async Task LoadAsync()
    {
        Round = await Db.Rounds.AsNoTracking().WithInquiries().Include(r => r.Attachments).FirstAsync(r => r.Id == Id);
        Units = await Db.UnitsToAskAsync(Round.Year);
        var saved = RoundText.Of(Round);
        if (Typed is null)
        {
            Typed = saved;
            Picked = [.. Round.Inquiries.Select(i => i.UnitId)];
        }
        else if (SeenVersion != Round.RowVersion)
            Differing = [.. Typed.Differing(saved)];
    }

    public static string GroupName(OrgUnitKind kind) => kind switch
    {
        OrgUnitKind.Department => "部局",
        OrgUnitKind.Division => "課・室",
        OrgUnitKind.RegionalBureau => "地域振興局",
        _ => "市町村",
    };

    private IEnumerable<OrgUnit> Chosen(IReadOnlyList<OrgUnit> units, string? pick)
    {
        var (verb, group) = pick?.Split(':') is [var first, var second] ? (first, second) : ("", "");
        return units.Where(unit => unit.Kind.ToString() == group ? verb == "all" : Picked.Contains(unit.Id));
    }
}
