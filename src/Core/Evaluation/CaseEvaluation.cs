using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Scores;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Evaluation;

/// <summary>
/// 協働評価: both sides judge one project's collaboration by the same sentences, each blind to the other until all are in or the deadline
/// has passed.
/// </summary>
public sealed partial class CaseEvaluation : Record
{
    public const int MostPartners = 5;

    /// <summary>From so many steps of four on, a difference is talked about.</summary>
    public const double FlaggedGap = 2;

    private CaseEvaluation()
    {
    }

    internal CaseEvaluation(EvaluationCall call, Case one, OrgUnit unit, int formNo, SheetForm form, string governmentCode)
    {
        (Id, Call, CaseId, ProjectId, CaseTitle) = (PublicId.New(), call, one.Id, one.ProjectId, one.Title);
        (Unit, UnitId, FormNo, Form, GovernmentCode) = (unit, unit.Id, formNo, form, governmentCode);
        Sides.Add(new EvaluationSide(this, SideKind.Government, null, unit.Name, "", 0));
    }

    public string Id { get; private set; } = "";

    public long CallId { get; private set; }

    public EvaluationCall Call { get; private set; } = null!;

    public string CaseId { get; private set; } = "";

    public string ProjectId { get; private set; } = "";

    public string CaseTitle { get; private set; } = "";

    public long UnitId { get; private set; }

    public OrgUnit Unit { get; private set; } = null!;

    /// <summary>The project's 協働形態, for the figures.</summary>
    public int FormNo { get; private set; }

    public SheetForm Form { get; private set; }

    public EvaluationStatus Status { get; private set; }

    public DateTimeOffset? OpenedAt { get; private set; }

    public List<EvaluationSide> Sides { get; } = [];

    public EvaluationSheet Sheet => Call.Sheet;

    public EvaluationSide Government => Sides.First(side => side.Kind is SideKind.Government);

    /// <summary>The partners' sides; those merged into another are left out.</summary>
    public IEnumerable<EvaluationSide> Partners => Sides.Where(side => side.Kind is SideKind.Partner && side.Status is not SideStatus.Merged).OrderBy(side => side.Order);

    public IEnumerable<(Criterion Criterion, int Place)> Asked => Sheet.Asked(Form, Call.Phase);

    public override string AuditName => $"evaluation/{Id}";

    public override MailPlace PlaceOfMails() => new($"/staff/evaluation/{Id}", null, null);

    public bool IsOver(DateTimeOffset now) => Call.IsOver(now);

    internal void AddPartner(string partnerId, string name, string kind)
    {
        if (Sides.Count <= MostPartners && !Sides.Exists(side => side.PartnerId == partnerId))
            Sides.Add(new EvaluationSide(this, SideKind.Partner, partnerId, name, kind, Sides.Count));
    }

    /// <summary>May see that the evaluation is there, and how far it is: what was answered is another question, see <see cref="EvaluationView"/>.</summary>
    public bool IsSeenBy(Actor by) => by.SeesAllUnits || Sides.Exists(side => side.IsOf(by) && side.Status is not SideStatus.Merged);

    public string? WhyNotUseForm(SheetForm form, Actor by) =>
        !by.Is(Role.Coordinator) ? "評価シートを選べるのは、協働の担当課だけです。"
        : Form == form ? $"もう{EvaluationStates.Name(form)}です。"
        : Status is not EvaluationStatus.Answering || Sides.Exists(side => side.Status is not SideStatus.NotStarted) ? "もう答えはじめた人がいるため、使っている評価シートは変えられません。"
        : null;

    /// <summary>The full sheet for this project, or the short one again; only while nobody has begun.</summary>
    public void UseForm(SheetForm form, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotUseForm(form, by));
        Form = form;
        Happened(by, now, "evaluation-form", EvaluationStates.Name(form));
    }

    public string? WhyNotOpen(DateTimeOffset now) =>
        !EvaluationStates.Evaluations.Allows(Status, EvaluationVerb.Open) ? "もう開かれています。"
        : !IsOver(now) && Sides.Exists(side => side.Status is SideStatus.NotStarted or SideStatus.Answering) ? "全員の答えがそろうか、期限が過ぎると開きます。"
        : null;

    /// <summary>Shows both sides' answers to both. Who has said nothing by now has said nothing.</summary>
    internal void Open(DateTimeOffset now, IEnumerable<string> addresses)
    {
        Refusal.If(WhyNotOpen(now));
        foreach (var side in Sides)
            side.Close(now);
        (Status, OpenedAt) = (EvaluationStates.Evaluations.After(Status, EvaluationVerb.Open)!.Value, now);
        Happened(Actor.Program, now, "evaluation-opened");
        var words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["事業"] = CaseTitle,
            ["組織"] = Unit.Name,
            ["差"] = Government.HasAnswered && Partners.Any(side => side.HasAnswered)
                ? Flagged().Count is > 0 and var many ? $"見方が大きく違う項目が{many}つあります。話し合って、振り返りを書いてください。" : "見方が大きく違う項目はありませんでした。"
                : "一方の回答がないため、見方の違いは比べられません。",
        };
        foreach (var address in addresses)
            Tell(new Mail(address, MailKind.EvaluationOpened, words, $"{AuditName}/opened"));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<CaseEvaluation>
    {
        public void Configure(EntityTypeBuilder<CaseEvaluation> builder)
        {
            builder.ToTable("evaluations");
            builder.Property(e => e.Id).HasMaxLength(PublicId.Length);
            builder.Property(e => e.CaseId).HasMaxLength(PublicId.Length);
            builder.Property(e => e.ProjectId).HasMaxLength(PublicId.Length);
            builder.Property(e => e.CaseTitle).HasMaxLength(200);
            builder.Property(e => e.MeetingPeople).HasMaxLength(LongestPeople);
            builder.Property(e => e.MeetingRecord).HasMaxLength(LongestRecord);
            builder.Property(e => e.GradeBy).HasMaxLength(100);
            builder.Property(e => e.GradeWords).HasMaxLength(LongestGrade);
            builder.Ignore(e => e.Sheet);
            builder.Ignore(e => e.Government);
            builder.Ignore(e => e.Partners);
            builder.Ignore(e => e.Asked);
            builder.Ignore(e => e.Reflections);
            builder.Ignore(e => e.Improvements);
            builder.HasOne(e => e.Call).WithMany().HasForeignKey(e => e.CallId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(e => e.Unit).WithMany().HasForeignKey(e => e.UnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Case>().WithMany().HasForeignKey(e => e.CaseId).OnDelete(DeleteBehavior.Restrict);
            builder.HasMany(e => e.Sides).WithOne(s => s.Evaluation).HasForeignKey(s => s.EvaluationId);
            builder.HasIndex(e => new { e.CallId, e.CaseId }).IsUnique();
            builder.HasIndex(e => e.ProjectId);
            builder.HasIndex(e => e.UnitId);
        }
    }
}
