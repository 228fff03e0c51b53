using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Editions;

public enum ScheduleStatus
{
    Waiting,
    Released,
    Refused,
    Cancelled,
}

/// <summary>公表の予約: the next revision of an edition is to be released at a time, if nothing stands in its way then.</summary>
public sealed class ScheduledRelease : Record
{
    private ScheduledRelease()
    {
    }

    public long Id { get; private set; }

    public string ProgrammeKey { get; private set; } = "";

    public FiscalYear Year { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string? Erratum { get; private set; }

    public string? Remark { get; private set; }

    public bool WithPdf { get; private set; }

    /// <summary>Do all staff hear of the release by mail?</summary>
    public bool TellsStaff { get; private set; }

    /// <summary>In whose name; null where the operator planned it by command.</summary>
    public long? ById { get; private set; }

    public string ByName { get; private set; } = "";

    public ScheduleStatus Status { get; private set; }

    /// <summary>Why it could not be released when its time had come.</summary>
    public string? Problem { get; private set; }

    public override string AuditName => $"edition/{ProgrammeKey}/{Year}";

    public override MailPlace PlaceOfMails() => new($"/staff/editions/{ProgrammeKey}/{Year}", null, null);

    internal static ScheduledRelease Plan(string programme, FiscalYear year, ReleaseWish wish, bool withPdf, DateTimeOffset at, Actor by, DateTimeOffset now)
    {
        if (at <= now)
            throw new Refusal($"予約の時刻（{at.JapaneseMinute()}）は、いまより後にしてください。");
        if (at > now.AddYears(1))
            throw new Refusal($"予約の時刻（{at.JapaneseMinute()}）は、1年先までにしてください。");
        var planned = new ScheduledRelease
        {
            ProgrammeKey = programme,
            Year = year,
            At = at,
            Erratum = wish.Erratum,
            Remark = wish.Remark,
            WithPdf = withPdf,
            TellsStaff = wish.TellsStaff,
            ById = by.PersonId,
            ByName = by.Name,
        };
        planned.Happened(by, now, "release-scheduled", at.JapaneseMinute());
        return planned;
    }

    public bool IsDue(DateTimeOffset now) => Status is ScheduleStatus.Waiting && At <= now;

    public string? WhyNotCancel(Actor by) =>
        !by.Is(Role.Coordinator) ? "予約を取り消せるのは、協働の担当課だけです。"
        : Status is not ScheduleStatus.Waiting ? "予約はもう終わっています。"
        : null;

    public void Cancel(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotCancel(by));
        Status = ScheduleStatus.Cancelled;
        Happened(by, now, "release-unscheduled", At.JapaneseMinute());
    }

    internal void Done(Revision revision, IEnumerable<string> coordinators, DateTimeOffset now)
    {
        Status = ScheduleStatus.Released;
        Happened(Actor.Program, now, "release-as-scheduled", revision.AuditName);
        Inform(coordinators, MailKind.ReleaseDone, revision.NameJa, $"{revision.Title}（{revision.CaseCount}件）");
    }

    internal void Refuse(string why, string programmeName, IEnumerable<string> coordinators, DateTimeOffset now)
    {
        (Status, Problem) = (ScheduleStatus.Refused, TextForms.UpTo(2000, why));
        Happened(Actor.Program, now, "release-not-done", Problem);
        Inform(coordinators, MailKind.ReleaseRefused, programmeName, Problem);
    }

    private void Inform(IEnumerable<string> coordinators, MailKind kind, string programme, string what)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal) { ["制度"] = programme, ["年度"] = Year.Japanese, ["時刻"] = At.JapaneseMinute(), ["結果"] = what };
        foreach (var to in coordinators)
            Tell(new Mail(to, kind, words, $"scheduled-release/{Id}/{Status}"));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ScheduledRelease>
    {
        public void Configure(EntityTypeBuilder<ScheduledRelease> builder)
        {
            builder.ToTable("scheduled_releases");
            builder.Property(s => s.ProgrammeKey).HasMaxLength(40);
            builder.Property(s => s.Erratum).HasMaxLength(2000);
            builder.Property(s => s.Remark).HasMaxLength(400);
            builder.Property(s => s.ByName).HasMaxLength(100);
            builder.Property(s => s.Problem).HasMaxLength(2000);
            builder.HasIndex(s => new { s.Status, s.At });
        }
    }
}
