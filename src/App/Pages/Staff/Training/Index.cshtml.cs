using System.Globalization;
using Kyodo.App.Components;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Storage;
using Kyodo.Training;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Training;

/// <summary>研修: what is to come and has been, and which workplaces it has reached.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    public sealed record Row(string Id, string Title, CourseKind Kind, SessionStatus Status, DateTimeOffset StartsAt, string Venue, string? Unit, int Places, int Taken, int Waiting, int Attended, RegistrationStatus? Mine);

    /// <summary>A workplace with what it answered in the year: <paramref name="Cases"/> in all programmes.</summary>
    public sealed record Reach(WorkplaceCoverage Workplace, int Cases);

    [FromQuery(Name = "year")]
    public string? YearTyped { get; set; }

    [BindProperty]
    public SessionForm Typed { get; set; } = new();

    public FiscalYear Year { get; private set; }

    public IReadOnlyList<FiscalYear> Years { get; private set; } = [];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyList<Reach> Reached { get; private set; } = [];

    public IReadOnlyList<(long Id, string Name)> Units { get; private set; } = [];

    public bool MayPlan => TrainingSession.WhyNotPlan(Me) is null;

    public bool SeesCoverage => MayPlan || Me.SeesAllUnits;

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var plan = Typed.Read();
        var unit = Typed.Unit is { } id ? await Db.OrgUnits.FirstOrDefaultAsync(u => u.Id == id, stop) : null;
        var session = new TrainingSession(plan, unit, Me, Now);
        Db.Add(session);
        await Db.SaveChangesAsync(stop);
        return DoneAt($"/staff/training/{session.Id}", "研修を開きました。職員が申し込めます。");
    }

    public override async Task LoadAsync()
    {
        var (me, registrations) = (Me.PersonId, Db.TrainingRegistrations);
        var all = await Db.TrainingSessions.AsNoTracking().OrderByDescending(s => s.StartsAt).Select(s => new Row(
            s.Id, s.Title, s.Kind, s.Status, s.StartsAt, s.Venue, s.Unit!.Name, s.Places,
            registrations.Count(r => r.SessionId == s.Id && r.Status == RegistrationStatus.Registered),
            registrations.Count(r => r.SessionId == s.Id && r.Status == RegistrationStatus.Waiting),
            registrations.Count(r => r.SessionId == s.Id && r.Status == RegistrationStatus.Attended),
            registrations.Where(r => r.SessionId == s.Id && r.PersonId == me && r.Status != RegistrationStatus.Cancelled).Select(r => (RegistrationStatus?)r.Status).FirstOrDefault())).ToListAsync();
        Years = [.. all.Select(s => FiscalYear.Of(s.StartsAt.DayInJapan())).Append(FiscalYear.Of(Today)).Distinct().OrderDescending()];
        Year = FiscalYear.TryParse(YearTyped ?? "", out var asked) ? asked : FiscalYear.Of(Today);
        Rows = [.. all.Where(s => FiscalYear.Of(s.StartsAt.DayInJapan()) == Year)];
        if (MayPlan)
        {
            var units = await Db.OrgUnits.AsNoTracking().OrderBy(u => u.Order).ToListAsync();
            Units = [.. units.Where(u => u.StandsIn(FiscalYear.Of(Today))).Select(u => (u.Id, u.Name))];
        }
        if (!SeesCoverage)
            return;
        var year = Year;
        var cases = await Db.Cases.Where(c => c.Year == year && c.RemovedAt == null).GroupBy(c => c.UnitId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        Reached = [.. (await Db.TrainingCoverageAsync(Year, Today)).Select(w => new Reach(w, cases.GetValueOrDefault(w.UnitId)))];
    }

    public static StatusMark Mark(SessionStatus status) => new(status switch { SessionStatus.Open => "status-answering", SessionStatus.Held => "status-accepted", _ => "status-returned" }, TrainingStates.Name(status));
}

/// <summary>A session as the form holds it.</summary>
public sealed class SessionForm
{
    public string? Title { get; set; }

    public CourseKind Kind { get; set; }

    public long? Unit { get; set; }

    public string? Day { get; set; }

    public string? Time { get; set; }

    public string? Minutes { get; set; } = "120";

    public string? Venue { get; set; }

    public string? Places { get; set; } = "30";

    public string? Deadline { get; set; }

    public static SessionForm Of(TrainingSession session) => new()
    {
        Title = session.Title,
        Kind = session.Kind,
        Unit = session.UnitId,
        Venue = session.Venue,
        Day = PartialDate.Of(session.StartsAt.DayInJapan()).Japanese,
        Time = session.StartsAt.ClockInJapan(),
        Minutes = session.Minutes.ToString(CultureInfo.InvariantCulture),
        Places = session.Places.ToString(CultureInfo.InvariantCulture),
        Deadline = PartialDate.Of(session.Deadline).Japanese,
    };

    public SessionPlan Read()
    {
        var problems = new List<Problem>();
        DateOnly Day(string? typed, string label, string id)
        {
            try
            {
                if (DateField.Read(typed, label, id) is { } day)
                    return day;
                problems.Add(new Problem(Severity.Error, $"{label}を書いてください。{DateField.Example}", Field: id));
            }
            catch (Refusal wrong)
            {
                problems.AddRange(wrong.Problems);
            }
            return default;
        }
        int Number(string? typed, string label, string id)
        {
            if (int.TryParse(TextForms.Fold(typed), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
            problems.Add(new Problem(Severity.Error, $"{label}を数字で書いてください。例: 30", Field: id));
            return 0;
        }
        var (day, deadline) = (Day(this.Day, "開く日", "day"), Day(Deadline, "申込みの期限", "deadline"));
        if (!TimeOnly.TryParseExact(TextForms.Fold(Time).Replace('：', ':'), ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            problems.Add(new Problem(Severity.Error, "始まる時刻を「13:30」のように書いてください。", Field: "time"));
        var plan = new SessionPlan(Title ?? "", Kind, day == default ? default : JapanTime.At(day, time.Hour, time.Minute), Number(Minutes, "時間（分）", "minutes"), Venue ?? "", Number(Places, "定員", "places"), deadline);
        if (problems.Count > 0)
            throw new Refusal("次のところを直してください。", problems);
        return plan;
    }
}
