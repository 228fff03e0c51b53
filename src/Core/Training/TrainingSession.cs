using Kyodo.Common;
using Kyodo.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Training;

/// <summary>What the training officer writes of a session.</summary>
/// <param name="Minutes">How long it lasts.</param>
/// <param name="Places">How many can take part.</param>
/// <param name="Deadline">The last day to register; the day of the session at the latest.</param>
public sealed record SessionPlan(string Title, CourseKind Kind, DateTimeOffset StartsAt, int Minutes, string Venue, int Places, DateOnly Deadline);

/// <summary>研修の一回: a course held on a day, for a bureau or a workplace, with so many places.</summary>
public sealed class TrainingSession : Record
{
    public const int MostPlaces = 1000;
    public const int LongestTitle = 100;
    public const int LongestVenue = 100;
    public const int LongestReason = 400;

    private TrainingSession()
    {
    }

    public TrainingSession(SessionPlan plan, OrgUnit? unit, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotPlan(by));
        (Id, Unit, UnitId) = (PublicId.New(), unit, unit?.Id);
        Take(plan, now);
        Happened(by, now, "training-planned", $"{Title}（{When}、定員{Places}人）");
    }

    public string Id { get; private set; } = "";

    public string Title { get; private set; } = "";

    public CourseKind Kind { get; private set; }

    /// <summary>The bureau or workplace it is held for; null where it is for all.</summary>
    public long? UnitId { get; private set; }

    public OrgUnit? Unit { get; private set; }

    public DateTimeOffset StartsAt { get; private set; }

    public int Minutes { get; private set; }

    public string Venue { get; private set; } = "";

    public int Places { get; private set; }

    public DateOnly Deadline { get; private set; }

    public SessionStatus Status { get; private set; }

    /// <summary>Why it was called off; empty where it was not.</summary>
    public string Reason { get; private set; } = "";

    public override string AuditName => $"training/{Id}";

    public override MailPlace PlaceOfMails() => new($"/staff/training/{Id}", null, null);

    /// <summary>平成19年9月4日 13:30-15:30</summary>
    public string When => $"{StartsAt.JapaneseMinute()}-{StartsAt.AddMinutes(Minutes).ClockInJapan()}";

    public static string? WhyNotPlan(Actor by) => by.Is(Role.TrainingOfficer) || by.Is(Role.Coordinator) ? null : "研修を開けるのは、研修担当と協働の担当課だけです。";

    public string? WhyNotChange(Actor by) => WhyNotPlan(by) ?? Not(SessionVerb.Change);

    internal void Change(SessionPlan plan, int taken, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotChange(by));
        Refusal.If(plan.Places < taken ? $"もう{taken}人が申し込んでいます。定員は{taken}人以上にしてください。" : null);
        Take(plan, now);
        Happened(by, now, "training-changed", $"{When}、{Venue}、定員{Places}人");
    }

    /// <summary>Why nobody can register now; a full session takes registrations as waiting ones.</summary>
    public string? WhyNotRegister(DateTimeOffset now) =>
        Not(SessionVerb.Register) ?? (now.DayInJapan() > Deadline || now >= StartsAt ? $"申込みの期限（{PartialDate.Of(Deadline).Japanese}）を過ぎています。" : null);

    public string? WhyNotCallOff(Actor by) => WhyNotPlan(by) ?? Not(SessionVerb.CallOff);

    internal void CallOff(string? reason, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotCallOff(by));
        reason = reason?.Trim() ?? "";
        Refusal.If(reason.Length == 0 ? "中止する理由を書いてください。申し込んだ人に伝わります。" : reason.Length > LongestReason ? $"{LongestReason}字以内で書いてください（いま{reason.Length}字）。" : null);
        (Status, Reason) = (TrainingStates.Sessions.After(Status, SessionVerb.CallOff)!.Value, reason);
        Happened(by, now, "training-called-off", reason);
    }

    public string? WhyNotConclude(Actor by, DateTimeOffset now) => WhyNotPlan(by) ?? Not(SessionVerb.Conclude) ?? (now < StartsAt ? "まだ始まっていません。" : null);

    public void Conclude(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotConclude(by, now));
        Status = TrainingStates.Sessions.After(Status, SessionVerb.Conclude)!.Value;
        Happened(by, now, "training-held", When);
    }

    public string? WhyNotMark(Actor by) => WhyNotPlan(by) ?? (Status is SessionStatus.Open ? "出欠は、開催済みにしてから付けてください。" : Not(SessionVerb.MarkAttendance));

    private string? Not(SessionVerb verb) => TrainingStates.Sessions.Allows(Status, verb) ? null : $"この研修は「{TrainingStates.Name(Status)}」です。{TrainingStates.Name(verb)}ことはできません。";

    private void Take(SessionPlan plan, DateTimeOffset now)
    {
        var (title, venue) = (TextForms.Clean(plan.Title).ReplaceLineEndings(" ").Trim(), TextForms.Clean(plan.Venue).ReplaceLineEndings(" ").Trim());
        Refusal.If(title.Length is 0 or > LongestTitle ? $"研修の名前を{LongestTitle}字以内で書いてください。"
            : venue.Length is 0 or > LongestVenue ? $"場所を{LongestVenue}字以内で書いてください。"
            : plan.Places is < 1 or > MostPlaces ? $"定員は、1人から{MostPlaces}人までにしてください。"
            : plan.Minutes is < 15 or > 720 ? "時間は、15分から720分までにしてください。"
            : plan.StartsAt <= now ? "始まる時刻は、これからの時刻にしてください。"
            : plan.Deadline > plan.StartsAt.DayInJapan() ? "申込みの期限は、研修の日か、それより前にしてください。"
            : plan.Deadline < now.DayInJapan() ? "申込みの期限は、今日か、それよりあとの日にしてください。"
            : null);
        (Title, Kind, StartsAt, Minutes, Venue, Places, Deadline) = (title, plan.Kind, plan.StartsAt, plan.Minutes, venue, plan.Places, plan.Deadline);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<TrainingSession>
    {
        public void Configure(EntityTypeBuilder<TrainingSession> builder)
        {
            builder.ToTable("training_sessions");
            builder.Property(s => s.Id).HasMaxLength(PublicId.Length);
            builder.Property(s => s.Title).HasMaxLength(LongestTitle);
            builder.Property(s => s.Venue).HasMaxLength(LongestVenue);
            builder.Property(s => s.Reason).HasMaxLength(LongestReason);
            builder.Ignore(s => s.When);
            builder.HasOne(s => s.Unit).WithMany().HasForeignKey(s => s.UnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(s => new { s.Status, s.StartsAt });
        }
    }
}
