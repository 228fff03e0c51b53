using Kyodo.App.Casebook;
using Kyodo.App.Components;
using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Editions;
using Kyodo.Programmes;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Editions;

/// <summary>The revisions of an edition with their files, and the button that releases the next.</summary>
public sealed class EditionModel(AppDb db, TimeProvider clock, EditionShelf shelf, EditionRelease release, PublicationWatch watch, CompilationMemory memory) : StaffPage(db, clock)
{
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

    [BindProperty(Name = "day")]
    public string? Day { get; set; }

    [BindProperty(Name = "time")]
    public string? Time { get; set; }

    public ScheduledRelease? Scheduled { get; private set; }

    /// <summary>The last plan, where it could not be carried out.</summary>
    public ScheduledRelease? NotReleased { get; private set; }

    /// <summary>What the next revision would change; null before the first.</summary>
    public EditionChangesView? Changes { get; private set; }

    /// <summary>The cases that readers see.</summary>
    public IReadOnlyList<PublishedCase> Cases { get; private set; } = [];

    public IReadOnlyList<Withdrawal> Withdrawn { get; private set; } = [];

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
        // A browser that goes away must not leave half a release: it is finished whoever waits for it.
        if (await release.ReleaseAsync(Db, ProgrammeKey, Year, Wish, WithPdf, SeenNewest, Me, Now, CancellationToken.None) is not { } revision)
            return DoneAt(Address, $"第{(await Db.RevisionAsync(ProgrammeKey, Year))!.No}版は、先の操作で公表されています。もう一度は公表していません。");
        await watch.LookAsync(CancellationToken.None);
        return DoneAt(Address, $"第{revision.No}版を公表しました（{revision.CaseCount}件）。");
    }

    public async Task<IActionResult> OnPostScheduleAsync()
    {
        if (!await ExistsAsync())
            return NotFound();
        var day = DateField.Read(Day, "公表する日", "day") ?? throw new Refusal("次のところを直してください。", [new Problem(Severity.Error, $"公表する日を書いてください。{DateField.Example}", Field: "day")]);
        if (!TimeOnly.TryParse(Time, System.Globalization.CultureInfo.InvariantCulture, out var time))
            throw new Refusal("公表する時刻を書いてください。例: 09:00");
        var at = JapanTime.At(day, time.Hour, time.Minute);
        await Db.ScheduleAsync(await Db.CompileAsync(ProgrammeKey, Year, memory), Wish, WithPdf, at, Me, Now);
        return DoneAt(Address, $"{at.JapaneseMinute()}に公表する予約をしました。");
    }

    public async Task<IActionResult> OnPostCancelAsync()
    {
        if (!await ExistsAsync())
            return NotFound();
        var planned = await Db.ScheduledAsync(ProgrammeKey, Year) ?? throw new Refusal("予約はありません。");
        planned.Cancel(Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt(Address, "公表の予約を取り消しました。");
    }

    public override async Task LoadAsync()
    {
        Table = await Db.CompileAsync(ProgrammeKey, Year, memory);
        var year = Year;
        var revisions = await Db.Revisions.AsNoTracking().Where(r => r.ProgrammeKey == ProgrammeKey && r.Year == year).OrderByDescending(r => r.No).ToListAsync();
        Revisions = [.. revisions.Select(r => RevisionRow.On(shelf, r))];
        Scheduled = await Db.ScheduledAsync(ProgrammeKey, Year);
        var last = await Db.ScheduledReleases.AsNoTracking().Where(s => s.ProgrammeKey == ProgrammeKey && s.Year == year).OrderByDescending(s => s.Id).FirstOrDefaultAsync();
        NotReleased = last?.Status is ScheduleStatus.Refused && !(revisions.FirstOrDefault()?.ReleasedAt > last.At) ? last : null;
        Withdrawn = await Db.WithdrawalsAsync(ProgrammeKey, Year);
        if (revisions.Find(r => r.IsLatest) is { } latest)
            Cases = await Db.CasesAsync(latest);
        if (MayCoordinate && await Db.PreviewAsync(Table, Now) is { } changes)
        {
            var replies = Table.Cases.ToDictionary(c => c.Case.Id, c => c.Reply.InquiryId, StringComparer.Ordinal);
            Changes = new EditionChangesView(changes, one => replies.TryGetValue(one.CaseId, out var inquiry) ? $"/staff/cases/{inquiry}/{one.CaseId}/view" : null);
        }
    }

    private ReleaseWish Wish => new(NullIfBlank(Erratum), NullIfBlank(Remark), TellsStaff);

    private async Task<bool> ExistsAsync() => YearNumber is >= 1900 and <= 2200 && await Db.Programmes.AnyAsync(p => p.Key == ProgrammeKey);

    private static string? NullIfBlank(string? text) => TextForms.Clean(text) is { Length: > 0 } clean ? clean : null;
}
