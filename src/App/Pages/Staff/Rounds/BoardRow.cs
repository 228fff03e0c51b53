using Kyodo.App.Components;
using Kyodo.Rounds;

namespace Kyodo.App.Pages.Staff.Rounds;

/// <summary>One unit on the board.</summary>
public sealed record BoardRow(Inquiry Inquiry, int Cases, int DaysLeft, bool IsLate)
{
    public bool IsAwaited => InquiryStates.IsAwaited(Inquiry.Status);

    public bool IsNil => Inquiry.NilReason is not null && Cases == 0;

    /// <summary>Which part of the bar it counts in: late before its state, and 該当なし once it has arrived.</summary>
    public string Segment =>
        IsLate ? "overdue"
        : IsNil && Inquiry.Status is (InquiryStatus.Answered or InquiryStatus.Accepted) ? "nil"
        : InquiryStatusTagHelper.ClassOf(Inquiry.Status);
}

/// <summary>One part of the summary bar.</summary>
public sealed record BoardSegment(string Key, string Word, int Count, int From)
{
    public static IReadOnlyList<(string Key, string Word)> InOrder { get; } =
    [
        ("overdue", "期限超過"), ("returned", "差戻し"), ("not-started", "未着手"), ("received", "受取"), ("answering", "回答中"), ("awaiting", "決裁待ち"), ("checking", "点検待ち"),
        ("answered", "回答済み"), ("nil", "該当なし"), ("accepted", "受理"), ("passed-on", "移送"),
    ];
}
