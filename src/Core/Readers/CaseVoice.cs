using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Readers;

/// <summary>
/// 読者の声: what somebody said of a published case to the unit in charge. Nothing about who said it is kept, and it is not published.
/// </summary>
public sealed class CaseVoice : Record
{
    public const int MostText = 1000;
    public const int MostNote = 1000;

    private static readonly Actor Reader = new(null, "読者", []);

    private CaseVoice()
    {
    }

    internal CaseVoice(PublishedCase one, OrgUnit? unit, VoiceKind kind, string text, DateTimeOffset now)
    {
        (CaseId, CaseTitle, Year, UnitName, Unit, UnitId) = (one.CaseId, one.Title, one.Year, one.UnitName, unit, unit?.Id);
        (Kind, Text, SaidAt) = (kind, text, now);
        // Not its words: what is once in the trail stays, and a text may name somebody.
        Happened(Reader, now, "voice-given");
    }

    public long Id { get; private set; }

    public string CaseId { get; private set; } = "";

    public string CaseTitle { get; private set; } = "";

    public FiscalYear Year { get; private set; }

    /// <summary>The unit in charge as the edition names it.</summary>
    public string UnitName { get; private set; } = "";

    /// <summary>Null where the unit is none of this installation's: then the partnership division reads it.</summary>
    public long? UnitId { get; private set; }

    public OrgUnit? Unit { get; private set; }

    public VoiceKind Kind { get; private set; }

    public string Text { get; private set; } = "";

    public DateTimeOffset SaidAt { get; private set; }

    public VoiceStatus Status { get; private set; }

    /// <summary>What the unit did about it.</summary>
    public string? Note { get; private set; }

    public string? HandledBy { get; private set; }

    public DateTimeOffset? HandledAt { get; private set; }

    /// <summary>When the unit's mail told of it; null while it waits for the day's.</summary>
    public DateTimeOffset? ToldAt { get; internal set; }

    public override string AuditName => $"voice/{Id}";

    /// <summary>Why what was typed cannot be taken, with the field; nothing when it can.</summary>
    public static IReadOnlyList<Problem> WhyNotSay(VoiceKind? kind, string? text)
    {
        var clean = TextForms.Clean(text);
        var wrong = new List<Problem>();
        if (kind is null)
            wrong.Add(new Problem(Severity.Error, "「役に立った」か「もう少し知りたい」のどちらかを選んでください。", Field: "helped"));
        if (clean.Length > MostText)
            wrong.Add(new Problem(Severity.Error, $"{MostText}字以内で書いてください。いまは{clean.Length}字です。", Field: "words"));
        if (kind is VoiceKind.WantsMore && clean.Length == 0)
            wrong.Add(new Problem(Severity.Error, "何を知りたいかを書いてください。例: 参加する人をどう集めたか。", Field: "words"));
        return wrong;
    }

    public string? WhyNotRead(Actor by) => WhyNot(VoiceVerb.Read, by);

    public void MarkRead(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotRead(by));
        Move(VoiceVerb.Read);
        Happened(by, now, "voice-read");
    }

    public string? WhyNotHandle(Actor by) => WhyNot(VoiceVerb.Handle, by);

    /// <summary>対応した: says what was done; said again, it puts the note right.</summary>
    public void Handle(string? note, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotHandle(by));
        if (TextForms.Clean(note) is not { Length: > 0 and <= MostNote } clean)
            throw new Refusal($"どう対応したかを{MostNote}字以内で書いてください。");
        Move(VoiceVerb.Handle);
        (Note, HandledBy, HandledAt) = (clean, by.Name, now);
        Happened(by, now, "voice-handled", clean);
    }

    private void Move(VoiceVerb verb) => Status = VoiceStates.Table.After(Status, verb)!.Value;

    private string? WhyNot(VoiceVerb verb, Actor by) =>
        !ReaderRules.IsInCharge(UnitId, by) ? "読者の声に答えられるのは、事例の担当の組織と協働の担当課だけです。"
        : !VoiceStates.Table.Allows(Status, verb) ? $"この声は「{VoiceStates.Name(Status)}」です。"
        : null;

    internal sealed class Mapping : IEntityTypeConfiguration<CaseVoice>
    {
        public void Configure(EntityTypeBuilder<CaseVoice> builder)
        {
            builder.ToTable("case_voices");
            builder.Property(v => v.CaseId).HasMaxLength(PublicId.Length);
            builder.Property(v => v.CaseTitle).HasMaxLength(200);
            builder.Property(v => v.UnitName).HasMaxLength(100);
            builder.Property(v => v.Text).HasMaxLength(MostText);
            builder.Property(v => v.Note).HasMaxLength(MostNote);
            builder.Property(v => v.HandledBy).HasMaxLength(60);
            builder.HasOne(v => v.Unit).WithMany().HasForeignKey(v => v.UnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(v => v.CaseId);
            builder.HasIndex(v => new { v.ToldAt, v.Status });
        }
    }
}
