using Kyodo.Common;
using Kyodo.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Meetings;

/// <summary>会議で出た意見: who said what, and what became of it: an answer, who is in charge, and by when.</summary>
public sealed class Opinion : Record
{
    public const int LongestText = 1000;
    public const int LongestSpeaker = 100;

    private Opinion()
    {
    }

    internal Opinion(Meeting meeting, string? speaker, string? text, Actor by, DateTimeOffset now)
    {
        (Meeting, MeetingId) = (meeting, meeting.Id);
        (Speaker, Text) = (TextForms.Clean(speaker).ReplaceLineEndings(" ").Trim(), TextForms.Clean(text).Trim());
        Refusal.If(Speaker.Length is 0 or > LongestSpeaker ? $"だれの意見か（部局や役職）を{LongestSpeaker}字以内で書いてください。"
            : Text.Length is 0 or > LongestText ? $"意見を{LongestText}字以内で書いてください（いま{Text.Length}字）。"
            : null);
        Happened(by, now, "opinion-heard", $"{Speaker}: {TextForms.UpTo(200, Text)}");
    }

    public long Id { get; private set; }

    public string MeetingId { get; private set; } = "";

    public Meeting Meeting { get; private set; } = null!;

    public string Speaker { get; private set; } = "";

    public string Text { get; private set; } = "";

    public OpinionStatus Status { get; private set; }

    public string Answer { get; private set; } = "";

    /// <summary>担当: the unit that does what the answer says.</summary>
    public long? UnitId { get; private set; }

    public OrgUnit? Unit { get; private set; }

    public DateOnly? Due { get; private set; }

    public override string AuditName => $"opinion/{MeetingId}/{Id}";

    public bool IsLate(DateOnly today) => Status is OpinionStatus.Answered && Due < today;

    public string? WhyNot(OpinionVerb verb, Actor by) => Meeting.WhyNotKeep(by)
        ?? (OpinionStates.Table.Allows(Status, verb) ? null : $"この意見は「{OpinionStates.Name(Status)}」です。{OpinionStates.Name(verb)}ことはできません。");

    /// <param name="unit">Who is in charge of what the answer promises.</param>
    public void Reply(string? answer, OrgUnit? unit, DateOnly? due, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNot(OpinionVerb.Answer, by));
        answer = TextForms.Clean(answer).Trim();
        Refusal.If(answer.Length is 0 or > LongestText ? $"回答を{LongestText}字以内で書いてください（いま{answer.Length}字）。"
            : unit is null ? "担当する組織を選んでください。"
            : due is null ? "いつまでに対応するか、日付を書いてください。"
            : null);
        (Answer, Unit, UnitId, Due, Status) = (answer, unit, unit!.Id, due, OpinionStates.Table.After(Status, OpinionVerb.Answer)!.Value);
        Happened(by, now, "opinion-answered", $"{unit.Name}、{PartialDate.Of(due!.Value).Japanese}まで: {TextForms.UpTo(200, answer)}");
    }

    public void Finish(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNot(OpinionVerb.Finish, by));
        Status = OpinionStates.Table.After(Status, OpinionVerb.Finish)!.Value;
        Happened(by, now, "opinion-done");
    }

    public void Reopen(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNot(OpinionVerb.Reopen, by));
        Status = OpinionStates.Table.After(Status, OpinionVerb.Reopen)!.Value;
        Happened(by, now, "opinion-reopened");
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Opinion>
    {
        public void Configure(EntityTypeBuilder<Opinion> builder)
        {
            builder.ToTable("meeting_opinions");
            builder.Property(o => o.Speaker).HasMaxLength(LongestSpeaker);
            builder.Property(o => o.Text).HasMaxLength(LongestText);
            builder.Property(o => o.Answer).HasMaxLength(LongestText);
            builder.HasOne(o => o.Meeting).WithMany(m => m.Opinions).HasForeignKey(o => o.MeetingId);
            builder.HasOne(o => o.Unit).WithMany().HasForeignKey(o => o.UnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(o => o.Status);
        }
    }
}
