using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Questions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Rounds;

/// <summary>時期: when in the year a round asks. The fiscal year is the projects' year: BudgetDrafting for year Y opens in autumn of Y-1.</summary>
public enum Phase
{
    BudgetDrafting,
    StartOfYear,
}

public enum RoundStatus
{
    Draft,
    Open,
    Closed,
}

public enum RoundVerb
{
    Open,
    Close,
    Reopen,
}

public static class RoundStates
{
    public static StateTable<RoundStatus, RoundVerb> Table { get; } = new(
        (RoundStatus.Draft, RoundVerb.Open, RoundStatus.Open),
        (RoundStatus.Open, RoundVerb.Close, RoundStatus.Closed),
        (RoundStatus.Closed, RoundVerb.Reopen, RoundStatus.Open));

    public static string Name(RoundStatus status) => status switch
    {
        RoundStatus.Draft => "準備中",
        RoundStatus.Open => "受付中",
        _ => "締切済み",
    };

    public static string Name(RoundVerb verb) => verb switch
    {
        RoundVerb.Open => "送付",
        RoundVerb.Close => "締切",
        _ => "受付再開",
    };

    public static string Name(Phase phase) => phase is Phase.BudgetDrafting ? "予算編成時期" : "年度当初";
}

/// <summary>照会: one inquiry to the departments - a programme, a fiscal year and a phase, with its letter and its three dates.</summary>
public sealed partial class Round : Record
{
    private Round()
    {
    }

    public Round(Programme programme, FiscalYear year, Phase phase, Actor by, DateTimeOffset now)
    {
        if (!by.Is(Role.Coordinator))
            throw new Refusal("照会をつくれるのは、協働の担当課だけです。");
        (Programme, ProgrammeKey, Year, Phase) = (programme, programme.Key, year, phase);
        Questionnaire = programme.Questionnaire;
        Title = $"{year.Japanese} {programme.NameJa}の照会（{RoundStates.Name(phase)}）";
        Happened(by, now, "round-prepared", Title);
    }

    public long Id { get; private set; }

    public string ProgrammeKey { get; private set; } = "";

    public Programme Programme { get; private set; } = null!;

    public FiscalYear Year { get; private set; }

    public Phase Phase { get; private set; }

    public RoundStatus Status { get; private set; }

    public string Title { get; private set; } = "";

    /// <summary>The version of the questions that the round opened with.</summary>
    public long QuestionnaireId { get; private set; }

    public Questionnaire Questionnaire { get; private set; } = null!;

    public Letter Letter { get; private set; } = new();

    /// <summary>The deadline shown (回答期限).</summary>
    public DateOnly Due { get; private set; }

    /// <summary>The last day on which new answers are taken.</summary>
    public DateOnly LastNew { get; private set; }

    /// <summary>The last day on which returned answers may be corrected.</summary>
    public DateOnly LastCorrection { get; private set; }

    public DateTimeOffset? OpenedAt { get; private set; }

    /// <summary>As <see cref="ReminderPlan"/> writes it; null is the default.</summary>
    public string? RemindersKept { get; private set; }

    public ReminderPlan Reminders => ReminderPlan.Parse(RemindersKept);

    public List<Inquiry> Inquiries { get; } = [];

    public string OfficerInCharge => Letter.Officer;

    public override string AuditName => $"round/{Id}";

    public override MailPlace PlaceOfMails() => new($"/staff/rounds/{Id}", Id, null);

    public ReadingContext ReadingContext(IReadOnlyList<string> municipalities) => new(Year, Programme.FormsIn(Year), municipalities);

    public string? WhyNotChange(Actor by) =>
        !by.Is(Role.Coordinator) ? "照会を変えられるのは、協働の担当課だけです。"
        : Status is not RoundStatus.Draft ? "送付した照会の文面や期限は変えられません。"
        : SendAt is { } at ? $"{at.JapaneseMinute()}に送る予約をしています。直すときは、予約を取り消してください。"
        : null;

    public void Describe(string title, Letter letter, DateOnly due, DateOnly lastNew, DateOnly lastCorrection, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotChange(by));
        if (TextForms.Clean(title) is not { Length: > 0 and <= 120 } clean)
            throw new Refusal("件名を120字以内で書いてください。");
        if (lastNew < due || lastCorrection < lastNew)
            throw new Refusal("期限の順が合いません。回答期限 ≦ 新しい回答の最終日 ≦ 修正の最終日 にしてください。");
        (Title, Letter, Due, LastNew, LastCorrection) = (clean, letter.Checked("依頼文"), due, lastNew, lastCorrection);
        Happened(by, now, "round-described", clean);
    }

    public void Ask(IEnumerable<OrgUnit> units, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotChange(by));
        var wanted = units.ToList();
        if (wanted.Find(unit => !unit.StandsIn(Year)) is { } gone)
            throw new Refusal($"{gone.Name}は{Year.Japanese}の組織ではありません。");
        Inquiries.RemoveAll(inquiry => wanted.TrueForAll(unit => unit.Id != inquiry.UnitId));
        Inquiries.AddRange(wanted.Where(unit => Inquiries.TrueForAll(inquiry => inquiry.UnitId != unit.Id)).Select(unit => new Inquiry(unit)));
        Happened(by, now, "round-targets", $"{Inquiries.Count}組織");
    }

    public string? WhyNotPlanReminders(Actor by) =>
        !by.Is(Role.Coordinator) ? "お知らせの日を変えられるのは、協働の担当課だけです。"
        : Status is RoundStatus.Closed ? $"この照会は「{RoundStates.Name(Status)}」です。"
        : null;

    /// <summary>Before it is sent and while it is open: what has gone out stays, and only what is still to come follows the new plan.</summary>
    public void PlanReminders(ReminderPlan plan, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotPlanReminders(by));
        RemindersKept = plan.ToString();
        Happened(by, now, "round-reminders", $"期限の前: {(plan.DaysBefore.Count == 0 ? "なし" : plan.DaysWritten)}　上司へ: {(plan.EscalateAfter is { } after ? $"{after}日後" : "なし")}");
    }

    public string? WhyNotOpen(Actor by) =>
        !by.Is(Role.Coordinator) ? "照会を送れるのは、協働の担当課だけです。"
        : !RoundStates.Table.Allows(Status, RoundVerb.Open) ? $"この照会は「{RoundStates.Name(Status)}」です。"
        : WhatIsMissing is { Length: > 0 } missing ? $"送る前に、{missing}を決めてください。"
        // Its number stands in the mails: without one, two rounds would share theirs.
        : Id == 0 ? "照会を保存してから送ってください。"
        : null;

    private string WhatIsMissing => string.Join("、", new[]
    {
        Inquiries.Count == 0 ? "照会先（1つ以上）" : null,
        Due == default ? "回答期限" : null,
        Letter.Missing is { } missing ? $"依頼文の{missing}" : null,
    }.OfType<string>());

    /// <summary>Sends the round to all its units; each respondent gets a mail.</summary>
    public void Open(Actor by, DateTimeOffset now, ILookup<long, string> respondents)
    {
        Refusal.If(WhyNotOpen(by));
        (Status, OpenedAt, SendAt, SendProblem) = (RoundStatus.Open, now, null, null);
        Happened(by, now, "round-open", Title);
        foreach (var inquiry in Inquiries)
        {
            var mail = inquiry.MailOf(MailKind.RoundSent, "", $"round-open/{Id}/{inquiry.UnitId}", now, ("本文", Letter.Body));
            inquiry.Send(by, now, respondents[inquiry.UnitId], mail with { Calendar = () => DeadlineCalendar.Of(inquiry, now) });
        }
    }

    public string? WhyNotClose(Actor by) =>
        !by.Is(Role.Coordinator) ? "照会を締め切れるのは、協働の担当課だけです。"
        : RoundStates.Table.Allows(Status, RoundVerb.Close) ? null : $"この照会は「{RoundStates.Name(Status)}」です。";

    public void Close(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotClose(by));
        Status = RoundStatus.Closed;
        Happened(by, now, "round-close");
    }

    public string? WhyNotReopen(Actor by) =>
        !by.Is(Role.Coordinator) ? "受付を再開できるのは、協働の担当課だけです。"
        : RoundStates.Table.Allows(Status, RoundVerb.Reopen) ? null : $"この照会は「{RoundStates.Name(Status)}」です。";

    public void Reopen(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotReopen(by));
        Status = RoundStatus.Open;
        Happened(by, now, "round-reopen");
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Round>
    {
        public void Configure(EntityTypeBuilder<Round> builder)
        {
            builder.ToTable("rounds");
            builder.Property(r => r.ProgrammeKey).HasMaxLength(40);
            builder.Property(r => r.Title).HasMaxLength(120);
            builder.Property(r => r.RemindersKept).HasColumnName("reminders").HasMaxLength(60);
            builder.Ignore(r => r.Reminders);
            builder.HasOne(r => r.Programme).WithMany().HasForeignKey(r => r.ProgrammeKey).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(r => r.Questionnaire).WithMany().HasForeignKey(r => r.QuestionnaireId).OnDelete(DeleteBehavior.Restrict);
            builder.Property(r => r.SendProblem).HasMaxLength(400);
            builder.ComplexProperty(r => r.Letter, LetterMapping);
            builder.ComplexProperty(r => r.Notice, LetterMapping);
            builder.HasMany(r => r.Attachments).WithOne().HasForeignKey(a => a.RoundId);
            builder.HasIndex(r => r.SendAt);
            builder.HasIndex(r => new { r.ProgrammeKey, r.Year, r.Phase });
        }

        private static void LetterMapping(ComplexPropertyBuilder<Letter> letter)
        {
            letter.Property(l => l.Number).HasMaxLength(60);
            letter.Property(l => l.Sender).HasMaxLength(100);
            letter.Property(l => l.Officer).HasMaxLength(60);
            letter.Property(l => l.Extension).HasMaxLength(20);
            letter.Property(l => l.Body).HasMaxLength(4000);
        }
    }
}
