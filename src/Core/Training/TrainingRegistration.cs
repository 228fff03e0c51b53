using Kyodo.Common;
using Kyodo.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Training;

/// <summary>申込み: one of the staff at one session. Its number is its place in the queue.</summary>
public sealed class TrainingRegistration : Record
{
    private TrainingRegistration()
    {
    }

    internal TrainingRegistration(TrainingSession session, long personId, string name, string email, long? unitId, bool waits, Actor by, DateTimeOffset now)
    {
        (Session, SessionId, PersonId, Name, UnitId, RegisteredAt) = (session, session.Id, personId, name, unitId, now);
        (Number, Status) = (PublicId.New(), waits ? RegistrationStatus.Waiting : RegistrationStatus.Registered);
        Happened(by, now, waits ? "training-waiting" : "training-registered", session.Title);
        Tell(waits ? MailKind.TrainingWaiting : MailKind.TrainingRegistered, email);
    }

    public long Id { get; private set; }

    /// <summary>Names it in the audit trail before it has its place in the queue.</summary>
    public string Number { get; private set; } = "";

    public string SessionId { get; private set; } = "";

    public TrainingSession Session { get; private set; } = null!;

    public long PersonId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The unit they worked in when they registered; it stays when they are transferred.</summary>
    public long? UnitId { get; private set; }

    public RegistrationStatus Status { get; private set; }

    public DateTimeOffset RegisteredAt { get; private set; }

    public override string AuditName => $"training-registration/{Number}";

    public override MailPlace PlaceOfMails() => new($"/staff/training/{SessionId}", null, null);

    public string? WhyNotCancel(Actor by, DateTimeOffset now) =>
        by.PersonId != PersonId && TrainingSession.WhyNotPlan(by) is not null ? "申込みを取り消せるのは、本人と研修担当だけです。"
        : Session.Status is not SessionStatus.Open || now >= Session.StartsAt ? "この研修は始まったか、終わったか、中止されています。"
        : Not(RegistrationVerb.Cancel);

    internal void Cancel(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotCancel(by, now));
        Move(RegistrationVerb.Cancel);
        Happened(by, now, "training-cancelled", Session.Title);
    }

    internal void MoveUp(string email, Actor by, DateTimeOffset now)
    {
        Refusal.If(Not(RegistrationVerb.MoveUp));
        Move(RegistrationVerb.MoveUp);
        Happened(by, now, "training-moved-up", Session.Title);
        Tell(MailKind.TrainingMovedUp, email);
    }

    public string? WhyNotMark(bool present, Actor by) => Session.WhyNotMark(by) ?? Not(present ? RegistrationVerb.MarkPresent : RegistrationVerb.MarkAbsent);

    public void Mark(bool present, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotMark(present, by));
        Move(present ? RegistrationVerb.MarkPresent : RegistrationVerb.MarkAbsent);
        Happened(by, now, present ? "training-attended" : "training-absent", Session.Title);
    }

    /// <summary>A new day, hour or place: the same mail again, so that the calendar moves along.</summary>
    internal void TellChanged(string email, DateTimeOffset now) => Tell(MailOf(MailKind.TrainingRegistered, email, $"{AuditName}/changed/{now.ToUnixTimeSeconds()}"));

    internal void TellCalledOff(string email) => Tell(MailKind.TrainingCalledOff, email);

    internal Mail MailOf(MailKind kind, string email, string once) => new(email, kind, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["氏名"] = Name,
        ["研修"] = Session.Title,
        ["日時"] = Session.When,
        ["場所"] = Session.Venue,
        ["期限"] = PartialDate.Of(Session.Deadline).Japanese,
        ["理由"] = Session.Reason,
    }, once)
    {
        Calendar = kind is MailKind.TrainingWaiting ? null : () => TrainingCalendar.Of(Session),
    };

    private void Tell(MailKind kind, string email) => Tell(MailOf(kind, email, $"{AuditName}/{kind}"));

    private string? Not(RegistrationVerb verb) => TrainingStates.Registrations.Allows(Status, verb) ? null : $"この申込みは「{TrainingStates.Name(Status)}」です。{TrainingStates.Name(verb)}ことはできません。";

    private void Move(RegistrationVerb verb) => Status = TrainingStates.Registrations.After(Status, verb)!.Value;

    internal sealed class Mapping : IEntityTypeConfiguration<TrainingRegistration>
    {
        public void Configure(EntityTypeBuilder<TrainingRegistration> builder)
        {
            builder.ToTable("training_registrations");
            builder.Property(r => r.Number).HasMaxLength(PublicId.Length);
            builder.Property(r => r.SessionId).HasMaxLength(PublicId.Length);
            builder.Property(r => r.Name).HasMaxLength(60);
            builder.HasOne(r => r.Session).WithMany().HasForeignKey(r => r.SessionId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(r => r.UnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(r => new { r.SessionId, r.Status });
            builder.HasIndex(r => r.PersonId);
        }
    }
}
