using System.Text.Json;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Approval;

public enum ApprovalStatus
{
    Pending,
    Approved,
    SentBack,
    Recalled,
}

public enum ApprovalVerb
{
    Approve,
    SendBack,
    Recall,
}

public static class ApprovalStates
{
    public static StateTable<ApprovalStatus, ApprovalVerb> Table { get; } = new(
        (ApprovalStatus.Pending, ApprovalVerb.Approve, ApprovalStatus.Approved),
        (ApprovalStatus.Pending, ApprovalVerb.SendBack, ApprovalStatus.SentBack),
        (ApprovalStatus.Pending, ApprovalVerb.Recall, ApprovalStatus.Recalled));

    public static string Name(ApprovalStatus status) => status switch
    {
        ApprovalStatus.Pending => "決裁待ち",
        ApprovalStatus.Approved => "承認済み",
        ApprovalStatus.SentBack => "差戻し",
        _ => "引戻し",
    };

    public static string Name(ApprovalVerb verb) => verb switch
    {
        ApprovalVerb.Approve => "承認",
        ApprovalVerb.SendBack => "差戻し",
        _ => "引戻し",
    };

    public static string? WhyNot(ApprovalStatus status, ApprovalVerb verb) =>
        Table.Allows(status, verb) ? null : $"この決裁は「{Name(status)}」のため、「{Name(verb)}」はできません。";
}

/// <summary>
/// 決裁: one submission of a unit's reply, with the version of each case that was seen. A case edited later no longer has an approval,
/// because its version is another.
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

    public IReadOnlyList<CaseSeen> Cases => field ??= JsonSerializer.Deserialize<List<CaseSeen>>(CasesJson, Json.Plain)!;

    public override string AuditName => $"approval/{Id}";

    /// <summary>Why a unit's reply cannot go to approval: its state, its dates, or what is still missing in it.</summary>
    public static string? WhyNotSubmit(Inquiry inquiry, IReadOnlyList<Case> cases, Actor by, DateTimeOffset now)
    {
        if (inquiry.WhyNotSubmit(by, now, cases.Count) is { } why)
            return why;
        var lacking = cases.Where(c => c.Answers.Missing(inquiry.Round.Questionnaire.Questions).Count > 0).ToList();
        return lacking.Count == 0
            ? null
            : $"必要な項目が空いている事例が{lacking.Count}件あります: {string.Join("、", lacking.Take(3).Select(c => $"「{c.Title}」（{string.Join("・", c.Answers.Missing(inquiry.Round.Questionnaire.Questions).Take(3).Select(q => q.LabelJa))}）"))}";
    }

    public static ApprovalRequest Submit(Inquiry inquiry, IReadOnlyList<Case> cases, Actor by, DateTimeOffset now, IEnumerable<string> approvers)
    {
        Refusal.If(WhyNotSubmit(inquiry, cases, by, now));
        inquiry.MarkAwaitingApproval(by, now, cases.Count);
        var request = new ApprovalRequest
        {
            Inquiry = inquiry,
            SubmittedById = by.PersonId,
            SubmittedBy = by.Name,
            SubmittedAt = now,
            CasesJson = JsonSerializer.Serialize(cases.Select(c => new CaseSeen(c.Id, c.Version)), Json.Plain),
        };
        request.Happened(by, now, "approval-asked", inquiry.Round.Title);
        foreach (var address in approvers)
        {
            request.Tell(new Mail(address, $"【決裁】{inquiry.Round.Title}（{inquiry.Unit.Name}）",
                $"{inquiry.Unit.Name} 決裁ご担当者様\n\n{by.Name}さんから、「{inquiry.Round.Title}」の回答（{(cases.Count == 0 ? inquiry.NilReason is null ? "再照会した組織の回答だけ" : "該当なし" : $"事例{cases.Count}件")}）の決裁依頼が届いています。\n",
                $"approval/{inquiry.Id}/{now.ToUnixTimeSeconds()}"));
        }
        return request;
    }

    public string? WhyNotApprove(Actor by) => WhyNotDecide(by, ApprovalVerb.Approve);

    public void Approve(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotApprove(by));
        Inquiry.MarkAnswered(by, now);
        Decide(ApprovalVerb.Approve, by, now, null);
    }

    public string? WhyNotSendBack(Actor by) => WhyNotDecide(by, ApprovalVerb.SendBack);

    public void SendBack(string comment, Actor by, DateTimeOffset now, IEnumerable<string> respondents)
    {
        Refusal.If(WhyNotSendBack(by));
        Inquiry.MarkSentBack(by, now, comment, respondents);
        Decide(ApprovalVerb.SendBack, by, now, TextForms.Clean(comment));
    }

    public string? WhyNotRecall(Actor by) =>
        by.PersonId is null || by.PersonId != SubmittedById ? "引き戻せるのは、提出した本人です。" : ApprovalStates.WhyNot(Status, ApprovalVerb.Recall);

    public void Recall(Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotRecall(by));
        Inquiry.MarkRecalled(by, now);
        Decide(ApprovalVerb.Recall, by, now, null);
    }

    /// <summary>Does this approval hold for the case as it is now?</summary>
    public bool Covers(Case one) => Status is ApprovalStatus.Approved && Cases.Contains(new CaseSeen(one.Id, one.Version));

    private string? WhyNotDecide(Actor by, ApprovalVerb verb) =>
        !by.Is(Role.Approver, Inquiry.UnitId) ? $"{ApprovalStates.Name(verb)}できるのは、{Inquiry.Unit.Name}の決裁者です。"
        : by.PersonId == SubmittedById ? "自分が提出した回答は、自分では決裁できません。"
        : ApprovalStates.WhyNot(Status, verb);

    private void Decide(ApprovalVerb verb, Actor by, DateTimeOffset now, string? comment)
    {
        Refusal.If(ApprovalStates.WhyNot(Status, verb));
        Status = ApprovalStates.Table.After(Status, verb)!.Value;
        (DecidedBy, DecidedAt, Comment) = (by.Name, now, comment);
        Happened(by, now, $"approval-{verb.ToString().ToLowerInvariant()}", comment);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ApprovalRequest>
    {
        public void Configure(EntityTypeBuilder<ApprovalRequest> builder)
        {
            builder.ToTable("approval_requests");
            builder.Property(a => a.SubmittedBy).HasMaxLength(60);
            builder.Property(a => a.DecidedBy).HasMaxLength(60);
            builder.Property(a => a.Comment).HasMaxLength(2000);
            builder.Ignore(a => a.Cases);
            builder.HasOne(a => a.Inquiry).WithMany().HasForeignKey(a => a.InquiryId);
        }
    }
}

/// <summary>A case as the approver saw it.</summary>
public sealed record CaseSeen(string CaseId, int Version);
