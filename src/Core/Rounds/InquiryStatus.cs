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

    /// <summary>Approved in its unit, and looked at by the units above it, one after the other.</summary>
    AwaitingCheck,
    Returned,

    /// <summary>It has arrived at the partnership division.</summary>
    Answered,
    Accepted,

    /// <summary>Another unit was the right one and has an inquiry of its own.</summary>
    PassedOn,

    /// <summary>The unit that relayed it has taken it back.</summary>
    Withdrawn,
}

public enum InquiryVerb
{
    Send,
    Receive,
    Answer,
    Relay,
    Submit,
    Recall,
    SendBack,
    Approve,

    /// <summary>Approved in a unit that was asked by the unit above it.</summary>
    ApproveUpward,
    Check,

    /// <summary>Checked, and a further unit stands above.</summary>
    CheckUpward,
    CheckReturn,
    AskBack,
    Accept,
    Unaccept,
    PassOn,
    PassBack,
    Withdraw,
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
        (InquiryStatus.Sent, InquiryVerb.Relay, InquiryStatus.Answering),
        (InquiryStatus.Received, InquiryVerb.Relay, InquiryStatus.Answering),
        (InquiryStatus.Answering, InquiryVerb.Relay, InquiryStatus.Answering),
        (InquiryStatus.Returned, InquiryVerb.Relay, InquiryStatus.Answering),
        (InquiryStatus.Answering, InquiryVerb.Submit, InquiryStatus.AwaitingApproval),
        (InquiryStatus.Returned, InquiryVerb.Submit, InquiryStatus.AwaitingApproval),
        (InquiryStatus.AwaitingApproval, InquiryVerb.Recall, InquiryStatus.Answering),
        (InquiryStatus.AwaitingApproval, InquiryVerb.SendBack, InquiryStatus.Returned),
        (InquiryStatus.AwaitingApproval, InquiryVerb.Approve, InquiryStatus.Answered),
        (InquiryStatus.AwaitingApproval, InquiryVerb.ApproveUpward, InquiryStatus.AwaitingCheck),
        (InquiryStatus.AwaitingCheck, InquiryVerb.Check, InquiryStatus.Answered),
        (InquiryStatus.AwaitingCheck, InquiryVerb.CheckUpward, InquiryStatus.AwaitingCheck),
        (InquiryStatus.AwaitingCheck, InquiryVerb.CheckReturn, InquiryStatus.Returned),
        (InquiryStatus.Answered, InquiryVerb.AskBack, InquiryStatus.Returned),
        (InquiryStatus.Answered, InquiryVerb.Accept, InquiryStatus.Accepted),
        (InquiryStatus.Accepted, InquiryVerb.AskBack, InquiryStatus.Returned),
        (InquiryStatus.Accepted, InquiryVerb.Unaccept, InquiryStatus.Answered),
        (InquiryStatus.Sent, InquiryVerb.PassOn, InquiryStatus.PassedOn),
        (InquiryStatus.Received, InquiryVerb.PassOn, InquiryStatus.PassedOn),
        (InquiryStatus.Answering, InquiryVerb.PassOn, InquiryStatus.PassedOn),
        (InquiryStatus.Returned, InquiryVerb.PassOn, InquiryStatus.PassedOn),
        (InquiryStatus.PassedOn, InquiryVerb.PassBack, InquiryStatus.Sent),
        (InquiryStatus.Sent, InquiryVerb.Withdraw, InquiryStatus.Withdrawn),
        (InquiryStatus.Received, InquiryVerb.Withdraw, InquiryStatus.Withdrawn),
        (InquiryStatus.Withdrawn, InquiryVerb.Send, InquiryStatus.Sent));

    /// <summary>The states in which a unit has been asked and its answer is not yet at the partnership division.</summary>
    public static IReadOnlyList<InquiryStatus> Awaited { get; } =
        [InquiryStatus.Sent, InquiryStatus.Received, InquiryStatus.Answering, InquiryStatus.AwaitingApproval, InquiryStatus.AwaitingCheck, InquiryStatus.Returned];

    public static bool IsAwaited(InquiryStatus status) => Awaited.Contains(status);

    /// <summary>The unit may write and hand in.</summary>
    public static bool IsEditable(InquiryStatus status) => Table.Allows(status, InquiryVerb.Answer);

    /// <summary>The unit is no longer asked: another one is, or nobody.</summary>
    public static bool IsGone(InquiryStatus status) => status is InquiryStatus.PassedOn or InquiryStatus.Withdrawn;

    public static string Name(InquiryStatus status) => status switch
    {
        InquiryStatus.Prepared => "送付前",
        InquiryStatus.Sent => "未着手",
        InquiryStatus.Received => "受取",
        InquiryStatus.Answering => "回答中",
        InquiryStatus.AwaitingApproval => "決裁待ち",
        InquiryStatus.AwaitingCheck => "点検待ち",
        InquiryStatus.Returned => "差戻し",
        InquiryStatus.Answered => "回答済み",
        InquiryStatus.Accepted => "受理",
        InquiryStatus.PassedOn => "移送",
        _ => "取下げ",
    };

    public static string Name(InquiryVerb verb) => verb switch
    {
        InquiryVerb.Send => "送付",
        InquiryVerb.Receive => "受取",
        InquiryVerb.Answer => "回答",
        InquiryVerb.Relay => "下の組織に再照会",
        InquiryVerb.Submit => "決裁へ提出",
        InquiryVerb.Recall => "引戻し",
        InquiryVerb.SendBack => "差戻し",
        InquiryVerb.Approve => "承認",
        InquiryVerb.ApproveUpward => "承認（上の組織の点検へ）",
        InquiryVerb.Check => "点検",
        InquiryVerb.CheckUpward => "点検（さらに上の組織へ）",
        InquiryVerb.CheckReturn => "点検で差戻し",
        InquiryVerb.AskBack => "再照会",
        InquiryVerb.Accept => "受理",
        InquiryVerb.Unaccept => "受理の取消",
        InquiryVerb.PassOn => "移送",
        InquiryVerb.PassBack => "移送の戻し",
        _ => "再照会の取下げ",
    };

    /// <summary>Why the verb cannot be done in this state; null when it can.</summary>
    public static string? WhyNot(InquiryStatus status, InquiryVerb verb) =>
        Table.Allows(status, verb) ? null : $"いまの状態は「{Name(status)}」のため、「{Name(verb)}」はできません。{WhatWouldDo(status, verb)}";

    private static string WhatWouldDo(InquiryStatus status, InquiryVerb verb) => (status, verb) switch
    {
        (InquiryStatus.Sent or InquiryStatus.Received, InquiryVerb.Submit) => "事例を書くか、「該当なし」を理由とともに記録すると、提出できます。",
        (InquiryStatus.AwaitingApproval, InquiryVerb.Answer) => "直すときは、先に「引き戻す」を押してください。",
        (InquiryStatus.AwaitingCheck, InquiryVerb.Answer) => "直すときは、点検する組織に連絡して、戻してもらってください。",
        (InquiryStatus.Answered or InquiryStatus.Accepted, InquiryVerb.Answer) => "直すときは、協働の担当課に問い合わせて、戻してもらってください。",
        (InquiryStatus.Answering or InquiryStatus.Returned, InquiryVerb.Withdraw) => "もう書きはじめられています。要らなくなったことを、その組織に伝えてください。",
        _ => "",
    };
}
