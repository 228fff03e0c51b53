using Kyodo.Common;

namespace Kyodo.Rounds;

/// <summary>Where one unit's inquiry stands.</summary>
public enum InquiryStatus
{
    Prepared,
    Sent,
    Received,
    Answering,
    AwaitingApproval,
    Returned,
    Answered,
    Accepted,
}

public enum InquiryVerb
{
    Send,
    Receive,
    Answer,
    Submit,
    Recall,
    SendBack,
    Approve,
    AskBack,
    Accept,
    Unaccept,
}

public static class InquiryStates
{
    public static StateTable<InquiryStatus, InquiryVerb> Table { get; } = new(
        (InquiryStatus.Prepared, InquiryVerb.Send, InquiryStatus.Sent),
        (InquiryStatus.Sent, InquiryVerb.Receive, InquiryStatus.Received),
        (InquiryStatus.Sent, InquiryVerb.Answer, InquiryStatus.Answering),
        (InquiryStatus.Received, InquiryVerb.Answer, InquiryStatus.Answering),
        (InquiryStatus.Answering, InquiryVerb.Answer, InquiryStatus.Answering),
        (InquiryStatus.Returned, InquiryVerb.Answer, InquiryStatus.Answering),
        (InquiryStatus.Answering, InquiryVerb.Submit, InquiryStatus.AwaitingApproval),
        (InquiryStatus.Returned, InquiryVerb.Submit, InquiryStatus.AwaitingApproval),
        (InquiryStatus.AwaitingApproval, InquiryVerb.Recall, InquiryStatus.Answering),
        (InquiryStatus.AwaitingApproval, InquiryVerb.SendBack, InquiryStatus.Returned),
        (InquiryStatus.AwaitingApproval, InquiryVerb.Approve, InquiryStatus.Answered),
        (InquiryStatus.Answered, InquiryVerb.AskBack, InquiryStatus.Returned),
        (InquiryStatus.Answered, InquiryVerb.Accept, InquiryStatus.Accepted),
        (InquiryStatus.Accepted, InquiryVerb.AskBack, InquiryStatus.Returned),
        (InquiryStatus.Accepted, InquiryVerb.Unaccept, InquiryStatus.Answered));

    public static string Name(InquiryStatus status) => status switch
    {
        InquiryStatus.Prepared => "送付前",
        InquiryStatus.Sent => "未着手",
        InquiryStatus.Received => "受取",
        InquiryStatus.Answering => "回答中",
        InquiryStatus.AwaitingApproval => "決裁待ち",
        InquiryStatus.Returned => "差戻し",
        InquiryStatus.Answered => "回答済み",
        _ => "受理",
    };

    public static string Name(InquiryVerb verb) => verb switch
    {
        InquiryVerb.Send => "送付",
        InquiryVerb.Receive => "受取",
        InquiryVerb.Answer => "回答",
        InquiryVerb.Submit => "決裁へ提出",
        InquiryVerb.Recall => "引戻し",
        InquiryVerb.SendBack => "差戻し",
        InquiryVerb.Approve => "承認",
        InquiryVerb.AskBack => "再照会",
        InquiryVerb.Unaccept => "受理の取消",
        _ => "受理",
    };

    /// <summary>Why the verb cannot be done in this state; null when it can.</summary>
    public static string? WhyNot(InquiryStatus status, InquiryVerb verb) =>
        Table.Allows(status, verb) ? null : $"いまの状態は「{Name(status)}」のため、「{Name(verb)}」はできません。";
}
