using Kyodo.Common;
using Kyodo.Questions;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Cases;

/// <summary>
/// 事例: one project's record in one fiscal year and programme. Each edit raises <see cref="Version"/> and keeps the one before, so that an
/// approval, which names the version it saw, ends by itself.
/// </summary>
public sealed class Case : Record
{
    private Answers? _answers;

    private Case()
    {
    }

    /// <summary>A new case in the reply to an inquiry; its project begins with it.</summary>
    public Case(Inquiry inquiry, Actor by, DateTimeOffset now)
    {
        inquiry.MarkAnswering(by, now);
        Id = PublicId.New();
        Project = new Project("", inquiry.Round.Year);
        ProjectId = Project.Id;
        (ProgrammeKey, Year, UnitId) = (inquiry.Round.ProgrammeKey, inquiry.Round.Year, inquiry.UnitId);
        CreatedAt = now;
        AnswersJson = Answers.None.ToJson();
        Happened(by, now, "case-begun");
    }

    public string Id { get; private set; } = "";

    public string ProjectId { get; private set; } = "";

    public Project Project { get; private set; } = null!;

    public string ProgrammeKey { get; private set; } = "";

    public FiscalYear Year { get; private set; }

    public long UnitId { get; private set; }

    public int Version { get; private set; }

    public string Title { get; private set; } = "";

    /// <summary>The title as it is compared: two cases of one unit and year with one key are the same project.</summary>
    public string TitleKey { get; private set; } = "";

    public string AnswersJson { get; private set; } = "{}";

    /// <summary>The identity in the file it came from, kept and shown.</summary>
    public string? SourceId { get; set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    public List<CaseVersion> Versions { get; } = [];

    public Answers Answers => _answers ??= Answers.Parse(AnswersJson);

    public override string AuditName => $"case/{Id}";

    /// <summary>How many of the needed questions have an answer.</summary>
    public (int Done, int All) Completeness(IReadOnlyList<Question> questions)
    {
        var needed = questions.Count(q => q.Needed);
        return (needed - Answers.Missing(questions).Count, needed);
    }

    public string? WhyNotEdit(Inquiry inquiry, Actor by, DateTimeOffset now, int seenVersion) =>
        RemovedAt is not null ? $"「{Title}」は回答から外されています。"
        : inquiry.UnitId != UnitId ? "この事例は別の組織のものです。"
        : inquiry.WhyNotAnswer(by, now) is { } closed ? closed
        : seenVersion != Version ? $"「{Title}」は、開いたあとに別の人が変えました（開いたのは第{seenVersion}稿、いまは第{Version}稿）。"
        : null;

    /// <summary>Takes the answers as the next version. Nothing happens when nothing differs.</summary>
    public void Edit(Answers answers, Inquiry inquiry, int seenVersion, string origin, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotEdit(inquiry, by, now, seenVersion));
        if (Version > 0 && !answers.Differing(Answers).Any())
            return;
        inquiry.MarkAnswering(by, now);
        Take(answers, origin, by, now);
        Happened(by, now, Version == 1 ? "case-written" : "case-edited", origin);
    }

    public string? WhyNotRemove(Inquiry inquiry, Actor by, DateTimeOffset now) => WhyNotEdit(inquiry, by, now, Version);

    /// <summary>Takes the case out of the reply; what was written stays in the record.</summary>
    public void Remove(Inquiry inquiry, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotRemove(inquiry, by, now));
        inquiry.MarkAnswering(by, now);
        RemovedAt = now;
        Version++;
        Happened(by, now, "case-removed", Title);
    }

    internal static string KeyOf(string title) => TextForms.UpTo(200, TextForms.Key(title));

    private void Take(Answers answers, string origin, Actor by, DateTimeOffset now)
    {
        Version++;
        _answers = answers;
        AnswersJson = answers.ToJson();
        Title = answers.Text("title");
        TitleKey = KeyOf(Title);
        Project.Rename(Title);
        Versions.Add(new CaseVersion(Id, Version, AnswersJson, by, now, origin));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Case>, IEntityTypeConfiguration<CaseVersion>
    {
        public void Configure(EntityTypeBuilder<Case> builder)
        {
            builder.ToTable("cases");
            builder.Property(c => c.Id).HasMaxLength(PublicId.Length);
            builder.Property(c => c.ProjectId).HasMaxLength(PublicId.Length);
            builder.Property(c => c.ProgrammeKey).HasMaxLength(40);
            builder.Property(c => c.Title).HasMaxLength(200);
            builder.Property(c => c.TitleKey).HasMaxLength(200);
            builder.Property(c => c.SourceId).HasMaxLength(100);
            builder.Ignore(c => c.Answers);
            builder.HasOne(c => c.Project).WithMany().HasForeignKey(c => c.ProjectId).OnDelete(DeleteBehavior.Restrict);
            builder.HasMany(c => c.Versions).WithOne().HasForeignKey(v => v.CaseId);
            builder.HasIndex(c => new { c.ProgrammeKey, c.Year, c.UnitId });
        }

        public void Configure(EntityTypeBuilder<CaseVersion> builder)
        {
            builder.ToTable("case_versions");
            builder.HasKey(v => new { v.CaseId, v.Version });
            builder.Property(v => v.CaseId).HasMaxLength(PublicId.Length);
            builder.Property(v => v.PersonName).HasMaxLength(60);
            builder.Property(v => v.Origin).HasMaxLength(40);
        }
    }
}

/// <summary>A case as it was at one version: who wrote it, when and by which way (web, workbook, command).</summary>
public sealed class CaseVersion
{
    private CaseVersion()
    {
    }

    internal CaseVersion(string caseId, int version, string answersJson, Actor by, DateTimeOffset at, string origin) =>
        (CaseId, Version, AnswersJson, PersonId, PersonName, At, Origin) = (caseId, version, answersJson, by.PersonId, by.Name, at, origin);

    public string CaseId { get; private set; } = "";

    public int Version { get; private set; }

    public string AnswersJson { get; private set; } = "";

    public long? PersonId { get; private set; }

    public string PersonName { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public string Origin { get; private set; } = "";
}
