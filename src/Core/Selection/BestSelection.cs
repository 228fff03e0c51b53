using System.Text.Json;
using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Selection;

/// <summary>優良事例選定 of a programme's year: who may be put forward until when, by what it is judged, and what was decided.</summary>
public sealed class BestSelection : Record
{
    public const int FewestJurors = 3;
    public const int LongestReason = 800;

    private BestSelection()
    {
    }

    internal BestSelection(string programme, FiscalYear year, DateOnly nominateUntil, DateOnly scoreUntil, int placesOfUnit, int jurorsOfEntry, Actor by, DateTimeOffset now)
    {
        (ProgrammeKey, Year, NominateUntil, ScoreUntil, PlacesOfUnit, JurorsOfEntry) = (programme, year, nominateUntil, scoreUntil, placesOfUnit, jurorsOfEntry);
        CriteriaJson = JsonSerializer.Serialize(SelectionCriterion.BuiltIn, Json.Plain);
        Happened(by, now, "selection-opened", $"推薦 {PartialDate.Of(nominateUntil).Japanese}まで、審査 {PartialDate.Of(scoreUntil).Japanese}まで");
    }

    public long Id { get; private set; }

    public string ProgrammeKey { get; private set; } = "";

    public FiscalYear Year { get; private set; }

    public SelectionStatus Status { get; private set; }

    public string CriteriaJson { get; private set; } = "[]";

    /// <summary>The last day to put a case forward.</summary>
    public DateOnly NominateUntil { get; private set; }

    /// <summary>The last day to judge; on the next the marks are shown to the secretariat, whoever is missing.</summary>
    public DateOnly ScoreUntil { get; private set; }

    /// <summary>推薦枠: how many cases each department may put forward. Every department has one at least.</summary>
    public int PlacesOfUnit { get; private set; }

    public int JurorsOfEntry { get; private set; }

    /// <summary>Who judges this year, by person; also those whom no entry fell to.</summary>
    public List<long> JurorIds { get; private set; } = [];

    /// <summary>Why fewer than three jurors judge, or why it was decided before all marks were in; empty where neither was so.</summary>
    public string Exception { get; private set; } = "";

    public DateTimeOffset? DecidedAt { get; private set; }

    public IReadOnlyList<SelectionCriterion> Criteria
    {
        get => field ??= JsonSerializer.Deserialize<List<SelectionCriterion>>(CriteriaJson, Json.Plain)!;
        private set;
    }

    public override string AuditName => $"selection/{ProgrammeKey}/{Year}";

    public override MailPlace PlaceOfMails() => new("/staff/nominations", null, null);

    public bool IsNominating(DateTimeOffset now) => SelectionStates.Selections.Allows(Status, SelectionVerb.Nominate) && now.DayInJapan() <= NominateUntil;

    public static string? WhyNotOpen(Actor by) => by.Is(Role.Coordinator) ? null : "優良事例の選定を進められるのは、協働の担当課だけです。";

    public static string? WhyNotDates(DateOnly nominateUntil, DateOnly scoreUntil, DateTimeOffset now) =>
        nominateUntil < now.DayInJapan() ? "推薦の期限は、今日か、それよりあとの日にしてください。"
        : scoreUntil <= nominateUntil ? "審査の期限は、推薦の期限よりあとの日にしてください。"
        : null;

    public string? WhyNotWeigh(Actor by) =>
        WhyNotOpen(by) ?? (SelectionStates.Selections.Allows(Status, SelectionVerb.Weigh) ? null : "審査が始まったあとは、配点を変えられません。");

    /// <param name="weights">In the order of the criteria; whole numbers from 1 that make 100 together.</param>
    public void Weigh(IReadOnlyList<int> weights, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotWeigh(by));
        Refusal.If(weights.Count != Criteria.Count || weights.Any(weight => weight is < 1 or > 100) ? "配点は、それぞれ1から100までの整数で書いてください。"
            : weights.Sum() != 100 ? $"配点の合計が{weights.Sum()}です。100になるように直してください。" : null);
        var weighed = Criteria.Select((criterion, place) => criterion with { Weight = weights[place] }).ToList();
        CriteriaJson = JsonSerializer.Serialize(weighed, Json.Plain);
        Criteria = weighed;
        Happened(by, now, "selection-weighed", string.Join("、", weighed.Select(criterion => $"{criterion.NameJa} {criterion.Weight}")));
    }

    public string? WhyNotMove(Actor by) => WhyNotOpen(by) ?? (Status is SelectionStatus.Decided ? "もう決定しています。" : null);

    public void Move(DateOnly nominateUntil, DateOnly scoreUntil, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotMove(by));
        if (Status is SelectionStatus.Scoring)
            nominateUntil = NominateUntil;
        Refusal.If(Status is SelectionStatus.Scoring && scoreUntil < now.DayInJapan() ? "審査の期限は、今日か、それよりあとの日にしてください。" : Status is SelectionStatus.Nominating ? WhyNotDates(nominateUntil, scoreUntil, now) : null);
        (NominateUntil, ScoreUntil) = (nominateUntil, scoreUntil);
        Happened(by, now, "selection-moved", $"推薦 {PartialDate.Of(nominateUntil).Japanese}まで、審査 {PartialDate.Of(scoreUntil).Japanese}まで");
    }

    public string? WhyNotBeginScoring(Actor by, int entries) =>
        WhyNotOpen(by) is { } not ? not
        : !SelectionStates.Selections.Allows(Status, SelectionVerb.BeginScoring) ? "審査はもう始まっています。"
        : entries == 0 ? "推薦された事例がありません。部局の推薦を待つか、「埋もれた事例」から推薦してください。"
        : null;

    internal void BeginScoring(int entries, IEnumerable<long> jurors, string why, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotBeginScoring(by, entries));
        Status = SelectionStates.Selections.After(Status, SelectionVerb.BeginScoring)!.Value;
        JurorIds = [.. jurors];
        Except(why);
        Happened(by, now, "selection-begun", $"{entries}事例、審査員{JurorIds.Count}人{(why.Length > 0 ? $"（{why}）" : "")}");
    }

    public string? WhyNotDecide(Actor by) =>
        WhyNotOpen(by) ?? (SelectionStates.Selections.Allows(Status, SelectionVerb.Decide) ? null : Status is SelectionStatus.Decided ? "もう決定しています。" : "審査を始めてから決定できます。");

    internal void Decide(int best, string why, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotDecide(by));
        (Status, DecidedAt) = (SelectionStates.Selections.After(Status, SelectionVerb.Decide)!.Value, now);
        Except(why);
        Happened(by, now, "selection-decided", $"優良事例{best}件{(why.Length > 0 ? $"（{why}）" : "")}");
    }

    internal void NoteJuror(string name, string title, Actor by, DateTimeOffset now) => Happened(by, now, "selection-juror-added", $"{title}: {name}");

    internal void Tell(string address, MailKind kind, Dictionary<string, string> words, string once) => Tell(new Mail(address, kind, words, $"{AuditName}/{once}"));

    private void Except(string why) => Exception = string.Join('\n', new[] { Exception, why }.Where(text => text.Length > 0));

    internal sealed class Mapping : IEntityTypeConfiguration<BestSelection>
    {
        public void Configure(EntityTypeBuilder<BestSelection> builder)
        {
            builder.ToTable("selections");
            builder.Property(s => s.ProgrammeKey).HasMaxLength(40);
            builder.Property(s => s.Exception).HasMaxLength(2 * LongestReason + 1);
            builder.Ignore(s => s.Criteria);
            builder.HasIndex(s => new { s.ProgrammeKey, s.Year }).IsUnique();
        }
    }
}
