using Kyodo.Common;

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
    /// <summary>Agrees at a step that is not the last.</summary>
    Endorse,

    Approve,
    SendBack,
    Recall,

    /// <summary>後閲: looks afterwards at what was decided in one's absence.</summary>
    Review,
}

public static class ApprovalStates
{
    public static StateTable<ApprovalStatus, ApprovalVerb> Table { get; } = new(
        (ApprovalStatus.Pending, ApprovalVerb.Endorse, ApprovalStatus.Pending),
        (ApprovalStatus.Pending, ApprovalVerb.Approve, ApprovalStatus.Approved),
        (ApprovalStatus.Pending, ApprovalVerb.SendBack, ApprovalStatus.SentBack),
        (ApprovalStatus.Pending, ApprovalVerb.Recall, ApprovalStatus.Recalled),
        (ApprovalStatus.Pending, ApprovalVerb.Review, ApprovalStatus.Pending),
        (ApprovalStatus.Approved, ApprovalVerb.Review, ApprovalStatus.Approved),
        (ApprovalStatus.SentBack, ApprovalVerb.Review, ApprovalStatus.SentBack),
        (ApprovalStatus.Recalled, ApprovalVerb.Review, ApprovalStatus.Recalled));

    public static string Name(ApprovalStatus status) => status switch
    {
        ApprovalStatus.Pending => "決裁待ち",
        ApprovalStatus.Approved => "承認済み",
        ApprovalStatus.SentBack => "差戻し",
        _ => "引戻し",
    };

    public static string Name(ApprovalVerb verb) => verb switch
    {
        ApprovalVerb.Endorse => "承認して次の段階へ",
        ApprovalVerb.Approve => "承認",
        ApprovalVerb.SendBack => "差戻し",
        ApprovalVerb.Recall => "引戻し",
        _ => "後閲",
    };

    public static string? WhyNot(ApprovalStatus status, ApprovalVerb verb) =>
        Table.Allows(status, verb) ? null : $"この決裁は「{Name(status)}」のため、「{Name(verb)}」はできません。";
}
