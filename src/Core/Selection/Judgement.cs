using Kyodo.Common;
using Kyodo.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Selection;

/// <summary>採点: what one juror gives one entry. Nobody else sees it until all are in or the day has passed.</summary>
public sealed class Judgement : Record
{
    public const int LongestWords = 800;
    public const char NotGiven = ' ';

    private Judgement()
    {
    }

    internal Judgement(Nomination nomination, long personId, string juror) =>
        (Id, Nomination, NominationId, PersonId, Juror, Points) = (PublicId.New(), nomination, nomination.Id, personId, juror, new string(NotGiven, nomination.Selection.Criteria.Count));

    public string Id { get; private set; } = "";

    public string NominationId { get; private set; } = "";

    public Nomination Nomination { get; private set; } = null!;

    public long PersonId { get; private set; }

    /// <summary>The juror's name as it stood when asked.</summary>
    public string Juror { get; private set; } = "";

    public JudgementStatus Status { get; private set; }

    /// <summary>One character a criterion, in their order: 1 to 5, or a space where nothing was given yet.</summary>
    public string Points { get; private set; } = "";

    /// <summary>講評: goes to the secretariat, which writes the reasons from it.</summary>
    public string Words { get; private set; } = "";

    /// <summary>Why 協働度 is judged otherwise than worked out.</summary>
    public string CollaborationReason { get; private set; } = "";

    /// <summary>少数意見: written once the marks are shown, kept with the decision.</summary>
    public string Dissent { get; private set; } = "";

    /// <summary>The conflict of interest that the juror declared.</summary>
    public string Conflict { get; private set; } = "";

    public override string AuditName => $"judgement/{Id}";

    public BestSelection Selection => Nomination.Selection;

    /// <summary>協働度 as it was worked out, in whole points.</summary>
    public int? ProposedCollaboration => Nomination.Collaboration is { } worked ? (int)Math.Round(worked, MidpointRounding.AwayFromZero) : null;

    public bool IsOf(Actor by) => by.PersonId == PersonId && by.Is(Role.Juror);

    public string? WhyNotWrite(Actor by, DateTimeOffset now) =>
        WhyNot(by, now) ?? (SelectionStates.Judgements.Allows(Status, JudgementVerb.Write) ? null
            : Status is JudgementStatus.Submitted ? "提出した採点です。直すときは、先に「提出した採点を直す」を押してください。" : "利害関係があるため、この事例は採点できません。");

    /// <param name="points">By the criteria's keys; what is missing stays as it is.</param>
    public void Write(IReadOnlyDictionary<string, string?> points, string? words, string? collaborationReason, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotWrite(by, now));
        var given = Points.ToCharArray();
        foreach (var (criterion, place) in Selection.Criteria.Select((criterion, place) => (criterion, place)))
        {
            if (!points.TryGetValue(criterion.Key, out var typed))
                continue;
            given[place] = typed switch
            {
                null or "" => NotGiven,
                [>= '1' and <= '5' and var one] => one,
                _ => throw new Refusal($"「{criterion.NameJa}」は、{SelectionCriterion.Lowest}から{SelectionCriterion.Highest}までで選んでください。", [new Problem(Severity.Error, $"{SelectionCriterion.Lowest}から{SelectionCriterion.Highest}までで選んでください。", Field: $"p.{criterion.Key}")]),
            };
        }
        (words, collaborationReason) = (words?.Trim() ?? Words, collaborationReason?.Trim() ?? CollaborationReason);
        foreach (var text in new[] { words, collaborationReason })
            Refusal.If(text.Length > LongestWords ? $"{LongestWords}字以内で書いてください（いま{text.Length}字）。" : null);
        (Points, Words, CollaborationReason) = (new string(given), words, collaborationReason);
        if (Status is JudgementStatus.Asked)
            Happened(by, now, "judgement-begun");
        Status = SelectionStates.Judgements.After(Status, JudgementVerb.Write)!.Value;
    }

    public string? WhyNotSubmit(Actor by, DateTimeOffset now)
    {
        if (WhyNot(by, now) is { } not)
            return not;
        if (!SelectionStates.Judgements.Allows(Status, JudgementVerb.Submit))
            return Status is JudgementStatus.Submitted ? "もう提出しています。" : Status is JudgementStatus.Asked ? "採点を書いてから提出してください。" : "利害関係があるため、この事例は採点できません。";
        var missing = Selection.Criteria.Where((_, place) => Points[place] is NotGiven).Select(criterion => criterion.NameJa).ToList();
        return missing.Count > 0 ? $"まだ選んでいない基準があります: {string.Join("、", missing)}。"
            : DiffersFromProposed && CollaborationReason.Length == 0 ? $"協働度を、双方の評価から計算した{ProposedCollaboration}と変えています。その理由を書いてください。"
            : null;
    }

    public bool DiffersFromProposed => ProposedCollaboration is { } proposed && Selection.Criteria.Select((criterion, place) => (criterion, place)).Any(one => one.criterion.IsCollaboration && Points[one.place] - '0' != proposed);

    public void Submit(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotSubmit(by, now));
        Status = SelectionStates.Judgements.After(Status, JudgementVerb.Submit)!.Value;
        Happened(by, now, "judgement-submitted");
    }

    /// <param name="isShown">Have the marks been shown already?</param>
    public string? WhyNotRecall(Actor by, DateTimeOffset now, bool isShown) =>
        WhyNot(by, now) ?? (!SelectionStates.Judgements.Allows(Status, JudgementVerb.Recall) ? "提出した採点だけが直せます。" : isShown ? "全員の採点がそろい、もう開かれています。直せません。" : null);

    public void Recall(Actor by, DateTimeOffset now, bool isShown)
    {
        Refusal.If(WhyNotRecall(by, now, isShown));
        Status = SelectionStates.Judgements.After(Status, JudgementVerb.Recall)!.Value;
        Happened(by, now, "judgement-recalled");
    }

    public string? WhyNotStepBack(Actor by, DateTimeOffset now) =>
        WhyNot(by, now) ?? (SelectionStates.Judgements.Allows(Status, JudgementVerb.StepBack) ? null : Status is JudgementStatus.Submitted ? "提出した採点です。直しはじめてから申し出てください。" : "もう申し出ています。");

    /// <summary>The marks so far go, so that they cannot count.</summary>
    internal void StepBack(string? reason, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotStepBack(by, now));
        reason = reason?.Trim() ?? "";
        Refusal.If(reason.Length == 0 ? "どのような関係か（所属の団体、家族など）を書いてください。" : Nomination.TooLong(reason));
        (Status, Conflict, Points, Words, CollaborationReason) = (SelectionStates.Judgements.After(Status, JudgementVerb.StepBack)!.Value, reason, new string(NotGiven, Points.Length), "", "");
        Happened(by, now, "judgement-stepped-back", reason);
    }

    public string? WhyNotDissent(Actor by, bool isShown) =>
        !IsOf(by) ? "この採点をした審査員だけが書けます。"
        : Selection.Status is SelectionStatus.Decided ? "もう決定しています。"
        : Status is not JudgementStatus.Submitted || !isShown ? "少数意見は、採点を提出し、全員の採点が開かれてから書けます。"
        : null;

    public void Disagree(string? words, Actor by, DateTimeOffset now, bool isShown)
    {
        Refusal.If(WhyNotDissent(by, isShown));
        words = words?.Trim() ?? "";
        Refusal.If(Nomination.TooLong(words));
        Dissent = words;
        Happened(by, now, "judgement-dissent", words.Length > 0 ? null : "消しました");
    }

    // A day that has passed closes the judging; the secretariat can move it.
    private string? WhyNot(Actor by, DateTimeOffset now) =>
        !IsOf(by) ? "この採点を書けるのは、割り当てられた審査員だけです。"
        : !SelectionStates.Selections.Allows(Selection.Status, SelectionVerb.Judge) ? "審査は終わっています。"
        : Nomination.Status is not NominationStatus.Entered ? "この事例は、審査から外れました。"
        : now.DayInJapan() > Selection.ScoreUntil ? $"審査の期限（{PartialDate.Of(Selection.ScoreUntil).Japanese}）を過ぎています。続けるときは、協働の担当課に知らせてください。"
        : null;

    internal sealed class Mapping : IEntityTypeConfiguration<Judgement>
    {
        public void Configure(EntityTypeBuilder<Judgement> builder)
        {
            builder.ToTable("judgements");
            builder.Property(j => j.Id).HasMaxLength(PublicId.Length);
            builder.Property(j => j.NominationId).HasMaxLength(PublicId.Length);
            builder.Property(j => j.Juror).HasMaxLength(60);
            builder.Property(j => j.Points).HasMaxLength(30);
            builder.Property(j => j.Words).HasMaxLength(LongestWords);
            builder.Property(j => j.CollaborationReason).HasMaxLength(LongestWords);
            builder.Property(j => j.Dissent).HasMaxLength(BestSelection.LongestReason);
            builder.Property(j => j.Conflict).HasMaxLength(BestSelection.LongestReason);
            builder.Ignore(j => j.Selection);
            builder.HasOne(j => j.Nomination).WithMany().HasForeignKey(j => j.NominationId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Person>().WithMany().HasForeignKey(j => j.PersonId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(j => new { j.NominationId, j.PersonId }).IsUnique();
            builder.HasIndex(j => j.PersonId);
        }
    }
}
