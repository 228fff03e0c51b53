using System.Text.Json;
using Kyodo.Common;
using Kyodo.Questions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Editions;

/// <summary>
/// 版: one frozen, numbered state of an edition (a programme's published cases of one year). Never changed after release; it holds the names,
/// forms and questions it was made with, so that it can be read without the records it came from.
/// </summary>
public sealed class Revision : Record
{
    private Revision()
    {
    }

    internal Revision(string programmeKey, string nameJa, string nameEn, FiscalYear year, int no, IReadOnlyList<PublishedForm> forms, IReadOnlyList<Question> questions)
    {
        (ProgrammeKey, NameJa, NameEn, Year, No) = (programmeKey, nameJa, nameEn, year, no);
        FormsJson = JsonSerializer.Serialize(forms, Json.Plain);
        QuestionsJson = Question.Serialize(questions);
    }

    /// <summary>Revision 1 of a year whose list was published before this system.</summary>
    internal static Revision TakenOver(
        string programmeKey, string nameJa, string nameEn, FiscalYear year, string source, IReadOnlyList<PublishedForm> forms, IReadOnlyList<Question> questions, int cases, DateTimeOffset now) =>
        new(programmeKey, nameJa, nameEn, year, 1, forms, questions)
        {
            ReleasedAt = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()),
            TakenOverFrom = TextForms.UpTo(300, source),
            IsLatest = true,
            CaseCount = cases,
        };

    public long Id { get; private set; }

    public string ProgrammeKey { get; private set; } = "";

    public string NameJa { get; private set; } = "";

    public string NameEn { get; private set; } = "";

    public FiscalYear Year { get; private set; }

    public int No { get; private set; }

    public string FormsJson { get; private set; } = "[]";

    public string QuestionsJson { get; private set; } = "[]";

    public DateTimeOffset ReleasedAt { get; internal set; }

    /// <summary>訂正: why it differs from the revision before, in public words; null for the first.</summary>
    public string? Erratum { get; internal set; }

    /// <summary>What every reader of its figures must know, for example that its cases are 見本.</summary>
    public string? Remark { get; internal set; }

    /// <summary>引継ぎ: where a past list came from that was published before this system; null for what was released here.</summary>
    public string? TakenOverFrom { get; internal set; }

    /// <summary>The newest revision of its edition: what lists, search and statistics show.</summary>
    public bool IsLatest { get; internal set; }

    /// <summary>SHA-256 over its two manifests, in hexadecimal.</summary>
    public string ManifestHash { get; internal set; } = "";

    public int CaseCount { get; internal set; }

    public IReadOnlyList<PublishedForm> Forms => field ??= JsonSerializer.Deserialize<List<PublishedForm>>(FormsJson, Json.Plain)!;

    public IReadOnlyList<Question> Questions => field ??= Question.Deserialize(QuestionsJson);

    public override string AuditName => $"revision/{ProgrammeKey}/{Year}/r{No}";

    public string Name(string lang) => lang == "en" ? NameEn : NameJa;

    /// <summary>平成19年度（2007年度） PSプロジェクト 事例集 第1版</summary>
    public string Title => $"{Year.InBothCalendars} {NameJa} 事例集 第{No}版";

    public override MailPlace PlaceOfMails() => new($"/staff/casebook/{ProgrammeKey}/{Year}", null, null);

    internal void NoteRelease(Actor by, DateTimeOffset now) => Happened(by, now, TakenOverFrom is null ? "revision-released" : "revision-taken-over", TakenOverFrom ?? Erratum);

    internal void NoteRedaction(string manifestHash, Actor by, DateTimeOffset now)
    {
        Happened(by, now, "revision-redacted", $"{ManifestHash} → {manifestHash}");
        ManifestHash = manifestHash;
    }

    internal void TellStaff(IEnumerable<string> addresses)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["制度"] = NameJa,
            ["年度"] = Year.Japanese,
            ["版"] = $"{No}",
            ["件数"] = $"{CaseCount}",
            ["訂正"] = Erratum is null ? "" : $"\n訂正: {Erratum}\n",
            ["注記"] = Remark ?? "",
        };
        foreach (var address in addresses)
            Tell(new Mail(address, MailKind.EditionReleased, words, AuditName));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Revision>
    {
        public void Configure(EntityTypeBuilder<Revision> builder)
        {
            builder.ToTable("revisions");
            builder.Property(r => r.ProgrammeKey).HasMaxLength(40);
            builder.Property(r => r.NameJa).HasMaxLength(100);
            builder.Property(r => r.NameEn).HasMaxLength(100);
            builder.Property(r => r.Erratum).HasMaxLength(2000);
            builder.Property(r => r.Remark).HasMaxLength(400);
            builder.Property(r => r.TakenOverFrom).HasMaxLength(300);
            builder.Property(r => r.ManifestHash).HasMaxLength(64);
            builder.Ignore(r => r.Forms);
            builder.Ignore(r => r.Questions);
            builder.HasIndex(r => new { r.ProgrammeKey, r.Year, r.No }).IsUnique();
        }
    }
}

/// <summary>A form of collaboration as it stood in the edition.</summary>
public sealed record PublishedForm(int No, string NameJa, string NameEn, string Door)
{
    public string Name(string lang) => lang == "en" ? NameEn : NameJa;
}
