using System.Text.Json;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Approval;

/// <summary>
/// 決裁: one submission of a unit's reply, with the version of each case that was seen and the route it goes. A case edited later no longer has
/// an approval, because its version is another. Nobody decides on what they submitted or wrote, and nobody decides twice.
/// </summary>
public sealed class ApprovalRequest : Record
{
    private ApprovalRequest()
    {
    }

    public long Id { get; private set; }

    public long InquiryId { get; private set; }

    public Inquiry Inquiry { get; private set; } = null!;

    public ApprovalStatus Status { get; private set; }

    public long? SubmittedById { get; private set; }

    public string SubmittedBy { get; private set; } = "";

    public DateTimeOffset SubmittedAt { get; private set; }

    public string? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public string? Comment { get; private set; }

    public string CasesJson { get; private set; } = "[]";

    /// <summary>The route of the day of submission; null for requests older than routes.</summary>
    public string? RouteJson { get; private set; }

    /// <summary>The step that it waits at, from 0.</summary>
    public int Step { get; private set; }

    public List<ApprovalDecision> Decisions { get; } = [];

    public List<ApprovalSeat> Seats { get; } = [];

    public IReadOnlyList<CaseSeen> Cases => field ??= SeenIn(CasesJson);

    public FrozenRoute Route => field ??= RouteJson is null
        ? new FrozenRoute([new FrozenStep(RouteStep.Default.Name, Inquiry.UnitId, [], [], NeedsAll: false)], [])
        : JsonSerializer.Deserialize<FrozenRoute>(RouteJson, Json.Plain)!;

    public FrozenStep Current => Route.Steps[Math.Min(Step, Route.Steps.Count - 1)];

    public override string AuditName => $"approval/{Id}";

    public override MailPlace PlaceOfMails() => new($"/staff/approval/{Id}", Inquiry.RoundId, InquiryId);

    internal static IReadOnlyList<CaseSeen> SeenIn(string casesJson) => JsonSerializer.Deserialize<List<CaseSeen>>(casesJson, Json.Plain)!;

    /// <summary>Why a unit's reply cannot go to approval: its state, its dates, what is still missing in it, or nobody who could decide.</summary>
    /// <param name="lastYear">The unit's cases of the year before: each must be decided, and a large change explained.</param>
    public static string? WhyNotSubmit(Inquiry inquiry, IReadOnlyList<Case> cases, Actor by, DateTimeOffset now, LastYear? lastYear = null, FrozenRoute? route = null)
    {
        if ((inquiry.WhyNotSubmit(by, now, cases.Count) ?? lastYear?.WhyNotSubmit(inquiry)) is { } why)
            return why;
        var lacking = cases.Where(c => c.Answers.Missing(inquiry.Round.Questionnaire.Questions).Count > 0).ToList();
        if (lacking.Count > 0)
            return $"必要な項目が空いている事例が{lacking.Count}件あります: {string.Join("、", lacking.Take(3).Select(c => $"「{c.Title}」（{string.Join("・", c.Answers.Missing(inquiry.Round.Questionnaire.Questions).Take(3).Select(q => q.LabelJa))}）"))}";
        var unexplained = cases.Select(c => (c.Title, Questions: lastYear?.Unexplained(c, inquiry.Round.Questionnaire.Questions) ?? [])).Where(c => c.Questions.Count > 0).ToList();
        return unexplained.Count == 0
            ? route?.WhyNobody(inquiry.Unit.Name, inquiry.Round.OfficerInCharge)
            : $"前の年度から大きく変わった理由が書かれていない事例が{unexplained.Count}件あります: {string.Join("、", unexplained.Take(3).Select(c => $"「{c.Title}」（{string.Join("・", c.Questions.Select(q => q.LabelJa))}）"))}";
    }

    /// <param name="approvers">Mail addresses of the first step.</param>
    /// <param name="route">As <see cref="RouteQueries.RouteForAsync"/> freezes it; null: one step, the unit's approvers.</param>
    /// <param name="before">What became of the unit's last submission of this inquiry: the approver hears why the same reply comes again.</param>
    public static ApprovalRequest Submit(
        Inquiry inquiry, IReadOnlyList<Case> cases, Actor by, DateTimeOffset now, IEnumerable<string> approvers, LastYear? lastYear = null, FrozenRoute? route = null, ApprovalStatus? before = null)
    {
        Refusal.If(WhyNotSubmit(inquiry, cases, by, now, lastYear, route));
        inquiry.MarkAwaitingApproval(by, now, cases.Count);
        var request = new ApprovalRequest
        {
            Inquiry = inquiry,
            SubmittedById = by.PersonId,
            SubmittedBy = by.Name,
            SubmittedAt = now,
            CasesJson = JsonSerializer.Serialize(cases.Select(c => new CaseSeen(c.Id, c.Version)), Json.Plain),
            RouteJson = route is null ? null : JsonSerializer.Serialize(route, Json.Plain),
        };
        foreach (var step in request.Route.Steps)
        {
            if (step.UnitId is { } unit && unit != inquiry.UnitId)
                request.Seats.Add(new ApprovalSeat(unit, null));
            request.Seats.AddRange(step.People.Where(_ => step.UnitId is null).Concat(step.Deputies).Select(p => new ApprovalSeat(null, p.Id)));
        }
        request.Happened(by, now, "approval-asked", inquiry.Round.Title);
        request.TellStep(approvers, now, before switch
        {
            ApprovalStatus.Recalled => "。引き戻したあとの出し直し",
            ApprovalStatus.SentBack => "。差し戻されたあとの出し直し",
            _ => "",
        });
        return request;
    }

    public string? WhyNotApprove(Actor by) => WhyNotDecide(by, ApprovalVerb.Approve);

    /// <summary>The absent person in whose stead somebody would decide at the present step (代理); null where they decide as themselves, or may not.</summary>
    public Seated? WouldActFor(Actor by) => WhyNotApprove(by) is null ? AbsentFor(Current, by) : null;

    /// <summary>Agrees at the present step: the request goes to the next one, or is approved.</summary>
    public void Approve(Actor by, DateTimeOffset now, ApprovalAddresses? mail = null)
    {
        Refusal.If(WhyNotApprove(by));
        var absent = AbsentFor(Current, by);
        Decisions.Add(new ApprovalDecision(Step, DecisionKind.Approved, by, now, absent));
        GoOn(by, now, "approval-approve", absent is null ? null : $"{absent.Name}の代理", mail);
    }

    /// <summary>The first later step at which the person stands; null when none.</summary>
    public int? LaterStepOf(Actor by)
    {
        for (var no = Step + 1; no < Route.Steps.Count; no++)
        {
            if (Route.Steps[no].Has(by))
                return no;
        }
        return null;
    }

    public string? WhyNotEscalate(Actor by) =>
        LaterStepOf(by) is null ? "引上げ承認ができるのは、後の段階の決裁者です。" : WhyNotTakePart(by) ?? WhyNotThrough(Route.Steps[LaterStepOf(by)!.Value], by) ?? ApprovalStates.WhyNot(Status, ApprovalVerb.Approve);

    /// <summary>引上げ承認: decides ahead at one's own later step; the steps before it are passed over and looked at afterwards (後閲).</summary>
    public void Escalate(string reason, Actor by, DateTimeOffset now, ApprovalAddresses? mail = null)
    {
        Refusal.If(WhyNotEscalate(by));
        var clean = ReasonOf(reason, "なぜ先に承認するのか");
        var own = LaterStepOf(by)!.Value;
        for (; Step < own; Step++)
            Decisions.Add(new ApprovalDecision(Step, DecisionKind.Escalated, by, now, reason: clean));
        Decisions.Add(new ApprovalDecision(own, DecisionKind.Approved, by, now, AbsentFor(Route.Steps[own], by)));
        GoOn(by, now, "approval-escalate", clean, mail);
    }

    /// <summary>Those of the present step for whom a deputy may decide.</summary>
    public IReadOnlyList<Seated> Absentees => [.. Current.Able(Barred).Where(p => !HasDecided(p.Id))];

    public string? WhyNotSubstitute(Actor by) =>
        ApprovalStates.WhyNot(Status, ApprovalVerb.Approve) is { } state ? state
        : !Current.HasDeputy(by) ? $"代決できるのは、「{Current.Name}」の代決者として登録された人です。"
        : WhyNotTakePart(by) is { } why ? why
        : Current.Has(by) ? "あなたはこの段階の決裁者です。代決ではなく、承認してください。"
        : LaterStepOf(by) is not null ? "あなたは後の段階の決裁者です。代決ではなく、引上げ承認をしてください。"
        : Absentees.Count == 0 ? "この段階には、代わりに決裁する相手がいません。"
        : null;

    /// <summary>代決: a deputy decides for <paramref name="absentId"/>, who looks at it afterwards.</summary>
    public void Substitute(long absentId, string reason, Actor by, DateTimeOffset now, ApprovalAddresses? mail = null)
    {
        Refusal.If(WhyNotSubstitute(by));
        var absent = Absentees.FirstOrDefault(p => p.Id == absentId) ?? throw new Refusal("だれの代わりに決裁するかを選んでください。");
        var clean = ReasonOf(reason, "なぜ代決するのか");
        Decisions.Add(new ApprovalDecision(Step, DecisionKind.Substituted, by, now, absent, clean));
        GoOn(by, now, "approval-substitute", $"{absent.Name}: {clean}", mail);
    }

    /// <summary>Has it been decided in this person's absence, and not been looked at since?</summary>
    public bool IsToReviewBy(Actor by) => Decisions.Exists(decision => WhyNotReview(decision, by) is null);

    public string? WhyNotReview(ApprovalDecision decision, Actor by) =>
        !decision.AwaitsReview ? "後閲を待っているものではありません。"
        : decision.Kind is DecisionKind.Substituted ? (by.PersonId == decision.ForId ? null : $"後閲するのは、{decision.ForName}さんです。")
        : Route.Steps[decision.Step].Has(by) ? null : $"後閲するのは、「{Route.Steps[decision.Step].Name}」の決裁者です。";

    public void Review(ApprovalDecision decision, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotReview(decision, by));
        decision.Review(by, now);
        Happened(by, now, "approval-review", Route.Steps[decision.Step].Name);
    }

    public string? WhyNotSendBack(Actor by) => WhyNotDecide(by, ApprovalVerb.SendBack);

    public void SendBack(string comment, Actor by, DateTimeOffset now, IEnumerable<string> respondents)
    {
        Refusal.If(WhyNotSendBack(by));
        Inquiry.MarkSentBack(by, now, comment, respondents);
        End(ApprovalVerb.SendBack, by, now, TextForms.Clean(comment));
    }

    public string? WhyNotRecall(Actor by) =>
        by.PersonId is null || by.PersonId != SubmittedById ? "引き戻せるのは、提出した本人です。" : ApprovalStates.WhyNot(Status, ApprovalVerb.Recall);

    /// <summary>Until the last step has decided; what was decided until then is void.</summary>
    public void Recall(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotRecall(by));
        Inquiry.MarkRecalled(by, now);
        End(ApprovalVerb.Recall, by, now, null);
    }

    /// <summary>Does this approval hold for the case as it is now?</summary>
    public bool Covers(Case one) => Covers(one.Id, one.Version);

    public bool Covers(string caseId, int version) => Status is ApprovalStatus.Approved && Cases.Contains(new CaseSeen(caseId, version));

    private IReadOnlyCollection<long> Barred => [.. Route.Barred, SubmittedById ?? 0];

    private string? WhyNotDecide(Actor by, ApprovalVerb verb) =>
        ApprovalStates.WhyNot(Status, verb) is { } state ? state
        : !Current.Has(by) ? Route.Steps.Count == 1 && Current.UnitId == Inquiry.UnitId
            ? $"{ApprovalStates.Name(verb)}できるのは、{Inquiry.Unit.Name}の決裁者です。"
            : $"いまは「{Current.Name}」の段階です。{ApprovalStates.Name(verb)}できるのは、{string.Join("・", Current.People.Select(p => p.Name))}です。"
        : WhyNotTakePart(by) ?? WhyNotThrough(Current, by);

    // What somebody may not decide, nobody decides in their stead by being their proxy.
    private string? WhyNotThrough(FrozenStep step, Actor by) =>
        step.ActsFor(by) is { Count: > 0 } absent && AbsentFor(step, by) is null
            ? $"あなたは{string.Join("・", absent.Select(one => one.Name))}さんの代理です。代理しているご本人が提出した、最後に直した、または承認した回答は、代理では決裁できません。"
            : null;

    private Seated? AbsentFor(FrozenStep step, Actor by) =>
        step.ActsFor(by).FirstOrDefault(one => !Barred.Contains(one.Id) && !HasDecided(one.Id)) is { } absent ? new Seated(absent.Id, absent.Name) : null;

    private string? WhyNotTakePart(Actor by) =>
        by.PersonId is not { } person ? "決裁は、人が行います。"
        : person == SubmittedById ? "自分が提出した回答は、自分では決裁できません。"
        : Route.Barred.Contains(person) ? "この回答の事例を最後に直したのはあなたです。自分が書いたものは、自分では決裁できません。"
        : HasDecided(person) ? "この回答は、あなたはもう承認しています。一人が2つの段階を決裁することはできません。"
        : null;

    private bool HasDecided(long person) => Decisions.Exists(d => d.IsOwn && (d.PersonId == person || d.ForId == person));

    private bool IsDone(int no)
    {
        if (Decisions.Exists(d => d.Step == no && !d.IsOwn))
            return true;
        var step = Route.Steps[no];
        return step.NeedsAll && step.Able(Barred) is { Count: > 0 } able ? able.All(p => HasDecided(p.Id)) : Decisions.Exists(d => d.Step == no);
    }

    private void GoOn(Actor by, DateTimeOffset now, string verb, string? reason, ApprovalAddresses? mail)
    {
        var before = Step;
        while (Step < Route.Steps.Count)
        {
            // Who has agreed once has agreed: their further step is passed over, as it is on paper.
            var able = Route.Steps[Step].Able(Barred);
            if (!IsDone(Step) && able.Count > 0 && able.All(p => Decisions.Exists(d => d.Kind is DecisionKind.Approved && (d.PersonId == p.Id || d.ForId == p.Id))))
                Decisions.Add(new ApprovalDecision(Step, DecisionKind.SamePerson, by, now));
            if (!IsDone(Step))
                break;
            Step++;
        }
        if (Step < Route.Steps.Count)
        {
            Refusal.If(ApprovalStates.WhyNot(Status, ApprovalVerb.Endorse));
            Happened(by, now, verb == "approval-approve" ? "approval-endorse" : verb, reason ?? Route.Steps[before].Name);
            if (Step != before && mail is not null && Step < mail.Steps.Count)
                TellStep(mail.Steps[Step], now);
            return;
        }
        Inquiry.MarkAnswered(by, now, mail?.Checkers);
        End(ApprovalVerb.Approve, by, now, null, verb, reason);
        foreach (var address in mail?.Submitter ?? [])
            Tell(Inquiry.MailOf(MailKind.ApprovalDone, address, $"approved/{Id}", now, ("提出者", SubmittedBy), ("決裁者", by.Name)));
    }

    private void End(ApprovalVerb verb, Actor by, DateTimeOffset now, string? comment, string? audit = null, string? reason = null)
    {
        Refusal.If(ApprovalStates.WhyNot(Status, verb));
        Status = ApprovalStates.Table.After(Status, verb)!.Value;
        var absent = verb is ApprovalVerb.Recall ? null : AbsentFor(Current, by)?.Name ?? Decisions.LastOrDefault(d => d.Kind is DecisionKind.Approved && d.PersonId == by.PersonId)?.ForName;
        (DecidedBy, DecidedAt, Comment) = (absent is null ? by.Name : TextForms.UpTo(60, $"{by.Name}（{absent}の代理）"), now, comment);
        Happened(by, now, audit ?? $"approval-{verb.ToString().ToLowerInvariant()}", reason ?? comment);
    }

    private void TellStep(IEnumerable<string> addresses, DateTimeOffset now, string again = "")
    {
        foreach (var address in addresses)
        {
            Tell(Inquiry.MailOf(MailKind.ApprovalAsked, address, $"approval/{Inquiry.Id}/{SubmittedAt.ToUnixTimeSeconds()}{(Step == 0 ? "" : $"/{Step}")}", now,
                ("提出者", SubmittedBy), ("回答", (Cases.Count > 0 ? $"事例{Cases.Count}件" : Inquiry.NilReason is null ? "再照会した組織の回答だけ" : "該当なし") + again)));
        }
    }

    private static string ReasonOf(string? reason, string what) =>
        TextForms.Clean(reason) is { Length: > 0 and <= 400 } clean ? clean : throw new Refusal($"{what}を、400字以内で書いてください。例: 出張のため");

    internal sealed class Mapping : IEntityTypeConfiguration<ApprovalRequest>
    {
        public void Configure(EntityTypeBuilder<ApprovalRequest> builder)
        {
            builder.ToTable("approval_requests");
            builder.Property(a => a.SubmittedBy).HasMaxLength(60);
            builder.Property(a => a.DecidedBy).HasMaxLength(60);
            builder.Property(a => a.Comment).HasMaxLength(2000);
            builder.Ignore(a => a.Cases);
            builder.Ignore(a => a.Route);
            builder.Ignore(a => a.Current);
            builder.Ignore(a => a.Absentees);
            builder.HasOne(a => a.Inquiry).WithMany().HasForeignKey(a => a.InquiryId);
            builder.HasMany(a => a.Decisions).WithOne().HasForeignKey(d => d.RequestId);
            builder.HasMany(a => a.Seats).WithOne().HasForeignKey(s => s.RequestId);
        }
    }
}

/// <summary>A case as the approver saw it.</summary>
public sealed record CaseSeen(string CaseId, int Version);

/// <summary>Where mails about a request go: by step of its route, who submitted it, and those who check it next where it was relayed.</summary>
public sealed record ApprovalAddresses(IReadOnlyList<IReadOnlyList<string>> Steps, IReadOnlyList<string> Submitter, IReadOnlyList<string> Checkers);
