using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Meetings;

/// <summary>What the coordinator writes of a meeting.</summary>
/// <param name="ProgrammeKey">The programme whose figures its pack shows.</param>
/// <param name="Year">The fiscal year that its pack shows.</param>
/// <param name="People">Who took part, a line each; empty before.</param>
public sealed record MeetingPlan(string Title, string ProgrammeKey, FiscalYear Year, DateOnly On, string Place, string People);

/// <summary>庁内の協働推進会議: a meeting across departments, with a pack of a few printed pages (会議資料) and the opinions given there.</summary>
public sealed class Meeting : Record
{
    public const int LongestTitle = 100;
    public const int LongestPeople = 2000;

    private Meeting()
    {
    }

    public Meeting(MeetingPlan plan, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotKeep(by));
        Id = PublicId.New();
        Take(plan);
        Happened(by, now, "meeting-planned", $"{Title}（{PartialDate.Of(On).Japanese}）");
    }

    public string Id { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string ProgrammeKey { get; private set; } = "";

    public FiscalYear Year { get; private set; }

    public DateOnly On { get; private set; }

    public string Place { get; private set; } = "";

    public string People { get; private set; } = "";

    public List<Opinion> Opinions { get; } = [];

    public override string AuditName => $"meeting/{Id}";

    public static string? WhyNotKeep(Actor by) => by.Is(Role.Coordinator) ? null : "会議の記録を書けるのは、協働の担当課だけです。";

    public void Change(MeetingPlan plan, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotKeep(by));
        Take(plan);
        Happened(by, now, "meeting-changed", $"{Title}（{PartialDate.Of(On).Japanese}）");
    }

    public string? WhyNotHear(Actor by, DateOnly today) => WhyNotKeep(by) ?? (today < On ? $"会議（{PartialDate.Of(On).Japanese}）はまだ開かれていません。" : null);

    public Opinion Hear(string? speaker, string? text, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotHear(by, now.DayInJapan()));
        var opinion = new Opinion(this, speaker, text, by, now);
        Opinions.Add(opinion);
        return opinion;
    }

    private void Take(MeetingPlan plan)
    {
        var (title, place, people) = (TextForms.Clean(plan.Title).ReplaceLineEndings(" ").Trim(), TextForms.Clean(plan.Place).ReplaceLineEndings(" ").Trim(), TextForms.Clean(plan.People).Trim());
        Refusal.If(title.Length is 0 or > LongestTitle ? $"会議の名前を{LongestTitle}字以内で書いてください。"
            : place.Length > LongestTitle ? $"場所は{LongestTitle}字以内で書いてください。"
            : people.Length > LongestPeople ? $"出席者は{LongestPeople}字以内で書いてください。"
            : plan.ProgrammeKey.Length == 0 ? "資料に載せる制度と年度を選んでください。"
            : null);
        (Title, ProgrammeKey, Year, On, Place, People) = (title, plan.ProgrammeKey, plan.Year, plan.On, place, people);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Meeting>
    {
        public void Configure(EntityTypeBuilder<Meeting> builder)
        {
            builder.ToTable("meetings");
            builder.Property(m => m.Id).HasMaxLength(PublicId.Length);
            builder.Property(m => m.Title).HasMaxLength(LongestTitle);
            builder.Property(m => m.ProgrammeKey).HasMaxLength(40);
            builder.Property(m => m.Place).HasMaxLength(LongestTitle);
            builder.Property(m => m.People).HasMaxLength(LongestPeople);
            builder.HasIndex(m => m.On);
        }
    }
}
