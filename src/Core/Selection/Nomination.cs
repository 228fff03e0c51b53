using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Selection;

/// <summary>推薦: a case put forward, by its department or by the secretariat, and what became of it.</summary>
public sealed class Nomination : Record
{
    private Nomination()
    {
    }

    internal Nomination(BestSelection selection, Case one, OrgUnit unit, int formNo, bool byOffice, string reason, Actor by, DateTimeOffset now)
    {
        (Id, Selection, CaseId, ProjectId, CaseTitle, Unit, UnitId, FormNo) = (PublicId.New(), selection, one.Id, one.ProjectId, one.Title, unit, unit.Id, formNo);
        (ByOffice, Reason, By) = (byOffice, reason, by.Name);
        Happened(by, now, "nominated", CaseTitle);
    }

    public string Id { get; private set; } = "";

    public long SelectionId { get; private set; }

    public BestSelection Selection { get; private set; } = null!;

    public string CaseId { get; private set; } = "";

    public string ProjectId { get; private set; } = "";

    public string CaseTitle { get; private set; } = "";

    public long UnitId { get; private set; }

    public OrgUnit Unit { get; private set; } = null!;

    public int FormNo { get; private set; }

    /// <summary>Put forward by the secretariat (事務局推薦): takes none of the department's places.</summary>
    public bool ByOffice { get; private set; }

    public string Reason { get; private set; } = "";

    public string By { get; private set; } = "";

    public NominationStatus Status { get; private set; }

    /// <summary>Told to the department: why it was chosen or not, or why it was taken back. For a best case it is published.</summary>
    public string Outcome { get; private set; } = "";

    /// <summary>協働度 from 1 to 5, worked out from both sides' K4, K5 and K8 when the judging began; null where none was answered.</summary>
    public double? Collaboration { get; private set; }

    public override string AuditName => $"nomination/{Id}";

    public override MailPlace PlaceOfMails() => new("/staff/nominations", null, null);

    public string? WhyNotTakeBack(Actor by, DateTimeOffset now) =>
        !by.Is(Role.Coordinator) && (ByOffice || !by.Is(Role.Respondent, UnitId)) ? "推薦を取り下げられるのは、推薦した組織と協働の担当課だけです。"
        : Selection.Status is SelectionStatus.Decided ? "もう決定しています。"
        : !SelectionStates.Nominations.Allows(Status, NominationVerb.TakeBack) ? $"この推薦は「{SelectionStates.Name(Status)}」です。"
        : Selection.Status is SelectionStatus.Scoring && !by.Is(Role.Coordinator) ? "審査が始まっています。取り下げは、協働の担当課に申し出てください。"
        : Selection.Status is SelectionStatus.Nominating && !by.Is(Role.Coordinator) && !Selection.IsNominating(now) ? "推薦の期限を過ぎています。取り下げは、協働の担当課に申し出てください。"
        : null;

    public void TakeBack(string? reason, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotTakeBack(by, now));
        reason = reason?.Trim() ?? "";
        Refusal.If(reason.Length == 0 ? "取り下げる理由を書いてください。" : TooLong(reason));
        (Status, Outcome) = (SelectionStates.Nominations.After(Status, NominationVerb.TakeBack)!.Value, reason);
        Happened(by, now, "nomination-withdrawn", reason);
    }

    internal void Prepare(double? collaboration) => Collaboration = collaboration;

    internal void Conclude(bool best, string reason, Actor by, DateTimeOffset now, IEnumerable<string> addresses)
    {
        Status = SelectionStates.Nominations.After(Status, best ? NominationVerb.Choose : NominationVerb.PassOver)!.Value;
        Outcome = reason;
        Happened(by, now, best ? "nomination-chosen" : "nomination-passed-over", reason);
        var words = new Dictionary<string, string>(StringComparer.Ordinal) { ["組織"] = Unit.Name, ["年度"] = Selection.Year.Japanese, ["事業"] = CaseTitle, ["結果"] = best ? "優良事例に選ばれました" : "今回は選ばれませんでした", ["理由"] = reason };
        foreach (var address in addresses)
            Tell(new Mail(address, MailKind.SelectionDecided, words, $"{AuditName}/decided"));
    }

    internal static string? TooLong(string reason) => reason.Length > BestSelection.LongestReason ? $"{BestSelection.LongestReason}字以内で書いてください（いま{reason.Length}字）。" : null;

    internal sealed class Mapping : IEntityTypeConfiguration<Nomination>
    {
        public void Configure(EntityTypeBuilder<Nomination> builder)
        {
            builder.ToTable("nominations");
            builder.Property(n => n.Id).HasMaxLength(PublicId.Length);
            builder.Property(n => n.CaseId).HasMaxLength(PublicId.Length);
            builder.Property(n => n.ProjectId).HasMaxLength(PublicId.Length);
            builder.Property(n => n.CaseTitle).HasMaxLength(200);
            builder.Property(n => n.By).HasMaxLength(60);
            builder.Property(n => n.Reason).HasMaxLength(BestSelection.LongestReason);
            builder.Property(n => n.Outcome).HasMaxLength(BestSelection.LongestReason);
            builder.HasOne(n => n.Selection).WithMany().HasForeignKey(n => n.SelectionId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(n => n.Unit).WithMany().HasForeignKey(n => n.UnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Case>().WithMany().HasForeignKey(n => n.CaseId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(n => new { n.SelectionId, n.CaseId });
            builder.HasIndex(n => n.ProjectId);
        }
    }
}
