using System.Text.Json;
using Kyodo.Common;
using Kyodo.Scores;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Evaluation;

/// <summary>How an improvement that was agreed on last time went.</summary>
public enum FollowUp
{
    NotSaid,
    Done,
    Partly,
    NotDone,
}

/// <summary>What is typed into one field of a sheet: a mark, the grounds, how an improvement went. What is null stays as it was.</summary>
public sealed record TypedMark(string No, string? Mark, string? Grounds);

/// <summary>One side of an evaluation: the unit in charge, or one of its partners, with what it answered.</summary>
public sealed class EvaluationSide : Record
{
    public const int LongestGrounds = 200;
    public const int LongestWords = 400;

    private EvaluationSide()
    {
    }

    internal EvaluationSide(CaseEvaluation evaluation, SideKind kind, string? partnerId, string name, string partnerKind, int order)
    {
        (Id, Evaluation, EvaluationId, Kind, PartnerId, Name, PartnerKind, Order) = (PublicId.New(), evaluation, evaluation.Id, kind, partnerId, name, partnerKind, order);
        GovernmentCode = evaluation.GovernmentCode;
    }

    public string Id { get; private set; } = "";

    public string EvaluationId { get; private set; } = "";

    public CaseEvaluation Evaluation { get; private set; } = null!;

    public SideKind Kind { get; private set; }

    /// <summary>Null for the government's side.</summary>
    public string? PartnerId { get; private set; }

    /// <summary>The unit or the partner as it was called when it was asked.</summary>
    public string Name { get; private set; } = "";

    public string PartnerKind { get; private set; } = "";

    public int Order { get; private set; }

    public SideStatus Status { get; private set; }

    /// <summary>See <see cref="Kyodo.Scores.Marks"/>.</summary>
    public string Marks { get; private set; } = "";

    public string GroundsJson { get; private set; } = "{}";

    public string FollowUpsJson { get; private set; } = "[]";

    /// <summary>Anything else it wants to say.</summary>
    public string Words { get; private set; } = "";

    public AnswerChannel Channel { get; private set; }

    /// <summary>Who took the paper or the workbook in; null where the side answered by itself.</summary>
    public string? ReceivedBy { get; private set; }

    public DateTimeOffset? BeganAt { get; private set; }

    public DateTimeOffset? SubmittedAt { get; private set; }

    /// <summary>It was never sent: the deadline took what was saved.</summary>
    public bool ClosedByDeadline { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    public string? ConfirmedBy { get; private set; }

    public override string AuditName => $"evaluation-side/{Id}";

    public IReadOnlyDictionary<string, string> Grounds => JsonSerializer.Deserialize<Dictionary<string, string>>(GroundsJson, Json.Plain)!;

    public IReadOnlyList<FollowUp> FollowUps => JsonSerializer.Deserialize<List<FollowUp>>(FollowUpsJson, Json.Plain)!;

    public bool HasAnswered => Status is SideStatus.Submitted;

    /// <summary>Is it this person's or this partner's own side?</summary>
    public bool IsOf(Actor by) => Kind is SideKind.Government
        ? by.Is(Role.Respondent, Evaluation.UnitId) || by.Is(Role.Approver, Evaluation.UnitId)
        : PartnerId is not null && by.PartnerId == PartnerId;

    public Mark MarkAt(int place) => Kyodo.Scores.Marks.At(Marks, place);

    /// <summary>How many of the asked criteria have a mark.</summary>
    public (int Done, int All) Progress()
    {
        var (done, all) = (0, 0);
        foreach (var (_, place) in Evaluation.Asked)
            (done, all) = (done + (MarkAt(place).IsGiven ? 1 : 0), all + 1);
        return (done, all);
    }

    public string? WhyNotAnswer(Actor by, DateTimeOffset now) =>
        !IsOf(by) ? "この評価に答えられるのは、その側の方だけです。"
        : WhyClosed(now) is { } closed ? closed
        : Status is SideStatus.Submitted ? "もう送られています。直すときは「送ったものを直す」を選んでください。"
        : WhyNot(SideVerb.Answer);

    /// <summary>Saves what was chosen or typed, field by field; what is not valid is refused, and nothing of it is taken.</summary>
    public void Answer(IReadOnlyList<TypedMark> typed, IReadOnlyDictionary<int, FollowUp>? followUps, string? words, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotAnswer(by, now));
        Take(typed, followUps, words);
        BeganAt ??= now;
        if (Status is SideStatus.NotStarted)
            Happened(by, now, "evaluation-answering");
        Status = EvaluationStates.Sides.After(Status, SideVerb.Answer)!.Value;
    }

    public string? WhyNotSubmit(Actor by, DateTimeOffset now) =>
        WhyNotAnswer(by, now) is { } closed ? closed
        : Progress() is var (done, all) && done < all ? $"まだ答えていない項目が{all - done}つあります。分からないときは「判断できない」を選んでください。"
        : WhyNot(SideVerb.Submit);

    internal void Submit(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotSubmit(by, now));
        (Status, SubmittedAt, Channel, ReceivedBy) = (EvaluationStates.Sides.After(Status, SideVerb.Submit)!.Value, now, AnswerChannel.Web, null);
        Happened(by, now, "evaluation-submitted");
    }

    public string? WhyNotRecall(Actor by, DateTimeOffset now) =>
        !IsOf(by) ? "直せるのは、その側の方だけです。"
        : WhyClosed(now) is { } closed ? closed
        : Channel is not AnswerChannel.Web ? "書面で受け取った回答です。直すときは、担当課に知らせてください。"
        : Kind is SideKind.Government && Evaluation.Sides.Exists(side => side.ReceivedBy is not null) ? "相手方の回答を書面で受け取ったあとは、行政の回答を直せません。"
        : WhyNot(SideVerb.Recall);

    public void Recall(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotRecall(by, now));
        (Status, SubmittedAt) = (EvaluationStates.Sides.After(Status, SideVerb.Recall)!.Value, null);
        Happened(by, now, "evaluation-recalled");
    }

    /// <summary>
    /// Staff enter a partner's paper or workbook: the partnership division, or the unit in charge once its own answers are sent, so that it
    /// stays blind.
    /// </summary>
    public string? WhyNotReceive(Actor by, DateTimeOffset now) =>
        Kind is not SideKind.Partner ? "書面で受け取るのは、相手方の回答です。"
        : WhyClosed(now) is { } closed ? closed
        : by.Is(Role.Coordinator) ? WhyNot(SideVerb.Receive)
        : !by.Is(Role.Respondent, Evaluation.UnitId) ? "相手方の書面を受け取れるのは、担当の組織と協働の担当課です。"
        : Evaluation.Government.Status is not SideStatus.Submitted ? "先に、行政の回答を送ってください。相手方の答えを見てから自分の答えを書かないためです。"
        : WhyNot(SideVerb.Receive);

    internal void Receive(AnswerChannel channel, IReadOnlyList<TypedMark> typed, string? words, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotReceive(by, now));
        Take(typed, null, words);
        if (Progress() is var (done, all) && done < all)
            throw new Refusal($"まだ答えのない項目が{all - done}つあります。空欄だった項目は「判断できない」としてください。");
        (Status, SubmittedAt, Channel, ReceivedBy) = (EvaluationStates.Sides.After(Status, SideVerb.Receive)!.Value, now, channel, by.Name);
        BeganAt ??= now;
        Happened(by, now, channel is AnswerChannel.Paper ? "evaluation-received-paper" : "evaluation-received-workbook", Name);
    }

    /// <summary>The deadline has passed: what was saved counts, and silence stays silence.</summary>
    internal void Close(DateTimeOffset now)
    {
        if (Status is not (SideStatus.NotStarted or SideStatus.Answering))
            return;
        var verb = Status is SideStatus.Answering && Evaluation.Asked.Any(asked => MarkAt(asked.Place).IsGiven) ? SideVerb.CloseAnswered : SideVerb.CloseSilent;
        (Status, ClosedByDeadline) = (EvaluationStates.Sides.After(Status, verb)!.Value, verb is SideVerb.CloseAnswered);
        if (ClosedByDeadline)
            SubmittedAt = now;
        Happened(Actor.Program, now, verb is SideVerb.CloseAnswered ? "evaluation-closed" : "evaluation-silent");
    }

    public string? WhyNotConfirm(Actor by) =>
        !IsOf(by) ? "確認できるのは、行政と相手方それぞれの方だけです。"
        : Evaluation.WhyNotMeet() is { } not ? not
        : ConfirmedAt is not null ? "もう確認しています。"
        : !EvaluationStates.Evaluations.Allows(Evaluation.Status, EvaluationVerb.Confirm) ? $"この評価は「{EvaluationStates.Name(Evaluation.Status)}」です。"
        : null;

    internal void Confirm(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotConfirm(by));
        (ConfirmedAt, ConfirmedBy) = (now, by.Name);
        Happened(by, now, "reflection-confirmed");
    }

    internal void Unconfirm() => (ConfirmedAt, ConfirmedBy) = (null, null);

    /// <summary>Its partner is another one now; where that one has a side already, this one only remains as a record.</summary>
    internal void Follow(string intoId, string name, bool hasOwnSide, Actor by, DateTimeOffset now)
    {
        if (!hasOwnSide)
            (PartnerId, Name) = (intoId, name);
        else
            Status = EvaluationStates.Sides.After(Status, SideVerb.Merge)!.Value;
        Happened(by, now, "evaluation-partner-merged", name);
    }

    /// <summary>A merge is undone: it is its partner's again. One that only remained as a record stands as it stood, or is over with its evaluation.</summary>
    internal void ComeBack(string partnerId, string name, SideStatus? before, Actor by, DateTimeOffset now)
    {
        (PartnerId, Name, Status) = (partnerId, name, before ?? Status);
        if (Evaluation.Status is not EvaluationStatus.Answering)
            Close(now);
        Happened(by, now, "evaluation-partner-split", name);
    }

    private string? WhyClosed(DateTimeOffset now) =>
        Evaluation.Status is not EvaluationStatus.Answering ? "双方の答えはもう開かれています。開いたあとは変えられません。"
        : Evaluation.IsOver(now) ? "期限を過ぎました。答えは変えられません。"
        : null;

    private string? WhyNot(SideVerb verb) => EvaluationStates.Sides.Allows(Status, verb) ? null : $"この回答は「{EvaluationStates.Name(Status, Kind)}」です。";

    private void Take(IReadOnlyList<TypedMark> typed, IReadOnlyDictionary<int, FollowUp>? followUps, string? words)
    {
        var (marks, grounds, wrong) = (Marks, new Dictionary<string, string>(Grounds, StringComparer.Ordinal), new List<Problem>());
        var asked = Evaluation.Asked.ToDictionary(pair => pair.Criterion.No, pair => pair.Place, StringComparer.Ordinal);
        foreach (var one in typed)
        {
            if (!asked.TryGetValue(one.No, out var place))
                throw new Refusal($"この評価に、項目「{one.No}」はありません。");
            if (one.Mark is not null)
            {
                if (Mark.Read(one.Mark, Evaluation.Sheet.Scale) is { } mark)
                    marks = Kyodo.Scores.Marks.With(marks, place, mark);
                else
                    wrong.Add(new Problem(Severity.Error, $"{one.No}の答え「{one.Mark}」は選べません。", Field: one.No));
            }
            if (one.Grounds is null)
                continue;
            var line = TextForms.Clean(one.Grounds).ReplaceLineEndings(" ");
            if (line.Length > LongestGrounds)
                wrong.Add(new Problem(Severity.Error, $"{one.No}の理由は{LongestGrounds}字以内で書いてください。いまは{line.Length}字です。", Field: $"{one.No}-grounds"));
            else if (line.Length == 0)
                grounds.Remove(one.No);
            else
                grounds[one.No] = line;
        }
        var clean = words is null ? Words : TextForms.Clean(words);
        if (clean.Length > LongestWords)
            wrong.Add(new Problem(Severity.Error, $"ひとことは{LongestWords}字以内で書いてください。いまは{clean.Length}字です。", Field: "words"));
        if (wrong.Count > 0)
            throw new Refusal("保存できないところがあります", wrong);
        (Marks, Words, GroundsJson) = (marks, clean, JsonSerializer.Serialize(grounds, Json.Plain));
        if (followUps is { Count: > 0 })
        {
            var said = FollowUps.ToList();
            foreach (var (i, how) in followUps.Where(pair => pair.Key is >= 0 and < CaseEvaluation.MostImprovements))
            {
                while (said.Count <= i)
                    said.Add(FollowUp.NotSaid);
                said[i] = how;
            }
            FollowUpsJson = JsonSerializer.Serialize(said, Json.Plain);
        }
    }

    internal sealed class Mapping : IEntityTypeConfiguration<EvaluationSide>
    {
        public void Configure(EntityTypeBuilder<EvaluationSide> builder)
        {
            builder.ToTable("evaluation_sides");
            builder.Property(s => s.Id).HasMaxLength(PublicId.Length);
            builder.Property(s => s.EvaluationId).HasMaxLength(PublicId.Length);
            builder.Property(s => s.PartnerId).HasMaxLength(PublicId.Length);
            builder.Property(s => s.Name).HasMaxLength(100);
            builder.Property(s => s.PartnerKind).HasMaxLength(40);
            builder.Property(s => s.Marks).HasMaxLength(EvaluationSheet.MostCriteria);
            builder.Property(s => s.Words).HasMaxLength(LongestWords);
            builder.Property(s => s.ReceivedBy).HasMaxLength(60);
            builder.Property(s => s.ConfirmedBy).HasMaxLength(100);
            builder.Ignore(s => s.Grounds);
            builder.Ignore(s => s.FollowUps);
            builder.HasIndex(s => s.PartnerId);
        }
    }
}
