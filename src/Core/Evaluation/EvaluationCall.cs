using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Evaluation;

/// <summary>協働評価の依頼: the one action that asks both sides of every project of a programme and year, at one phase, until one day.</summary>
public sealed class EvaluationCall : Record
{
    private EvaluationCall()
    {
    }

    internal EvaluationCall(string programme, FiscalYear year, EvaluationPhase phase, EvaluationSheet sheet, DateOnly due) =>
        (ProgrammeKey, Year, Phase, Sheet, Due) = (programme, year, phase, sheet, due);

    public long Id { get; private set; }

    public string ProgrammeKey { get; private set; } = "";

    public FiscalYear Year { get; private set; }

    public EvaluationPhase Phase { get; private set; }

    public long SheetId { get; private set; }

    public EvaluationSheet Sheet { get; private set; } = null!;

    /// <summary>The last day for answers. On the next the answers open, whoever is missing.</summary>
    public DateOnly Due { get; private set; }

    public override string AuditName => $"evaluation-call/{ProgrammeKey}/{Year}/{Phase}";

    public override MailPlace PlaceOfMails() => new("/staff/evaluation", null, null);

    public static string? WhyNotOpen(Actor by) => by.Is(Role.Coordinator) ? null : "協働評価を始められるのは、協働の担当課だけです。";

    public bool IsOver(DateTimeOffset now) => now.DayInJapan() > Due;

    public string? WhyNotMoveDue(DateOnly due, Actor by, DateTimeOffset now) =>
        WhyNotOpen(by) is { } not ? not
        : IsOver(now) ? "期限を過ぎて、答えがもう開かれています。期限は変えられません。"
        : due < now.DayInJapan() ? "期限は今日か、それよりあとの日にしてください。"
        : null;

    public void MoveDue(DateOnly due, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotMoveDue(due, by, now));
        Due = due;
        Happened(by, now, "evaluation-due-moved", due.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    internal void NoteOpening(int evaluations, int partners, Actor by, DateTimeOffset now) => Happened(by, now, "evaluation-begun", $"{evaluations}事業、相手方{partners}団体");

    internal void TellUnit(string address, Dictionary<string, string> words, long unitId) => Tell(new Mail(address, MailKind.EvaluationAsked, words, $"{AuditName}/unit/{unitId}/{words["件数"]}"));

    internal void RemindUnit(IEnumerable<string> addresses, string unit, IReadOnlyList<string> titles, long unitId, Actor by, DateTimeOffset now)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["組織"] = unit,
            ["件数"] = $"{titles.Count}",
            ["事業"] = string.Join('\n', titles.Take(20).Select(title => $"・{title}")),
            ["期限"] = PartialDate.Of(Due).Japanese,
            ["年度"] = Year.Japanese,
        };
        foreach (var address in addresses)
            Tell(new Mail(address, MailKind.EvaluationReminded, words, $"{AuditName}/reminded/{unitId}/{now.DayInJapan():yyyy-MM-dd}"));
        Happened(by, now, "evaluation-reminded", unit);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<EvaluationCall>
    {
        public void Configure(EntityTypeBuilder<EvaluationCall> builder)
        {
            builder.ToTable("evaluation_calls");
            builder.Property(c => c.ProgrammeKey).HasMaxLength(40);
            builder.HasOne(c => c.Sheet).WithMany().HasForeignKey(c => c.SheetId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(c => new { c.ProgrammeKey, c.Year, c.Phase }).IsUnique();
        }
    }
}
