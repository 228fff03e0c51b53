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
    /// <summary>The origin of a version that was saved while somebody typed.</summary>
    public const string Typing = "typing";

    /// <summary>So long may one version of typing go on.</summary>
    public static readonly TimeSpan LongestTyping = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

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

    /// <summary>Why a case of an earlier year cannot be carried into this reply. One project has one case a year: the caller looks, the table makes sure.</summary>
    public static string? WhyNotCarry(Case before, Inquiry inquiry, Actor by, DateTimeOffset now) =>
        inquiry.WhyNotAnswer(by, now) is { } closed ? closed
        : before.RemovedAt is not null ? $"「{before.Title}」は、その年度の回答から外されています。"
        : before.UnitId != inquiry.UnitId ? "別の組織の事例は引き継げません。"
        : before.Year >= inquiry.Round.Year ? "引き継げるのは、前の年度の事例です。"
        : null;

    /// <summary>The same project in this year's reply, with what its answers begin with.</summary>
    public static Case Carry(Case before, Answers answers, Inquiry inquiry, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotCarry(before, inquiry, by, now));
        inquiry.MarkAnswering(by, now);
        var one = new Case
        {
            Id = PublicId.New(),
            Project = before.Project,
            ProjectId = before.ProjectId,
            CarriedFromId = before.Id,
            ProgrammeKey = inquiry.Round.ProgrammeKey,
            Year = inquiry.Round.Year,
            UnitId = inquiry.UnitId,
            SourceId = before.SourceId,
            CreatedAt = now,
        };
        one.Take(answers, CarriedOrigin, by, now);
        one.Happened(by, now, "case-carried", before.Title);
        return one;
    }

    /// <summary>The way by which a version came that was copied from the year before.</summary>
    public const string CarriedOrigin = "carried";

    public string Id { get; private set; } = "";

    public string ProjectId { get; private set; } = "";

    public Project Project { get; private set; } = null!;

    /// <summary>The case of an earlier year that it continues.</summary>
    public string? CarriedFromId { get; private set; }

    public string ProgrammeKey { get; private set; } = "";

    public FiscalYear Year { get; private set; }

    public long UnitId { get; private set; }

    public int Version { get; private set; }

    /// <summary>The newest version that somebody has taken away, in a form or in a workbook: it is kept to be compared with what comes back.</summary>
    public int HeldVersion { get; private set; }

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
        return (needed - Answers.Missing(questions).Count(q => q.Needed), needed);
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
        answers = answers.WithReasonsOf(Answers).WithFormByCrosswalk(inquiry.Round.Questionnaire.Questions, inquiry.Round.Programme.FormsIn(Year));
        if (Version > 0 && !answers.Differing(Answers).Any())
            return;
        inquiry.MarkAnswering(by, now);
        Take(answers, origin, by, now);
        Happened(by, now, Version == 1 ? "case-written" : "case-edited", origin);
    }

    /// <summary>
    /// Takes what is being typed, question by question, and returns the keys of those that somebody else changed meanwhile. A person who goes on
    /// typing replaces the version that their typing made last, under a new number, unless that one was handed in or is held by somebody.
    /// </summary>
    /// <remarks>The newest of <see cref="Versions"/> must be loaded for that; where it is not, a version is added.</remarks>
    public IReadOnlyList<string> Type(IEnumerable<TypedAnswer> typed, Inquiry inquiry, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotEdit(inquiry, by, now, Version));
        var (answers, conflicts) = Answers.Merge(typed);
        answers = answers.WithFormByCrosswalk(inquiry.Round.Questionnaire.Questions, inquiry.Round.Programme.FormsIn(Year));
        if (Version > 0 && !answers.Differing(Answers).Any())
            return conflicts;
        // A row that all of a unit write at each pause would make them wait for one another.
        if (!(inquiry.Status is InquiryStatus.Answering && now - inquiry.TouchedAt < TouchEvery))
            inquiry.MarkAnswering(by, now);
        var before = Versions.Find(v => v.Version == Version && GoesOn(v, inquiry, by, now));
        if (before is not null)
            Versions.Remove(before);
        var taken = Take(answers, Typing, by, now);
        if (before is not null)
            taken.BeganAt = before.BeganAt;
        else
            Happened(by, now, Version == 1 ? "case-written" : "case-edited", Typing);
        return conflicts;
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

    /// <summary>Goes along with an inquiry that was passed on: from now on the other unit answers for it.</summary>
    public void HandOver(Inquiry to, Actor by, DateTimeOffset now)
    {
        if (to.PassedFrom is not { Status: InquiryStatus.PassedOn } from || from.UnitId != UnitId)
            throw new Refusal("この事例の照会は、移送されていません。");
        UnitId = to.UnitId;
        Version++;
        Happened(by, now, "case-handed-over", to.Unit.Name);
    }

    /// <summary>Takes the identity of an earlier project that it turned out to be; what it says stays, and so does its approval.</summary>
    internal void Join(Case past, Actor by, DateTimeOffset now)
    {
        (Project, ProjectId, CarriedFromId) = (past.Project, past.ProjectId, past.Id);
        Project.Rename(Title);
        Happened(by, now, "case-joined", past.Title);
    }

    /// <summary>Goes back to the identity it began with.</summary>
    internal void Leave(Project own, string pastTitle, Actor by, DateTimeOffset now)
    {
        Project.Rename(pastTitle);
        (Project, ProjectId, CarriedFromId) = (own, own.Id, null);
        own.Rename(Title);
        Happened(by, now, "case-left", pastTitle);
    }

    public string? WhyNotAmend(Inquiry inquiry, Actor by, int seenVersion) =>
        !by.Is(Role.Coordinator) ? "取りまとめで直せるのは、協働の担当課だけです。"
        : RemovedAt is not null || inquiry.UnitId != UnitId ? "この事例は、この回答にありません。"
        : inquiry.Status is not (InquiryStatus.Answered or InquiryStatus.Accepted) ? $"回答は「{InquiryStates.Name(inquiry.Status)}」です。取りまとめで直せるのは、届いた回答だけです。"
        : seenVersion != Version ? $"「{Title}」は、開いたあとに別の人が変えました（開いたのは第{seenVersion}稿、いまは第{Version}稿）。"
        : null;

    /// <summary>One answer is changed at the compilation; the versions before stay. Whoever calls keeps the amendment that the unit confirms.</summary>
    public void Amend(string questionKey, System.Text.Json.Nodes.JsonNode? value, Inquiry inquiry, int seenVersion, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotAmend(inquiry, by, seenVersion));
        Take(Answers.With(questionKey, value), "compilation", by, now);
    }

    /// <summary>An amendment was declined: the answer before it comes back.</summary>
    internal void TakeBack(string questionKey, System.Text.Json.Nodes.JsonNode? value, Actor by, DateTimeOffset now) =>
        Take(Answers.With(questionKey, value), "declined", by, now);

    internal static string KeyOf(string title) => TextForms.UpTo(200, TextForms.Key(title));

    // What was handed in is named by an approval, and each of those is older than the last submission.
    private bool GoesOn(CaseVersion last, Inquiry inquiry, Actor by, DateTimeOffset now) =>
        last.Origin == Typing && last.PersonId == by.PersonId && by.PersonId is not null && last.Version > HeldVersion
        && now - last.BeganAt < LongestTyping && !(last.At <= inquiry.SubmittedAt);

    private CaseVersion Take(Answers answers, string origin, Actor by, DateTimeOffset now)
    {
        Version++;
        _answers = answers;
        AnswersJson = answers.ToJson();
        Title = answers.Text("title");
        TitleKey = KeyOf(Title);
        Project.Rename(Title);
        var version = new CaseVersion(Id, Version, AnswersJson, by, now, origin);
        Versions.Add(version);
        return version;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Case>, IEntityTypeConfiguration<CaseVersion>
    {
        public void Configure(EntityTypeBuilder<Case> builder)
        {
            builder.ToTable("cases");
            builder.Property(c => c.Id).HasMaxLength(PublicId.Length);
            builder.Property(c => c.ProjectId).HasMaxLength(PublicId.Length);
            builder.Property(c => c.CarriedFromId).HasMaxLength(PublicId.Length);
            builder.Property(c => c.ProgrammeKey).HasMaxLength(40);
            builder.Property(c => c.Title).HasMaxLength(200);
            builder.Property(c => c.TitleKey).HasMaxLength(200);
            builder.Property(c => c.SourceId).HasMaxLength(100);
            builder.Ignore(c => c.Answers);
            builder.HasOne(c => c.Project).WithMany().HasForeignKey(c => c.ProjectId).OnDelete(DeleteBehavior.Restrict);
            builder.HasMany(c => c.Versions).WithOne().HasForeignKey(v => v.CaseId);
            builder.HasOne<Case>().WithMany().HasForeignKey(c => c.CarriedFromId).OnDelete(DeleteBehavior.Restrict);
            // With the last column the counts that lists and the board show are read from the index alone, and not from rows of whole answers.
            builder.HasIndex(c => new { c.ProgrammeKey, c.Year, c.UnitId, c.RemovedAt });
            // However many carry it at once, a project has one case a year.
            builder.HasIndex(c => new { c.ProjectId, c.Year }).IsUnique().HasFilter("removed_at IS NULL");
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

/// <summary>A case as it was at one version: who wrote it, when and by which way (web, typing, workbook, command).</summary>
public sealed class CaseVersion
{
    private CaseVersion()
    {
    }

    internal CaseVersion(string caseId, int version, string answersJson, Actor by, DateTimeOffset at, string origin) =>
        (CaseId, Version, AnswersJson, PersonId, PersonName, At, BeganAt, Origin) = (caseId, version, answersJson, by.PersonId, by.Name, at, at, origin);

    public string CaseId { get; private set; } = "";

    public int Version { get; private set; }

    public string AnswersJson { get; private set; } = "";

    public long? PersonId { get; private set; }

    public string PersonName { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    /// <summary>When the typing began that ended in this version; null in versions older than this column.</summary>
    public DateTimeOffset? BeganAt { get; internal set; }

    public string Origin { get; private set; } = "";
}
