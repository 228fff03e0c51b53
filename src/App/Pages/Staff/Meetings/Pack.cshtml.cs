using Kyodo.App.Pages.Staff.Statistics;
using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Editions;
using Kyodo.Meetings;
using Kyodo.Rounds;
using Kyodo.Statistics;
using Kyodo.Storage;
using Kyodo.Training;
using Kyodo.Year;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Meetings;

/// <summary>会議資料: a few printed pages of the figures that the other pages show, as they are now.</summary>
public sealed class PackModel(AppDb db, TimeProvider clock, ReleasedCounts released) : StaffPage(db, clock)
{
    private const int MostYears = 8;

    public sealed record Best(string Title, string Unit, string Reason);

    public sealed record LateInquiry(string Unit, string Title, DateOnly Due);

    [FromRoute]
    public string Id { get; set; } = "";

    public Meeting Meeting { get; private set; } = null!;

    public Meeting? Before { get; private set; }

    public string Programme { get; private set; } = "";

    public new DateTimeOffset Now => base.Now;

    public YearLine? Line { get; private set; }

    public TrendProgramme? Trend { get; private set; }

    public IReadOnlyList<FiscalYear> Years { get; private set; } = [];

    public IReadOnlyList<TopLine> Tops { get; private set; } = [];

    public bool IsPublished { get; private set; }

    public IReadOnlyList<TopLine> Silent => [.. Tops.Where(top => top.Cases == 0)];

    public double? Gini => Unevenness.Gini([.. Tops.Select(top => top.Cases)]);

    public IReadOnlyList<Best> Bests { get; private set; } = [];

    public IReadOnlyList<LateInquiry> Late { get; private set; } = [];

    public int Workplaces { get; private set; }

    public int Reached { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await Db.Meetings.AnyAsync(m => m.Id == Id))
            return NotFound();
        await LoadAsync();
        return Page();
    }

    public override async Task LoadAsync()
    {
        Meeting = await Db.Meetings.AsNoTracking().FirstAsync(m => m.Id == Id);
        Before = await Db.MeetingBeforeAsync(Meeting);
        var (programme, year, today) = (Meeting.ProgrammeKey, Meeting.Year, Today);
        Programme = await Db.Set<Kyodo.Programmes.Programme>().Where(p => p.Key == programme).Select(p => p.NameJa).FirstOrDefaultAsync() ?? programme;
        Line = await Db.YearLineAsync(programme, year, today);
        var trend = await Kyodo.Statistics.Trend.ReadAsync(Db);
        Trend = trend.Programmes.FirstOrDefault(p => p.Key == programme);
        Years = [.. trend.Years.Where(y => y <= year).TakeLast(MostYears)];
        var (lines, isPublished) = UnitLine.Of(await released.ReadAsync(Db), await Db.UnitRepliesAsync(programme, year), programme, year);
        (Tops, IsPublished) = (TopLine.Of(lines), isPublished);
        var cases = Db.PublishedCases;
        Bests = await Db.LatestBests().Where(b => b.Revision.ProgrammeKey == programme && b.Revision.Year == year)
            .Join(cases, b => new { b.RevisionId, b.CaseId }, c => new { c.RevisionId, c.CaseId }, (b, c) => new { c.Order, c.Title, c.UnitName, b.Reason }).OrderBy(b => b.Order).Select(b => new Best(b.Title, b.UnitName, b.Reason)).ToListAsync();
        Late = [.. (await Db.Inquiries.AsNoTracking().Where(i => i.Round.Status == RoundStatus.Open).Select(i => new { i.Unit.Name, i.Unit.Order, i.Round.Title, i.Status, Due = i.ExtendedTo ?? i.OwnDue ?? i.Round.Due }).ToListAsync())
            .Where(i => i.Due < today && InquiryStates.IsAwaited(i.Status)).OrderBy(i => i.Order).Select(i => new LateInquiry(i.Name, i.Title, i.Due))];
        var coverage = await Db.TrainingCoverageAsync(year, today);
        (Workplaces, Reached) = (coverage.Count, coverage.Count(w => w.IsReached));
    }
}
