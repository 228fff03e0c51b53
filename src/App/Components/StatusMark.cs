using Kyodo.Approval;

namespace Kyodo.App.Components;

/// <summary>A state as a word, a shape and a colour: the class and the words of <c>span.status</c>.</summary>
public sealed record StatusMark(string Class, string Words)
{
    public static StatusMark Of(ApprovalStatus status) => new(status switch
    {
        ApprovalStatus.Pending => "status-awaiting",
        ApprovalStatus.Approved => "status-accepted",
        ApprovalStatus.SentBack => "status-returned",
        _ => "status-answering",
    }, ApprovalStates.Name(status));

    /// <summary>A case by how much of it is written.</summary>
    public static StatusMark Of((int Done, int All) completeness) =>
        completeness.Done == completeness.All ? new("status-answered", "記入済み")
        : completeness.Done == 0 ? new("status-not-started", "未記入")
        : new("status-answering", "記入中");
}
