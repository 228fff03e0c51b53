using System.Text.Json;
using Kyodo.Common;
using Kyodo.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Reorganizations;

/// <summary>機構改革: a change set with a day (施行日) from which it holds, written, rehearsed, applied, and perhaps undone.</summary>
public sealed class Reorganization : Record
{
    public const int LongestTitle = 100;
    public const int MostLines = 2000;

    private Reorganization()
    {
    }

    public Reorganization(string? title, DateOnly? on, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotReorganize(by));
        Id = PublicId.New();
        Describe(title, on);
        Happened(by, now, "reorganization-begun", Title);
    }

    public string Id { get; private set; } = "";

    public string Title { get; private set; } = "";

    /// <summary>施行日, mostly 1 April: the day before is the last of what ends.</summary>
    public DateOnly On { get; private set; }

    public ReorganizationStatus Status { get; private set; }

    public string LinesJson { get; private set; } = "[]";

    public IReadOnlyList<ReorganizationLine> Lines => JsonSerializer.Deserialize<List<ReorganizationLine>>(LinesJson, Json.Plain)!;

    /// <summary>By code, the last year that each ended unit had before: what undoing sets back.</summary>
    public string FormerYearsJson { get; private set; } = "{}";

    /// <summary>The appointments that it made in the new units: others since, and somebody has changed them by hand.</summary>
    public string AppointmentsJson { get; private set; } = "[]";

    public DateTimeOffset? AppliedAt { get; private set; }

    public override string AuditName => $"reorganization/{Id}";

    /// <summary>The last fiscal year of what ends, and the first of what begins: one and the same where it falls within a year.</summary>
    public FiscalYear EndsIn => FiscalYear.Of(On.AddDays(-1));

    public FiscalYear BeginsIn => FiscalYear.Of(On);

    internal IReadOnlyDictionary<string, int?> FormerYears => JsonSerializer.Deserialize<Dictionary<string, int?>>(FormerYearsJson, Json.Plain)!;

    public static string? WhyNotReorganize(Actor by) => by.Is(Role.Administrator) ? null : "機構改革を書き、適用し、取り消せるのは管理者だけです。";

    public string? WhyNot(ReorganizationVerb verb, Actor by) => WhyNotReorganize(by) ?? ReorganizationStates.WhyNot(Status, verb);

    public void Write(string? title, DateOnly? on, IReadOnlyList<ReorganizationLine> lines, Actor by, DateTimeOffset now)
    {
        Move(ReorganizationVerb.Write, by);
        Refusal.If(lines.Count > MostLines ? $"変更は{MostLines}行までです（いま{lines.Count}行）。" : null);
        Describe(title, on);
        LinesJson = JsonSerializer.Serialize(lines, Json.Plain);
        Happened(by, now, "reorganization-written", $"{lines.Count}行");
    }

    public void Drop(Actor by, DateTimeOffset now)
    {
        Move(ReorganizationVerb.Drop, by);
        Happened(by, now, "reorganization-dropped", Title);
    }

    internal void Apply(IReadOnlyDictionary<string, int?> formerYears, IReadOnlyList<string> appointments, Actor by, DateTimeOffset now)
    {
        Move(ReorganizationVerb.Apply, by);
        (FormerYearsJson, AppointmentsJson, AppliedAt) = (JsonSerializer.Serialize(formerYears, Json.Plain), JsonSerializer.Serialize(appointments, Json.Plain), now);
        Happened(by, now, "reorganization-applied", Title);
    }

    internal bool HasMadeOne(string appointment) => JsonSerializer.Deserialize<List<string>>(AppointmentsJson, Json.Plain)!.Contains(appointment);

    internal bool HasMade(IEnumerable<string> appointments) =>
        JsonSerializer.Deserialize<List<string>>(AppointmentsJson, Json.Plain)!.Order(StringComparer.Ordinal).SequenceEqual(appointments.Order(StringComparer.Ordinal));

    internal void Undo(string reason, Actor by, DateTimeOffset now)
    {
        Move(ReorganizationVerb.Undo, by);
        AppliedAt = null;
        Happened(by, now, "reorganization-undone", reason);
    }

    private void Move(ReorganizationVerb verb, Actor by)
    {
        Refusal.If(WhyNot(verb, by));
        Status = ReorganizationStates.Table.After(Status, verb)!.Value;
    }

    private void Describe(string? title, DateOnly? on)
    {
        var clean = TextForms.Clean(title);
        var problems = new List<Problem>();
        if (clean.Length is 0 or > LongestTitle)
            problems.Add(new Problem(Severity.Error, $"機構改革の名前を{LongestTitle}字以内で書いてください。例: 平成22年4月の機構改革", Field: "title"));
        if (on is null)
            problems.Add(new Problem(Severity.Error, "施行日を書いてください。例: 平成22年4月1日", Field: "on"));
        if (problems.Count > 0)
            throw new Refusal("次のところを直してください。", problems);
        (Title, On) = (clean, on!.Value);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Reorganization>
    {
        public void Configure(EntityTypeBuilder<Reorganization> builder)
        {
            builder.ToTable("reorganizations");
            builder.Property(r => r.Id).HasMaxLength(PublicId.Length);
            builder.Property(r => r.Title).HasMaxLength(LongestTitle);
            builder.Ignore(r => r.Lines);
            builder.Ignore(r => r.FormerYears);
            builder.HasMany<UnitLineage>().WithOne().HasForeignKey(l => l.ReorganizationId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
